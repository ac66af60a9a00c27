"""The journey map laid out for one width, ready to be painted on screen, paper or SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from ui.i18n import t
from ui.models.journey_map import JourneyMap, Lane, MapCell, Tone
from ui.theme import Theme
from ui.views.journey import curve

LABELS = 116.0  # width of the left margin
NARROWEST = 116.0  # column; below it the map scrolls sideways
_PAD_X, _PAD_Y = 10.0, 9.0
_HEAD_LINE = 4.0
_PILL = 26.0
_FOOT = 14.0
_COLOURS: dict[Tone, str] = {
    "": "ink", "faint": "ink_faint", "hole": "ink_faint", "quote": "ink", "good": "good",
    "bad": "bad", "even": "ink_soft", "pill": "ink_soft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by lane and column."""

    lane: Lane
    column: int


class MapSheet:
    """Places and paints a map; all coordinates are pixels from its upper left corner.

    Args:
        theme: colours and fonts; a change of either needs a new sheet.
        journey: what to show.
        lanes: which rows, `Lane.STAGE` first.
        width: how wide the sheet may be; it gets wider when columns would be too narrow.
    """

    def __init__(
        self, theme: Theme, journey: JourneyMap, lanes: Sequence[Lane], width: float
    ) -> None:
        self._theme = theme
        self.journey = journey
        self.lanes = tuple(lanes)
        columns = max(len(journey.stages), 1)
        self.column_width = max((width - LABELS) / columns, NARROWEST)
        self.width = LABELS + columns * self.column_width
        self._note_width = min(width, self.width)
        self._documents: dict[Place, QTextDocument] = {}
        self._tops: dict[Lane, float] = {}
        self._heights: dict[Lane, float] = {}
        self._lay_out()

    # Places

    @property
    def header_height(self) -> float:
        """Return the height of the row with the names of the stages."""
        return self._heights[Lane.STAGE]

    @property
    def height(self) -> float:
        """Return the height of the whole sheet, footnotes included."""
        return self.foot + self._foot_height

    @property
    def foot(self) -> float:
        """Return where the footnotes begin."""
        return self._foot

    def rect(self, place: Place) -> QRectF:
        """Return where a cell is."""
        left = LABELS + place.column * self.column_width
        lane = place.lane
        return QRectF(left, self._tops[lane], self.column_width, self._heights[lane])

    def at(self, point: QPointF) -> Place | None:
        """Return the cell at a point."""
        column = int((point.x() - LABELS) // self.column_width)
        if point.x() < LABELS or column >= len(self.journey.stages):
            return None
        for lane in self.lanes:
            if 0 <= point.y() - self._tops[lane] < self._heights[lane]:
                return Place(lane, column)
        return None

    def _lay_out(self) -> None:
        top = 0.0
        for lane in self.lanes:
            cells = self.journey.cells[lane]
            heights = [self._cell_height(Place(lane, i), cell) for i, cell in enumerate(cells)]
            labels = self._label_document(lane).size().height() + 2 * _PAD_Y
            self._tops[lane] = top
            self._heights[lane] = round(max([*heights, labels, 34.0]))
            top += self._heights[lane]
        self._foot = top + _FOOT
        metrics = QFontMetricsF(self._theme.font("small"))
        box = QRectF(0, 0, self._note_width, 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        self._foot_height = sum(
            metrics.boundingRect(box, flags, note).height() + 4 for note in self.journey.footnotes
        )

    def _cell_height(self, place: Place, cell: MapCell) -> float:
        if place.lane is Lane.EXPERIENCE:
            return curve.HEIGHT
        if _is_pills(cell):
            return 2 * 7.0 + len(cell.lines) * (_PILL + 4) - 4
        document = self._document(cell, strong=place.lane in (Lane.STAGE, Lane.MOMENTS))
        self._documents[place] = document
        extra = _HEAD_LINE if place.lane is Lane.STAGE else 0
        return document.size().height() + 2 * _PAD_Y + extra

    # Words

    @property
    def _cell_font(self) -> QFont:
        font = self._theme.font("base")
        font.setPixelSize(max(font.pixelSize() - 1, 11))
        return font

    def _document(self, cell: MapCell, *, strong: bool) -> QTextDocument:
        document = _document(self._theme.font("strong") if strong else self._cell_font)
        if strong and len(cell.lines) and len(cell.lines[0]) > 1:
            document = _document(self._cell_font)
        cursor = QTextCursor(document)
        for number, line in enumerate(cell.lines):
            if number:
                cursor.insertBlock()
            for place, span in enumerate(line):
                if place:
                    cursor.insertText(" ", self._format("", strong=False))
                cursor.insertText(span.text, self._format(span.tone, strong=strong))
        document.setTextWidth(self.column_width - 2 * _PAD_X)
        return document

    def _format(self, tone: Tone, *, strong: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour(_COLOURS[tone]))
        made.setFontItalic(tone in ("quote", "hole"))
        if strong and tone != "hole":
            made.setFontWeight(QFont.Weight.DemiBold)
        if tone == "faint":
            made.setProperty(
                QTextCharFormat.Property.FontPixelSize, self._theme.font("small").pixelSize()
            )
        return made

    def _label_document(self, lane: Lane) -> QTextDocument:
        document = _document(self._theme.font("heading"))
        if lane is Lane.STAGE:
            return document
        cursor = QTextCursor(document)
        head = QTextCharFormat()
        head.setForeground(self._theme.colour("ink_faint"))
        cursor.insertText(lane.label, head)
        if lane is Lane.EXPERIENCE:
            head.setFontWeight(QFont.Weight.Normal)
            head.setProperty(
                QTextCharFormat.Property.FontPixelSize, self._theme.font("rail").pixelSize()
            )
            for line in (t("mean of people"), t("bar: their range"), t("hollow: n below 3")):
                cursor.insertBlock()
                cursor.insertText(line, head)
        document.setTextWidth(LABELS - 26 if lane is Lane.EXPERIENCE else LABELS - 12)
        return document

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Paint the whole sheet."""
        self.paint_body(painter)
        self.paint_labels(painter)
        self.paint_footnotes(painter)
        self.paint_header(painter)

    def paint_header(self, painter: QPainter) -> None:
        """Paint the names of the stages under their colours."""
        for column, stage in enumerate(self.journey.stages):
            box = self.rect(Place(Lane.STAGE, column))
            bar = QRectF(box.left(), box.top(), box.width(), _HEAD_LINE)
            painter.fillRect(bar, self._theme.stage_line(stage.colour))
            self._paint_words(painter, Place(Lane.STAGE, column), shift=_HEAD_LINE)
        self._line(painter, 0, self.header_height, self.width)

    def paint_labels(self, painter: QPainter) -> None:
        """Paint the names of the lanes."""
        for lane in self.lanes[1:]:
            self._draw(painter, self._label_document(lane), QPointF(0, self._tops[lane] + _PAD_Y))
            bottom = self._tops[lane] + self._heights[lane]
            if lane is not self.lanes[-1]:
                self._line(painter, 0, bottom, LABELS)
            if lane is Lane.EXPERIENCE:
                curve.draw_scale(painter, self._theme, LABELS, self._tops[lane])

    def paint_body(self, painter: QPainter) -> None:
        """Paint all cells below the header."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self.lanes[1:]:
            bottom = self._tops[lane] + self._heights[lane]
            if lane is not self.lanes[-1]:
                self._line(painter, LABELS, bottom, self.width)
        self._paint_uprights(painter)
        for lane in self.lanes[1:]:
            if lane is Lane.EXPERIENCE:
                self._paint_curve(painter)
                continue
            for column, cell in enumerate(self.journey.cells[lane]):
                if _is_pills(cell):
                    self._paint_pills(painter, self.rect(Place(lane, column)), cell)
                else:
                    self._paint_words(painter, Place(lane, column))

    def paint_footnotes(self, painter: QPainter) -> None:
        """Paint the sentences below the map."""
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("ink_faint"))
        box = QRectF(0, self._foot, self._note_width, self._foot_height)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), "\n".join(self.journey.footnotes))

    def paint_mark(self, painter: QPainter, place: Place, *, look: str) -> None:
        """Paint the ground or the frame of a cell.

        Args:
            painter: the painter.
            place: which cell.
            look: "hover", "open" or "focus".
        """
        box = self.rect(place)
        if place.lane is Lane.STAGE:
            box.adjust(0, _HEAD_LINE, 0, 0)
        if look == "focus":
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -1, -1), 4, 4)
            return
        token = "accent_soft" if look == "open" else "hover"
        painter.fillRect(box.adjusted(1, 1, 0, 0), self._theme.colour(token))

    def _paint_words(self, painter: QPainter, place: Place, *, shift: float = 0) -> None:
        box = self.rect(place)
        corner = QPointF(box.left() + _PAD_X, box.top() + _PAD_Y + shift)
        self._draw(painter, self._documents[place], corner)

    def _draw(self, painter: QPainter, document: QTextDocument, corner: QPointF) -> None:
        painter.save()
        painter.translate(corner)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self._theme.colour("ink"))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_pills(self, painter: QPainter, box: QRectF, cell: MapCell) -> None:
        font = self._cell_font
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        top = box.top() + 7
        for line in cell.lines:
            pill = QRectF(box.left() + 8.5, top + 0.5, box.width() - 16, _PILL - 1)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(pill, _PILL / 2, _PILL / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("ink_soft"))
            text = metrics.elidedText(line[0].text, Qt.TextElideMode.ElideRight, pill.width() - 20)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
            top += _PILL + 4

    def _paint_curve(self, painter: QPainter) -> None:
        top = self._tops[Lane.EXPERIENCE]
        curve.draw_grid(painter, self._theme, LABELS, self.width, top)
        points = []
        for column, (stage, score) in enumerate(
            zip(self.journey.stages, self.journey.scores, strict=True)
        ):
            x = self.rect(Place(Lane.EXPERIENCE, column)).center().x()
            points.append(curve.CurvePoint(x, score, self._theme.stage_line(stage.colour)))
            if score is None:
                self._paint_hole(painter, Place(Lane.EXPERIENCE, column))
        curve.draw_curve(painter, self._theme, points, top)

    def _paint_hole(self, painter: QPainter, place: Place) -> None:
        font = self._cell_font
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink_faint"))
        box = self.rect(place).adjusted(_PAD_X, 0, -_PAD_X, 0)
        box.setBottom(curve.y_of(0, box.top()) - 4)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, flags, self.journey.cell(place.lane, place.column).spoken)

    def _paint_uprights(self, painter: QPainter) -> None:
        bottom = self._foot - _FOOT
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for column in range(len(self.journey.stages)):
            x = round(LABELS + column * self.column_width) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))

    def _line(self, painter: QPainter, left: float, y: float, right: float) -> None:
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(QPointF(left, round(y) - 0.5), QPointF(right, round(y) - 0.5))


def _document(font: QFont) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    return document


def _is_pills(cell: MapCell) -> bool:
    return bool(cell.lines) and bool(cell.lines[0]) and cell.lines[0][0].tone == "pill"
