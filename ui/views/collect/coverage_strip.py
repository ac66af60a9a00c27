"""Segments against methods at a glance; what nobody has been asked about stays a hole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.i18n import plural, t
from ui.plain import show_tip
from ui.theme import Theme
from workbench.analysis.coverage import CoverageRow
from workbench.domain.materials import Method

_HEAD, _ROW, _NAME, _CELL, _GAP = 26, 28, 200, 96, 6


class CoverageStrip(QWidget):
    """The strip; a filled cell carries its count, a hole is an empty outline."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: Sequence[CoverageRow] = ()
        self.setMouseTracking(True)
        theme.changed.connect(self.update)
        self.show_rows(())

    def show_rows(self, rows: Sequence[CoverageRow]) -> None:
        """Show other rows; without segments there is nothing to see."""
        self._rows = rows
        self.setVisible(any(row.segment for row in rows))
        self.setFixedHeight(_HEAD + _ROW * len(rows))
        lines = [said for at in range(len(rows)) for said in self._said(at)]
        self.setAccessibleName(t("Coverage: segments and methods"))
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def holes(self) -> int:
        """Return how many cells of segments are empty."""
        rows = [row for row in self._rows if row.segment]
        return sum(not count for row in rows for count in row.sessions.values())

    def _said(self, at: int) -> list[str]:
        row = self._rows[at]
        return [
            t("{segment}, {method}: {n}", segment=_name(row), method=t(method.plural), n=_n(count))
            for method, count in row.sessions.items()
        ]

    def _cell(self, row: int, column: int) -> QRect:
        name = min(_NAME, max(110, self.width() // 4))
        width = min(_CELL, (self.width() - name) // len(Method) - _GAP)
        left = name + column * (width + _GAP)
        return QRect(left, _HEAD + row * _ROW + 3, width, _ROW - 6)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NAME + len(Method) * (_CELL + _GAP), _HEAD + _ROW * len(self._rows))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setFont(self._theme.font("heading"))
        painter.setPen(self._theme.colour("ink_faint"))
        metrics = QFontMetrics(painter.font())
        painter.drawText(QRect(0, 0, _NAME, _HEAD), Qt.AlignmentFlag.AlignVCenter, t("Coverage"))
        for column, method in enumerate(Method):
            head = self._cell(0, column)
            head = QRect(head.left() - _GAP // 2, 0, head.width() + _GAP, _HEAD)
            words = metrics.elidedText(
                t(method.plural), Qt.TextElideMode.ElideRight, head.width() - 4
            )
            painter.drawText(head, centre, words)
        for at, row in enumerate(self._rows):
            self._paint_row(painter, at, row)

    def _paint_row(self, painter: QPainter, at: int, row: CoverageRow) -> None:
        first = self._cell(at, 0)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("ink_soft" if row.segment else "ink_faint"))
        area = QRect(0, first.top(), first.left() - 12, first.height())
        name = QFontMetrics(painter.font()).elidedText(
            _name(row), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
        for column, count in enumerate(row.sessions.values()):
            cell = QRectF(self._cell(at, column)).adjusted(0.5, 0.5, -0.5, -0.5)
            if count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_soft"))
                painter.drawRoundedRect(cell, 4, 4)
                painter.setPen(self._theme.colour("accent"))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))
            elif row.segment:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.colour("line_strong"), 1, Qt.PenStyle.DotLine))
                painter.drawRoundedRect(cell, 4, 4)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            for at in range(len(self._rows)):
                for column, said in enumerate(self._said(at)):
                    if self._cell(at, column).contains(event.pos()):
                        show_tip(event.globalPos(), said, self)
                        return True
            show_tip(event.globalPos(), "", self)
        return super().event(event)


def _name(row: CoverageRow) -> str:
    return row.segment.name if row.segment else t("No segment")


def _n(count: int) -> str:
    return plural(count, "1 session", "{n} sessions") if count else t("nobody yet")
