"""The journey in a report: the map, each stage, the segments beside each other."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import get_args

from workbench.analysis.divergence import divergence
from workbench.analysis.experience import Experience, Score, index
from workbench.analysis.gaps import gap
from workbench.analysis.ratings import has_rating, moments, told
from workbench.analysis.telling import by_strength, one_per_person
from workbench.domain.figures import count, rounded, signed
from workbench.domain.journey import Stage
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation
from workbench.domain.passage import Said
from workbench.domain.report import (
    Block,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Quote,
    Run,
    Section,
    Table,
    Tone,
    cell,
    text,
)
from workbench.exchange.curve_picture import CurvePoint, describe_curve, draw_curve
from workbench.services.report_data import ReportData, methods_of
from workbench.services.report_evidence import Citations

_LETTERS = {
    Method.INTERVIEW: "I",
    Method.FOCUS_GROUP: "F",
    Method.MYSTERY_VISIT: "M",
    Method.FIELD_NOTE: "N",
}
_QUOTES_PER_STAGE = 4
_MAP_COLUMNS = 8  # more stages than this do not fit beside each other on a page
_NOTABLE = 0.5  # means beyond this are coloured


def journey_map(data: ReportData, cite: Citations) -> Section:
    """Return the chapter with the curve and the map."""
    points = [_point(data, stage) for stage in data.stages]
    blocks: list[Block] = [
        Picture(
            draw_curve(points),
            describe_curve(points),
            "The experience curve: mean of people per stage, −2 to +2; bars show the range of "
            "people, n their number. Shoppers’ ratings are not in it.",
        )
    ]
    blocks += [
        _map_table(data, cite, data.stages[start : start + _MAP_COLUMNS])
        for start in range(0, len(data.stages), _MAP_COLUMNS)
    ]
    if sentence := _divergence_sentence(data):
        blocks.append(Paragraph(text(sentence), "note"))
    return Section("The customer’s journey", tuple(blocks), landscape=True)


def stages(data: ReportData, cite: Citations) -> Section:
    """Return the chapter with one part for each stage."""
    blocks: list[Block] = []
    for number, stage in enumerate(data.stages, start=1):
        blocks += _stage(data, cite, stage, number)
    return Section("Stage by stage", tuple(blocks))


def segments(data: ReportData, cite: Citations) -> Section:
    """Return the chapter that sets the segments beside each other."""
    rows = []
    for stage in data.stages:
        here = data.at(stage)
        cells = [
            _segment_cell(cite, [p for p in here if p.person and p.person.segment_id == segment.id])
            for segment in data.segments
        ]
        rows.append((cell(Run(stage.name, bold=True)), *cells))
    header = ("Stage", *(segment.name for segment in data.segments))
    note = (
        "Experience per segment: mean of people and n. Where fewer than three people spoke, "
        "their evidence is named instead of a mean."
    )
    table = Table(header, tuple(rows), note, (26.0, *(28.0 for _ in data.segments)))
    return Section("Segments compared", (table,))


# The map


def _map_table(data: ReportData, cite: Citations, shown: tuple[Stage, ...]) -> Table:
    here = {stage.id: data.at(stage) for stage in shown}
    lanes: dict[str, list[Cell]] = {
        "Need": [cell(s.need or "–") for s in shown],
        "Outcome": [cell(s.outcome or "–") for s in shown],
        "Context": [cell(s.context or "–") for s in shown],
        "Touchpoints": [_touchpoints(here[s.id]) for s in shown],
        "Experience": [_experience_cell(cite, here[s.id], data.told(s).overall) for s in shown],
        "Expected → had": [_gap_cell(here[s.id]) for s in shown],
        "In their words": [_best_words(data, cite, here[s.id]) for s in shown],
        "Company’s track": [_company_cell(data, s) for s in shown],
        "Stands on": [_stands_on(here[s.id]) for s in shown],
    }
    rows = tuple(
        (cell(Run(name, bold=True), tone="quiet"), *cells) for name, cells in lanes.items()
    )
    tones = tuple(_stage_tone(stage) for stage in shown)
    return Table(
        ("", *(stage.name for stage in shown)),
        rows,
        "The journey map: what is",
        (15.0, *(24.0 for _ in shown)),
        dense=True,
        header_tones=("", *tones),
    )


def _point(data: ReportData, stage: Stage) -> CurvePoint:
    overall = data.told(stage).overall
    if overall is None:
        return CurvePoint(stage.name, None, None, None, 0, stage.colour)
    mean = overall.mean if overall.printable else None
    return CurvePoint(stage.name, mean, overall.low, overall.high, overall.people, stage.colour)


def _touchpoints(passages: list[Said]) -> Cell:
    named = Counter(p.touchpoint.name for p in passages if p.touchpoint is not None)
    if not named:
        return cell(Run("none: white space", italic=True, tone="quiet"))
    return cell(" · ".join(f"{name} {number}" for name, number in named.most_common()))


def _experience_cell(cite: Citations, passages: list[Said], overall: Score | None) -> Cell:
    if overall is None:
        return cell(Run("not rated", italic=True, tone="quiet"))
    if overall.printable:
        return cell(
            Run(signed(overall.mean), bold=True), f"  n {overall.people}", tone=tone_of(overall)
        )
    rated_ones = [p for p in by_strength(passages) if p.person and has_rating(p)]
    return Cell((Run(f"n {overall.people}: "), *cite.refs(rated_ones[:3])))


def _gap_cell(passages: list[Said]) -> Cell:
    found = gap(moments(passages))
    if found is None:
        return cell(Run("no pair", italic=True, tone="quiet"))
    if not found.printable:
        return cell(Run(f"paired by {count(found.people, 'person', 'people')}", tone="quiet"))
    tone: Tone = "bad" if found.gap < -_NOTABLE else "good" if found.gap > _NOTABLE else ""
    return cell(Run(signed(found.gap), bold=True), f"  n {found.people}", tone=tone)


def _best_words(data: ReportData, cite: Citations, passages: list[Said]) -> Cell:
    best = [p for p in by_strength(passages) if data.quotable(p) and p.person is not None]
    if not best:
        return cell(Run("no voice yet", italic=True, tone="quiet"))
    return Cell(cite.inline(best[0]))


def _company_cell(data: ReportData, stage: Stage) -> Cell:
    steps = [step.name for step in data.steps if step.counterpart_id == stage.id]
    if steps:
        return cell(Run(", ".join(steps), bold=True), tone="head")
    unknown = "unknown to the company" if data.steps else "–"
    return cell(Run(unknown, italic=True, tone="quiet"))


def _stands_on(passages: list[Said]) -> Cell:
    people = {p.person.id for p in passages if p.person is not None}
    sessions = {p.session.id for p in passages}
    methods = "".join(sorted({_LETTERS[p.session.method] for p in passages}))
    parts = [
        count(len(passages), "mention"),
        count(len(people), "person", "people"),
        count(len(sessions), "session"),
        methods,
    ]
    return cell(Run(" · ".join(part for part in parts if part), tone="quiet"))


def _divergence_sentence(data: ReportData) -> str:
    names = {stage.id: stage.name for stage in data.stages}
    matches = [(names[s.counterpart_id], s.name) for s in data.steps if s.counterpart_id in names]
    measured = divergence(list(names.values()), [s.name for s in data.steps], matches)
    letters = "Methods: F focus group, I interview, M mystery visit, N field note."
    if measured is None or not data.steps:
        return letters
    unknown = ", ".join(measured.unknown_stages) or "none"
    unused = ", ".join(measured.unused_steps) or "none"
    turned = "; ".join(f"{a[1]} and {b[1]}" for a, b in measured.inversions) or "none"
    return (
        f"Divergence of company and customer {measured.value:.2f} (0 = the same dance). "
        f"Stages the company does not know: {unknown}. Steps no customer stage answers to: "
        f"{unused}. Steps in another order: {turned}. {letters}"
    )


# One stage


def _stage(data: ReportData, cite: Citations, stage: Stage, number: int) -> list[Block]:
    here = data.at(stage)
    parts = [
        text(Run(f"{name}  ", bold=True, tone="quiet"), value)
        for name, value in (
            ("Need", stage.need),
            ("Outcome", stage.outcome),
            ("Context", stage.context),
        )
        if value
    ]
    need: list[Inline] = []
    for part in parts:
        need += [*([Run("\n")] if need else []), *part]
    blocks: list[Block] = [Heading(2, f"{number}  {stage.name}")]
    if need:
        blocks.append(Paragraph(tuple(need)))
    if not here:
        return [*blocks, Paragraph(text("No observation yet: a white spot on the map."), "note")]
    if any(has_rating(p) for p in here):
        blocks.append(_three_dimensions(here, stage, data.told(stage)))
    pairs = _expected_and_had(cite, here, stage)
    blocks += pairs
    blocks += _quotes(data, cite, here, with_pairs=bool(pairs))
    return [*blocks, Paragraph(text(_carried(data, here)), "note")]


def _three_dimensions(passages: list[Said], stage: Stage, had: Experience) -> Table:
    seen = told(passages, visits=True)
    rows = []
    for name, people, visits in (
        ("Effectiveness", had.effectiveness, seen.effectiveness),
        ("Ease", had.ease, seen.ease),
        ("Emotion", had.emotion, seen.emotion),
        ("Overall", had.overall, seen.overall),
    ):
        rows.append(
            (
                cell(Run(name, bold=name == "Overall")),
                _score_cell(people),
                cell(_range(people)),
                cell(rounded(index(people.mean)) if people and people.printable else "–"),
                cell(_visits(visits)),
            )
        )
    header = ("Dimension", "People: mean", "Range", "Index", "Shoppers")
    return Table(header, tuple(rows), f"Experience: {stage.name}", (24, 28, 24, 18, 30))


def _score_cell(value: Score | None) -> Cell:
    if value is None:
        return cell(Run("not rated", italic=True, tone="quiet"))
    if not value.printable:
        return cell(Run(f"n {value.people}: see quotes", tone="quiet"))
    return cell(Run(signed(value.mean), bold=True), f"  n {value.people}", tone=tone_of(value))


def _range(value: Score | None) -> str:
    if value is None or not value.printable:
        return "–"
    return f"{signed(value.low)} to {signed(value.high)}"


def _visits(value: Score | None) -> str:
    if value is None:
        return "–"
    if not value.printable:
        return f"{count(value.people, 'visit')}: see quotes"
    return f"{signed(value.mean)}  n {value.people}"


def _expected_and_had(cite: Citations, passages: list[Said], stage: Stage) -> list[Block]:
    halves = {
        half: by_strength(p for p in passages if p.expectation is half) for half in Expectation
    }
    if not all(halves.values()):
        return []
    rows = [
        tuple(Cell(cite.inline(p)) if p is not None else cell("") for p in pair)
        for pair in zip_longest(halves[Expectation.EXPECTED][:4], halves[Expectation.HAD][:4])
    ]
    found = gap(moments(passages))
    caption = f"Expected and had: {stage.name}"
    table = Table(("Expected", "Had"), tuple(rows), caption, (1, 1))
    if found is None:
        said = "Nobody spoke of both sides with a rating, so no gap is computed."
    elif not found.printable:
        people = count(found.people, "person", "people")
        said = f"Both sides were rated by {people} only: the words stand instead of a gap."
    else:
        said = (
            f"Gap {signed(found.gap)} (expected {signed(found.expected)}, had "
            f"{signed(found.had)}, n {found.people}); only people who spoke of both."
        )
    return [table, Paragraph(text(said), "note")]


def _quotes(
    data: ReportData, cite: Citations, passages: list[Said], *, with_pairs: bool
) -> list[Quote]:
    fresh = [
        p
        for p in by_strength(passages)
        if data.quotable(p) and not (with_pairs and p.expectation is not None)
    ]
    chosen = one_per_person(fresh, data.speaker)[:_QUOTES_PER_STAGE]
    return [cite.quote(passage) for passage in chosen]


def _carried(data: ReportData, passages: list[Said]) -> str:
    silent = sum(not data.quotable(p) for p in passages)
    more = f" {count(silent, 'mention')} summarised without quotation." if silent else ""
    return f"Carried by {methods_of(passages)}.{more}"


def _segment_cell(cite: Citations, passages: list[Said]) -> Cell:
    if not passages:
        return cell(Run("no voice yet", italic=True, tone="quiet"))
    overall = told(passages).overall
    if overall is not None and overall.printable:
        return _score_cell(overall)
    people = len({p.person.id for p in passages if p.person is not None})
    return Cell((Run(f"n {people}: "), *cite.refs(by_strength(passages)[:4])))


def tone_of(value: Score) -> Tone:
    """Return the colour of a mean: good, bad, or none in between."""
    return "bad" if value.mean <= -_NOTABLE else "good" if value.mean >= _NOTABLE else ""


_STAGE_TONES: tuple[Tone, ...] = tuple(t for t in get_args(Tone) if t.startswith("stage"))


def _stage_tone(stage: Stage) -> Tone:
    return _STAGE_TONES[stage.colour % len(_STAGE_TONES)]
