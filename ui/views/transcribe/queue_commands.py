"""What can be done with the queue besides the buttons above the text."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.actions import Action
from ui.bridge.jobs import JobRunner
from ui.context import AppContext
from ui.views.sounding import export_sound
from ui.views.transcribe.again_dialog import AgainDialog
from ui.views.transcribe.log_dialog import LogDialog
from ui.views.transcribe.queue import QueueList, Recording
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.study import Study

_MENU, _CONTEXT = "Transcribe/Queue", "transcribe"
ONE = ("up", "down", "again", "log", "sound", "own_sound")
"""Commands for one recording; they are in its menu."""
_SOUND = ("sound", "own_sound")


def _action(name: str, title: str, shortcut: str = "", icon: str = "", group: int = 0) -> Action:
    return Action(f"queue.{name}", title, _MENU, "queue_command", shortcut, icon, _CONTEXT,
                  "can_queue", args=(name,), group=group)  # fmt: skip


QUEUE_ACTIONS = (
    _action("up", "Move up", "Alt+Up", "chevron-up", 3),
    _action("down", "Move down", "Alt+Down", "chevron-down", 3),
    _action("again", "Transcribe again with…", "", "refresh-cw", 3),
    _action("log", "Show log", "", "file-text", 3),
    _action("pause_all", "Pause all", "", "pause", 4),
    _action("resume_all", "Go on with all", "", "play", 4),
    *(
        Action(f"queue.{name}", title, "Transcribe/Export", "queue_command", "", "upload", _CONTEXT,
               "can_queue", args=(name,), group=1)
        for name, title in (
            ("sound", "Export sound…"),
            ("own_sound", "Export sound as a working copy…"),
        )
    ),
)  # fmt: skip


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

    def can(self, name: str) -> bool:
        """Tell whether a command makes sense now."""
        study, row = self._study, self._queue.current
        if name in _SOUND:
            return study is not None and row is not None
        if study is None or study.read_only:
            return name == "log" and study is not None and row is not None and row.job is not None
        if name in {"pause_all", "resume_all"}:
            paused = {job.state is JobState.PAUSED for job in study.jobs.waiting()}
            return (name == "resume_all") in paused
        job = row.job if row else None
        if job is None:
            return False
        return name not in {"up", "down"} or self._can_move(study, job, name)

    def run(self, name: str) -> None:
        """Carry a command out."""
        study, row = self._study, self._queue.current
        if study is None:
            return
        if name == "pause_all":
            self._runner.pause_all()
        elif name == "resume_all":
            self._runner.resume_all()
        elif row is not None and name in _SOUND:
            export_sound(self._context, self._page, row.source.id, own=name == "own_sound")
        elif row is not None and row.job is not None:
            self._run_on(study, row, row.job, name)

    def _run_on(self, study: Study, row: Recording, job: Job, name: str) -> None:
        if name == "again":
            again = AgainDialog(
                self._context,
                job,
                row.source.title,
                self._page.window(),
                translated=study.jobs.translates(job),
            )
            again.accepted.connect(lambda: self._on_again(job.id, *again.answer))
            self._open(again)
        elif name == "log":
            path = study.jobs.log_path(job.id)
            self._open(LogDialog(path, row.source.title, self._page.window()))
        else:
            study.jobs.move(job.id, -1 if name == "up" else 1)

    def _can_move(self, study: Study, job: Job, name: str) -> bool:
        waiting = study.jobs.waiting()
        ids = [other.id for other in waiting]
        if job.state not in UNFINISHED or job.id not in ids:
            return False
        neighbour = ids.index(job.id) + (-1 if name == "up" else 1)
        if not 0 <= neighbour < len(ids):
            return False
        # Nothing passes the job at work: it would be first in the list and yet have to wait.
        return JobState.RUNNING not in (job.state, waiting[neighbour].state)

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
        study = self._study
        if study is None or study.read_only:
            return
        for job in study.jobs.waiting():
            if job.source_id == source_id:
                study.jobs.place(job.id, place)
