"""Opening, creating and closing the one study of the window, with every way it can go wrong.

What works for an open study only is loaded and made for the first one, since the welcome page would
wait for it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt, tell
from ui.bridge.changes import StudyBridge
from ui.bridge.long_steps import LongSteps
from ui.context import AppContext, Leaving, NewStudy
from ui.i18n import plural, t
from ui.views.long_bar import LongBar
from ui.views.unsaved_bar import UnsavedBar
from ui.views.widgets.toast import MessageLine
from workbench.errors import EnvironmentProblem, Way, WorkbenchError

if TYPE_CHECKING:
    from ui.checkup import Checkup
    from ui.keeper import StudyKeeper
    from ui.locks import Locks
    from workbench.study import Study

_log = logging.getLogger("workbench.ui.studies")


class Studies(QObject):
    """Owns the open study on behalf of the window.

    Args:
        context: where the open study is announced.
        window: the parent of questions.

    Attributes:
        unsaved: tells what people have typed and the study does not have yet.
        line: tells what takes long, and what is done.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._bridge: StudyBridge | None = None
        self.unsaved = UnsavedBar()
        told = partial(tell, context, window)
        self._long, self._looking = LongSteps(told, self), LongSteps(told, self, writes=False)
        context.long_steps = self._long
        at_work, looking = (LongBar(one, context.signals) for one in (self._long, self._looking))
        self.line = MessageLine(at_work.line, looking.line)
        context.long_doing = lambda: self._long.doing or self._looking.doing
        context.signals.readying.connect(self._get_ready)
        self._later = QTimer(self, singleShot=True, interval=0)  # once the study is painted
        self._later.timeout.connect(self._remember)

    @cached_property
    def locks(self) -> Locks:
        """Return what locks and unlocks the study."""
        from ui.locks import Locks

        return Locks(self._context, self._window, self.open, self.close)

    @cached_property
    def keeper(self) -> StudyKeeper:
        """Return what knows the place of the study, its backups and copies."""
        from ui.keeper import StudyKeeper

        closing = partial(self.close, keep_key=True)  # its backups are read then
        may_read = self.locks.may_read
        return StudyKeeper(self._context, self._window, self.open, closing, may_read)

    @cached_property
    def checkup(self) -> Checkup:
        """Return what checks the study and cleans it up."""
        from ui.checkup import Checkup

        return Checkup(self._context, self._window, self._looking, self.keeper.restore)

    def _get_ready(self) -> None:
        from ui.lock_idle import LockIdle

        is_locked, saved = (lambda: self.locks.is_locked), self.unsaved.try_again
        LockIdle(self._context, self._window, is_locked, saved, self.locks.lock_now)

    def open(self, path: Path) -> bool:
        """Open a study folder in place of the one that is open; tell what hinders it.

        Args:
            path: the study folder, or the database inside it.
        """
        if not self.close():
            return False
        try:
            return self._open(path)
        except (WorkbenchError, OSError) as problem:
            hindrance = problem
        ways = self.keeper.ways_back(path)
        ways |= {Way.AGAIN: partial(self.open, path), Way.CHOOSE: self.choose}
        ways[Way.COPY] = partial(self.keeper.open_copy, path)
        return bool(tell(self._context, self._window, hindrance, ways))

    def restore(self, folder: Path | None) -> bool:
        """Go back to a backup of a study that does not open; `None` = it is asked for."""
        return self.keeper.restore(folder)

    def choose(self) -> bool:
        """Ask for a study folder and open it."""
        path = self._context.dialogs.open_folder(self._window, t("Open a study (.study folder)"))
        return path is not None and self.open(path)

    def create(self) -> bool:
        """Ask for title and place, create the study and open it."""
        wanted = self._context.dialogs.ask_new_study(self._window)
        if wanted is None or not self.close():
            return False
        ways = {Way.CHOOSE: self.create}
        return bool(attempt(self._context, self._window, lambda: self._create(wanted), ways))

    def open_sample(self) -> bool:
        """Make a fresh copy of the sample study and open it."""
        if self._context.sample is None:
            return False
        path = attempt(self._context, self._window, self._context.sample)
        return path is not None and self.open(path)

    def close(self, *, keep_key: bool = False) -> bool:
        """Close the open study; what is not saved and running jobs are asked about first.

        Args:
            keep_key: of a locked study, do not forget what opens it.

        Returns:
            False when the person wants to go on working.
        """
        study = self._context.study
        if study is None:
            return True
        from workbench.services.locking import locking

        # Saving what waits may be a long step, too.
        asked = (self._may_cancel, lambda: self._may_leave(study), self._may_cancel, self._may_stop)
        if not all(may() for may in asked):
            return False
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.deleteLater()
            self._bridge = None
        self.keeper.stop()
        self._context.study = None
        self.unsaved.set_study(None)
        self._context.signals.study_opened.emit(None)
        study.close()
        if not keep_key:
            locking.let_go(study.folder)
        return True

    def _may_cancel(self) -> bool:
        """Ask about a long step that is at work, or files that are coming in."""
        doing = self._long.doing or self._context.coming_in() or self._looking.doing
        sure = not doing or self._context.dialogs.confirm(
            self._window,
            t("“{title}” is still being done.", title=doing),
            detail=t("If you close now, it is cancelled and nothing of it is kept."),
            accept=t("Cancel it and close"),
        )
        if sure:
            self._long.end()
            self._looking.end()
        return sure

    def _may_leave(self, study: Study) -> bool:
        """Save what is being typed; ask about what cannot be saved."""
        if (field := self._window.focusWidget()) is not None:
            field.clearFocus()  # fields save when they are left
        while not self.unsaved.try_again():
            chosen = self._context.dialogs.ask_unsaved(self._window, study.unsaved.waiting)
            if chosen is Leaving.STAY:
                if field is not None:
                    field.setFocus()
                return False
            if chosen is Leaving.WITHOUT:
                study.unsaved.let_go()
        return True

    def _may_stop(self) -> bool:
        jobs = self._context.running_jobs()
        if not jobs:
            return True
        sure = self._context.dialogs.confirm(
            self._window,
            plural(len(jobs), "One job is still running.", "{n} jobs are still running."),
            detail="\n".join(jobs)
            + "\n\n"
            + t("What is done so far is kept; the rest goes on when the study is open again."),
            accept=t("Stop and close"),
        )
        if sure:
            self._context.stop_jobs()
        return sure

    def _open(self, path: Path) -> bool:
        if not self.locks.may_read(path):
            return False
        study = self._opened(path)
        if study is not None:
            self._show(study)
        return study is not None

    def _create(self, wanted: NewStudy) -> bool:
        from workbench.study import Study

        coder = self._context.settings.current.coder
        self._show(Study.create(wanted.folder, title=wanted.title, coder=coder))
        return True

    def _opened(self, folder: Path) -> Study | None:
        from workbench.services.keeping.opening import unlock
        from workbench.study import LockedElsewhere, Study, StudyLocked

        try:
            coder = self._context.settings.current.coder
            return Study.open(folder, coder=coder, now=self._context.now)
        except StudyLocked as problem:
            look = self._context.dialogs.confirm(
                self._window,
                problem.happened,
                detail=t("You can read it meanwhile; nothing can be changed by mistake."),
                accept=t("Open read-only"),
            )
            if look:
                return Study.open(folder, read_only=True)
            if isinstance(problem, LockedElsewhere) and self._may_take_over():
                unlock(folder)
                return self._opened(folder)
            return None
        except EnvironmentProblem as problem:
            # A disc, a share or a folder of somebody else: it can be read all the same.
            study = Study.open(folder, read_only=True)
            self._context.signals.toast_requested.emit(
                t("{happened} It is open for reading only.", happened=problem.happened)
            )
            return study

    def _may_take_over(self) -> bool:
        return self._context.dialogs.confirm(
            self._window,
            t("Open it for writing all the same?"),
            detail=t(
                "Do so only if the study is open nowhere else, and its folder has been"
                " synchronised: two who write at once lose work."
            ),
            accept=t("Open anyway"),
            danger=True,
        )

    def _show(self, study: Study) -> None:
        self._context.get_ready()
        self._bridge = StudyBridge(study, self)
        self._bridge.changed.connect(self._context.signals.changed)
        self._context.study = study
        self.unsaved.set_study(study)
        self._context.signals.study_opened.emit(study)
        self._later.start()

    def _remember(self) -> None:
        study = self._context.study
        if study is None:
            return
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        title = study.exports.title  # it is kept outside the study
        try:
            self._context.settings.remember(study.folder.absolute(), title=title, opened=now)
        except OSError as problem:
            _log.warning("recent studies not written: %s", problem)
        self.keeper.start(study)
