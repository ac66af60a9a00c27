"""The sentences below the journey map: what it stands on, and what is not on it."""

from __future__ import annotations

from workbench.domain.figures import count, rounded
from workbench.domain.materials import Method
from workbench.services.journey.map import JourneyMap


def notes(journey: JourneyMap) -> tuple[str, ...]:
    """Return the sentences below the map."""
    return tuple(filter(None, (_apart(journey), _carried(journey), _missing(journey))))


def _apart(journey: JourneyMap) -> str:
    found = journey.divergence
    if found is None:
        return ""
    parts = []
    if names := found.unknown_stages:
        said = count(
            len(names), "stage the company does not know", "stages the company does not know"
        )
        parts.append(f"{said} ({', '.join(names)})")
    if names := found.unused_steps:
        said = count(len(names), "step no customer speaks of", "steps no customer speaks of")
        parts.append(f"{said} ({', '.join(names)})")
    parts += [
        f"one inversion (the company puts {late} before {early})"
        for (_, early), (_, late) in found.inversions
    ]
    said = "; ".join(parts) or "the same order, nothing missing"
    value = rounded(found.value, 2)
    return f"Divergence of company and customer {value} (0 = the same dance): {said}."


def _carried(journey: JourneyMap) -> str:
    """Return what the map stands on; shoppers watch, so they are never averaged with people."""
    said = journey.tally
    if not said.passages:
        return ""
    parts = [
        count(said.passages, "passage"),
        count(said.people, "person", "people") if said.people else "",
        count(said.visits, "visit") if said.visits else "",
        count(said.methods, "method"),
    ]
    methods = {p.session.method for p in journey.passages}
    mixed = Method.MYSTERY_VISIT in methods and len(methods) > 1
    apart = " Shoppers’ ratings are not in the curve." if mixed else ""
    return f"{' · '.join(filter(None, parts))}.{apart}"


def _missing(journey: JourneyMap) -> str:
    """Return what is not on the map, so that nothing is absent in silence."""
    sentences = []
    if (column := journey.unplaced) is not None:
        deciding = len(column.moments)
        more = (
            f", {count(deciding, 'moment of truth', 'moments of truth')} among them"
            if deciding
            else ""
        )
        have = "has" if len(column.passages) == 1 else "have"
        sentences.append(f"{count(len(column.passages), 'passage')} {have} no stage yet{more}.")
    if journey.silent:
        sentences.append(
            f"Nothing on the map yet from {', '.join(s.title for s in journey.silent)}."
        )
    return " ".join(sentences)
