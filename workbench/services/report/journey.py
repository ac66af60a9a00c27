"""The journey in a report: the map, each stage, the segments beside each other.

Nothing is worked out here: the figures are those of `journey/map.py`, the words in the cells of the
map those of `journey/lanes.py`. This module puts them on paper, with the numbers of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import get_args

from workbench.analysis.experience import Score, index
from workbench.analysis.ratings import has_rating
from workbench.analysis.telling import by_strength, one_per_person
from workbench.domain.figures import count, rounded, signed
from workbench.domain.materials import Method
from workbench.domain.passage import Said
from workbench.domain.people import Segment
from workbench.domain.report import (
    Block,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Tone,
    cell,
    evenly,
    text,
)
from workbench.exchange.curve_picture import CurvePoint, describe_curve, draw_curve, is_drawn
from workbench.services.journey import lanes
from workbench.services.journey.lanes import LANES, STAGE, Evidence, Lane, Words, letter, quotation
from workbench.services.journey.map import Column
from workbench.services.journey.notes import notes
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.services.report.wording import methods_of, speaker

_QUOTES_PER_STAGE = 4
_PAIRS_PER_STAGE = 6
_HALVES = 2  # passages on each side of a pair
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


def journey_map(data: ReportData, cite: Citations) -> Sequence[Block]:
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
        last = f" and {more} more" if more else ""
        blocks.append(Paragraph((Run("Without a stage: "), *cite.refs(shown), Run(last)), "note"))
    blocks += [_map_table(part, cite) for part in evenly(columns, _ABREAST)]
    return blocks


def stages(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter with one part for each stage, and one for what has none yet."""
    blocks: list[Block] = []
    for number, column in enumerate(data.journey.columns, start=1):
        title = f"{number}  {column.name}" if column.stage else column.name
        blocks += [Heading(2, title), *_stage(cite, column)]
    return blocks


