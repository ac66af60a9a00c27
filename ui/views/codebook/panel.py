"""The codebook as one sees it: search, the tree, the meaning of a code, its passages."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.context import AppContext
from ui.i18n import t
from ui.views.codebook.inspector import CodeInspector
from ui.views.codebook.model import CodeTreeModel
from ui.views.codebook.passages import CodePassages
from ui.views.codebook.tree import CodeTree
from ui.views.codebook.work import CodebookWork
from ui.views.desk import Desk
from ui.views.picking.picker import Picker
from ui.views.who.chip import WhoChip
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import icon_button, look
from workbench.domain.change import ChangeSet
from workbench.domain.ids import CodeId
from workbench.study import Study


class CodebookPanel(QWidget):
    """The codebook of the open study.

    Args:
        context: everything the window shares.

    Attributes:
        work: what is done with the codes, while a study is open.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.work: CodebookWork | None = None
        self.model = CodeTreeModel(self)
        self.tree = CodeTree(context.theme, self.model)
        self.search = Line()
        self.inspector = CodeInspector(context)
        self.details = QScrollArea()
        self.passages = CodePassages(context)
        self.picker = Picker(context, self)
        self.add = icon_button(context.icons, "plus", t("New code"))
        self.more = icon_button(context.icons, "ellipsis", t("More for the codebook"))
        self.menu = QMenu(self)
        self._pages = QStackedLayout(self)
        self._build()

    def _build(self) -> None:
        look(self, "paper")
        self.search.setPlaceholderText(t("Find a code"))
        self.search.setAccessibleName(t("Find a code"))
        self.search.setClearButtonEnabled(True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 6)
        head.setSpacing(2)
        for part in (self.search, self.add, self.more):
            head.addWidget(part)
        self.details.setWidgetResizable(True)
        self.details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.details.setWidget(self.inspector)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tree)
        halves.addWidget(self.details)
        halves.setSizes([400, 420])
        page = look(QWidget(), "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        asked = QVBoxLayout()
        asked.setContentsMargins(12, 0, 12, 6)
        self.who = WhoChip(self._context, self, asked)
        column.addLayout(asked)
        column.addWidget(halves, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self.passages)
        self.setFocusProxy(self.tree)
        self.passages.closed.connect(self.show_codes)

    def set_study(self, study: Study | None) -> None:
        """Show another study, or none."""
        self.picker.cancel()
        if self.work is not None:
            self.inspector.forget()
            self.work.desk.clear()
            self.menu.clear()
        self.work = CodebookWork(Desk(self._context, study, self)) if study is not None else None
        self.show_codes()
        self.model.show_codes([], {})
        self.details.hide()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring the pane up to date; costs nothing while it is hidden."""
        if self.work is not None:
            self.work.reading.refresh(changes)

    @property
    def can_change(self) -> bool:
        """Tell whether there is a study that may be changed."""
        return self.work is not None and self.work.desk.can_change

    def selected(self) -> list[CodeId]:
        """Return the selected codes."""
        return self.tree.selected()

    def select(self, code_id: str) -> None:
        """Show one code."""
        self.search.clear()
        self.show_codes()
        self.tree.select([code_id])

    def show_codes(self) -> None:
        """Show the tree."""
        self._pages.setCurrentIndex(0)
        self.passages.code = None

    def show_passages(self) -> None:
        """Show the list of passages in place of the tree."""
        self._pages.setCurrentWidget(self.passages)

    def near(self) -> QRect:
        """Return where something is asked about what is selected."""
        if self.passages.isVisible():
            return QRect(12, self.height() // 3, 1, 1)
        place = self.tree.visualRect(self.tree.currentIndex())
        return QRect(self.tree.viewport().mapTo(self, place.topLeft()), place.size())
