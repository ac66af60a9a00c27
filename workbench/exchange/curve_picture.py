"""The experience curve as a picture for the report.

Drawn with Pillow: Qt is not allowed below the window, a plotting library would be ten times
the size, and a Word chart looks different in every office program. The typeface ships with
the program, so the picture is the same on every machine.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import resources
from workbench.domain.figures import signed
from workbench.exchange import palette
from workbench.words import language, t

if TYPE_CHECKING:  # loaded when a report is written, so that the program starts without it
    from PIL import ImageFont

_SCALE = 2  # drawn at twice the size and shrunk: smooth edges
_WIDTH, _HEIGHT = 2400, 960  # so low that the notes below it stand on the same page
_LEFT, _RIGHT, _TOP, _BOTTOM = 100, 20, 60, 290
_STEPS = 48  # line pieces between two stages
_LEVEL = 0.2  # half of the length of an expected level, in columns
_DASH = 16
_LINES = 3  # of a label
_NO_LETTER = "\U0010fffd"  # of no alphabet: looks like every letter that the typeface lacks

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One stage on the curve.

    Attributes:
        label: name of the stage.
        number: its place in the journey, which stands for a name that cannot be written.
        mean: mean over people, −2…+2; `None` when it is not printed (too few people).
        low: lowest person's mean; `None` without ratings.
        high: highest person's mean; `None` without ratings.
        people: number of people behind it.
        colour: index of the stage colour, 0…7.
        expected: mean of what people expected; `None` when it is not printed.
        expecting: number of people behind it.
    """

    label: str
    number: int
    mean: float | None
    low: float | None
    high: float | None
    people: int
    colour: int
    expected: float | None = None
    expecting: int = 0


def draw_curve(points: tuple[CurvePoint, ...], *, lowest: int = -2, highest: int = 2) -> bytes:
    """Draw the curve with the range and the number of people at each stage.

    Args:
        points: the stages in order; stages without a mean leave a gap in the curve.
        lowest: value at the bottom.
        highest: value at the top.

    Returns:
        a PNG, 2400 × 960 pixels.
    """
    return _drawn(points, lowest, highest, language())


@lru_cache(maxsize=32)  # a report is built anew after every step, its curve changes seldom
def _drawn(points: tuple[CurvePoint, ...], lowest: int, highest: int, _language: str) -> bytes:
    canvas = _Canvas(max(1, len(points)), lowest, highest)
    canvas.grid()
    for place, point in enumerate(points):
        canvas.range_bar(place, point)
    canvas.expected(points)
    for stretch in _stretches(points):
        canvas.line([(place, mean) for place, mean in stretch])
    for place, point in enumerate(points):
        canvas.mark(place, point)
        canvas.label(place, point)
    return canvas.png()


def is_drawn(label: str) -> bool:
    """Tell whether the typeface of the picture has all letters of a label.

    It knows Latin, Greek and Cyrillic ones; a label in other letters would be a row of boxes.
    """
    font = _font(31, bold=True)
    hole = bytes(font.getmask(_NO_LETTER))
    return all(bytes(font.getmask(letter)) != hole for letter in set(label) if letter.strip())


def describe_curve(points: Sequence[CurvePoint]) -> str:
    """Return the curve in words, for those who cannot see it."""
    said = "; ".join(map(_described, points))
    return t("Experience from −2 to +2, mean of what people had per stage: {stages}.", stages=said)


def _described(point: CurvePoint) -> str:
    if point.mean is not None:
        said = f"{point.label} {signed(point.mean)} (n {point.people})"
    elif point.people:
        said = t("{stage}: no mean, n {n}", stage=point.label, n=point.people)
    else:
        said = t("{stage}: no rating", stage=point.label)
    if point.expected is not None:
        expected, n = signed(point.expected), point.expecting
        return t("{had}, expected {expected} (n {n})", had=said, expected=expected, n=n)
    if point.expecting:
        return t("{had}, expected by {n}", had=said, n=point.expecting)
    return said


