"""What is prepared while nobody waits: the workspace that comes next, and what is not seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QStackedWidget

from ui import later
from ui.context import AppContext
from ui.opening import Turn
from ui.views.widgets.frame import Rail, TopBar
from ui.workspaces import Workspaces


class GettingReady(QObject):
    """Goes on with it whenever the window has been painted.

    Args:
        context: has the open study.
        pages: where workspaces are shown.
        frame: what stands around them.
        workspaces: those that are there, and those to be made.
        next_one: tells the key of the workspace that comes next.
    """

    def __init__(
        self,
        context: AppContext,
        pages: QStackedWidget,
        frame: tuple[Rail, TopBar],
        workspaces: Workspaces,
        next_one: Callable[[], str],
    ) -> None:
        super().__init__(pages)
        self._context = context
        self._pages = pages
        self._rail, self._top_bar = frame
        self._workspaces = workspaces
        self._next_one = next_one
        self._painted = False
        context.opening.at(Turn.TELL_HIDDEN, self, lambda _study: self._tell_hidden())
        context.opening.at(Turn.GET_READY, self, lambda study: study.get_ready())
        context.opening.at(Turn.MAKE_AHEAD, self, lambda _study: workspaces.make_ahead())
        # A timer, since what is posted for later would come before the painting.
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self._rehearse)

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to be prepared at once."""
        return not self._context.opening.goes_on and not self._idle.isActive()

    @property
    def painted(self) -> bool:
        """Tell whether the window has been painted."""
        return self._painted

    def on_painted(self) -> None:
        """Begin once the window is seen."""
        if not self._painted:
            self._painted = True
            self._idle.start()

    def _rehearse(self) -> None:
        """Prepare the workspace that comes next while people look at the welcome page."""
        if self._context.study is not None:
            return
        if later.load_some():
            self._idle.start()
            return
        for part in (self._rail, *self._top_bar.findChildren(QAbstractButton)):
            part.grab()
        if not self._workspaces.prepare(self._next_one()):
            self._idle.start()
            return
        workspace = self._workspaces[self._next_one()]
        room = self._pages.size()
        workspace.resize(room.width() - self._rail.sizeHint().width(), room.height())
        workspace.rehearse()
        later.rehearse()
        self._workspaces.make_ahead()

    def _tell_hidden(self) -> None:
        for workspace in self._workspaces.made():
            self._workspaces.tell(workspace)
