"""The journey in a report: each stage, and the segments beside each other.

Nothing is worked out here: the figures are those of `journey/map.py`. This module puts them on
paper, with the numbers of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.analysis.experience import Score, index
from workbench.analysis.ratings import has_rating
from workbench.analysis.telling import by_strength, one_per_person
from workbench.domain import counts
from workbench.domain.figures import rounded, signed
from workbench.domain.passage import Said
from workbench.domain.people import Segment
from workbench.domain.report import (
    Block,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Run,
    Table,
    cell,
    text,
)
from workbench.services.journey import lanes
from workbench.services.journey.lanes import LANES, STAGE, quotation
from workbench.services.journey.map import Column
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.services.report.journey_map import evidence, ground, line
from workbench.services.report.wording import methods_of, speaker
from workbench.words import Phrase, plural, t

_QUOTES_PER_STAGE = 4
_PAIRS_PER_STAGE = 6
_HALVES = 2  # passages on each side of a pair
_NUMBERS = 20  # references that a note holds


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
    header = (t("Stage"), *(segment.name for segment in data.segments))
    note = t(
        "Experience per segment: mean of what people had, and n. Where fewer than three people "
        "were rated, their evidence is named instead of a mean."
    )
    table = Table(header, tuple(rows), note, (26.0, *(28.0 for _ in data.segments)))
    return [table]


# One stage


def _stage(cite: Citations, column: Column) -> list[Block]:
    blocks: list[Block] = []
    if need := _written(column):
        blocks.append(Paragraph(tuple(need)))
    if not column.passages:
        return [*blocks, Paragraph(text(t("No observation yet: a white spot on the map.")), "note")]
    if column.stage is None:
        said = t("Not placed in the journey, so they are in no figure of it.")
        blocks.append(Paragraph(text(said)))
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
                runs += [Run(f"{t(lane.title)}  ", bold=True, tone="quiet"), Run(words)]
    return runs


@dataclass(frozen=True, slots=True)
class _Dimension:
    """A row of the table of the experience: which figure, and which passages are behind it."""

    name: Phrase
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
    header = (t("Dimension"), t("People: mean"), t("Range"), t("Index"), t("Shoppers"))
    caption = t("Experience: {stage}", stage=column.name)
    return Table(header, tuple(rows), caption, (24, 28, 24, 18, 30))


def _dimension(
    row: _Dimension, people: Column, shoppers: Column, cite: Citations
) -> tuple[Cell, ...]:
    score = row.read(people)
    shown = score if score and score.printable else None
    return (
        cell(Run(t(row.name), bold=row is _OVERALL)),
        _score(row, people, cite),
        cell(
            t("{low} to {high}", low=signed(shown.low), high=signed(shown.high)) if shown else "–"
        ),
        cell(rounded(index(shown.mean)) if shown else "–"),
        _score(row, shoppers, cite),
    )


def _score(row: _Dimension, column: Column, cite: Citations) -> Cell:
    score = row.read(column)
    if score is None:
        rated = Run(t("not rated"), italic=True, tone="quiet")
        return cell("–") if column.visits else cell(rated)
    behind = column.behind(expected=row.expected, rated=row.rated)
    runs = line(lanes.figure(column, score, behind), cite)
    plain = column.visits or row.expected
    return Cell(tuple(runs), "" if plain else ground(lanes.tone_of(score)))


def _is_of(segment: Segment) -> Callable[[Said], bool]:
    return lambda p: p.person is not None and p.person.segment_id == segment.id


def overall(column: Column, cite: Citations) -> Cell:
    """Return the experience of a column: a mean with its n, or the evidence instead."""
    if not column.passages:
        return cell(Run(t(lanes.NOBODY), italic=True, tone="quiet"))
    return _score(_OVERALL, column, cite)


def _expected_and_had(cite: Citations, column: Column) -> list[Block]:
    """Return what the same person expected and had; shoppers, who are on a commission, apart."""
    blocks: list[Block] = []
    for voices, caption in (
        (column, t("Expected and had: {stage}", stage=column.name)),
        (column.shoppers(), t("Expected and had by shoppers: {stage}", stage=column.name)),
    ):
        if _has_both(voices):
            blocks.append(_pairs(cite, voices, caption))
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
    return Table((t("Expected"), t("Had")), tuple(rows), caption, (1, 1))


def _half(cite: Citations, column: Column, half: tuple[Said, ...]) -> Cell:
    """Return what one voice told of one side, the telling passages in words."""
    runs: list[Inline] = []
    for passage in half[:_HALVES]:
        runs += [Run("\n")] if runs else []
        runs += evidence(quotation(column, passage), cite)
    if rest := half[_HALVES:]:
        runs += [Run("\n"), *cite.refs(rest)]
    return Cell(tuple(runs)) if runs else cell(Run("–", tone="quiet"))


def _gap(column: Column) -> str:
    found = column.gap
    if found and found.printable:
        said = t(
            "Gap {gap} (expected {expected}, had {had}, n {n}); only people who rated both.",
            gap=signed(found.gap),
            expected=signed(found.expected),
            had=signed(found.had),
            n=found.people,
        )
    elif found:
        said = t(
            "Both sides were rated by {people} only: the words stand instead of a gap.",
            people=counts.people(found.people),
        )
    elif any(pair.is_whole for pair in column.pairs):
        said = t("Nobody rated both sides, so no gap is computed.")
    else:
        said = t("Nobody told both sides, so nothing is compared.")
    left = len(column.pairs) - _PAIRS_PER_STAGE
    if left <= 0:
        return said
    more = plural(left, "{n} further voice, not printed.", "{n} further voices, not printed.")
    return f"{said} {more}"


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
    carried = t("Carried by {methods}.", methods=methods_of(column.passages))
    runs: list[Inline] = [Run(carried)]
    if silent:
        said = plural(
            len(silent),
            "{n} mention summarised without quotation",
            "{n} mentions summarised without quotation",
        )
        runs += [Run(f" {said} "), *cite.refs(silent[:_NUMBERS]), Run(".")]
    return Paragraph(tuple(runs), "note")
