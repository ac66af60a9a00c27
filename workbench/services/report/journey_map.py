"""The journey map in a report: the curve, and the map as a table.

Nothing is worked out here: the figures are those of `journey/map.py`, the words in the cells those
of `journey/lanes.py`. This module puts them on paper, with the numbers of the register.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

from workbench.domain import counts
from workbench.domain.materials import Method
from workbench.domain.report import (
    Block,
    Cell,
    Inline,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    cell,
    evenly,
    text,
)
from workbench.exchange.curve_picture import CurvePoint, describe_curve, draw_curve, is_drawn
from workbench.services.journey import lanes
from workbench.services.journey.lanes import LANES, STAGE, Evidence, Lane, Words, letter
from workbench.services.journey.map import Column
from workbench.services.journey.notes import notes
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.words import Phrase, t

_NUMBERS = 20  # references that a note holds
_ABREAST = 8  # more stages than this have no room beside each other on a page
_TONES: dict[lanes.Tone, Run] = {
    "strong": Run("", bold=True),
    "faint": Run("", tone="quiet"),
    "hole": Run("", italic=True, tone="quiet"),
    "pill": Run("", bold=True),
    "good": Run("", tone="good"),
    "bad": Run("", tone="bad"),
}


def chapter(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter with the curve and the map."""
    columns = data.journey.columns
    points = tuple(
        _point(column, number) for number, column in enumerate(columns, start=1) if column.stage
    )
    methods = {passage.session.method for passage in data.journey.passages}
    parts = evenly(points, _ABREAST)
    blocks: list[Block] = [
        Picture(draw_curve(tuple(part)), describe_curve(part), _caption(part, points, methods))
        for part in parts
    ]
    said = " ".join((*notes(data.journey), _letters(methods)))
    blocks.append(Paragraph(text(said), "note"))
    if unplaced := data.journey.unplaced:
        shown = unplaced.passages[:_NUMBERS]
        more = len(unplaced.passages) - len(shown)
        last = f" {t('and {n} more', n=more)}" if more else ""
        first = Run(f"{t('Without a stage:')} ")
        blocks.append(Paragraph((first, *cite.refs(shown), Run(last)), "note"))
    blocks += [_map_table(part, cite) for part in evenly(columns, _ABREAST)]
    return blocks


def _caption(
    points: Sequence[CurvePoint], journey: Sequence[CurvePoint], methods: Collection[Method]
) -> str:
    """Say what is seen on the curve, and nothing of what is not there.

    Args:
        points: the stages of this picture.
        journey: all of them.
        methods: that carry the journey.
    """
    is_drawn_at_all = any(point.mean is not None for point in points)
    template: Phrase = _DRAWN if is_drawn_at_all else _UNDRAWN
    if points != journey:
        template = _DRAWN_PART if is_drawn_at_all else _UNDRAWN_PART
        said = [t(template, first=points[0].number, last=points[-1].number)]
    else:
        said = [t(template)]
    if any(point.expected is not None for point in points):
        said.append(t("The broken line is what they had expected."))
    if Method.MYSTERY_VISIT in methods:
        said.append(t("Shoppers’ ratings are not in it."))
    named = [f"{p.number} {p.label}" for p in points if not is_drawn(p.label)]
    if named:
        said.append(t("By number: {stages}.", stages=counts.listed(named)))
    return " ".join(said)


_DRAWN: Phrase = (
    "The experience curve: what people had, as the mean of people per stage, −2 to +2; bars show"
    " the range of people, n their number."
)
_DRAWN_PART: Phrase = (
    "The experience curve, stages {first} to {last}: what people had, as the mean of people per"
    " stage, −2 to +2; bars show the range of people, n their number."
)
_UNDRAWN: Phrase = (
    "The experience curve: what people had, as the mean of people per stage, −2 to +2. No stage"
    " has been rated by three people, so no mean is drawn."
)
_UNDRAWN_PART: Phrase = (
    "The experience curve, stages {first} to {last}: what people had, as the mean of people per"
    " stage, −2 to +2. No stage has been rated by three people, so no mean is drawn."
)


def _letters(methods: Collection[Method]) -> str:
    """Return what the letters in the last row of the map stand for."""
    names = sorted(f"{letter(method)} {t(_METHODS.get(method, str(method)))}" for method in methods)
    return t("Methods: {methods}.", methods=counts.listed(names)) if names else ""


_METHODS: dict[Method, Phrase] = {
    Method.INTERVIEW: "interview",
    Method.FOCUS_GROUP: "focus group",
    Method.MYSTERY_VISIT: "mystery visit",
    Method.FIELD_NOTE: "field note",
}


def _map_table(columns: Sequence[Column], cite: Citations) -> Table:
    rows = tuple(
        (
            cell(Run(t(lane.title), bold=True), tone="quiet"),
            *(_printed(lane, column, cite) for column in columns),
        )
        for lane in LANES
        if lane.printed and lane is not STAGE
    )
    return Table(
        ("", *(column.name for column in columns)),
        rows,
        t("The journey map: what is"),
        (max(17.0, 2.7 * len(columns)), *(24.0 for _ in columns)),  # “Touchpoints” in one piece
        dense=True,
        header_tones=("", *(_stage_tone(column) for column in columns)),
    )


def _printed(lane: Lane, column: Column, cite: Citations) -> Cell:
    made = lane.cell(column)
    runs: list[Inline] = []
    for parts in made.lines:
        runs += [Run("\n")] if runs else []
        runs += line(parts, cite)
    return Cell(tuple(runs), ground(made.tone)) if runs else cell("–")


def line(parts: tuple[lanes.Part, ...], cite: Citations) -> list[Inline]:
    """Return a line of a cell of the map on paper."""
    runs: list[Inline] = []
    for part in parts:
        runs += [Run(" ")] if runs else []
        runs += [_words(part)] if isinstance(part, Words) else evidence(part, cite)
    return runs


def _words(part: Words) -> Run:
    look = _TONES.get(part.tone, Run(""))
    return Run(part.text, look.bold, look.italic, look.tone)


def evidence(part: Evidence, cite: Citations) -> list[Inline]:
    """Return a passage of a cell with its number."""
    if part.brief:
        return [cite.ref(part.passage)]
    words = Run(f"“{part.text}”" if part.quoted else part.text, italic=part.quoted)
    name = [Run(f" {part.who}", tone="quiet")] if part.who else []
    return [words, *name, Run(" "), cite.ref(part.passage)]


def _point(column: Column, number: int) -> CurvePoint:
    assert column.stage is not None  # noqa: S101
    had, expected, hoped = column.point, column.expected_point, column.expected.overall
    return CurvePoint(
        label=column.name,
        number=number,
        mean=had.mean if had else None,
        low=had.low if had else None,
        high=had.high if had else None,
        people=column.had.overall.people if column.had.overall else 0,
        colour=column.stage.colour,
        expected=expected.mean if expected else None,
        expecting=hoped.people if hoped else 0,
    )


def ground(tone: lanes.Tone) -> Tone:
    """Return the colour of the ground of a cell."""
    return tone if tone in ("good", "bad") else ""


_STAGE_TONES: tuple[Tone, ...] = tuple(one for one in get_args(Tone) if one.startswith("stage"))


def _stage_tone(column: Column) -> Tone:
    if column.stage is None:
        return "quiet"
    return _STAGE_TONES[column.stage.colour % len(_STAGE_TONES)]
