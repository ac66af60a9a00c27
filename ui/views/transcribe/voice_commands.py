"""Who speaks in the turns selected: the commands, for keys, menus and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.actions import Action
from ui.i18n import plural, t
from ui.models.voices import names_of
from ui.views.desk import Desk
from ui.views.while_open import WhileOpen
from workbench.domain.ids import SpeakerId
from workbench.study import Study
from workbench.words import said

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

NUMBERS = range(1, 10)
_MENU, _KEY = "Transcribe/Who speaks", "transcribe"
_VOICES: WhileOpen[TranscribeWorkspace, VoiceCommands]
_VOICES = WhileOpen(lambda it: it.work.voices if it.work else None)


def _voice(number: int) -> Action[TranscribeWorkspace]:
    title = said("This turn is voice {number}", number=number)
    return Action(f"transcribe.voice{number}", title, _MENU,
                  shortcut=f"Alt+{number}", icon="user", context=_KEY,
                  run=_VOICES.run(lambda it: it.assign_voice(number)),
                  enabled=_VOICES.can(lambda it: it.can_assign_voice(number)),
                  label=lambda it: _titled(it, number), group=3)  # fmt: skip


VOICE_ACTIONS: tuple[Action[TranscribeWorkspace], ...] = (
    *map(_voice, NUMBERS),
    Action("transcribe.new-voice", "This turn is a new voice", _MENU, shortcut="Alt+0",
           icon="user-plus", context=_KEY, run=_VOICES.run(lambda it: it.assign_new_voice()),
           enabled=_VOICES.can(lambda it: it.can_assign()), group=3),
    Action("transcribe.release", "Release turns assigned or cut by hand", _MENU, icon="undo-2",
           context=_KEY, run=_VOICES.run(lambda it: it.release()),
           enabled=_VOICES.can(lambda it: it.can_release()), group=4),
)  # fmt: skip


def _titled(it: TranscribeWorkspace, number: int) -> str:
    """Return “This turn is Maya” as soon as the voice has a name."""
    voices = it.text.voices
    if it.study is None or number > len(voices):
        return t("This turn is voice {n}", n=number)
    voice = voices[number - 1]
    return t("This turn is {name}", name=names_of(it.study, [voice])[voice.id])


class VoiceCommands:
    """Gives turns to voices.

    Args:
        desk: the study, and the page with the text in which turns are meant.
    """

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        self._desk = desk
        self._study = desk.study
        self._text = desk.page.text
        desk.hear(desk.page.text.view.menu.opened, self.add_voice_actions)
        desk.hear(desk.page.speakers.release_wanted, self.release)

    def assign_voice(self, number: int) -> None:
        """Give the selected words, or the turn with the caret, to a voice, counted from 1."""
        if self.can_assign_voice(number):
            self._assign(self._text.voices[number - 1].id)

    def can_assign_voice(self, number: int) -> bool:
        """Tell whether there is a place in the text, and that voice."""
        return self.can_assign() and number <= len(self._text.voices)

    def assign_new_voice(self) -> None:
        """Give the selected words, or the turn with the caret, to a voice not there yet."""
        if self.can_assign():
            self._assign(None)

    def can_assign(self) -> bool:
        """Tell whether there is a place in the text, and the study may be changed."""
        text = self._text
        return self._desk.can_change and bool(text.voices) and bool(text.selected_turns())

    def release(self) -> None:
        """Let the turns that were assigned or cut by hand be told apart anew with the others."""
        if not self.can_release():
            return
        transcript_id = self._text.voices[0].transcript_id
        self._desk.context.run_long(
            t("Releasing turns"),
            lambda study: study.voices.release(transcript_id),
            lambda count: self._desk.say(
                plural(
                    count,
                    "One turn is told apart with the others from now on.",
                    "{n} turns are told apart with the others from now on.",
                )
            ),
            size=self._study.voices.by_hand(transcript_id),
        )

    def can_release(self) -> bool:
        """Tell whether people have decided about turns that could be told apart anew."""
        if not self._text.voices:
            return False
        decided = any(turn.by_hand for turn in self._text.turns)
        return decided and self._study.voices.can_recluster(self._text.voices[0].transcript_id)

    def add_voice_actions(self, menu: QMenu) -> None:
        """Add “This turn is …” for each voice to a context menu of the text."""
        self._desk.context.actions.refresh()
        for number in NUMBERS[: len(self._text.voices)]:
            menu.addAction(self._desk.context.actions.qaction(f"transcribe.voice{number}"))
        menu.addAction(self._desk.context.actions.qaction("transcribe.new-voice"))

    def _assign(self, speaker_id: SpeakerId | None) -> None:
        anchor, turns = self._text.view.text.selected_anchor(), self._text.selected_turns()

        def work(study: Study) -> None:
            if anchor is not None:
                study.voices.reassign_words(anchor, speaker_id)
            elif speaker_id is not None:
                study.voices.reassign(turns, speaker_id)
            else:
                study.voices.new_voice(turns)

        self._desk.context.run_long(t("Assigning turns"), work, lambda _none: None, size=len(turns))
