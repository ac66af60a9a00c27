"""The findings in a report: moments of truth, insights with both sides, the roadmap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.analysis.telling import by_strength, one_per_person
from workbench.domain.findings import Evidence, Insight, Opportunity, Stance, support
from workbench.domain.observation import Promise
from workbench.domain.passage import Said
from workbench.domain.report import (
    Block,
    Callout,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Run,
    Table,
    Tone,
    cell,
    text,
)
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.services.report.wording import methods_of, speaker
from workbench.words import Phrase, plural, t

_MOMENTS_PER_STAGE = 10


def moments_of_truth(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter on the moments that decide, and on the promise."""
    rows: list[tuple[Cell, ...]] = []
    left_out = 0
    for column in data.journey.columns:
        telling = [p for p in by_strength(column.passages) if is_telling(p)]
        shown = one_per_person(telling, speaker)[:_MOMENTS_PER_STAGE]
        left_out += len(telling) - len(shown)
        rows += [_moment_row(cite, column.name, passage) for passage in shown]
    promises = Counter(p.promise for p in data.passages if p.promise is not None)
    promise = data.charter.promise
    dot = "" if promise.endswith((".", "!", "?", "…")) else "."
    said = [t("The promise: “{promise}”", promise=f"{promise}{dot}")] if promise else []
    if promises:
        kept, broken, named = (
            promises[one] for one in (Promise.KEPT, Promise.BROKEN, Promise.NAMED)
        )
        template: Phrase = (
            "Mentions of it: kept {kept}, broken {broken}, named {named}."
            if promise
            else "Mentions of the promise: kept {kept}, broken {broken}, named {named}."
        )
        said.append(t(template, kept=kept, broken=broken, named=named))
    if not rows:
        said.append(t("No observation is a moment of truth or speaks of the promise."))
    lead = " ".join(said)
    header = (t("Stage"), t("In their words"), t("Moment of truth"), t("Promise"))
    blocks: list[Block] = [Paragraph(text(lead), "lead")]
    if rows:
        caption = t("Moments of truth and what happened to the promise")
        blocks.append(Table(header, tuple(rows), caption, (26, 70, 20, 18)))
    if left_out:
        more = plural(
            left_out,
            "{n} further mention of this kind in the study, not printed.",
            "{n} further mentions of this kind in the study, not printed.",
        )
        blocks.append(Paragraph(text(more), "note"))
    return blocks