def segments(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter that sets the segments beside each other."""
    rows = []
    for column in data.journey.columns:
        groups = [column.of(_is_of(segment)) for segment in data.segments]
        if column.stage:
            rows.append((cell(Run(column.name, bold=True)), *(overall(g, cite) for g in groups)))
    header = ("Stage", *(segment.name for segment in data.segments))
    note = (
        "Experience per segment: mean of what people had, and n. Where fewer than three people "
        "were rated, their evidence is named instead of a mean."
    )
    table = Table(header, tuple(rows), note, (26.0, *(28.0 for _ in data.segments)))
    return [table]


# The map


def _caption(
    points: Sequence[CurvePoint], journey: Sequence[CurvePoint], methods: Collection[Method]
) -> str:
    """Say what is seen on the curve, and nothing of what is not there.

    Args:
        points: the stages of this picture.
        journey: all of them.
        methods: that carry the journey.
    """
    which = f", stages {points[0].number} to {points[-1].number}" if points != journey else ""
    said = (
        f"The experience curve{which}: what people had, as the mean of people per stage, −2 to +2"
    )
    if any(point.mean is not None for point in points):
        said += "; bars show the range of people, n their number."
    else:
        said += ". No stage has been rated by three people, so no mean is drawn."
    if any(point.expected is not None for point in points):
        said += " The broken line is what they had expected."
    if Method.MYSTERY_VISIT in methods:
        said += " Shoppers’ ratings are not in it."
    named = [f"{p.number} {p.label}" for p in points if not is_drawn(p.label)]
    return f"{said} By number: {', '.join(named)}." if named else said


def _letters(methods: Collection[Method]) -> str:
    """Return what the letters in the last row of the map stand for."""
    names = sorted(f"{letter(method)} {method.label.lower()}" for method in methods)
    return f"Methods: {', '.join(names)}." if names else ""


def _map_table(columns: Sequence[Column], cite: Citations) -> Table:
    rows = tuple(
        (
            cell(Run(lane.title, bold=True), tone="quiet"),
            *(_printed(lane, column, cite) for column in columns),
        )
        for lane in LANES
        if lane.printed and lane is not STAGE
    )
    return Table(
        ("", *(column.name for column in columns)),
        rows,
        "The journey map: what is",
        (17.0, *(24.0 for _ in columns)),
        dense=True,
        header_tones=("", *(_stage_tone(column) for column in columns)),
    )


def _printed(lane: Lane, column: Column, cite: Citations) -> Cell:
    made = lane.cell(column)
    runs: list[Inline] = []
    for line in made.lines:
        runs += [Run("\n")] if runs else []
        runs += _line(line, cite)
    return Cell(tuple(runs), _ground(made.tone)) if runs else cell("–")


def _line(line: tuple[lanes.Part, ...], cite: Citations) -> list[Inline]:
    runs: list[Inline] = []
    for part in line:
        runs += [Run(" ")] if runs else []
        runs += [_words(part)] if isinstance(part, Words) else _evidence(part, cite)
    return runs


def _words(part: Words) -> Run:
    look = _TONES.get(part.tone, Run(""))
    return Run(part.text, look.bold, look.italic, look.tone)


def _evidence(part: Evidence, cite: Citations) -> list[Inline]:
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


# One stage


def _stage(cite: Citations, column: Column) -> list[Block]:
    blocks: list[Block] = []
    if need := _written(column):
        blocks.append(Paragraph(tuple(need)))
    if not column.passages:
        return [*blocks, Paragraph(text("No observation yet: a white spot on the map."), "note")]
    if column.stage is None:
        blocks.append(Paragraph(text("Not placed in the journey, so they are in no figure of it.")))
    elif any(map(has_rating, column.passages)):
        blocks.append(_three_dimensions(column, cite))
    blocks += _expected_and_had(cite, column)
    blocks += _quotes(cite, column)
    return [*blocks, _carried(cite, column)]


def _written(column: Column) -> list[Inline]:
    runs: list[Inline] = []
    for lane in LANES:
        if column.stage and lane.written and lane is not STAGE:
            words = lane.written.of(column.stage)
            if words:
                runs += [Run("\n")] if runs else []
                runs += [Run(f"{lane.title}  ", bold=True, tone="quiet"), Run(words)]
    return runs


@dataclass(frozen=True, slots=True)
class _Dimension:
    """A row of the table of the experience: which figure, and which passages are behind it."""

    name: str
    read: Callable[[Column], Score | None]
    rated: Callable[[Said], bool] = has_rating
    expected: bool = False


_OVERALL = _Dimension("Overall", lambda c: c.had.overall)
_EXPECTED = _Dimension("Expected", lambda c: c.expected.overall, expected=True)
_HAD = (
    _Dimension(
        "Effectiveness", lambda c: c.had.effectiveness, lambda p: p.effectiveness is not None
    ),
    _Dimension("Ease", lambda c: c.had.ease, lambda p: p.ease is not None),
    _Dimension("Emotion", lambda c: c.had.emotion, lambda p: p.emotion is not None),
    _OVERALL,
)


def _three_dimensions(column: Column, cite: Citations) -> Table:
    """Return what people had and what shoppers saw, and what either had expected of it."""
    shoppers = column.shoppers()
    rows = [_dimension(row, column, shoppers, cite) for row in _HAD]
    if column.expected.overall or shoppers.expected.overall:
        rows.append(_dimension(_EXPECTED, column, shoppers, cite))
    header = ("Dimension", "People: mean", "Range", "Index", "Shoppers")
    return Table(header, tuple(rows), f"Experience: {column.name}", (24, 28, 24, 18, 30))


def _dimension(
    row: _Dimension, people: Column, shoppers: Column, cite: Citations
) -> tuple[Cell, ...]:
    score = row.read(people)
    shown = score if score and score.printable else None
    return (
        cell(Run(row.name, bold=row is _OVERALL)),
        _score(row, people, cite),
        cell(f"{signed(shown.low)} to {signed(shown.high)}" if shown else "–"),
        cell(rounded(index(shown.mean)) if shown else "–"),
        _score(row, shoppers, cite),
    )


def _score(row: _Dimension, column: Column, cite: Citations) -> Cell:
    score = row.read(column)
    if score is None:
        return cell("–") if column.visits else cell(Run("not rated", italic=True, tone="quiet"))
    behind = column.behind(expected=row.expected, rated=row.rated)
    runs = _line(lanes.figure(column, score, behind), cite)
    plain = column.visits or row.expected
    return Cell(tuple(runs), "" if plain else _ground(lanes.tone_of(score)))


def _is_of(segment: Segment) -> Callable[[Said], bool]:
    return lambda p: p.person is not None and p.person.segment_id == segment.id


def overall(column: Column, cite: Citations) -> Cell:
    """Return the experience of a column: a mean with its n, or the evidence instead."""
    if not column.passages:
        return cell(Run(lanes.NOBODY, italic=True, tone="quiet"))
    return _score(_OVERALL, column, cite)


def _expected_and_had(cite: Citations, column: Column) -> list[Block]:
    """Return what the same person expected and had; shoppers, who are on a commission, apart."""
    blocks: list[Block] = []
    for voices, caption in (
        (column, "Expected and had"),
        (column.shoppers(), "Expected and had by shoppers"),
    ):
        if _has_both(voices):
            blocks.append(_pairs(cite, voices, f"{caption}: {column.name}"))
            if not voices.visits:
                blocks.append(Paragraph(text(_gap(voices)), "note"))
    return blocks


def _has_both(column: Column) -> bool:
    """Say whether there is something to set side by side, be it of different voices."""
    return any(pair.expected for pair in column.pairs) and any(pair.had for pair in column.pairs)


def _pairs(cite: Citations, column: Column, caption: str) -> Table:
    rows = [
        (_half(cite, column, pair.expected), _half(cite, column, pair.had))
        for pair in column.pairs[:_PAIRS_PER_STAGE]
    ]
    return Table(("Expected", "Had"), tuple(rows), caption, (1, 1))


def _half(cite: Citations, column: Column, half: tuple[Said, ...]) -> Cell:
    """Return what one voice told of one side, the telling passages in words."""
    runs: list[Inline] = []
    for passage in half[:_HALVES]:
        runs += [Run("\n")] if runs else []
        runs += _evidence(quotation(column, passage), cite)
    if rest := half[_HALVES:]:
        runs += [Run("\n"), *cite.refs(rest)]
    return Cell(tuple(runs)) if runs else cell(Run("–", tone="quiet"))


def _gap(column: Column) -> str:
    found = column.gap
    if found and found.printable:
        said = (
            f"Gap {signed(found.gap)} (expected {signed(found.expected)}, had "
            f"{signed(found.had)}, n {found.people}); only people who rated both."
        )
    elif found:
        people = count(found.people, "person", "people")
        said = f"Both sides were rated by {people} only: the words stand instead of a gap."
    elif any(pair.is_whole for pair in column.pairs):
        said = "Nobody rated both sides, so no gap is computed."
    else:
        said = "Nobody told both sides, so nothing is compared."
    left = len(column.pairs) - _PAIRS_PER_STAGE
    return f"{said} {count(left, 'further voice')}, not printed." if left > 0 else said


def _quotes(cite: Citations, column: Column) -> list[Quote]:
    """Return the telling quotes that do not stand beside each other as expected and had."""
    voices = (column, column.shoppers())
    shown = {
        p.id
        for voice in voices
        if _has_both(voice)
        for pair in voice.pairs[:_PAIRS_PER_STAGE]
        for half in (pair.expected, pair.had)
        for p in half[:_HALVES]
    }
    fresh = [p for p in by_strength(q for v in voices for q in v.quotes) if p.id not in shown]
    chosen = one_per_person(fresh, speaker)[:_QUOTES_PER_STAGE]
    return [cite.quote(passage) for passage in chosen]


def _carried(cite: Citations, column: Column) -> Paragraph:
    silent = [p for p in column.passages if not p.quotable]
    runs: list[Inline] = [Run(f"Carried by {methods_of(column.passages)}.")]
    if silent:
        runs += [
            Run(f" {count(len(silent), 'mention')} summarised without quotation "),
            *cite.refs(silent[:_NUMBERS]),
            Run("."),
        ]
    return Paragraph(tuple(runs), "note")


def _ground(tone: lanes.Tone) -> Tone:
    return tone if tone in ("good", "bad") else ""


_STAGE_TONES: tuple[Tone, ...] = tuple(t for t in get_args(Tone) if t.startswith("stage"))


def _stage_tone(column: Column) -> Tone:
    if column.stage is None:
        return "quiet"
    return _STAGE_TONES[column.stage.colour % len(_STAGE_TONES)]
