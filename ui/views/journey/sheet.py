"""The journey map laid out for one width, ready to be painted on screen, paper or SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from ui.i18n import t
from ui.theme import Theme
from ui.views.journey import curve
from ui.views.journey.writer import CellWriter, Lines, plain
from workbench.services.journey.lanes import (
    EXPERIENCE,
    MOMENTS,
    STAGE,
    Cell,
    Evidence,
    FilledMap,
    Lane,
    Part,
    Words,
)

LABELS = 116.0  # width of the left margin
NARROWEST = 116.0  # column; below it the map scrolls sideways
_PAD_X, _PAD_Y = 10.0, 9.0
_HEAD_LINE = 4.0
_PILL = 26.0
_FOOT = 14.0


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by lane and column."""

    lane: Lane
    column: int


class MapSheet:
    """Places and paints a map; all coordinates are pixels from its upper left corner.

    Args:
        theme: colours and fonts; a change of either needs a new sheet.
        filled: what to show.
        lanes: which rows, that of the stages first.
        width: how wide the sheet may be; it gets wider when columns would be too narrow.
    """

    def __init__(
        self, theme: Theme, filled: FilledMap, lanes: Sequence[Lane], width: float
    ) -> None:
        self._theme = theme
        self._writer = CellWriter(theme)
        self.filled = filled
        self.columns = filled.journey.columns
        self.lanes = tuple(lanes)
        columns = max(len(self.columns), 1)
        self.column_width = max((width - LABELS) / columns, NARROWEST)
        self.width = LABELS + columns * self.column_width
        self._note_width = min(width, self.width)
        self._documents: dict[Place, QTextDocument] = {}
        self._tops: dict[Lane, float] = {}
        self._heights: dict[Lane, float] = {}
        self._points: list[curve.CurvePoint] = []
        self._instead: list[tuple[QPointF, QTextDocument]] = []
        self._lay_out()

    # Places

    @property
    def header_height(self) -> float:
        """Return the height of the row with the names of the stages."""
        return self._heights[STAGE]

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
        if point.x() < LABELS or column >= len(self.columns):
            return None
        for lane in self.lanes:
            if 0 <= point.y() - self._tops[lane] < self._heights[lane]:
                return Place(lane, column)
        return None

    def _lay_out(self) -> None:
        top = 0.0
        for lane in self.lanes:
            cells = self.filled.cells[lane]
            heights = [self._cell_height(Place(lane, i), cell) for i, cell in enumerate(cells)]
            labels = self._label_document(lane).size().height() + 2 * _PAD_Y
            self._tops[lane] = top
            self._heights[lane] = round(max([*heights, labels, 34.0]))
            top += self._heights[lane]
        self._lay_out_curve()
        self._foot = top + _FOOT
        metrics = QFontMetricsF(self._theme.font("small"))
        box = QRectF(0, 0, self._note_width, 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        self._foot_height = sum(
            metrics.boundingRect(box, flags, note).height() + 4 for note in self.filled.notes
        )

    def _cell_height(self, place: Place, cell: Cell) -> float:
        if place.lane is EXPERIENCE:
            return curve.HEIGHT
        if _is_pills(cell):
            return 2 * 7.0 + len(cell.lines) * (_PILL + 4) - 4
        document = self._document(cell.lines, strong=place.lane in (STAGE, MOMENTS))
        self._documents[place] = document
        extra = _HEAD_LINE if place.lane is STAGE else 0
        return document.size().height() + 2 * _PAD_Y + extra

    # Words

    def _document(self, lines: Lines, *, strong: bool = False) -> QTextDocument:
        return self._writer.cell(lines, self.column_width - 2 * _PAD_X, strong=strong)

    def _label_document(self, lane: Lane) -> QTextDocument:
        if lane is STAGE:
            return plain(self._theme.font("heading"))
        if lane is EXPERIENCE:
            return self._writer.label(t(lane.title), self._legend(), LABELS - 26)
        return self._writer.label(t(lane.title), (), LABELS - 12)

    def _legend(self) -> tuple[str, ...]:
        visits = any(column.visits for column in self.columns)
        return (
            t("had: mean of visits") if visits else t("had: mean of people"),
            t("bar: their range"),
            t("dashes: expected"),
            t("n below 3: words"),
        )

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Paint the whole sheet."""
        self.paint_body(painter)
        self.paint_labels(painter)
        self.paint_footnotes(painter)
        self.paint_header(painter)

    def paint_header(self, painter: QPainter) -> None:
        """Paint the names of the stages under their colours."""
        for number, column in enumerate(self.columns):
            box = self.rect(Place(STAGE, number))
            bar = QRectF(box.left(), box.top(), box.width(), _HEAD_LINE)
            if column.stage:
                painter.fillRect(bar, self._theme.stage_line(column.stage.colour))
            self._paint_words(painter, Place(STAGE, number), shift=_HEAD_LINE)
        self._line(painter, 0, self.header_height, self.width)

    def paint_labels(self, painter: QPainter) -> None:
        """Paint the names of the lanes."""
        for lane in self.lanes[1:]:
            self._draw(painter, self._label_document(lane), QPointF(0, self._tops[lane] + _PAD_Y))
            bottom = self._tops[lane] + self._heights[lane]
            if lane is not self.lanes[-1]:
                self._line(painter, 0, bottom, LABELS)
            if lane is EXPERIENCE:
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
            if lane is EXPERIENCE:
                self._paint_curve(painter)
                continue
            for column, cell in enumerate(self.filled.cells[lane]):
                if _is_pills(cell):
                    self._paint_pills(painter, self.rect(Place(lane, column)), cell)
                else:
                    self._paint_words(painter, Place(lane, column))

    def paint_footnotes(self, painter: QPainter) -> None:
        """Paint the sentences below the map."""
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("ink_faint"))
        box = QRectF(0, self._foot, self._note_width, self._foot_height)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), "\n".join(self.filled.notes))

    def paint_mark(self, painter: QPainter, place: Place, *, look: str) -> None:
        """Paint the ground or the frame of a cell.

        Args:
            painter: the painter.
            place: which cell.
            look: "hover", "open" or "focus".
        """
        box = self.rect(place)
        if place.lane is STAGE:
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

    def _paint_pills(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        font = self._writer.font
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
            text = metrics.elidedText(_plain(line), Qt.TextElideMode.ElideRight, pill.width() - 20)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
            top += _PILL + 4

    def _paint_curve(self, painter: QPainter) -> None:
        top = self._tops[EXPERIENCE]
        curve.draw_curve(painter, self._theme, self._points, top)
        for corner, document in self._instead:
            self._draw(painter, document, corner)

    def _lay_out_curve(self) -> None:
        """Place the points, and the words that stand where no mean may."""
        if EXPERIENCE not in self._tops:
            return
        self._points, self._instead = [], []
        top = self._tops[EXPERIENCE]
        for number, column in enumerate(self.columns):
            place, room = Place(EXPERIENCE, number), (top + 8, top + curve.HEIGHT / 3)
            if column.stage:
                hoped = column.expected.overall
                point = curve.CurvePoint(
                    x=self.rect(place).center().x(),
                    width=self.column_width,
                    had=column.point,
                    expected=column.expected_point,
                    hopeful=hoped.people if hoped else 0,
                    colour=self._theme.stage_line(column.stage.colour),
                )
                room = curve.free_room(point, top)
                self._points.append(point)
            if column.point is None:
                self._lay_out_words(place, *room)

    def _lay_out_words(self, place: Place, begin: float, end: float) -> None:
        """Place as many quotes as there is room for."""
        lines = self.filled.cell(place.lane, place.column).lines
        if self.columns[place.column].expected_point:
            lines = lines[:1]  # what was expected has its level and its number beside it
        parts: list[list[Part]] = []
        for line in lines:
            parts.append([part for part in line if isinstance(part, Words)])
            parts += [[part] for part in line if isinstance(part, Evidence)]
        document = self._document(parts)
        while document.size().height() > end - begin and len(parts) > 1:
            parts.pop()
            document = self._document(parts)
        down = max((end - begin - document.size().height()) / 2, 0)
        self._instead.append((QPointF(self.rect(place).left() + _PAD_X, begin + down), document))

    def _paint_uprights(self, painter: QPainter) -> None:
        bottom = self._foot - _FOOT
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for column in range(len(self.columns)):
            x = round(LABELS + column * self.column_width) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))

    def _line(self, painter: QPainter, left: float, y: float, right: float) -> None:
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(QPointF(left, round(y) - 0.5), QPointF(right, round(y) - 0.5))


def _is_pills(cell: Cell) -> bool:
    return bool(cell.lines) and cell.lines[0][0].tone == "pill"


def _plain(line: Sequence[Part]) -> str:
    return " ".join(part.text for part in line)
