"""Insights at the right: a claim, what follows from it, and what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.models.findings import InsightRow, RowModel
from ui.models.passages import dragged
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.findings.cards import CardDelegate
from ui.views.widgets.controls import join
from ui.views.widgets.dropping import Lines
from ui.views.widgets.looks import EmptyState, button, icon_button, label
from ui.views.widgets.roving import Roving
from ui.views.widgets.steady import show_steadily
from ui.views.widgets.waiting import show_waiting
from workbench.domain.declaring import Field
from workbench.domain.findings import CLAIM, CONFIDENCE, SO_WHAT, Confidence, Insight, Stance
from workbench.domain.passage import Passage
from workbench.services.unsaved import Spot
from workbench.study import Study

_ONE_ROW = 96  # pixels in which a passage of two lines can be read


class InsightList(QListView):
    """The insights; passages can be dropped on one.

    Signals:
        dropped: insight id, observation ids, and the stance (against with Shift held).
    """

    dropped = Signal(str, list, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.row_model: RowModel[InsightRow] = RowModel()
        self.setModel(self.row_model)
        self.setItemDelegate(CardDelegate(context.theme, framed=False, parent=self))
        self.setAccessibleName(t("Insights"))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and dragged(event.mimeData()):
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        ids = dragged(event.mimeData())
        if index.isValid() and ids:
            against = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            stance = Stance.AGAINST if against else Stance.FOR
            self.dropped.emit(self.row_model.rows[index.row()].id, ids, stance)
            event.acceptProposedAction()


class StanceList(EvidenceList):
    """The evidence on one side; passages can be dropped here, Del takes one away.

    Signals:
        dropped: observation ids.
        removed: observation ids.
    """

    dropped = Signal(list)
    removed = Signal(list)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self.setMinimumHeight(_ONE_ROW)
        self.more = self._fill_menu

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(t("Take away from the insight"), self._on_remove)

    def _on_remove(self) -> None:
        if ids := self.selected_ids():
            self.removed.emit(ids)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._on_remove()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not self and dragged(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.source() is not self and dragged(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if ids := dragged(event.mimeData()):
            self.dropped.emit(ids)
            event.acceptProposedAction()


class _Words(Lines):
    """A small field that has its text saved when one leaves it."""

    def __init__(self, name: str, hint: str, height: int, *, needed: bool = False) -> None:
        super().__init__()
        self._stored, self._needed = "", needed
        self._spot: Spot | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    @property
    def words(self) -> str:
        return " ".join(self.toPlainText().split())

    def show_words(self, words: str, spot: Spot) -> None:
        """Show what is kept; what is being typed stays, or is kept before something else comes."""
        here = self._spot is not None and self._spot.key == spot.key
        typing = here and self.hasFocus() and self.words != self._stored
        if not here:
            self.keep()
        self._spot, self._stored = spot, spot.shown(words)
        show_waiting(self, spot)
        if not typing and self.toPlainText() != self._stored:
            self.setPlainText(self._stored)

    def keep(self) -> None:
        """Have the text saved if it is new."""
        if self._spot is None or self.words == self._stored:
            return
        if self._needed and not self.words:
            self.setPlainText(self._stored)
            return
        self._stored = self.words
        self._spot.keep(self._stored)
        show_waiting(self, self._spot)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)


class InsightPane(QWidget):
    """List above, the chosen insight below.

    Signals:
        remove_requested: the current insight shall go to the bin.
        edited: insight id and what it is to have, as a `Given`.
        evidence_added: insight id, observation ids, stance.
        evidence_removed: insight id, observation ids.
        current_changed: another insight is current.
    """

    remove_requested = Signal()
    edited = Signal(str, object)
    evidence_added = Signal(str, list, object)
    evidence_removed = Signal(str, list)
    current_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.list = InsightList(context)
        self.claim = _Words(t("Claim"), t("What is true?"), 58, needed=True)
        self.so_what = _Words(t("So what"), t("What follows from it?"), 58)
        self.speaks_for = StanceList(context)
        self.speaks_for.setAccessibleName(t("Speaks for it"))
        self.against = StanceList(context)
        self.against.setAccessibleName(t("Speaks against it"))
        self.speaks_for.hint = t("Drag passages here, or select one and press F.")
        self.against.hint = t("Nothing yet: look for it. Drag passages here, or press A.")
        self._for_head = label("", "heading")
        self._against_head = label("", "heading")
        self._confidence = {c: button(t(c.label).capitalize(), "seg") for c in Confidence}
        self._empty = EmptyState(
            context.icons,
            "lightbulb",
            t("An insight is a claim with evidence for it and against it. Write one, then drag "
              "passages onto it, or press F or A."),
        )  # fmt: skip
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 8, 4)
        head.addWidget(label(t("Insights"), "title"), 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("insightSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self._scrolled(self._detail()))
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([240, 480])
        self._pages = QStackedWidget()
        self._filling = False
        self._pages.addWidget(splitter)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setMinimumWidth(300)

    @staticmethod
    def _scrolled(detail: QWidget) -> QScrollArea:
        """Return the insight in a pane that scrolls where the window is low."""
        area = QScrollArea()
        area.setWidget(detail)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(_ONE_ROW)
        return area

    def _detail(self) -> QWidget:
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(14, 12, 10, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(0)
        # Not exclusive, because Qt would not let the last one be turned off: nobody may be able to
        # read which it is.
        group = QButtonGroup(self)
        group.setExclusive(False)
        join(list(self._confidence.values()))
        for value, choice in self._confidence.items():
            choice.setCheckable(True)
            choice.setAccessibleName(t(value.told))
            group.addButton(choice)
            row.addWidget(choice)
            choice.clicked.connect(lambda _on=False, v=value: self._on_confidence(v))
        Roving(detail, list(self._confidence.values()))
        row.addStretch(1)
        remove = icon_button(self._context.icons, "trash-2", t("Remove this insight"))
        remove.setIconSize(QSize(16, 16))
        remove.clicked.connect(self.remove_requested)
        row.addWidget(remove)
        for part in (self.claim, self.so_what):
            column.addWidget(part)
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(self._for_head)
        column.addWidget(self.speaks_for, 3)
        column.addWidget(self._against_head)
        column.addWidget(self.against, 2)
        return detail

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.dropped.connect(self.evidence_added)
        self._context.theme.changed.connect(self.list.scheduleDelayedItemsLayout)
        for side, stance in ((self.speaks_for, Stance.FOR), (self.against, Stance.AGAINST)):
            side.dropped.connect(lambda ids, s=stance: self._on_dropped(ids, s))
            side.removed.connect(self._on_removed)

    def set_rows(self, rows: Sequence[InsightRow]) -> None:
        """Show insights; the current one stays current as far as it still exists."""
        self._filling = True
        show_steadily(self.list, partial(self.list.row_model.show_rows, rows))
        self._filling = False
        self._pages.setCurrentIndex(0 if rows else 1)
        if rows and self.current() is None:
            self.list.setCurrentIndex(self.list.row_model.index(0))
        elif rows:
            self._show_current()

    def select(self, insight_id: str) -> None:
        """Make an insight the current one."""
        row = self.list.row_model.row_of(insight_id)
        if row >= 0:
            self.list.setCurrentIndex(self.list.row_model.index(row))

    def current(self) -> Insight | None:
        """Return the current insight."""
        row = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.insight if isinstance(row, InsightRow) else None

    def show_evidence(self, speaks_for: Sequence[Passage], against: Sequence[Passage]) -> None:
        """Show what stands behind the current insight."""
        self.speaks_for.set_passages(speaks_for)
        self.against.set_passages(against)
        self._for_head.setText(t("Speaks for it · {n}", n=len(speaks_for)))
        self._against_head.setText(t("Speaks against it · {n}", n=len(against)))

    def start_editing(self) -> None:
        """Put the cursor into the claim."""
        self.claim.setFocus()
        self.claim.selectAll()

    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling:
            self._show_current()

    def _show_current(self) -> None:
        insight, study = self.current(), self._context.study
        if insight and study:
            for field, shown in ((CLAIM, self.claim), (SO_WHAT, self.so_what)):
                shown.show_words(field.of(insight), _spot(study, insight, field, shown))
            self._show_confidence(insight.confidence)
        self.current_changed.emit()

    def _on_confidence(self, confidence: Confidence) -> None:
        self._show_confidence(confidence)
        if insight := self.current():
            self.edited.emit(insight.id, CONFIDENCE.to(confidence))

    def _show_confidence(self, confidence: Confidence) -> None:
        for value, choice in self._confidence.items():
            choice.setChecked(value is confidence)

    def _on_dropped(self, ids: list[str], stance: Stance) -> None:
        if insight := self.current():
            self.evidence_added.emit(insight.id, ids, stance)

    def _on_removed(self, ids: list[str]) -> None:
        if insight := self.current():
            self.evidence_removed.emit(insight.id, ids)


def _spot(study: Study, insight: Insight, field: Field[Insight, str], shown: Lines) -> Spot:
    def write(words: str) -> None:
        study.findings.change_insight(insight.id, field.to(words))

    title = f"{shown.accessibleName()} · {insight.claim}"
    return study.unsaved.spot(("insight", insight.id, field.name), title, write)
