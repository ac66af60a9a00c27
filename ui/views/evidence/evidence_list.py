"""A list of passages one can read, hear, open and drag: the evidence behind anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
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
from ui.views.evidence.commands import PassageCommands
from ui.views.evidence.row import PassageDelegate
from ui.views.widgets.hint import paint_hint
from ui.views.widgets.steady import in_sight, show_steadily
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
        commands: what can be done with them.
    """

    def __init__(
        self, context: AppContext, *, show_stage: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.commands = PassageCommands(context, self)
        self.passage_model = PassageModel(self.commands.said)
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
        here = [index for index in (self.currentIndex(), *in_sight(self)) if index.isValid()]
        keep = {*map(self.passage_model.id_at, here), *self.selected_ids()}
        show_steadily(self, partial(self.passage_model.set_passages, passages, keep))

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
        return [*map(self.passage_model.id_at, sorted(self.selectedIndexes(), key=_row))]

    def select(self, observation_id: str) -> bool:
        """Make a passage current and scroll to it; tell whether it is here."""
        row = self.passage_model.row_of(observation_id)
        if row >= 0:
            index = self.passage_model.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return row >= 0

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
            passage = self._hits_play(event.position().toPoint())
            if passage is not None:
                self.commands.play(passage)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if not self._hits_play(event.position().toPoint()):
            self.commands.open()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commands.open()
        elif event.key() == Qt.Key.Key_Space:
            self.commands.play()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.commands.copy()
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
        self.commands.fill(menu, passage)
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


def _row(index: QModelIndex) -> int:
    return index.row()
