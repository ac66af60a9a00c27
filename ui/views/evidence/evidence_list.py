"""A list of passages one can read, hear, open and drag: the evidence behind anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.models.passages import PassageModel
from ui.views.evidence.coding import ListCoding
from ui.views.evidence.row import PassageDelegate
from ui.views.sounding import export_clip
from ui.views.widgets.hint import paint_hint
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Passage


class EvidenceList(QListView):
    """Passages below each other. Enter or a double-click opens one, Space or ▶ plays it.

    Args:
        context: for looks and for the signals that open and play.
        show_stage: name the stage of each passage.

    Attributes:
        more: fills the context menu further; called with the menu.
        hint: a sentence for the empty list.
        coding: gives codes to what is selected.
    """

    def __init__(
        self, context: AppContext, *, show_stage: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.passage_model = PassageModel(self._said)
        self.coding = ListCoding(context, self)
        self.more: Callable[[QMenu], None] | None = None
        self.hint = ""
        self._rows = PassageDelegate(
            context.theme, context.icons, show_stage=show_stage, parent=self
        )
        self.setModel(self.passage_model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName(t("Passages"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMinimumWidth(220)
        context.theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_passages(self, passages: Iterable[Passage], *, show_stage: bool | None = None) -> None:
        """Show passages; what is selected, and where one is, stays as far as it is among them."""
        if show_stage is not None:
            self._rows.show_stage = show_stage
        anchor = self._anchor()
        current, chosen = self._key(self.currentIndex()), set(self.selected_ids())
        if self.passage_model.set_passages(passages):
            self._choose_again(chosen, current)
            self._go_back(*anchor)

    def _key(self, index: QModelIndex) -> str:
        return self.passage_model.ids[index.row()] if index.isValid() else ""

    def _anchor(self) -> tuple[str, int]:
        """Return what is looked at, and how far below the upper edge it is."""
        seen, current = self.viewport().rect(), self.currentIndex()
        if not self.visualRect(current).intersects(seen):
            scrolled = self.verticalScrollBar().value() > 0
            current = self.indexAt(seen.topLeft()) if scrolled else QModelIndex()
        return self._key(current), self.visualRect(current).top()

    def _choose_again(self, chosen: AbstractSet[ObservationId], current: str) -> None:
        model, selection = self.passage_model, QItemSelection()
        rows = [row for row, key in enumerate(model.ids) if key in chosen]
        model.lay_out(max(rows, default=-1))
        for row in rows:
            selection.select(model.index(row), model.index(row))
        keep = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(model.index(model.row_of(current)), keep.NoUpdate)
        self.selectionModel().select(selection, keep.ClearAndSelect)

    def _go_back(self, key: str, top: int) -> None:
        index = self.passage_model.index(self.passage_model.row_of(key))
        if index.isValid():
            self.scrollTo(index, self.ScrollHint.PositionAtTop)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(index).top() - top)
        else:
            self.scrollToTop()

    @property
    def passages(self) -> Sequence[Passage]:
        """Return all passages of the list."""
        return self.passage_model.passages

    def current(self) -> Passage | None:
        """Return the current passage."""
        index = self.currentIndex()
        found = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return found if isinstance(found, Passage) else None

    def selected_ids(self) -> list[ObservationId]:
        """Return the selected observations, in the order of the list."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.passage_model.ids[row] for row in rows]

    def select(self, observation_id: str) -> bool:
        """Make a passage current and scroll to it; tell whether it is here."""
        row = self.passage_model.row_of(observation_id)
        if row >= 0:
            index = self.passage_model.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return row >= 0

    def open_current(self) -> None:
        """Show the current passage in its transcript."""
        if passage := self.current():
            self._context.signals.open_requested.emit("observation", passage.observation.id)

    def play_current(self) -> None:
        """Play the current passage."""
        self._play(self.current())

    def export_clip(self) -> None:
        """Write the sound of the current passage to a file."""
        if passage := self.current():
            self._context.actions.attempt(
                partial(export_clip, self._context, self.window(), passage.id)
            )

    def can_code(self) -> bool:
        """Tell whether selected passages can get a code."""
        return self.coding.can_code(self.selected_ids())

    def give_code(self) -> None:
        """Ask for a code for the selected passages."""
        self.coding.ask(self.selected_ids(), self._near())

    def give_stage(self) -> None:
        """Ask for a stage for the selected passages, which may be a new one."""
        self.coding.ask_stage(self.selected_ids(), self._near())

    def _near(self) -> QRect:
        return self.visualRect(self.currentIndex()).translated(self.viewport().pos())

    def copy(self) -> None:
        """Put the selected passages on the clipboard, with person, session and time."""
        data = self.passage_model.mimeData(self.selectedIndexes())
        QGuiApplication.clipboard().setText(data.text())

    def _said(self, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Return passages as others may read them: what is copied is for other programs."""
        study = self._context.study
        return study.exports.said(passages) if study else ()

    def _play(self, passage: Passage | None) -> None:
        span = passage.observation.span if passage else None
        if passage and span:
            signal = self._context.signals.play_requested
            signal.emit(passage.source.id, span.start_ms, span.end_ms)

    def _hits_play(self, point: QPoint) -> Passage | None:
        index = self.indexAt(point)
        if not index.isValid() or not self._rows.play_area(self.visualRect(index)).contains(point):
            return None
        found = index.data(Qt.ItemDataRole.UserRole)
        return found if isinstance(found, Passage) else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._play(self._hits_play(event.position().toPoint()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if not self._hits_play(event.position().toPoint()):
            self.open_current()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Space:
            self.play_current()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        ):
            event.accept()  # these open and play here; in the text they give a code
            return True
        return super().event(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        passage = self.current()
        if passage is None:
            return
        menu = QMenu(self)
        menu.addAction(t("Open in the transcript"), self.open_current)
        play = menu.addAction(t("Play"), self.play_current)
        play.setEnabled(passage.observation.span is not None)
        clip = menu.addAction(t("Export clip…"), self.export_clip)
        clip.setEnabled(play.isEnabled())
        menu.addAction(t("Copy with its source"), self.copy)
        menu.addAction(t("Give a code…"), self.give_code).setEnabled(self.can_code())
        menu.addAction(t("Give a stage…"), self.give_stage).setEnabled(self.can_code())
        if self.more:
            menu.addSeparator()
            self.more(menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_hint(self, self._context.theme, self.hint)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
