"""What is done with the voices of the recording in front: told apart anew, named, merged, heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ui.attempts import attempt, tell
from ui.bridge.voices import Speakers, VoiceProcess
from ui.i18n import plural, t
from ui.views.desk import Desk
from ui.views.transcribe.speakers_pane import SpeakersPane
from workbench.domain.ids import ParticipantId, SourceId, SpeakerId, TranscriptId
from workbench.domain.transcript import Speaker
from workbench.errors import Way, WorkbenchError
from workbench.services.recognition.voices import Question

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace


class SpeakerCommands:
    """Carries them out, and shows the voices.

    Args:
        desk: the study.
        pane: has a card for each voice.

    Attributes:
        process: tells voices apart beside the window.
    """

    def __init__(self, desk: Desk[TranscribeWorkspace], pane: SpeakersPane) -> None:
        self._desk = desk
        self._study = desk.study
        self._pane = pane
        self._source_id: SourceId | None = None
        self._transcript_id: TranscriptId | None = None
        self._question: Question | None = None
        self._again: Callable[[], None] = self._stop
        self.process = VoiceProcess(pane)
        self.process.answered.connect(self._on_answered)
        self.process.failed.connect(self._on_failed)
        desk.hear(pane.number_chosen, self.tell_apart)
        desk.hear(pane.listen_wanted, self.listen)
        desk.hear(pane.named, self.name)
        desk.hear(pane.person_wanted, self.make_person)
        desk.hear(pane.merge_wanted, self.merge)

    def show(self, source_id: SourceId, speakers: Sequence[Speaker]) -> None:
        """Show the voices of a recording."""
        transcript_id = speakers[0].transcript_id if speakers else None
        if transcript_id != self._transcript_id:
            self._stop()
        self._source_id, self._transcript_id = source_id, transcript_id
        self._pane.show_voices(self._study, source_id, speakers, busy=self.process.busy)

    def clear(self) -> None:
        """Show no voices."""
        self._stop()
        self._source_id = self._transcript_id = None
        self._pane.clear()

    def close(self) -> None:
        """Ask nothing about this study any more."""
        self._stop()
        self.process.deleteLater()

    # How many

    def tell_apart(self, number: int) -> None:
        """Tell the voices apart anew.

        Args:
            number: how many there are; 0 = as many as are heard.
        """
        if self._transcript_id is not None:
            self._again = partial(self._ask_anew, self._transcript_id, number or None)
            self._again()

    def _ask_anew(self, transcript_id: TranscriptId, number: int | None) -> None:
        try:
            self._question = self._study.voices.question(transcript_id, number)
        except WorkbenchError as error:
            self._on_failed(error)
            return
        self._pane.count.setEnabled(False)
        self.process.ask(self._question.message)

    def _on_answered(self, answer: Speakers) -> None:
        question, self._question = self._question, None
        self._pane.count.setEnabled(True)
        if question is None:
            return
        try:
            self._desk.context.run_long(
                t("Telling the voices apart"),
                lambda study: study.voices.accept(question, answer),
                lambda _none: self._say_count(question.transcript_id, question.message.speakers),
                size=self._pane.turns,
                after=self._pane.reset_count,
                ways={Way.AGAIN: self._again},
            )
        except WorkbenchError as error:
            self._on_failed(error)

    def _say_count(self, transcript_id: TranscriptId, asked: int | None) -> None:
        count = len(self._study.transcripts.speakers.of(transcript_id))
        told = plural(count, "There is one voice now.", "There are {n} voices now.")
        if asked and count < asked:
            told = plural(
                count,
                "Only one voice could be told apart, not {asked}.",
                "Only {n} voices could be told apart, not {asked}.",
                asked=asked,
            )
        if self._study.voices.by_hand(transcript_id):
            told = t("{told} What you decided by hand stayed.", told=told)
        self._desk.say(told)

    def _on_failed(self, error: WorkbenchError) -> None:
        self._question = None
        self._pane.reset_count()
        tell(self._desk.context, self._pane, error, {Way.AGAIN: self._again})

    def _stop(self) -> None:
        self.process.stop()
        self._question = None

    # Who

    def listen(self, speaker_id: str) -> None:
        """Play a stretch in which a voice speaks."""
        sample = self._study.voices.sample(SpeakerId(speaker_id))
        if sample is not None and self._source_id is not None:
            self._desk.context.signals.play_requested.emit(self._source_id, *sample)

    def name(self, speaker_id: str, _name: str, person_id: str) -> None:
        """Say whose a voice is; a name that is nobody's was kept by its card."""
        if person_id:
            self._study.speaking.assign(SpeakerId(speaker_id), ParticipantId(person_id))

    def make_person(self, speaker_id: str, name: str) -> None:
        """Let a voice become a person of the study."""
        become = partial(self._study.speaking.become, SpeakerId(speaker_id), name)
        attempt(self._desk.context, self._pane, become)

    def merge(self, speaker_id: str, into: str) -> None:
        """Let a voice be the same as another one."""
        self._desk.context.run_long(
            t("Merging voices"),
            lambda study: study.voices.merge(SpeakerId(into), [SpeakerId(speaker_id)]),
            lambda _voice: None,
            size=self._pane.turns,
        )
