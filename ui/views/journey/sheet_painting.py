"""Paints a journey map that is laid out, as a whole or the parts that scroll apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from ui.views.journey import curve
from ui.views.journey.sheet import (
    FOOT,
    HEAD_LINE,
    LABELS,
    PAD_X,
    PAD_Y,
    PILL,
    MapSheet,
    Place,
    is_pills,
)
from workbench.services.journey.lanes import EXPERIENCE, STAGE, Cell, Part


class SheetPainting:
    """Paints a sheet.

    Args:
        sheet: where everything is.
    """

    def __init__(self, sheet: MapSheet) -> None:
        self._sheet = sheet
        self._theme = sheet.theme

    def paint(self, painter: QPainter) -> None:
        """Paint the whole sheet."""
        self.paint_body(painter)
        self.paint_labels(painter)
        self.paint_footnotes(painter)
        self.paint_header(painter)

    def paint_header(self, painter: QPainter) -> None:
        """Paint the names of the stages under their colours."""
        for number, column in enumerate(self._sheet.columns):
            box = self._sheet.rect(Place(STAGE, number))
            bar = QRectF(box.left(), box.top(), box.width(), HEAD_LINE)
            if column.stage:
                painter.fillRect(bar, self._theme.stage_line(column.stage.colour))
            self._paint_words(painter, Place(STAGE, number), shift=HEAD_LINE)
        self._line(painter, 0, self._sheet.header_height, self._sheet.width)

    def paint_labels(self, painter: QPainter) -> None:
        """Paint the names of the lanes."""
        for lane in self._sheet.lanes[1:]:
            self._draw(
                painter,
                self._sheet.label_document(lane),
                QPointF(0, self._sheet.tops[lane] + PAD_Y),
            )
            bottom = self._sheet.tops[lane] + self._sheet.heights[lane]
            if lane is not self._sheet.lanes[-1]:
                self._line(painter, 0, bottom, LABELS)
            if lane is EXPERIENCE:
                curve.draw_scale(painter, self._theme, LABELS, self._sheet.tops[lane])

    def paint_body(self, painter: QPainter) -> None:
        """Paint all cells below the header."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self._sheet.lanes[1:]:
            bottom = self._sheet.tops[lane] + self._sheet.heights[lane]
            if lane is not self._sheet.lanes[-1]:
                self._line(painter, LABELS, bottom, self._sheet.width)
        self._paint_uprights(painter)
        for lane in self._sheet.lanes[1:]:
            if lane is EXPERIENCE:
                self._paint_curve(painter)
                continue
            for column, cell in enumerate(self._sheet.filled.cells[lane]):
                if is_pills(cell):
                    self._paint_pills(painter, self._sheet.rect(Place(lane, column)), cell)
                else:
                    self._paint_words(painter, Place(lane, column))

    def paint_footnotes(self, painter: QPainter) -> None:
        """Paint the sentences below the map."""
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("ink_faint"))
        box = QRectF(0, self._sheet.foot, self._sheet.note_width, self._sheet.foot_height)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), "\n".join(self._sheet.filled.notes))

    def paint_mark(self, painter: QPainter, place: Place, *, look: str) -> None:
        """Paint the ground or the frame of a cell.

        Args:
            painter: the painter.
            place: which cell.
            look: "hover", "open" or "focus".
        """
        box = self._sheet.rect(place)
        if place.lane is STAGE:
            box.adjust(0, HEAD_LINE, 0, 0)
        if look == "focus":
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -1, -1), 4, 4)
            return
        token = "accent_soft" if look == "open" else "hover"
        painter.fillRect(box.adjusted(1, 1, 0, 0), self._theme.colour(token))

    def _paint_words(self, painter: QPainter, place: Place, *, shift: float = 0) -> None:
        box = self._sheet.rect(place)
        corner = QPointF(box.left() + PAD_X, box.top() + PAD_Y + shift)
        self._draw(painter, self._sheet.documents[place], corner)

    def _draw(self, painter: QPainter, document: QTextDocument, corner: QPointF) -> None:
        painter.save()
        painter.translate(corner)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self._theme.colour("ink"))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_pills(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        font = self._sheet.writer.font
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        top = box.top() + 7
        for line in cell.lines:
            pill = QRectF(box.left() + 8.5, top + 0.5, box.width() - 16, PILL - 1)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("ink_soft"))
            text = metrics.elidedText(_plain(line), Qt.TextElideMode.ElideRight, pill.width() - 20)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
            top += PILL + 4

    def _paint_curve(self, painter: QPainter) -> None:
        top = self._sheet.tops[EXPERIENCE]
        curve.draw_curve(painter, self._theme, self._sheet.points, top)
        for corner, document in self._sheet.instead:
            self._draw(painter, document, corner)

    def _paint_uprights(self, painter: QPainter) -> None:
        bottom = self._sheet.foot - FOOT
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for column in range(len(self._sheet.columns)):
            x = round(LABELS + column * self._sheet.column_width) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))

    def _line(self, painter: QPainter, left: float, y: float, right: float) -> None:
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(QPointF(left, round(y) - 0.5), QPointF(right, round(y) - 0.5))


def _plain(line: Sequence[Part]) -> str:
    return " ".join(part.text for part in line)
