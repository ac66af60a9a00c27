"""What can be done with the queue besides the buttons above the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.actions import Action
from ui.bridge.jobs import JobRunner
from ui.context import AppContext
from ui.views.log_dialog import LogDialog, of_job
from ui.views.sounding import export_sound
from ui.views.transcribe.again_dialog import AgainDialog
from ui.views.transcribe.queue import QueueList
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.study import Study

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

_MENU, _EXPORT, _KEY = "Transcribe/Queue", "Transcribe/Export", "transcribe"

OF_ONE: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.up", "Move up", _MENU, shortcut="Alt+Up", icon="chevron-up", context=_KEY,
           run=lambda it: it.queue_commands.move(-1),
           enabled=lambda it: it.queue_commands.can_move(-1), group=3),
    Action("queue.down", "Move down", _MENU, shortcut="Alt+Down", icon="chevron-down",
           context=_KEY, run=lambda it: it.queue_commands.move(1),
           enabled=lambda it: it.queue_commands.can_move(1), group=3),
    Action("queue.again", "Transcribe again with…", _MENU, icon="refresh-cw", context=_KEY,
           run=lambda it: it.queue_commands.ask_again(),
           enabled=lambda it: it.queue_commands.can_ask_again(), group=3),
    Action("queue.log", "Show log", _MENU, icon="file-text", context=_KEY,
           run=lambda it: it.queue_commands.show_log(),
           enabled=lambda it: it.queue_commands.has_log(), group=3),
)  # fmt: skip
_OF_ALL: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.pause_all", "Pause all", _MENU, icon="pause", context=_KEY,
           run=lambda it: it.runner.pause_all(),
           enabled=lambda it: it.queue_commands.can_pause_all(), group=4),
    Action("queue.resume_all", "Go on with all", _MENU, icon="play", context=_KEY,
           run=lambda it: it.runner.resume_all(),
           enabled=lambda it: it.queue_commands.can_resume_all(), group=4),
)  # fmt: skip
SOUND: tuple[Action[TranscribeWorkspace], ...] = (
    Action("queue.sound", "Export sound…", _EXPORT, icon="upload", context=_KEY,
           run=lambda it: it.queue_commands.export_sound(),
           enabled=lambda it: it.queue_commands.has_recording(), group=1),
    Action("queue.own_sound", "Export sound as a working copy…", _EXPORT, icon="upload",
           context=_KEY, run=lambda it: it.queue_commands.export_sound(own=True),
           enabled=lambda it: it.queue_commands.has_recording(), group=1),
)  # fmt: skip
QUEUE_ACTIONS = (*OF_ONE, *_OF_ALL, *SOUND)


class QueueCommands(QObject):
    """Carries them out.

    Args:
        context: models and dialogs.
        queue: which recording is meant.
        runner: runs the jobs.
        page: the workspace.
    """

    def __init__(
        self, context: AppContext, queue: QueueList, runner: JobRunner, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._queue = queue
        self._runner = runner
        self._page = page
        self._study: Study | None = None
        self.dialog: AgainDialog | LogDialog | None = None
        queue.dropped.connect(self._on_dropped)

    def set_study(self, study: Study | None) -> None:
        """Work on another study."""
        self._study = study
        if self.dialog is not None:
            self.dialog.reject()

    def has_recording(self) -> bool:
        """Tell whether a recording is chosen."""
        return self._study is not None and self._queue.current is not None

    def has_log(self) -> bool:
        """Tell whether there is a log of the recording chosen."""
        return self._study is not None and self._job is not None

    def can_ask_again(self) -> bool:
        """Tell whether the recording chosen can be transcribed otherwise."""
        return self._writable is not None and self._job is not None

    def can_move(self, by: int) -> bool:
        """Tell whether the recording chosen can go up (-1) or down (1) in the queue."""
        study, job = self._writable, self._job
        if study is None or job is None:
            return False
        waiting = study.jobs.queue.waiting()
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
        study = self._writable
        return study is not None and any(
            job.state is not JobState.PAUSED for job in study.jobs.queue.waiting()
        )

    def can_resume_all(self) -> bool:
        """Tell whether a job is paused."""
        study = self._writable
        return study is not None and any(
            job.state is JobState.PAUSED for job in study.jobs.queue.waiting()
        )

    def move(self, by: int) -> None:
        """Let the recording chosen go up (-1) or down (1) in the queue."""
        if self._study is not None and self._job is not None:
            self._study.jobs.queue.move(self._job.id, by)

    def ask_again(self) -> None:
        """Ask how the recording chosen is to be transcribed this time."""
        study, row, job = self._study, self._queue.current, self._job
        if study is None or row is None or job is None:
            return
        again = AgainDialog(
            self._context,
            job,
            row.source.title,
            self._page.window(),
            translated=study.jobs.translates(job),
        )
        again.accepted.connect(lambda: self._on_again(job.id, *again.answer))
        self._open(again)

    def show_log(self) -> None:
        """Show what was noted while the recording chosen was transcribed."""
        study, row, job = self._study, self._queue.current, self._job
        if study is not None and row is not None and job is not None:
            path = study.recognition.log_path(job.id)
            self._open(of_job(path, row.source.title, self._page.window()))

    def export_sound(self, *, own: bool = False) -> None:
        """Write the sound of the recording chosen, without what others may not hear."""
        row = self._queue.current
        if self._study is not None and row is not None:
            export_sound(self._context, self._page, row.source.id, own=own)

    @property
    def _writable(self) -> Study | None:
        return self._study if self._study is not None and not self._study.read_only else None

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

    def _on_again(self, job_id: JobId, model: str, language: str, translate: bool) -> None:
        self._runner.retry(job_id, model=model or None, language=language, translate=translate)

    def _on_dropped(self, source_id: str, place: int) -> None:
        study = self._writable
        if study is None:
            return
        for job in study.jobs.queue.waiting():
            if job.source_id == source_id:
                study.jobs.queue.place(job.id, place)
