"""The codebook as one sees it: search, the tree, the meaning of a code, its passages."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
from ui.views.picking.picker import Picker
from ui.views.who.chip import WhoChip
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import icon_button, look
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.codebook import Counts
from workbench.domain.example import strongest
from workbench.domain.ids import CodeId
from workbench.domain.passage import Passage, Query
from workbench.study import Study

_TABLES: tuple[TableName, ...] = (
    *("code", "memo", "observation", "observation_code", "source", "session", "speaker"),
    *("attendance", "participant", "consent_entry"),
)


class CodebookView(QWidget):
    """The codebook of the open study.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.study: Study | None = None
        self.model = CodeTreeModel(self)
        self.tree = CodeTree(context.theme, self.model)
        self.search = Line()
        self.inspector = CodeInspector(context)
        self.passages = CodePassages(context)
        self.picker = Picker(context, self)
        self._example: Passage | None = None
        self._counts: dict[CodeId, Counts] = {}
        self._pages = QStackedLayout(self)
        self._build()

    def _build(self) -> None:
        look(self, "paper")
        self.search.setPlaceholderText(t("Find a code"))
        self.search.setAccessibleName(t("Find a code"))
        self.search.setClearButtonEnabled(True)
        self.add = icon_button(self.context.icons, "plus", t("New code"))
        self.more = icon_button(self.context.icons, "ellipsis", t("More for the codebook"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.more.setMenu(menu)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 6)
        head.setSpacing(2)
        for part in (self.search, self.add, self.more):
            head.addWidget(part)
        self._low = QScrollArea()
        self._low.setWidgetResizable(True)
        self._low.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._low.setWidget(self.inspector)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tree)
        halves.addWidget(self._low)
        halves.setSizes([400, 420])
        page = look(QWidget(), "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        asked = QVBoxLayout()
        asked.setContentsMargins(12, 0, 12, 6)
        self.who = WhoChip(self.context, self, asked)
        column.addLayout(asked)
        column.addWidget(halves, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self.passages)
        self.setFocusProxy(self.tree)

    # The study

    def set_study(self, study: Study | None) -> None:
        """Show another study, or none."""
        self.picker.cancel()
        if self.study is not None:
            self.inspector.forget()
        self.study = study
        self.passages.code = None
        self._show_codes()
        self.model.show_codes([], {})
        self._low.hide()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring the pane up to date; costs nothing while it is hidden."""
        if changes is None or changes.touches(*_TABLES):
            self._show_tree()

    @property
    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return self.study is not None and not self.study.read_only

    def selected(self) -> list[CodeId]:
        """Return the selected codes."""
        return self.tree.selected()

    def select(self, code_id: str) -> None:
        """Show one code."""
        self.search.clear()
        self._show_codes()
        self.tree.select([code_id])

    def _show_tree(self) -> None:
        if self.study is None:
            return
        chosen, closed = self.tree.selected(), self.tree.closed_ids()
        wanted = self.search.text()
        self._counts = self.study.codebook.counts()
        unknown = sum(one.observations for one in self.study.speaking.unknown())
        self.who.show_count(self.study, unknown)
        self.model.editable = self.can_change
        self.model.show_codes(self.study.codebook.codes(), self._counts, wanted)
        self.tree.open_all_but(set() if wanted.strip() else closed)
        self.tree.select([str(code_id) for code_id in chosen])
        self.add.setEnabled(self.can_change)
        self._show_code()
        if self.passages.isVisible():
            self._fill_passages()

    def _show_code(self) -> None:
        chosen = self.selected()
        self._low.setVisible(len(chosen) == 1)
        if self.study is None or len(chosen) != 1:
            return
        code = self.study.codebook.code(chosen[0])
        memo = self.study.memos.of("code", code.id)
        passages = self._passages_of(code.id)
        example = next((p for p in passages if p.observation.id == code.example_id), None)
        self._example = example or strongest(passages)
        self.inspector.show_code(
            self.study,
            code,
            memo.text if memo else "",
            self._example,
            counts=self._counts.get(code.id, Counts()),
            editable=self.can_change,
        )

    def _passages_of(self, code_id: CodeId) -> list[Passage]:
        return self.study.observations.find(Query(code_ids=(code_id,))) if self.study else []

    def _show_example(self) -> None:
        if self._example is not None:
            self.context.signals.open_requested.emit("observation", self._example.observation.id)

    # Passages

    def show_passages(self) -> None:
        """Show where the selected code is used."""
        if len(self.selected()) == 1:
            self._pages.setCurrentWidget(self.passages)
            self._fill_passages()
            self.passages.list.setFocus()

    def _show_codes(self) -> None:
        self._pages.setCurrentIndex(0)
        self.passages.code = None

    def _fill_passages(self) -> None:
        shown = self.passages.code.id if self.passages.code else next(iter(self.selected()), None)
        if self.study is None or shown is None:
            return
        code = self.study.codebook.code(shown)
        if code.deleted_at is not None:
            self._show_codes()
            return
        self.passages.show_passages(code, self._passages_of(code.id), editable=self.can_change)
