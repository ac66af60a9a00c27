"""What goes on in Transcribe while a study is open: the parts, all at one desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.views.desk import Desk
from ui.views.transcribe.queue_commands import QueueCommands
from ui.views.transcribe.recording_commands import RecordingCommands
from ui.views.transcribe.voice_commands import VoiceCommands
from ui.views.transcribe.writing_commands import WritingCommands

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

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        self._desk = desk
        self.recordings = RecordingCommands(desk)
        self.queue = QueueCommands(desk)
        self.writing = WritingCommands(desk)
        self.voices = VoiceCommands(desk)

    def close(self) -> None:
        """Ask nothing about this study any more."""
        self.queue.close()
        self._desk.clear()