def insights(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter of claims, each with evidence for and against."""
    blocks: list[Block] = []
    for number, insight in enumerate(data.insights, start=1):
        blocks += _insight(data, cite, insight, number)
    return blocks


def roadmap(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter of what follows: horizon, owner, KPI, evidence."""
    order = {"is": 0, "must be": 1, "should be": 2}
    rows = [
        _opportunity(data, cite, opportunity)
        for opportunity in sorted(
            data.opportunities, key=lambda o: order.get(o.horizon, len(order))
        )
    ]
    header = (
        *(t("Horizon"), t("Opportunity"), t("Stage"), t("Owner"), t("KPI")),
        *(t("Customer"), t("Business"), t("Evidence")),
    )
    widths = (19, 36, 23, 23, 27, 20, 20, 24)
    caption = t("The roadmap. Customer = severity for customers, business = value, both 1 to 5")
    table = Table(header, tuple(rows), caption, widths)
    return [table]


def _insight(data: ReportData, cite: Citations, insight: Insight, number: int) -> list[Block]:
    evidence = data.evidence.get(insight.id, ())
    speaks_for = [e for e in evidence if e.stance is Stance.FOR]
    against = [e for e in evidence if e.stance is Stance.AGAINST]
    live = [p for e in speaks_for if (p := cite.find(e.observation_id)) is not None]
    blocks: list[Block] = [Heading(2, f"{number}  {insight.claim}")]
    if insight.so_what:
        blocks.append(Callout(t("So what"), text(insight.so_what)))
    blocks.append(Paragraph(text(_standing(cite, insight, evidence, live)), "note"))
    blocks += [Heading(3, t("What speaks for it")), *_side(cite, speaks_for)]
    blocks.append(Heading(3, t("What speaks against it")))
    if against:
        blocks += _side(cite, against)
    else:
        blocks.append(Paragraph(text(t(_NOTHING_AGAINST))))
    for stance in dict.fromkeys(e.stance for e in evidence if e not in (*speaks_for, *against)):
        blocks.append(Heading(3, t("For or against: {stance}", stance=stance)))
        blocks += _side(cite, [e for e in evidence if e.stance == stance])
    return blocks


_NOTHING_AGAINST: Phrase = (
    "No counter-evidence has been recorded. That is not the same as none existing."
)


def _standing(
    cite: Citations, insight: Insight, evidence: Sequence[Evidence], live: Sequence[Said]
) -> str:
    """Say how sure a claim is, and what it stands on."""
    found = support(evidence, lambda key: cite.find(key) is not None)
    template: Phrase = (
        "Evidence: {n} for, {against} against, {removed} removed."
        if found.removed
        else "Evidence: {n} for, {against} against."
    )
    given = {"n": found.speaks_for, "against": found.against, "removed": found.removed}
    return " ".join(
        (
            t("Confidence: {level}.", level=t(insight.confidence.label)),
            t(template, **given),
            t("Carried by {methods}.", methods=methods_of(live))
            if live
            else t("Nothing carries it yet."),
        )
    )


def _side(cite: Citations, evidence: list[Evidence]) -> list[Block]:
    blocks: list[Block] = []
    silent: list[Said] = []
    for item in evidence:
        passage = cite.find(item.observation_id)
        if passage is None:
            gone = f"{t('Evidence that was removed from the study')} "
            blocks.append(Paragraph(text(gone, cite.removed(item.observation_id)), "note"))
        elif passage.quotable:
            blocks.append(cite.quote(passage))
        else:
            silent.append(passage)
    if silent:
        said = (
            plural(
                len(silent),
                "{n} further mention, summarised without quotation",
                "{n} further mentions, summarised without quotation",
            )
            if any(isinstance(b, Quote) for b in blocks)
            else plural(
                len(silent),
                "{n} mention, summarised without quotation",
                "{n} mentions, summarised without quotation",
            )
        )
        blocks.append(Paragraph((Run(f"{said} "), *cite.refs(silent))))
    return blocks or [Paragraph(text(t("Nothing yet.")))]


def _opportunity(data: ReportData, cite: Citations, opportunity: Opportunity) -> tuple[Cell, ...]:
    horizons: dict[str, Tone] = {"is": "quiet", "must be": "warn", "should be": "good"}
    evidence = data.evidence.get(opportunity.insight_id or "", ())
    answered = [n for n, i in enumerate(data.insights, start=1) if i.id == opportunity.insight_id]
    runs: list[Inline] = [Run(t("Insight {number}", number=number)) for number in answered]
    for item in (e for e in evidence if e.stance is Stance.FOR):
        passage = cite.find(item.observation_id)
        if passage is not None:
            runs += [*([Run(" ")] if runs else []), cite.ref(passage)]
    return (
        cell(
            Run(t(opportunity.horizon.label), bold=True),
            tone=horizons.get(opportunity.horizon, ""),
        ),
        cell(
            Run(opportunity.title, bold=True), Run(f"\n{t(opportunity.kind.label)}", tone="quiet")
        ),
        cell(data.stage_name(opportunity.stage_id) or "–"),
        cell(opportunity.owner or "–"),
        cell(opportunity.kpi or "–"),
        cell(_points(opportunity.severity)),
        cell(_points(opportunity.business_value)),
        Cell(tuple(runs)) if runs else cell("–"),
    )


def _points(value: int | None) -> str:
    return "–" if value is None else str(value)


def is_telling(p: Said) -> bool:
    """Say whether a passage belongs into the chapter of moments of truth."""
    return p.moment_of_truth or p.promise is not None


def _moment_row(cite: Citations, stage: str, passage: Said) -> tuple[Cell, ...]:
    return (
        cell(stage),
        Cell(cite.inline(passage)),
        cell("●" if passage.moment_of_truth else ""),
        _promise_cell(passage.promise),
    )


def _promise_cell(promise: Promise | None) -> Cell:
    if promise is None:
        return cell("")
    tones: dict[Promise, Tone] = {Promise.KEPT: "good", Promise.BROKEN: "bad"}
    tone = tones.get(promise, "")
    return cell(Run(t(promise.label), bold=True, tone=tone), tone=tone)
