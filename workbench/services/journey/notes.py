"""The sentences below the journey map: what it stands on, and what is not on it."""

from __future__ import annotations

from workbench.domain import counts
from workbench.domain.figures import rounded
from workbench.domain.materials import Method
from workbench.services.journey.map import JourneyMap
from workbench.words import plural, t


def notes(journey: JourneyMap) -> tuple[str, ...]:
    """Return the sentences below the map."""
    return tuple(filter(None, (_apart(journey), _carried(journey), _missing(journey))))


def _apart(journey: JourneyMap) -> str:
    found = journey.divergence
    if found is None:
        return ""
    parts = []
    if names := found.unknown_stages:
        parts.append(
            plural(
                len(names),
                "{n} stage the company does not know ({names})",
                "{n} stages the company does not know ({names})",
                names=counts.listed(names),
            )
        )
    if names := found.unused_steps:
        parts.append(
            plural(
                len(names),
                "{n} step no customer speaks of ({names})",
                "{n} steps no customer speaks of ({names})",
                names=counts.listed(names),
            )
        )
    parts += [
        t("one inversion (the company puts {late} before {early})", late=late, early=early)
        for (_, early), (_, late) in found.inversions
    ]
    return t(
        "Divergence of company and customer {value} (0 = the same dance): {what}.",
        value=rounded(found.value, 2),
        what="; ".join(parts) or t("the same order, nothing missing"),
    )


def _carried(journey: JourneyMap) -> str:
    """Return what the map stands on; shoppers watch, so they are never averaged with people."""
    said = journey.tally
    if not said.passages:
        return ""
    parts = [
        counts.passages(said.passages),
        counts.people(said.people) if said.people else "",
        counts.visits(said.visits) if said.visits else "",
        plural(said.methods, "{n} method", "{n} methods"),
    ]
    methods = {p.session.method for p in journey.passages}
    mixed = Method.MYSTERY_VISIT in methods and len(methods) > 1
    counted = f"{' · '.join(filter(None, parts))}."
    return f"{counted} {t('Shoppers’ ratings are not in the curve.')}" if mixed else counted


def _missing(journey: JourneyMap) -> str:
    """Return what is not on the map, so that nothing is absent in silence."""
    sentences = []
    if (column := journey.unplaced) is not None:
        much, deciding = len(column.passages), len(column.moments)
        if deciding:
            moments = plural(deciding, "{n} moment of truth", "{n} moments of truth")
            sentences.append(
                plural(
                    much,
                    "{n} passage has no stage yet, {moments} among them.",
                    "{n} passages have no stage yet, {moments} among them.",
                    moments=moments,
                )
            )
        else:
            sentences.append(
                plural(much, "{n} passage has no stage yet.", "{n} passages have no stage yet.")
            )
    if journey.silent:
        titles = counts.listed([session.title for session in journey.silent])
        sentences.append(t("Nothing on the map yet from {sessions}.", sessions=titles))
    return " ".join(sentences)