class _Canvas:
    """A white sheet with the axes of the curve."""

    def __init__(self, stages: int, lowest: int, highest: int) -> None:
        size = (_WIDTH * _SCALE, _HEIGHT * _SCALE)
        from PIL import Image, ImageDraw

        self._image = Image.new("RGB", size, f"#{palette.PAPER}")
        self._pen = ImageDraw.Draw(self._image, "RGBA")
        self._column = (_WIDTH - _LEFT - _RIGHT) / stages
        self._lowest, self._highest = lowest, highest

    def png(self) -> bytes:
        out = io.BytesIO()
        # The mean of each block: no halos, so it also packs into half. To pack it more carefully
        # would take longer than to draw it, for a hundredth.
        self._image.reduce(_SCALE).save(out, "PNG")
        return out.getvalue()

    def grid(self) -> None:
        for value in range(self._lowest, self._highest + 1):
            y = self._y(value)
            strong = value == 0
            shade = palette.GRID if strong else palette.LINE
            self._stroke([(_LEFT, y), (_WIDTH - _RIGHT, y)], shade, 3 if strong else 2)
            number = signed(value, 0)
            self._write((_LEFT - 30, y), number, 30, palette.INK_SOFT, anchor="rm")

    def range_bar(self, place: int, point: CurvePoint) -> None:
        if point.mean is None or point.low is None or point.high is None:
            return  # the range of one person is that person's mean
        x, half = self._x(place), 13
        box = (x - half, self._y(point.high) - half, x + half, self._y(point.low) + half)
        colour = _rgb(palette.STAGE_LINES[point.colour % 8])
        scaled = [edge * _SCALE for edge in box]
        self._pen.rounded_rectangle(scaled, radius=half * _SCALE, fill=(*colour, 90))

    def expected(self, points: Sequence[CurvePoint]) -> None:
        """Draw what people expected: a level at each stage, joined between neighbours."""
        ends: tuple[Point, Point] | None = None
        for place, point in enumerate(points):
            if point.expected is None:
                ends = None
                continue
            y = self._y(point.expected)
            half = self._column * _LEVEL
            level = ((self._x(place) - half, y), (self._x(place) + half, y))
            paths = [level, (ends[1], level[0])] if ends else [level]
            for dash in (dash for path in paths for dash in _dashes(*path)):
                self._stroke(dash, palette.INK_SOFT, 4)
            ends = level

    def line(self, means: Sequence[Point]) -> None:
        path = [(self._x(place), self._y(value)) for place, value in monotone(means)]
        self._stroke(path, palette.INK, 6)

    def mark(self, place: int, point: CurvePoint) -> None:
        if point.mean is None:
            return
        x, y = self._x(place), self._y(point.mean)
        for radius, colour in ((21, palette.STAGE_LINES[point.colour % 8]), (12, palette.PAPER)):
            box = [(x - radius) * _SCALE, (y - radius) * _SCALE]
            box += [(x + radius) * _SCALE, (y + radius) * _SCALE]
            self._pen.ellipse(box, fill=f"#{colour}")

    def label(self, place: int, point: CurvePoint) -> None:
        x, foot = self._x(place), _HEIGHT - _BOTTOM + 56
        colour = palette.STAGE_LINES[point.colour % 8]
        half = self._column / 2 - 10
        self._stroke([(x - half, foot), (x + half, foot)], colour, 8)
        label = point.label if is_drawn(point.label) else str(point.number)
        lines = _wrap(label, self._column - 30)
        for number, line in enumerate(lines):
            self._write((x, foot + 22 + 38 * number), line, 31, palette.INK, bold=True)
        below = foot + 22 + 38 * max(2, len(lines)) + 6
        if point.mean is not None:
            text = f"{signed(point.mean)}   n {point.people}"
        else:
            text = t("n {n}: see quotes", n=point.people) if point.people else t("not rated")
        self._write((x, below), text, 28, palette.INK_SOFT)
        if point.expecting:
            mean = f"{signed(point.expected)}   " if point.expected is not None else ""
            expected = t("expected {mean}", mean=f"{mean}n {point.expecting}")
            self._write((x, below + 36), expected, 26, palette.INK_SOFT)

    def _x(self, place: float) -> float:
        return _LEFT + self._column * (place + 0.5)

    def _y(self, value: float) -> float:
        share = (self._highest - value) / (self._highest - self._lowest)
        return _TOP + share * (_HEIGHT - _TOP - _BOTTOM)

    def _stroke(self, path: Sequence[Point], colour: str, width: int) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in path]
        self._pen.line(scaled, fill=f"#{colour}", width=width * _SCALE, joint="curve")

    def _write(
        self,
        at: Point,
        text: str,
        size: int,
        colour: str,
        *,
        bold: bool = False,
        anchor: str = "ma",
    ) -> None:
        where = (at[0] * _SCALE, at[1] * _SCALE)
        self._pen.text(where, text, f"#{colour}", _font(size * _SCALE, bold=bold), anchor)


