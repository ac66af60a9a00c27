"""The findings in a report: insights with both sides of the evidence, and the roadmap."""

from __future__ import annotations

from workbench.domain.findings import Evidence, Insight, Opportunity, Stance
from workbench.domain.passage import Passage
from workbench.domain.report import (
    Block,
    Callout,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    cell,
    text,
)
from workbench.services.report_data import ReportData, count, methods_of
from workbench.services.report_evidence import Citations


def insights(data: ReportData, cite: Citations) -> Section:
    """Return the chapter of claims, each with evidence for and against."""
    blocks: list[Block] = []
    for number, insight in enumerate(data.insights, start=1):
        blocks += _insight(data, cite, insight, number)
    return Section("Insights", tuple(blocks))


def roadmap(data: ReportData, cite: Citations) -> Section:
    """Return the chapter of what follows: horizon, owner, KPI, evidence."""
    order = {"is": 0, "must be": 1, "should be": 2}
    rows = [
        _opportunity(data, cite, opportunity)
        for opportunity in sorted(data.opportunities, key=lambda o: order[o.horizon.value])
    ]
    header = ("Horizon", "Opportunity", "Stage", "Owner", "KPI", "Customer", "Business", "Evidence")
    widths = (17, 42, 24, 23, 30, 16, 16, 24)
    caption = "The roadmap. Customer = severity for customers, business = value, both 1 to 5"
    table = Table(header, tuple(rows), caption, widths)
    return Section("Roadmap", (table,), landscape=True)


def _insight(data: ReportData, cite: Citations, insight: Insight, number: int) -> list[Block]:
    evidence = data.evidence.get(insight.id, ())
    speaks_for = [e for e in evidence if e.stance is Stance.FOR]
    against = [e for e in evidence if e.stance is Stance.AGAINST]
    live = [p for e in speaks_for if (p := cite.find(e.observation_id)) is not None]
    blocks: list[Block] = [Heading(2, f"{number}  {insight.claim}")]
    if insight.so_what:
        blocks.append(Callout("So what", text(insight.so_what)))
    carried = methods_of(live) or "no live evidence"
    blocks.append(
        Paragraph(text(f"Confidence: {insight.confidence.value}. Carried by {carried}."), "note")
    )
    blocks += [Heading(3, "What speaks for it"), *_side(data, cite, speaks_for)]
    blocks.append(Heading(3, "What speaks against it"))
    if against:
        blocks += _side(data, cite, against)
    else:
        blocks.append(Paragraph(text(_NOTHING_AGAINST)))
    return blocks


_NOTHING_AGAINST = "No counter-evidence has been recorded. That is not the same as none existing."


def _side(data: ReportData, cite: Citations, evidence: list[Evidence]) -> list[Block]:
    blocks: list[Block] = []
    silent: list[Passage] = []
    for item in evidence:
        passage = cite.find(item.observation_id)
        if passage is None:
            gone = text(
                "Evidence that was removed from the study ", cite.removed(item.observation_id)
            )
            blocks.append(Paragraph(gone, "note"))
        elif data.quotable(passage):
            blocks.append(cite.quote(passage))
        else:
            silent.append(passage)
    if silent:
        said = f"{count(len(silent), 'further mention')}, summarised without quotation "
        blocks.append(Paragraph((Run(said), *cite.refs(silent))))
    return blocks or [Paragraph(text("Nothing yet."))]


def _opportunity(data: ReportData, cite: Citations, opportunity: Opportunity) -> tuple[Cell, ...]:
    horizons: dict[str, Tone] = {"is": "quiet", "must be": "warn", "should be": "good"}
    evidence = data.evidence.get(opportunity.insight_id or "", ())
    runs: list[Inline] = []
    for item in (e for e in evidence if e.stance is Stance.FOR):
        passage = cite.find(item.observation_id)
        if passage is not None:
            runs += [*([Run(" ")] if runs else []), cite.ref(passage)]
    return (
        cell(Run(opportunity.horizon.value, bold=True), tone=horizons[opportunity.horizon.value]),
        cell(Run(opportunity.title, bold=True), Run(f"\n{opportunity.kind.value}", tone="quiet")),
        cell(data.stage_name(opportunity.stage_id) or "–"),
        cell(opportunity.owner or "–"),
        cell(opportunity.kpi or "–"),
        cell(str(opportunity.severity or "–")),
        cell(str(opportunity.business_value or "–")),
        Cell(tuple(runs)) if runs else cell("–"),
    )
