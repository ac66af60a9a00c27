"""Who speaks in the turns selected: the commands, for keys, menus and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import plural, t
from ui.models.voices import names_of
from ui.views.transcribe.text_pane import TextPane
from workbench.domain.ids import SpeakerId
from workbench.study import Study
from workbench.words import said

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

NUMBERS = range(1, 10)
_MENU, _KEY = "Transcribe/Who speaks", "transcribe"


def _voice(number: int) -> Action[TranscribeWorkspace]:
    title = said("This turn is voice {number}", number=number)
    return Action(f"transcribe.voice{number}", title, _MENU,
                  shortcut=f"Alt+{number}", icon="user", context=_KEY,
                  run=lambda it: it.voices.assign_voice(number),
                  enabled=lambda it: it.voices.can_assign_voice(number),
                  label=lambda it: it.voices.voice_title(number), group=3)  # fmt: skip


VOICE_ACTIONS: tuple[Action[TranscribeWorkspace], ...] = (
    *map(_voice, NUMBERS),
    Action("transcribe.new-voice", "This turn is a new voice", _MENU, shortcut="Alt+0",
           icon="user-plus", context=_KEY, run=lambda it: it.voices.assign_new_voice(),
           enabled=lambda it: it.voices.can_assign(), group=3),
    Action("transcribe.release", "Release turns assigned or cut by hand", _MENU, icon="undo-2",
           context=_KEY, run=lambda it: it.voices.release(),
           enabled=lambda it: it.voices.can_release(), group=4),
)  # fmt: skip


class VoiceCommands:
    """Gives turns to voices.

    Args:
        context: everything the window shares.
        text: which turns are meant.
    """

    def __init__(self, context: AppContext, text: TextPane) -> None:
        self._context = context
        self._text = text
        self._study: Study | None = None

    def set_study(self, study: Study | None) -> None:
        """Work on another study."""
        self._study = study

    def assign_voice(self, number: int) -> None:
        """Give the selected words, or the turn with the caret, to a voice, counted from 1."""
        if self.can_assign_voice(number):
            self._assign(self._text.voices[number - 1].id)

    def can_assign_voice(self, number: int) -> bool:
        """Tell whether there is a place in the text, and that voice."""
        return self.can_assign() and number <= len(self._text.voices)

    def voice_title(self, number: int) -> str:
        """Return “This turn is Maya” as soon as the voice has a name."""
        if self._study is None or number > len(self._text.voices):
            return t("This turn is voice {n}", n=number)
        voice = self._text.voices[number - 1]
        name = names_of(self._study, [voice])[voice.id]
        return t("This turn is {name}", name=name)

    def assign_new_voice(self) -> None:
        """Give the selected words, or the turn with the caret, to a voice not there yet."""
        if self.can_assign():
            self._assign(None)

    def can_assign(self) -> bool:
        """Tell whether there is a place in the text, and the study may be changed."""
        writable = self._study is not None and not self._study.read_only
        return writable and bool(self._text.voices) and bool(self._text.selected_turns())

    def release(self) -> None:
        """Let the turns that were assigned or cut by hand be told apart anew with the others."""
        if self._study is None or not self.can_release():
            return
        transcript_id = self._text.voices[0].transcript_id
        self._context.run_long(
            t("Releasing turns"),
            lambda study: study.voices.release(transcript_id),
            lambda count: self._context.signals.toast_requested.emit(
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
        if self._study is None or not self._text.voices:
            return False
        decided = any(turn.by_hand for turn in self._text.turns)
        return decided and self._study.voices.can_recluster(self._text.voices[0].transcript_id)

    def add_voice_actions(self, menu: QMenu) -> None:
        """Add “This turn is …” for each voice to a context menu of the text."""
        self._context.actions.refresh()
        for number in NUMBERS[: len(self._text.voices)]:
            menu.addAction(self._context.actions.qaction(f"transcribe.voice{number}"))
        menu.addAction(self._context.actions.qaction("transcribe.new-voice"))

    def _assign(self, speaker_id: SpeakerId | None) -> None:
        anchor, turns = self._text.view.text.selected_anchor(), self._text.selected_turns()

        def work(study: Study) -> None:
            if anchor is not None:
                study.voices.reassign_words(anchor, speaker_id)
            elif speaker_id is not None:
                study.voices.reassign(turns, speaker_id)
            else:
                study.voices.new_voice(turns)

        self._context.run_long(t("Assigning turns"), work, lambda _none: None, size=len(turns))
