"""The journey map laid out for one width; `sheet_painting` paints it on screen, paper or SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
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
PAD_X, PAD_Y = 10.0, 9.0
HEAD_LINE = 4.0
PILL = 26.0
FOOT = 14.0


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by lane and column."""

    lane: Lane
    column: int


class MapSheet:
    """Places a map; all coordinates are pixels from its upper left corner.

    Args:
        theme: colours and fonts; a change of either needs a new sheet.
        filled: what to show.
        lanes: which rows, that of the stages first.
        width: how wide the sheet may be; it gets wider when columns would be too narrow.

    Attributes:
        tops: where each lane begins.
        heights: of the lanes.
        documents: the words of cells, set for the width of their column.
        points: of the curve.
        instead: words that stand where no mean may, and where.
        foot: where the footnotes begin.
    """

    def __init__(
        self, theme: Theme, filled: FilledMap, lanes: Sequence[Lane], width: float
    ) -> None:
        self.theme = theme
        self.writer = CellWriter(theme)
        self.filled = filled
        self.columns = filled.journey.columns
        self.lanes = tuple(lanes)
        columns = max(len(self.columns), 1)
        self.column_width = max((width - LABELS) / columns, NARROWEST)
        self.width = LABELS + columns * self.column_width
        self.note_width = min(width, self.width)
        self.documents: dict[Place, QTextDocument] = {}
        self.tops: dict[Lane, float] = {}
        self.heights: dict[Lane, float] = {}
        self.points: list[curve.CurvePoint] = []
        self.instead: list[tuple[QPointF, QTextDocument]] = []
        self._lay_out()

    # Places

    @property
    def header_height(self) -> float:
        """Return the height of the row with the names of the stages."""
        return self.heights[STAGE]

    @property
    def height(self) -> float:
        """Return the height of the whole sheet, footnotes included."""
        return self.foot + self.foot_height

    def rect(self, place: Place) -> QRectF:
        """Return where a cell is."""
        left = LABELS + place.column * self.column_width
        lane = place.lane
        return QRectF(left, self.tops[lane], self.column_width, self.heights[lane])

    def at(self, point: QPointF) -> Place | None:
        """Return the cell at a point."""
        column = int((point.x() - LABELS) // self.column_width)
        if point.x() < LABELS or column >= len(self.columns):
            return None
        for lane in self.lanes:
            if 0 <= point.y() - self.tops[lane] < self.heights[lane]:
                return Place(lane, column)
        return None

    def _lay_out(self) -> None:
        top = 0.0
        for lane in self.lanes:
            cells = self.filled.cells[lane]
            heights = [self._cell_height(Place(lane, i), cell) for i, cell in enumerate(cells)]
            labels = self.label_document(lane).size().height() + 2 * PAD_Y
            self.tops[lane] = top
            self.heights[lane] = round(max([*heights, labels, 34.0]))
            top += self.heights[lane]
        self._lay_out_curve()
        self.foot = top + FOOT
        metrics = QFontMetricsF(self.theme.font("small"))
        box = QRectF(0, 0, self.note_width, 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        self.foot_height = sum(
            metrics.boundingRect(box, flags, note).height() + 4 for note in self.filled.notes
        )

    def _cell_height(self, place: Place, cell: Cell) -> float:
        if place.lane is EXPERIENCE:
            return curve.HEIGHT
        if is_pills(cell):
            return 2 * 7.0 + len(cell.lines) * (PILL + 4) - 4
        document = self._document(cell.lines, strong=place.lane in (STAGE, MOMENTS))
        self.documents[place] = document
        extra = HEAD_LINE if place.lane is STAGE else 0
        return document.size().height() + 2 * PAD_Y + extra

    # Words

    def _document(self, lines: Lines, *, strong: bool = False) -> QTextDocument:
        return self.writer.cell(lines, self.column_width - 2 * PAD_X, strong=strong)

    def label_document(self, lane: Lane) -> QTextDocument:
        """Return the name of a lane, set for the left margin."""
        if lane is STAGE:
            return plain(self.theme.font("heading"))
        if lane is EXPERIENCE:
            return self.writer.label(t(lane.title), self._legend(), LABELS - 26)
        return self.writer.label(t(lane.title), (), LABELS - 12)

    def _legend(self) -> tuple[str, ...]:
        visits = any(column.visits for column in self.columns)
        return (
            t("had: mean of visits") if visits else t("had: mean of people"),
            t("bar: their range"),
            t("dashes: expected"),
            t("n below 3: words"),
        )

    def _lay_out_curve(self) -> None:
        """Place the points, and the words that stand where no mean may."""
        if EXPERIENCE not in self.tops:
            return
        self.points, self.instead = [], []
        top = self.tops[EXPERIENCE]
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
                    colour=self.theme.stage_line(column.stage.colour),
                )
                room = curve.free_room(point, top)
                self.points.append(point)
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
        self.instead.append((QPointF(self.rect(place).left() + PAD_X, begin + down), document))


def is_pills(cell: Cell) -> bool:
    """Tell whether the lines of a cell stand in frames of their own."""
    return bool(cell.lines) and cell.lines[0][0].tone == "pill"
