"""What stands in each cell of the journey map, as plain values.

The map is a reading of the study, not a drawing: this module decides the words and the passages
behind each cell, the painter in `ui.views.journey` decides how they look on screen, in PNG and
in SVG. Wherever the map quotes, it quotes only those who agreed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from ui.i18n import plural, t
from ui.models.passages import counted, voice, words_of
from workbench.analysis.divergence import Divergence
from workbench.analysis.experience import Score
from workbench.domain.figures import signed
from workbench.domain.journey import Stage
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation
from workbench.domain.passage import Mention
from workbench.services.journeys import StageFigures

Tone = Literal["", "faint", "hole", "quote", "good", "bad", "even", "pill"]
_LONGEST_QUOTE = 84
_LONGEST_MOMENT = 44


class Lane(StrEnum):
    """The rows of the map, from top to bottom."""

    STAGE = "stage"
    NEED = "need"
    OUTCOME = "outcome"
    CONTEXT = "context"
    TOUCHPOINTS = "touchpoints"
    EXPERIENCE = "experience"
    EXPECTED = "expected"
    MOMENTS = "moments"
    WORDS = "words"
    COMPANY = "company"

    @property
    def label(self) -> str:
        """Return the name in the left margin."""
        return t(_LABELS[self])

    @property
    def editable(self) -> bool:
        """Tell whether the cell holds words of the researcher that are edited in place."""
        return self in {Lane.STAGE, Lane.NEED, Lane.OUTCOME, Lane.CONTEXT}


_LABELS = {
    Lane.STAGE: "Stage",
    Lane.NEED: "Need",
    Lane.OUTCOME: "Outcome",
    Lane.CONTEXT: "Context",
    Lane.TOUCHPOINTS: "Touchpoints",
    Lane.EXPERIENCE: "Experience",
    Lane.EXPECTED: "Expected → had",
    Lane.MOMENTS: "Moments of truth",
    Lane.WORDS: "In their words",
    Lane.COMPANY: "Company’s track",
}
USUAL_LANES: tuple[Lane, ...] = tuple(lane for lane in Lane if lane is not Lane.CONTEXT)


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one tone."""

    text: str
    tone: Tone = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MapCell:
    """One cell: its lines, and the passages it opens."""

    lines: tuple[Line, ...]
    passages: tuple[Mention, ...] = ()

    @property
    def spoken(self) -> str:
        """Return the cell for people who listen to it."""
        return "; ".join(" ".join(span.text for span in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """The whole map.

    Attributes:
        stages: the columns.
        scores: overall experience of each column, `None` without ratings.
        cells: by lane, one for each column.
        footnotes: sentences below the map.
    """

    stages: tuple[Stage, ...]
    scores: tuple[Score | None, ...]
    cells: dict[Lane, tuple[MapCell, ...]]
    footnotes: tuple[str, ...]

    def cell(self, lane: Lane, column: int) -> MapCell:
        """Return one cell."""
        return self.cells[lane][column]


def build_map(
    figures: Sequence[StageFigures],
    steps: Sequence[Stage] = (),
    divergence: Divergence | None = None,
) -> JourneyMap:
    """Return the map of a journey.

    Args:
        figures: what the observations say, stage by stage.
        steps: the company's track in its own order.
        divergence: how far the tracks depart; `None` without a company track.
    """
    writers: dict[Lane, Callable[[StageFigures], MapCell]] = {
        Lane.STAGE: _stage,
        Lane.NEED: lambda f: _written(f, f.stage.need, t("no need yet")),
        Lane.OUTCOME: lambda f: _written(f, f.stage.outcome, t("no outcome yet")),
        Lane.CONTEXT: lambda f: _written(f, f.stage.context, t("no context yet")),
        Lane.TOUCHPOINTS: _touchpoints,
        Lane.EXPERIENCE: _experience,
        Lane.EXPECTED: _expected,
        Lane.MOMENTS: _moments,
        Lane.WORDS: _words,
        Lane.COMPANY: lambda f: _company(f, steps),
    }
    cells = {lane: tuple(write(f) for f in figures) for lane, write in writers.items()}
    everything = [passage for f in figures for passage in f.passages]
    notes = [_divergence(divergence)] if divergence else []
    notes.append(_carried(everything))
    return JourneyMap(
        tuple(f.stage for f in figures),
        tuple(f.experience.overall for f in figures),
        cells,
        tuple(note for note in notes if note),
    )


def _stage(f: StageFigures) -> MapCell:
    return MapCell(((Span(f.stage.name),),), f.passages)


def _written(f: StageFigures, text: str, hole: str) -> MapCell:
    return MapCell((_line(text) if text else _hole(hole),), f.passages)


def _touchpoints(f: StageFigures) -> MapCell:
    if not f.touchpoints:
        words = t("none: white space") if f.passages else t("no voice yet")
        return MapCell((_hole(words),))
    lines = tuple((Span(point.name), Span(str(number), "faint")) for point, number in f.touchpoints)
    return MapCell(lines, tuple(p for p in f.passages if p.touchpoint))


def _experience(f: StageFigures) -> MapCell:
    score = f.experience.overall
    rated = tuple(p for p in f.passages if _has_rating(p))
    if score is None:
        return MapCell((_hole(t("not rated yet") if f.passages else t("no voice yet")),), rated)
    if score.printable:
        return MapCell(((Span(signed(score.mean)), Span(f"n {score.people}", "faint")),), rated)
    return MapCell(((Span(f"n {score.people}", "faint"),),), rated)


def _expected(f: StageFigures) -> MapCell:
    halves = tuple(p for p in f.passages if p.expectation)
    if not halves:
        return MapCell((_hole(t("no expectation voiced") if f.passages else t("no voice yet")),))
    expected = _named([p for p in halves if p.expectation is Expectation.EXPECTED])
    had = _named([p for p in halves if p.expectation is Expectation.HAD], expected)
    spans = [Span(f"{expected} →") if expected else Span("→", "faint")]
    spans.append(Span(had) if had else Span("?", "faint"))
    lines = [tuple(spans)]
    if f.gap:
        people = plural(f.gap.people, "{n} person", "{n} people")
        if f.gap.printable:
            words = t("gap {gap} · {people}", gap=signed(f.gap.gap), people=people)
        else:
            words = t("paired by {people}", people=people)
        lines.append((Span(words, "faint"),))
    return MapCell(tuple(lines), halves)


def _moments(f: StageFigures) -> MapCell:
    found = tuple(f.moments_of_truth)
    lines = tuple((Span("●", _feeling(p)), Span(_moment(p), _feeling(p))) for p in found)
    return MapCell(lines or ((),), found)


def _words(f: StageFigures) -> MapCell:
    quotable = f.in_their_words
    fresh = [p for p in quotable if not p.moment_of_truth] or quotable
    if not fresh:
        silent = t("nobody may be quoted here") if f.passages else t("no voice yet")
        return MapCell((_hole(silent),), f.passages)
    best = fresh[0]
    quote = Span(f"“{_short(words_of(best), _LONGEST_QUOTE)}”", "quote")
    return MapCell(((quote, Span(voice(best), "faint")),), tuple(quotable))


def _company(f: StageFigures, steps: Sequence[Stage]) -> MapCell:
    mine = [
        (Span(f"{place}  {step.name}", "pill"),)
        for place, step in enumerate(steps, start=1)
        if step.counterpart_id == f.stage.id
    ]
    if mine:
        return MapCell(tuple(mine), f.passages)
    return MapCell((_hole(t("unknown to the company")) if steps else (),), f.passages)


def _divergence(found: Divergence) -> str:
    parts = []
    if found.unknown_stages:
        words = plural(
            len(found.unknown_stages),
            "one stage the company does not know",
            "{n} stages the company does not know",
        )
        parts.append(f"{words} ({', '.join(found.unknown_stages)})")
    if found.unused_steps:
        words = plural(
            len(found.unused_steps),
            "one step no customer speaks of",
            "{n} steps no customer speaks of",
        )
        parts.append(f"{words} ({', '.join(found.unused_steps)})")
    for (_, early), (_, late) in found.inversions:
        parts.append(
            t("one inversion (the company puts {late} before {early})", late=late, early=early)
        )
    said = "; ".join(parts) or t("the same order, nothing missing")
    return t("Divergence {value}: {said}.", value=f"{found.value:.2f}", said=said)


def _carried(passages: Sequence[Mention]) -> str:
    """Return what the map stands on; shoppers watch, so they are never averaged with people."""
    if not passages:
        return ""
    methods = {p.session.method for p in passages}
    mixed = Method.MYSTERY_VISIT in methods and len(methods) > 1
    shoppers = t(" Shoppers’ ratings are not in the curve.") if mixed else ""
    return f"{counted(passages)}.{shoppers}"


def _named(passages: Iterable[Mention], other: str = "") -> str:
    """Return the code that names most of these passages, if possible another one than `other`."""
    counts = Counter(code.name for p in passages for code in p.codes)
    names = [name for name, _ in counts.most_common()]
    return next((name for name in names if name != other), names[0] if names else "")


def _moment(passage: Mention) -> str:
    if passage.quotable:
        return _short(words_of(passage), _LONGEST_MOMENT)
    return passage.codes[0].name if passage.codes else t("a voice that is not quoted")


def _feeling(passage: Mention) -> Tone:
    emotion = passage.emotion or 0
    return "good" if emotion > 0 else "bad" if emotion < 0 else "even"


def _has_rating(passage: Mention) -> bool:
    ratings = (passage.effectiveness, passage.ease, passage.emotion)
    return any(value is not None for value in ratings)


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "\u00a0…"


def _line(text: str) -> Line:
    return (Span(text),)


def _hole(text: str) -> Line:
    return (Span(text, "hole"),)
