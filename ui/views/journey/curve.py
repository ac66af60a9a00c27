"""The experience curve across the map: mean of people, their range, and n beside every point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme import Theme
from workbench.analysis.experience import HIGHEST, LOWEST, Score
from workbench.domain.figures import signed

HEIGHT = 196.0
_EDGE = 28.0  # above +2 and below −2, so that labels have room
_POINT = 5.5
_BAR = 8.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One stage on the curve; x is the middle of its column."""

    x: float
    score: Score | None
    colour: QColor


def y_of(value: float, top: float) -> float:
    """Return where a rating lies in a lane that begins at `top`."""
    step = (HEIGHT - 2 * _EDGE) / (HIGHEST - LOWEST)
    return top + _EDGE + (HIGHEST - value) * step


def draw_grid(painter: QPainter, theme: Theme, left: float, right: float, top: float) -> None:
    """Draw the five levels; zero is a whole line."""
    for value in range(LOWEST, HIGHEST + 1):
        pen = QPen(theme.colour("line"), 1)
        if value:
            pen.setDashPattern([2, 4])
        painter.setPen(pen)
        y = round(y_of(value, top)) + 0.5
        painter.drawLine(QPointF(left, y), QPointF(right, y))


def draw_scale(painter: QPainter, theme: Theme, right: float, top: float) -> None:
    """Write +2, 0 and −2 at the right edge of the margin."""
    painter.setFont(theme.font("rail"))
    painter.setPen(theme.colour("ink_faint"))
    for value in (LOWEST, 0, HIGHEST):
        box = QRectF(right - 26, y_of(value, top) - 8, 20, 16)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, signed(value, digits=0))


def draw_curve(painter: QPainter, theme: Theme, points: Sequence[CurvePoint], top: float) -> None:
    """Draw ranges, curve, points and numbers.

    A stage with fewer than three people is drawn hollow and faint and its mean is not printed:
    two voices are two voices, not a score.
    """
    for point in points:
        _draw_range(painter, point, top)
    _draw_line(painter, theme, points, top)
    for point in points:
        if point.score:
            _draw_point(painter, theme, point, point.score, top)


def _draw_range(painter: QPainter, point: CurvePoint, top: float) -> None:
    score = point.score
    if score is None or not score.printable or score.low == score.high:
        return
    colour = QColor(point.colour)
    colour.setAlphaF(0.32)
    painter.setPen(QPen(colour, _BAR, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(
        QPointF(point.x, y_of(score.low, top)), QPointF(point.x, y_of(score.high, top))
    )


def _draw_line(painter: QPainter, theme: Theme, points: Sequence[CurvePoint], top: float) -> None:
    """Join neighbours; a stage without ratings leaves a gap, a thin one a dotted line."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for before, after in pairwise(points):
        if before.score is None or after.score is None:
            continue
        start = QPointF(before.x, y_of(before.score.mean, top))
        end = QPointF(after.x, y_of(after.score.mean, top))
        middle = (start.x() + end.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
        solid = before.score.printable and after.score.printable
        pen = QPen(theme.colour("ink" if solid else "ink_faint"), 2 if solid else 1.2)
        if not solid:
            pen.setDashPattern([1, 3])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPath(path)


def _draw_point(
    painter: QPainter, theme: Theme, point: CurvePoint, score: Score, top: float
) -> None:
    y = y_of(score.mean, top)
    colour = QColor(point.colour)
    if not score.printable:
        colour.setAlphaF(0.6)
    painter.setPen(QPen(colour, 3 if score.printable else 1.4))
    painter.setBrush(theme.colour("paper"))
    painter.drawEllipse(QPointF(point.x, y), _POINT, _POINT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    above = score.mean >= 0
    # Beyond the end of the bar, so that numbers never lie on a line.
    end = score.high if above else score.low
    edge = y_of(end if score.printable else score.mean, top) + (-26 if above else 10)
    _write(painter, theme, score, QRectF(point.x - 50, edge, 100, 16))


def _write(painter: QPainter, theme: Theme, score: Score, box: QRectF) -> None:
    strong, small = theme.font("small"), theme.font("small")
    strong.setWeight(strong.Weight.DemiBold)
    mean = signed(score.mean) if score.printable else ""
    count = f"n {score.people}"
    gap = 6 if mean else 0
    mean_width = QFontMetricsF(strong).horizontalAdvance(mean)
    left = box.center().x() - (mean_width + gap + QFontMetricsF(small).horizontalAdvance(count)) / 2
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(strong)
    painter.setPen(theme.colour("ink"))
    painter.drawText(QRectF(left, box.top(), 100, box.height()), flags, mean)
    painter.setFont(small)
    painter.setPen(theme.colour("ink_faint"))
    painter.drawText(QRectF(left + mean_width + gap, box.top(), 100, box.height()), flags, count)
