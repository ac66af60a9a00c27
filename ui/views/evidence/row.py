"""How one passage looks in a list: the words first, then who, where, when, and the codes."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.icons import Icons
from ui.models.passages import marks, where, words_of
from ui.theme import Theme
from ui.views.widgets.row_ground import paint_focus_frame
from workbench.domain.passage import Passage

_LEFT, _RIGHT, _TOP, _GAP = 14, 38, 10, 4
_LINES = 4  # of a long passage; the rest is one double-click away
_ICON = 16

Index = QModelIndex | QPersistentModelIndex


class PassageDelegate(QStyledItemDelegate):
    """Paints a passage.

    Args:
        theme: colours and fonts.
        icons: for ▶ and the sign of voices that are not quoted.
        show_stage: name the stage; off where the whole list is of one stage.
    """

    def __init__(
        self, theme: Theme, icons: Icons, *, show_stage: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.show_stage = show_stage

    @property
    def _quote_font(self) -> QFont:
        font = self._theme.font("base")
        font.setPixelSize(font.pixelSize() + 1)
        return font

    def play_area(self, row: QRect) -> QRect:
        """Return where ▶ is in a row."""
        return QRect(QPoint(row.right() - _RIGHT + 6, row.top() + _TOP - 4), QSize(26, 26))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        passage: Passage | None = index.data(Qt.ItemDataRole.UserRole)
        if passage is None:
            return QSize(0, 0)
        width = self._width(option)
        height = _TOP + self._quote_height(passage, width) + _GAP
        small = QFontMetrics(self._theme.font("small")).height()
        height += small + _TOP
        if passage.codes or self._tail(passage):
            height += small + 6 + _GAP
        return QSize(width, height + 1)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        passage: Passage | None = index.data(Qt.ItemDataRole.UserRole)
        if passage is None:
            return
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, passage)
        inner = rect.adjusted(_LEFT, _TOP, -_RIGHT, 0)
        inner.setHeight(self._quote_height(passage, inner.width()))
        painter.setFont(self._quote_font)
        painter.setPen(theme.colour("ink"))
        _draw_wrapped(painter, inner, f"“{words_of(passage)}”")
        small = theme.font("small")
        metrics = QFontMetrics(small)
        line = QRect(inner.left(), inner.bottom() + 1 + _GAP, inner.width(), metrics.height())
        painter.setFont(small)
        painter.setPen(theme.colour("ink_faint"))
        painter.drawText(
            line, 0, metrics.elidedText(where(passage), Qt.TextElideMode.ElideRight, line.width())
        )
        self._paint_codes(painter, passage, line.translated(0, metrics.height() + _GAP + 3))
        self._paint_signs(painter, option, passage)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, passage: Passage
    ) -> None:
        theme, rect = self._theme, option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(
            QRect(rect.left() + _LEFT, rect.bottom(), rect.width() - _LEFT, 1), theme.colour("line")
        )
        if passage.stage:
            bar = QRectF(rect.left() + 2, rect.top() + _TOP, 3, rect.height() - 2 * _TOP)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.stage_line(passage.stage.colour))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_focus_frame(painter, theme, option, rect)

    def _paint_codes(self, painter: QPainter, passage: Passage, line: QRect) -> None:
        theme = self._theme
        metrics = painter.fontMetrics()
        left = line.left()
        for code in passage.codes:
            width = min(metrics.horizontalAdvance(code.name) + 16, line.right() - left)
            if width < 36:
                return
            chip = QRectF(left + 0.5, line.top() - 2.5, width - 1, metrics.height() + 5)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
            painter.setPen(theme.colour("ink_soft"))
            name = metrics.elidedText(code.name, Qt.TextElideMode.ElideRight, int(width) - 14)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)
            left += int(width) + 6
        tail = metrics.elidedText(
            self._tail(passage), Qt.TextElideMode.ElideRight, max(line.right() - left - 2, 0)
        )
        painter.setPen(theme.colour("ink_faint"))
        painter.drawText(QPoint(left + (2 if passage.codes else 0), _base(line, metrics)), tail)

    def _paint_signs(
        self, painter: QPainter, option: QStyleOptionViewItem, passage: Passage
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        area = self.play_area(option.rect)
        if passage.observation.span:
            lit = bool(option.state & QStyle.StateFlag.State_MouseOver)
            colour = "accent" if lit else "ink_faint"
            self._icon(painter, "play", area.center() - QPoint(8, 8), colour, ratio)
            area.translate(0, 24)
        if not passage.quotable:
            self._icon(painter, "eye-off", area.center() - QPoint(8, 8), "ink_faint", ratio)

    def _icon(
        self, painter: QPainter, name: str, corner: QPoint, colour: str, ratio: float
    ) -> None:
        painter.drawPixmap(corner, self._icons.pixmap(name, _ICON, colour=colour, ratio=ratio))

    def _tail(self, passage: Passage) -> str:
        stage = passage.stage.name if passage.stage and self.show_stage else ""
        return " · ".join(filter(None, (stage, marks(passage))))

    def _quote_height(self, passage: Passage, width: int) -> int:
        metrics = QFontMetrics(self._quote_font)
        most = metrics.lineSpacing() * _LINES
        box = QRect(0, 0, max(width, 40), most * 10)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        return min(metrics.boundingRect(box, int(flags), f"“{words_of(passage)}”").height(), most)

    @staticmethod
    def _width(option: QStyleOptionViewItem) -> int:
        view = option.widget
        if isinstance(view, QAbstractItemView):
            return view.viewport().width() - _LEFT - _RIGHT
        return option.rect.width() - _LEFT - _RIGHT


def _draw_wrapped(painter: QPainter, box: QRect, text: str) -> None:
    """Draw text in as many lines as the box holds, the last one shortened."""
    metrics = painter.fontMetrics()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    whole = QRect(0, 0, box.width(), 10_000)
    while len(text) > 8 and metrics.boundingRect(whole, int(flags), text).height() > box.height():
        text = text[: -max(2, len(text) // 20)].rstrip("… ”") + "…”"
    painter.drawText(box, int(flags), text)


def _base(line: QRect, metrics: QFontMetrics) -> int:
    return line.top() + metrics.ascent()
