"""The panes of Code: materials or codebook, the text, the observation. They outlive a study."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from ui.i18n import t
from ui.views import splitting
from ui.views.code.clicks import Clicks
from ui.views.code.inspector import Inspector
from ui.views.code.lens_bar import LensBar
from ui.views.codebook.left import LeftPane
from ui.views.codebook.panel import CodebookPanel
from ui.views.picking.picker import Picker
from ui.views.reading.handles import Handles
from ui.views.reading.text import ReadingText
from ui.views.reading.view import ReadingView
from ui.views.video.pane import with_picture
from ui.views.widgets.looks import EmptyState, look
from ui.views.widgets.pages import Pages
from ui.views.widgets.side_list import SideList
from ui.views.workspace import Workspace
from ui.views.writing.page import WritingPage

_HANDLES = 2  # pixels between the panes


class CodePanes:
    """Makes them and finds room for them.

    Args:
        page: the workspace, which they fill, and which sees the events of the text.
        can_change: tells whether observations can be changed now.
    """

    def __init__(self, page: Workspace, can_change: Callable[[], bool]) -> None:
        context = self._context = page.context
        self._page = page
        self._one = False
        self.text = ReadingText(context.theme)
        self.view = ReadingView(context.theme, self.text)
        self.text.spoken = context.spoken
        self.inspector = Inspector(context)
        self.picker = Picker(context, page)
        self.clicks = Clicks(self.view)
        self.text.installEventFilter(page)  # before the handles, which are asked first
        self.handles = Handles(self.text, context.theme, can_change)
        self.lens_bar = LensBar(context)
        self.view.add_to_head(self.lens_bar.button, self.lens_bar)
        self.materials = SideList(context.theme, t("Materials"))
        self.materials.hint = t(
            "Recordings and texts are listed here by method. Add some with “Import files…”, or drop"
            " files on the window."
        )
        self.empty = EmptyState(
            context.icons,
            "pencil",
            t("Here you read what people said and say what it is. Bring some material first."),
            heading=t("Nothing to read yet"),
            action=t("Add material…"),
        )
        self.waiting = EmptyState(
            context.icons,
            "audio-lines",
            t("This recording has no text yet. Its words appear here while they are recognised."),
            heading=t("No words yet"),
            action=t("Go to Transcribe"),
        )
        self.writing = WritingPage(context)
        self.codebook = CodebookPanel(context)
        self.left = LeftPane(with_picture(page, self.materials), self.codebook)
        self._middle = Pages()
        self._side = look(QWidget(), "paper")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._middle.setMinimumWidth(self.view.minimumWidth())  # whatever the other pages want
        for page in (self.view, self.writing, self.waiting, self.empty):
            look(page, "surface")
            self._middle.addWidget(page)
        column = QHBoxLayout(self._side)
        column.setContentsMargins(0, 12, 0, 8)
        column.addWidget(self.left)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("code")
        splitter.setHandleWidth(1)
        for pane in (self._side, self._middle, self.inspector):
            splitter.addWidget(pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([232, 840, 300])
        splitting.remember(self._context, splitter)
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)
        self._page.setFocusProxy(self.text)

    def _connect(self) -> None:
        actions, signals = self._context.actions, self._context.signals
        self.inspector.left.connect(self.text.setFocus)
        self.left.turned.connect(lambda: actions.refresh(self._page))
        self.empty.button.clicked.connect(lambda: signals.import_requested.emit([]))
        self.waiting.button.clicked.connect(lambda: actions.trigger("view.transcribe"))

    def show_page(self, page: QWidget) -> None:
        """Show the text, the page to write on, or why there is neither."""
        self._middle.setCurrentWidget(page)

    def show_one(self, one: bool) -> None:
        """Note whether just one observation is selected, whose inspector comes before the list."""
        self._one = one
        self.make_room()

    def make_room(self) -> None:
        """Beside the text, show the inspector of what is selected before the list, if not both."""
        width = self._page.width()
        text = self.view.minimumWidth() + _HANDLES
        side, details = self._side.minimumSizeHint().width(), self.inspector.minimumWidth()
        both = width >= text + side + details
        at_side = self._side.isAncestorOf(QApplication.focusWidget() or self._page)
        alone = self._one and not at_side and width >= text + details
        self.inspector.setVisible(both or alone)
        self._side.setVisible(both or (width >= text + side and not alone))
