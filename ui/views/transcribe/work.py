"""What goes on in Transcribe while a study is open: the parts, all at one desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.views.desk import Desk
from ui.views.transcribe.queue import recordings
from ui.views.transcribe.queue_commands import QueueCommands
from ui.views.transcribe.recording_commands import RecordingCommands
from ui.views.transcribe.speaker_commands import SpeakerCommands
from ui.views.transcribe.voice_commands import VoiceCommands
from ui.views.transcribe.writing_commands import WritingCommands
from workbench.domain import speaking
from workbench.domain.change import ChangeSet, TableName

QUEUE: tuple[TableName, ...] = ("job", "source", "session", "transcript")
TEXT: tuple[TableName, ...] = (*speaking.TABLES, "turn", "job", "unheard", "spoken")

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace


class TranscribeWork:
    """The parts.

    Args:
        desk: what they share.
    """

    # Declared here, since the actions ask for them.
    recordings: RecordingCommands
    queue: QueueCommands
    writing: WritingCommands
    voices: VoiceCommands
    speakers: SpeakerCommands

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        self._desk = desk
        self._study, self._page = desk.study, desk.page
        self.recordings = RecordingCommands(desk)
        self.queue = QueueCommands(desk)
        self.writing = WritingCommands(desk)
        self.voices = VoiceCommands(desk)
        self.speakers = SpeakerCommands(desk, desk.page.speakers)

        for told in (desk.page.runner.progressed, desk.page.runner.ended):
            desk.hear(told, self._on_progress)
        desk.hear(desk.page.text.view.shape_changed, self._show_voices)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring the recordings, the text and the voices up to date."""
        if changes is None or changes.touches(*QUEUE):
            self._show_queue()
        if changes is None or changes.touches(*TEXT):
            self.show_text(changes)
        self._page.follow()

    def show_text(self, changes: ChangeSet | None) -> None:
        """Show the text and the voices of the recording chosen."""
        if (row := self._page.queue.current) is None:
            self._page.text.clear()
            self.speakers.clear()
            return
        self._page.text.show_recording(self._study, row, changes)
        self._show_voices()

    def _show_queue(self) -> None:
        rows = recordings(self._study, self._page.runner)
        self._page.show_list(on=bool(rows))
        self._page.queue.show_recordings(rows)

    def _show_voices(self) -> None:
        if (row := self._page.queue.current) is not None:
            self.speakers.show(row.source.id, self._page.text.voices)

    def _on_progress(self, job_id: str) -> None:
        if self._page.isVisible():
            self._show_queue()
            row = self._page.queue.current
            if row is not None and row.job is not None and row.job.id == job_id:
                self._page.text.show_state(row)
                self._page.follow()

    def close(self) -> None:
        """Ask nothing about this study any more."""
        self.queue.close()
        self.speakers.close()
        self._desk.clear()
