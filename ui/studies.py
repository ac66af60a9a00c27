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

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt, tell
from ui.bridge.long_steps import LongSteps
from ui.context import AppContext
from ui.i18n import t
from ui.opening import Turn
from ui.views.long_bar import LongBar
from ui.views.unsaved_bar import UnsavedBar
from ui.views.widgets.toast import MessageLine
from workbench.errors import Way, WorkbenchError

if TYPE_CHECKING:
    from ui.bridge.changes import StudyBridge
    from ui.checkup import Checkup
    from ui.keeper import StudyKeeper
    from ui.locks import Locks
    from ui.switching import Switching
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
        self._take_part()

    @cached_property
    def _switching(self) -> Switching:
        from ui.getting_in import GettingIn
        from ui.may_close import MayClose
        from ui.switching import Switching

        context, window, at_work = self._context, self._window, (self._long, self._looking)
        getting_in = GettingIn(context, window, self.locks.may_read)
        return Switching(context, getting_in, MayClose(context, window, self.unsaved, at_work))

    @cached_property
    def locks(self) -> Locks:
        """Return what locks and unlocks the study."""
        from ui.locks import Locks

        return Locks(self._context, self._window, self.open, self.close)

    @cached_property
    def keeper(self) -> StudyKeeper:
        """Return what knows the place of the study, its backups and copies."""
        from ui.keeper import StudyKeeper

        may_read = self.locks.may_read
        return StudyKeeper(self._context, self._window, self.open, self.close, may_read)

    @cached_property
    def checkup(self) -> Checkup:
        """Return what checks the study and cleans it up."""
        from ui.checkup import Checkup

        return Checkup(self._context, self._window, self._looking, self.keeper.restore)

    def open(self, path: Path) -> bool:
        """Open a study folder in place of the one that is open; tell what hinders it.

        Where it is hindered, or given up, the one that is open stays open.

        Args:
            path: the study folder, or the database inside it.
        """
        try:
            return self._switching.open(path)
        except (WorkbenchError, OSError) as problem:
            hindrance = problem
        ways = self.keeper.ways_back(path)
        ways |= {Way.AGAIN: partial(self.open, path), Way.CHOOSE: self.choose}
        ways[Way.COPY] = partial(self.keeper.open_copy, path)
        return bool(tell(self._context, self._window, hindrance, ways, of_open=False))

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
        if wanted is None:
            return False
        create, ways = partial(self._switching.create, wanted), {Way.CHOOSE: self.create}
        return bool(attempt(self._context, self._window, create, ways))

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
        return self._context.study is None or self._switching.close(keep_key=keep_key)

    # What is done when a study opens and closes

    def _take_part(self) -> None:
        """Say at which turn there is something to do here; see `Opening`."""
        opening = self._context.opening
        opening.at(Turn.LOAD, self, lambda _study: self._context.get_ready())
        opening.at(Turn.HEAR, self, self._hear, self._hear_no_more)
        opening.at(Turn.HOLD, self, self.unsaved.set_study, partial(self.unsaved.set_study, None))
        opening.at(Turn.REMEMBER, self, self._remember)

    def _get_ready(self) -> None:
        from ui.lock_idle import LockIdle

        opening, locks, keeper = self._context.opening, self.locks, self.keeper
        opening.at(Turn.WATCH, locks, lambda _study: locks.look(), locks.look)
        opening.at(Turn.LOOK_AFTER, keeper, keeper.start, keeper.stop)
        opening.at(Turn.SAY, keeper, keeper.say_how_found)
        is_locked, saved = (lambda: locks.is_locked), self.unsaved.try_again
        LockIdle(self._context, self._window, is_locked, saved, locks.lock_now)

    def _hear(self, study: Study) -> None:
        from ui.bridge.changes import StudyBridge

        self._bridge = StudyBridge(study, self)
        self._bridge.changed.connect(self._context.signals.changed)

    def _hear_no_more(self) -> None:
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.deleteLater()
            self._bridge = None

    def _remember(self, study: Study) -> None:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        title = study.exports.title  # it is kept outside the study
        try:
            self._context.settings.remember(study.folder.absolute(), title=title, opened=now)
        except OSError as problem:
            _log.warning("recent studies not written: %s", problem)
