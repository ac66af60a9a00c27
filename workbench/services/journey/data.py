"""The journey map as plain data, for `workbench journey --json` and whoever reads it there.

A mean of fewer than three people is `None`, wherever it stands. Words are there only of those who
may be quoted; what others said is counted. The ids of observations lead to the rest.
"""

from __future__ import annotations

from typing import Any

from workbench.analysis.experience import Experience, Score, index
from workbench.domain.passage import Said
from workbench.services.journey.lanes import name_of, quotation
from workbench.services.journey.map import Column, JourneyMap


def as_data(journey: JourneyMap) -> dict[str, Any]:
    """Return a map as plain data: its stages in order, and what is on none of them."""
    found = journey.divergence
    return {
        "stages": [_stage(column) for column in journey.columns if column.stage],
        "no_stage": _no_stage(journey.unplaced),
        "silent_sessions": [{"id": s.id, "title": s.title} for s in journey.silent],
        "company": [step.name for step in journey.steps],
        "divergence": found
        and {
            "value": found.value,
            "unknown_stages": list(found.unknown_stages),
            "unused_steps": list(found.unused_steps),
            "inversions": [[early[1], late[1]] for early, late in found.inversions],
        },
    }


def _stage(column: Column) -> dict[str, Any]:
    stage, had, expected = column.stage, _score(column.had.overall), _score(column.expected.overall)
    assert stage is not None  # noqa: S101
    shoppers = column.shoppers()
    return {
        "id": stage.id,
        "name": stage.name,
        "need": stage.need,
        "outcome": stage.outcome,
        "context": stage.context,
        **had,
        "had": had["mean"],
        "expected": expected["mean"],
        "expected_n": expected["n"],
        "dimensions": _dimensions(column.had),
        "expected_dimensions": _dimensions(column.expected),
        "shoppers": _dimensions(shoppers.had),
        **_gap(column),
        "pairs": _pairs(column),
        "shopper_pairs": _pairs(shoppers),
        "company": [step.name for _, step in column.steps or ()],
        **_voices(column),
    }


def _no_stage(column: Column | None) -> dict[str, Any]:
    if column is None:
        return {"mentions": 0, "observations": []}
    return {**_voices(column), "observations": [p.id for p in column.passages]}


def _voices(column: Column) -> dict[str, Any]:
    found = column.tally
    return {
        "mentions": found.passages,
        "people": found.people,
        "visits": found.visits,
        "methods": [method.value for method in column.methods],
        "touchpoints": {point.name: number for point, number in column.touchpoints},
        "moments_of_truth": [p.id for p in column.moments],
        "quotes": [_quote(column, p) for p in column.quotes],
    }


def _dimensions(told: Experience) -> dict[str, Any]:
    return {
        "effectiveness": _score(told.effectiveness),
        "ease": _score(told.ease),
        "emotion": _score(told.emotion),
        "overall": _score(told.overall),
    }


def _score(score: Score | None) -> dict[str, Any]:
    """Return a figure with its n; of too few people the n alone."""
    shown = score if score and score.printable else None
    return {
        "n": score.people if score else 0,
        "mean": shown and shown.mean,
        "low": shown and shown.low,
        "high": shown and shown.high,
        "index": shown and index(shown.mean),
    }


def _gap(column: Column) -> dict[str, Any]:
    found = column.gap
    return {
        "gap": found.gap if found and found.printable else None,
        "gap_n": found.people if found else 0,
    }


def _pairs(column: Column) -> list[dict[str, Any]]:
    found = []
    for pair in column.pairs:
        expected = [_quote(column, p) for p in pair.expected]
        had = [_quote(column, p) for p in pair.had]
        if pair.is_whole:
            found.append({"person": expected[0]["person"], "expected": expected, "had": had})
    return found


def _quote(column: Column, passage: Said) -> dict[str, Any]:
    said = quotation(column, passage)
    span = passage.span
    return {
        "observation_id": passage.id,
        "words": said.text if said.quoted else None,
        "person": name_of(passage) if said.quoted else None,
        "session": passage.session.title,
        "start_ms": span.start_ms if span else None,
    }
