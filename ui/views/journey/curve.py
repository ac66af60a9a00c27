"""The experience curve across the map: what people had, their range and n; what they expected.

A stage of which fewer than three people spoke has no point here: their words stand there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.i18n import t
from ui.theme import Theme
from workbench.analysis.experience import Score
from workbench.domain.figures import signed
from workbench.domain.observation import HIGHEST, LOWEST

HEIGHT = 196.0
_EDGE = 28.0  # above +2 and below −2, so that labels have room
_POINT = 5.5
_BAR = 8.0
_LABEL = 16.0
_LEVEL = 0.28  # half of the length of an expected level, in columns
_DASHES = (4, 3)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One stage on the curve; x is the middle of its column.

    Attributes:
        had: the mean of what people had; `None` where it may not be shown.
        expected: the mean of what they expected; `None` where it may not be shown.
        hopeful: people who told what they expected.
    """

    x: float
    width: float
    had: Score | None
    expected: Score | None
    hopeful: int
    colour: QColor


def y_of(value: float, top: float) -> float:
    """Return where a rating lies in a lane that begins at `top`."""
    step = (HEIGHT - 2 * _EDGE) / (HIGHEST - LOWEST)
    return top + _EDGE + (HIGHEST - value) * step


def free_room(point: CurvePoint, top: float) -> tuple[float, float]:
    """Return begin and end of the larger part of a column without a point that nothing crosses."""
    if point.expected is None:
        return top + 8, top + HEIGHT - 8
    level = y_of(point.expected.mean, top)
    above = (top + 8, level - _LABEL - 6)
    below = (level + _LABEL + 6, top + HEIGHT - 8)
    return max(above, below, key=lambda room: room[1] - room[0])


def draw_scale(painter: QPainter, theme: Theme, right: float, top: float) -> None:
    """Write +2, 0 and −2 at the right edge of the margin."""
    painter.setFont(theme.font("rail"))
    painter.setPen(theme.colour("ink_faint"))
    for value in (LOWEST, 0, HIGHEST):
        box = QRectF(right - 26, y_of(value, top) - 8, 20, 16)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, signed(value, digits=0))


def draw_curve(painter: QPainter, theme: Theme, points: Sequence[CurvePoint], top: float) -> None:
    """Draw ranges, both lines, points and numbers."""
    for point in points:
        if point.had:  # words are not crossed by lines
            _draw_grid(painter, theme, point, top)
    for point in points:
        _draw_range(painter, point, top)
    _draw_expected(painter, theme, points, top)
    _draw_line(painter, theme, points, top)
    for point in points:
        if point.had:
            _draw_point(painter, theme, point, point.had, top)
        if point.hopeful:
            _write_expected(painter, theme, point, top)


def _draw_grid(painter: QPainter, theme: Theme, point: CurvePoint, top: float) -> None:
    """Draw the five levels where there is something to read from them; zero is a whole line."""
    left, right = point.x - point.width / 2, point.x + point.width / 2
    for value in range(LOWEST, HIGHEST + 1):
        pen = QPen(theme.colour("line"), 1)
        if value:
            pen.setDashPattern([2, 4])
        painter.setPen(pen)
        y = round(y_of(value, top)) + 0.5
        painter.drawLine(QPointF(left, y), QPointF(right, y))


def _draw_range(painter: QPainter, point: CurvePoint, top: float) -> None:
    score = point.had
    if score is None or score.low == score.high:
        return
    colour = QColor(point.colour)
    colour.setAlphaF(0.32)
    painter.setPen(QPen(colour, _BAR, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(
        QPointF(point.x, y_of(score.low, top)), QPointF(point.x, y_of(score.high, top))
    )


def _draw_expected(
    painter: QPainter, theme: Theme, points: Sequence[CurvePoint], top: float
) -> None:
    """Draw a level where people expected something, and join those of neighbours.

    Not where words stand instead of a point: a line would cross them.
    """
    pen = QPen(theme.colour("ink_faint"), 1.4)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    for point in points:
        if point.expected:
            painter.drawLine(*_level(point, point.expected, top))
    for before, after in pairwise(points):
        if before.expected and after.expected and before.had and after.had:
            end, begin = (
                _level(before, before.expected, top)[1],
                _level(after, after.expected, top)[0],
            )
            painter.drawLine(end, begin)


def _level(point: CurvePoint, expected: Score, top: float) -> tuple[QPointF, QPointF]:
    y, half = y_of(expected.mean, top), point.width * _LEVEL
    return QPointF(point.x - half, y), QPointF(point.x + half, y)


def _draw_line(painter: QPainter, theme: Theme, points: Sequence[CurvePoint], top: float) -> None:
    """Join neighbours; a stage without a mean leaves a gap."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.colour("ink"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for before, after in pairwise(points):
        if before.had is None or after.had is None:
            continue
        start = QPointF(before.x, y_of(before.had.mean, top))
        end = QPointF(after.x, y_of(after.had.mean, top))
        middle = (start.x() + end.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
        painter.drawPath(path)


def _draw_point(
    painter: QPainter, theme: Theme, point: CurvePoint, score: Score, top: float
) -> None:
    painter.setPen(QPen(point.colour, 3))
    painter.setBrush(theme.colour("paper"))
    painter.drawEllipse(QPointF(point.x, y_of(score.mean, top)), _POINT, _POINT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    strong = theme.font("small")
    strong.setWeight(strong.Weight.DemiBold)
    mean, count = signed(score.mean), f"n {score.people}"
    width = QFontMetricsF(strong).horizontalAdvance(mean)
    rest = QFontMetricsF(theme.font("small")).horizontalAdvance(count)
    box = QRectF(point.x - (width + 6 + rest) / 2, _label_top(score, top), 100, _LABEL)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(strong)
    painter.setPen(theme.colour("ink"))
    painter.drawText(box, flags, mean)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("ink_faint"))
    painter.drawText(box.translated(width + 6, 0), flags, count)


def _label_top(score: Score, top: float) -> float:
    """Return where the number stands: beyond the end of the bar, so that it lies on no line."""
    if score.mean >= 0:
        return y_of(score.high, top) - 26
    return y_of(score.low, top) + 10


def _write_expected(painter: QPainter, theme: Theme, point: CurvePoint, top: float) -> None:
    """Write the mean of what was expected at its level, or at the foot how many told it."""
    taken = _label_top(point.had, top) if point.had else None
    if point.expected is None:
        if point.had is None:
            return  # the words of those who told it stand in the column
        text = t("expected: n {n}", n=point.hopeful)
        at = top + (2 if point.had.mean < 0 else HEIGHT - _LABEL - 2)
    else:
        mean = signed(point.expected.mean)
        text = t("expected {mean} n {n}", mean=mean, n=point.expected.people)
        level = y_of(point.expected.mean, top)
        at = level + 2
        if taken is not None and abs(at - taken) < _LABEL:
            at = level - _LABEL - 2
    painter.setFont(theme.font("rail"))
    painter.setPen(theme.colour("ink_faint"))
    box = QRectF(point.x - point.width / 2, at, point.width, _LABEL)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