def monotone(points: Sequence[Point]) -> list[Point]:
    """Return a smooth path through points that never overshoots them (Fritsch–Carlson 1980).

    A curve above +2 or below −2 would show an experience that nobody had.
    """
    if len(points) < 2:
        return list(points)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    tangents = [slopes[0], *(_tangent(a, b) for a, b in pairwise(slopes))]
    tangents.append(slopes[-1])
    path = []
    for place, slope in enumerate(slopes):
        start, end = points[place], points[place + 1]
        first, second = _limit(slope, tangents[place]), _limit(slope, tangents[place + 1])
        path += [_hermite(start, end, first, second, step / _STEPS) for step in range(_STEPS)]
    return [*path, points[-1]]


def _tangent(before: float, after: float) -> float:
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)


def _limit(slope: float, tangent: float) -> float:
    if slope == 0:
        return 0.0
    return slope * min(3.0, max(0.0, tangent / slope))


def _hermite(a: Point, b: Point, first: float, second: float, t: float) -> Point:
    width = b[0] - a[0]
    value = (
        (1 + 2 * t) * (1 - t) ** 2 * a[1]
        + t * (1 - t) ** 2 * width * first
        + t * t * (3 - 2 * t) * b[1]
        + t * t * (t - 1) * width * second
    )
    return a[0] + t * width, value


def _stretches(points: Sequence[CurvePoint]) -> list[list[Point]]:
    """Cut the curve where a stage has no mean."""
    stretches: list[list[Point]] = [[]]
    for place, point in enumerate(points):
        if point.mean is None:
            stretches.append([])
        else:
            stretches[-1].append((place, point.mean))
    return [stretch for stretch in stretches if len(stretch) > 1]


def _dashes(start: Point, end: Point) -> list[list[Point]]:
    """Cut a straight line into dashes."""
    pieces = max(1, round(math.dist(start, end) / _DASH)) | 1
    marks = [
        (start[0] + (end[0] - start[0]) * n / pieces, start[1] + (end[1] - start[1]) * n / pieces)
        for n in range(pieces + 1)
    ]
    return [[marks[n], marks[n + 1]] for n in range(0, pieces, 2)]


def _wrap(label: str, width: float) -> list[str]:
    font = _font(31, bold=True)
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = lines[:_LINES]
    if len(lines) > _LINES:
        kept[-1] += " …"
    return [_cut(line, font, width) for line in kept]


def _cut(line: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Return as much of a line as there is room for."""
    if font.getlength(line) <= width:
        return line
    short = line.removesuffix(" …")
    while short and font.getlength(f"{short}…") > width:
        short = short[:-1]
    return f"{short.rstrip()}…"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "Inter-SemiBold.otf" if bold else "Inter-Regular.otf"
    from PIL import ImageFont

    return ImageFont.truetype(str(resources.path("fonts", name)), size)
