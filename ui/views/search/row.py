"""How a hit looks: where it is, and the words around with the hits in bold."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.models.rows import Index
from ui.theme import Theme
from ui.views.search.model import WHERE
from ui.views.widgets.row_ground import paint_row_ground
from workbench.domain.searching import CLOSE, OPEN, Hit

_LEFT, _RIGHT, _TOP = 16, 14, 7
_TICK = 24
_LINES = 3
_HEADING = 30


class HitPainter(QStyledItemDelegate):
    """Paints hits and headings.

    Args:
        theme: colours and fonts.
        parent: the list.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Hit):
            return QSize(80, _HEADING)
        view = option.widget
        # The bar comes when there is much, after all have been measured.
        width = 300
        if isinstance(view, QAbstractItemView):
            width = view.width() - view.verticalScrollBar().sizeHint().width()
        small = QFontMetrics(self._theme.font("small")).height()
        _, height = self._layout(row, width - self._left(index) - _RIGHT)
        return QSize(80, 2 * _TOP + small + 2 + int(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        theme, rect = self._theme, option.rect
        painter.save()
        if isinstance(row, Hit):
            paint_row_ground(painter, theme, option)
            self._paint_tick(painter, option, index)
            inner = rect.adjusted(self._left(index), _TOP, -_RIGHT, 0)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_faint"))
            small = painter.fontMetrics()
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(inner, 0, small.elidedText(index.data(WHERE), elide, inner.width()))
            layout, _ = self._layout(row, inner.width())
            painter.setPen(theme.colour("ink"))
            layout.draw(painter, QPointF(inner.left(), inner.top() + small.height() + 2))
        else:
            painter.setFont(theme.font("heading"))
            painter.setPen(theme.colour("ink_faint"))
            place = rect.adjusted(_LEFT, 8, -_RIGHT, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(row))
        painter.restore()

    def _paint_tick(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None or option.widget is None:
            return
        box = QStyleOptionViewItem(option)
        box.rect = QRect(option.rect.left() + _LEFT - 2, option.rect.top() + _TOP, 16, 16)
        box.state &= ~QStyle.StateFlag.State_HasFocus
        on = Qt.CheckState(state) == Qt.CheckState.Checked
        box.state |= QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        element = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        option.widget.style().drawPrimitive(element, box, painter, option.widget)

    def _layout(self, hit: Hit, width: int) -> tuple[QTextLayout, float]:
        plain, bold = _bold(hit.snippet)
        layout = QTextLayout(plain, self._theme.font("base"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setBackground(self._theme.colour("accent_soft"))
        ranges = []
        for start, length in bold:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, look
            ranges.append(part)
        layout.setFormats(ranges)
        layout.beginLayout()
        height = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    @staticmethod
    def _left(index: Index) -> int:
        ticks = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        return _LEFT + _TICK if ticks else _LEFT


def _bold(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the plain words and the stretches in bold, counted as Qt counts."""
    plain, bold = "", []
    for number, part in enumerate(snippet.split(OPEN)):
        inside, _, rest = part.partition(CLOSE)
        if number:
            bold.append((_units(plain), _units(inside)))
        plain += inside + rest
    return plain, bold


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)
