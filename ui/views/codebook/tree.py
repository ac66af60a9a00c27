"""The tree as one sees and drags it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme
from ui.views.codebook.model import CodeTreeModel, Index, Node
from ui.views.widgets.dropping import RowEditing
from ui.views.widgets.looks import look
from ui.views.widgets.row_ground import paint_row_ground
from workbench.domain.ids import CodeId

_ROW = 28


class CodeTree(QTreeView):
    """Codes below each other; F2 renames in place, Del asks to remove, dragging moves.

    Args:
        theme: colours and fonts.
        model: the codes.

    Signals:
        remove_wanted: Del was pressed.
        opened: Enter was pressed, or a code was double-clicked.
    """

    remove_wanted = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, model: CodeTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = model
        self.setModel(model)
        self.setItemDelegate(_CodePainter(theme, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setAccessibleName(t("Codes"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        look(self, "plain")
        theme.changed.connect(self.viewport().update)
        self.doubleClicked.connect(self.opened)

    def selected(self) -> list[CodeId]:
        """Return the ids of the selected codes, from the top."""
        indexes = sorted(self.selectedIndexes(), key=lambda one: self.visualRect(one).top())
        return [node.code.id for index in indexes if (node := self._codes.node(index))]

    def select(self, code_ids: list[str]) -> None:
        """Select codes and make the first one current."""
        flags = self.selectionModel().SelectionFlag
        found = [index for one in code_ids if (index := self._codes.find(one)).isValid()]
        self.clearSelection()
        if found:
            self.selectionModel().setCurrentIndex(found[0], flags.NoUpdate)
            self.scrollTo(found[0])
        for index in found:
            self.selectionModel().select(index, flags.Select)

    def closed_ids(self) -> set[str]:
        """Return the codes that are folded together."""
        return {node.code.id for node in self._all() if not self.isExpanded(self._at(node))}

    def open_all_but(self, closed: set[str]) -> None:
        """Unfold the tree except for some codes."""
        self.expandAll()
        for code_id in closed:
            self.collapse(self._codes.find(code_id))

    def _all(self) -> list[Node]:
        found: list[Node] = []
        waiting: list[Index] = [self._codes.index(row, 0) for row in range(self._codes.rowCount())]
        while waiting:
            node = self._codes.node(waiting.pop())
            if node is not None and node.children:
                found.append(node)
                waiting += [self._at(child) for child in node.children]
        return found

    def _at(self, node: Node) -> QModelIndex:
        return self._codes.find(node.code.id)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Letters find a code here; they are commands in the text.
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and (event.text().isprintable() or event.key() in _OWN):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.key() in _OPEN and self.state() is not QAbstractItemView.State.EditingState:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


_OPEN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OWN = _OPEN | {Qt.Key.Key_Delete}


class _CodePainter(RowEditing):
    """Draws a square of colour, the name, and the counts at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node: Node = index.data(Qt.ItemDataRole.UserRole)
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, theme, option)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.stage_line(node.code.colour))
        painter.drawRoundedRect(QRectF(rect.left() + 6, rect.center().y() - 3.5, 8, 8), 2, 2)
        self._paint_words(painter, rect.adjusted(22, 0, -12, 0), node)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, node: Node) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        counts = node.counts
        note = f"{counts.mentions} · {counts.people}" if counts.mentions else ""
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_faint"))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, note)
        width = QFontMetrics(theme.font("small")).horizontalAdvance(note)
        room = rect.adjusted(0, 0, -width - 8 if note else 0, 0)
        font = theme.font("base")
        name = QFontMetrics(font).elidedText(
            node.code.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, name)
