"""What can be done with the queue besides the buttons above the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.actions import Action
from ui.views.desk import Desk
from ui.views.log_dialog import LogDialog, of_job
from ui.views.sounding import export_sound
from ui.views.transcribe.again_dialog import AgainDialog, Attempt
from ui.views.while_open import WhileOpen
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, Job, JobState

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

_MENU, _EXPORT, _KEY = "Transcribe/Queue", "Transcribe/Export", "transcribe"
QUEUE: WhileOpen[TranscribeWorkspace, QueueCommands]
QUEUE = WhileOpen(lambda it: it.work.queue if it.work else None)

OF_ONE: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.up", "Move up", _MENU, shortcut="Alt+Up", icon="chevron-up", context=_KEY,
           run=QUEUE.run(lambda it: it.move(-1)),
           enabled=QUEUE.can(lambda it: it.can_move(-1)), group=3),
    Action("queue.down", "Move down", _MENU, shortcut="Alt+Down", icon="chevron-down",
           context=_KEY, run=QUEUE.run(lambda it: it.move(1)),
           enabled=QUEUE.can(lambda it: it.can_move(1)), group=3),
    Action("queue.again", "Transcribe again with…", _MENU, icon="refresh-cw", context=_KEY,
           run=QUEUE.run(lambda it: it.ask_again()),
           enabled=QUEUE.can(lambda it: it.can_ask_again()), group=3),
    Action("queue.log", "Show log", _MENU, icon="file-text", context=_KEY,
           run=QUEUE.run(lambda it: it.show_log()),
           enabled=QUEUE.can(lambda it: it.has_log()), group=3),
)  # fmt: skip
_OF_ALL: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.pause_all", "Pause all", _MENU, icon="pause", context=_KEY,
           run=lambda it: it.runner.pause_all(),
           enabled=QUEUE.can(lambda it: it.can_pause_all()), group=4),
    Action("queue.resume_all", "Go on with all", _MENU, icon="play", context=_KEY,
           run=lambda it: it.runner.resume_all(),
           enabled=QUEUE.can(lambda it: it.can_resume_all()), group=4),
)  # fmt: skip
SOUND: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.sound", "Export sound…", _EXPORT, icon="upload", context=_KEY,
           run=QUEUE.run(lambda it: it.export_sound()),
           enabled=QUEUE.can(lambda it: it.has_recording()), group=1),
    Action("queue.own_sound", "Export sound as a working copy…", _EXPORT, icon="upload",
           context=_KEY, run=QUEUE.run(lambda it: it.export_sound(own=True)),
           enabled=QUEUE.can(lambda it: it.has_recording()), group=1),
)  # fmt: skip
QUEUE_ACTIONS = (*OF_ONE, *_OF_ALL, *SOUND)


class QueueCommands:
    """Carries them out.

    Args:
        desk: the study, and the page with its recordings.
    """

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        self._desk = desk
        self._study = desk.study
        self._queue = desk.page.queue
        self.dialog: AgainDialog | LogDialog | None = None
        desk.hear(desk.page.queue.dropped, self._on_dropped)

    def close(self) -> None:
        """Ask and show nothing any more."""
        if self.dialog is not None:
            self.dialog.reject()

    def has_recording(self) -> bool:
        """Tell whether a recording is chosen."""
        return self._queue.current is not None

    def has_log(self) -> bool:
        """Tell whether there is a log of the recording chosen."""
        return self._job is not None

    def can_ask_again(self) -> bool:
        """Tell whether the recording chosen can be transcribed otherwise."""
        return self._desk.can_change and self._job is not None

    def can_move(self, by: int) -> bool:
        """Tell whether the recording chosen can go up (-1) or down (1) in the queue."""
        job = self._job
        if job is None or not self._desk.can_change:
            return False
        waiting = self._study.jobs.queue.waiting()
        ids = [other.id for other in waiting]
        if job.state not in UNFINISHED or job.id not in ids:
            return False
        neighbour = ids.index(job.id) + by
        if not 0 <= neighbour < len(ids):
            return False
        # Nothing passes the job at work: it would be first in the list and yet have to wait.
        return JobState.RUNNING not in (job.state, waiting[neighbour].state)

    def can_pause_all(self) -> bool:
        """Tell whether a job waits or is at work."""
        return self._desk.can_change and any(
            job.state is not JobState.PAUSED for job in self._study.jobs.queue.waiting()
        )

    def can_resume_all(self) -> bool:
        """Tell whether a job is paused."""
        return self._desk.can_change and any(
            job.state is JobState.PAUSED for job in self._study.jobs.queue.waiting()
        )

    def move(self, by: int) -> None:
        """Let the recording chosen go up (-1) or down (1) in the queue."""
        if self._job is not None:
            self._study.jobs.queue.move(self._job.id, by)

    def ask_again(self) -> None:
        """Ask how the recording chosen is to be transcribed this time."""
        row, job = self._queue.current, self._job
        if row is None or job is None:
            return
        again = AgainDialog(
            self._desk.context,
            job,
            row.source.title,
            self._desk.page.window(),
            translated=self._study.jobs.translates(job),
            track=self._study.jobs.track(job),
            tracks=row.source.tracks,
            trial=lambda model, language: self._study.recognition.trial(
                job.source_id, job.model, model, language=language
            ),
        )
        again.finished.connect(self._study.recognition.forget_sound)
        again.accepted.connect(lambda: self._on_again(job.id, again.answer))
        self._open(again)

    def show_log(self) -> None:
        """Show what was noted while the recording chosen was transcribed."""
        row, job = self._queue.current, self._job
        if row is not None and job is not None:
            path = self._study.recognition.log_path(job.id)
            self._open(of_job(path, row.source.title, self._desk.page.window()))

    def export_sound(self, *, own: bool = False) -> None:
        """Write the sound of the recording chosen, without what others may not hear."""
        row = self._queue.current
        if row is not None:
            export_sound(self._desk.context, self._desk.page, row.source.id, own=own)

    @property
    def _job(self) -> Job | None:
        row = self._queue.current
        return row.job if row is not None else None

    def _open(self, dialog: AgainDialog | LogDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_again(self, job_id: JobId, wanted: Attempt) -> None:
        self._desk.page.runner.retry(
            job_id,
            model=wanted.model or None,
            language=wanted.language,
            translate=wanted.translate,
            track=wanted.track,
        )

    def _on_dropped(self, source_id: str, place: int) -> None:
        queue = self._study.jobs.queue
        for job in queue.waiting() if self._desk.can_change else ():
            if job.source_id == source_id:
                queue.place(job.id, place)
