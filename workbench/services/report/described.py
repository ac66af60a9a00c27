"""What is noted beside codes and ratings: the touchpoints, and how observations were described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from workbench.domain import counts, fields
from workbench.domain.fields import Noted
from workbench.domain.passage import Said
from workbench.domain.report import Block, Cell, Paragraph, Run, Table, cell, text
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.words import t

_CITED = 6  # pieces of evidence named for one value


def touchpoints(data: ReportData) -> Sequence[Block]:
    """Return the appendix with every touchpoint: channel, owner, and how often it is named."""
    named = Counter(p.touchpoint.id for p in data.passages if p.touchpoint is not None)
    at: dict[str, dict[str, None]] = {}
    for passage in data.passages:
        if passage.touchpoint is not None and passage.stage is not None:
            at.setdefault(passage.touchpoint.id, {})[passage.stage.name] = None
    rows = tuple(
        (
            cell(Run(point.name, bold=True)),
            cell(point.channel or "–"),
            cell(point.owner or "–"),
            cell(counts.listed(list(at.get(point.id, ()))) or "–"),
            cell(str(named[point.id])),
        )
        for point in data.touchpoints
    )
    header = (t("Touchpoint"), t("Channel"), t("Owner"), t("Stages"), t("Mentions"))
    table = Table(header, rows, t("Where customers and company meet"), (32, 24, 24, 40, 23))
    return [table]


def further(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the appendix on what is noted of some observations; none where nothing is."""
    rows = [
        _row(cite, t(field.line), value, found)
        for field in fields.LISTED
        for value, found in _by_value(data, field)
    ]
    lead = t(
        "Not every observation is described in this way: the figures count those that are, and "
        "say nothing of the others."
    )
    header = (t("Noted"), t("Value"), t("Mentions"), t("People"), t("Evidence"))
    table = Table(header, tuple(rows), t("What else was noted"), (34, 36, 23, 18, 36))
    return (Paragraph(text(lead), "lead"), table) if rows else ()


def _by_value(data: ReportData, field: Noted[Any]) -> Iterable[tuple[str, list[Said]]]:
    found: dict[str, list[Said]] = {}
    for passage in data.passages:
        noted = data.further.get(passage.id, {})
        if value := field.told(noted.get(field, field.empty)).strip():
            found.setdefault(value, []).append(passage)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _row(cite: Citations, name: str, value: str, passages: list[Said]) -> tuple[Cell, ...]:
    people = {p.person.id for p in passages if p.person is not None}
    more = [Run(" …", tone="quiet")] if len(passages) > _CITED else []
    return (
        cell(name),
        cell(Run(value, bold=True)),
        cell(str(len(passages))),
        cell(str(len(people))),
        Cell((*cite.refs(passages[:_CITED]), *more)),
    )
