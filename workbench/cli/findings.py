"""`workbench insight`, `opportunity` and `memo`: what was found, what follows, what was noted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import keeping_numbers, reading, writing
from workbench.cli.parsing import Verbs, choice
from workbench.cli.settable import given, read
from workbench.domain.change import Op
from workbench.domain.findings import (
    Confidence,
    Horizon,
    Insight,
    Opportunity,
    OpportunityKind,
    Stance,
)
from workbench.study import Study

_POINTS = ("severity", "business_value")


def add_insight_to(parser: ArgumentParser) -> None:
    """Add the verbs of `insight`."""
    verbs = Verbs(parser, show_insights)
    _insight_fields(verbs.add("add", "add an insight", add_insight))
    changed = verbs.add("set", "change an insight or its evidence", change_insight)
    changed.add_argument("id", help="id, its begin, or the claim")
    _insight_fields(changed)
    gone = verbs.add("remove", "put an insight into the bin", remove_insight)
    gone.add_argument("id", help="id, its begin, or the claim")


def show_insights(asked: Namespace) -> None:
    """List the insights with their evidence."""
    with reading(asked) as study:
        insights = [_insight(study, row) for row in study.findings.insights()]
        if asked.json:
            output.data(insights)
            return
        for row in insights:
            sides = dict.fromkeys(Stance, 0)
            for item in row["evidence"]:
                sides[item["stance"]] += 1
            counts = f"{sides[Stance.FOR]} for, {sides[Stance.AGAINST]} against"
            output.line(f"{row['id']}  {row['claim']}  ({counts})")
        if not insights:
            output.line("No insight yet. “workbench insight STUDY add --claim TEXT” adds one.")


def add_insight(asked: Namespace) -> None:
    """Add an insight with its evidence."""
    with writing(asked) as study:
        with study.step(Op.EDIT_INSIGHT):
            values = given(so_what=asked.so_what, confidence=asked.confidence)
            insight = study.findings.add_insight(asked.claim or "", **values)
            _weigh(study, insight, asked)
        output.told(asked, _insight(study, insight), f"Added {insight.id}.")


def change_insight(asked: Namespace) -> None:
    """Change an insight or its evidence."""
    with writing(asked) as study:
        insight = naming.insight(study, asked.id)
        values = given(claim=asked.claim, so_what=asked.so_what, confidence=asked.confidence)
        with study.step(Op.EDIT_INSIGHT):
            if values:
                insight = study.findings.change_insight(insight.id, **values)
            _weigh(study, insight, asked)
        output.told(asked, _insight(study, insight), f"Changed {insight.id}.")


def remove_insight(asked: Namespace) -> None:
    """Put an insight into the bin."""
    with writing(asked) as study:
        insight = naming.insight(study, asked.id)
        study.findings.remove_insight(insight.id)
        output.told(asked, {"removed": insight.id}, "The insight is in the bin.")


def _insight_fields(parser: ArgumentParser) -> None:
    parser.add_argument("--claim", metavar="T", help="what is claimed")
    parser.add_argument("--so-what", metavar="T", help="what follows from it")
    choice(parser, "--confidence", Confidence, "how sure you are")
    for option, about in (
        ("--for", "an observation that speaks for it"),
        ("--against", "an observation that speaks against it"),
        ("--drop", "an observation that is no evidence for or against it any more"),
    ):
        parser.add_argument(
            option, dest=option.strip("-") + "_those", action="append", default=[], metavar="OBS",
            help=f"{about}: id or words; once for each",
        )  # fmt: skip


def _weigh(study: Study, insight: Insight, asked: Namespace) -> None:
    for stance, typed in ((Stance.FOR, asked.for_those), (Stance.AGAINST, asked.against_those)):
        for one in typed:
            observation = naming.observation(study, one)
            study.findings.add_evidence(insight.id, observation.id, stance)
    present = {item.observation_id for item in study.findings.evidence(insight.id)}
    for one in asked.drop_those:
        observation = naming.observation(study, one)
        if observation.id in present:
            study.findings.remove_evidence(insight.id, observation.id)


def _insight(study: Study, row: Insight) -> dict[str, Any]:
    return asdict(row) | {"evidence": [asdict(item) for item in study.findings.evidence(row.id)]}


def show_evidence(asked: Namespace) -> None:
    """List the numbers of evidence; they are kept for ever, also of what was removed."""
    with keeping_numbers(asked) as study:
        rows = study.reports.evidence()
        if asked.json:
            output.data(rows)
            return
        for row in rows:
            output.line(f"E{row['number']}  {row['observation_id']}  {row['state']}")
        if not rows:
            output.line("No evidence has a number yet; reports cite observations.")


def add_opportunity_to(parser: ArgumentParser) -> None:
    """Add the verbs of `opportunity`."""
    verbs = Verbs(parser, show_opportunities)
    _opportunity_fields(verbs.add("add", "add an opportunity", add_opportunity))
    changed = verbs.add("set", "change an opportunity", change_opportunity)
    changed.add_argument("id", help="id, its begin, or the title")
    _opportunity_fields(changed)
    gone = verbs.add("remove", "put an opportunity into the bin", remove_opportunity)
    gone.add_argument("id", help="id, its begin, or the title")


def show_opportunities(asked: Namespace) -> None:
    """List the opportunities."""
    with reading(asked) as study:
        rows = study.findings.opportunities()
        if asked.json:
            output.data(rows)
            return
        for row in rows:
            output.line("  ".join(filter(None, (row.id, row.horizon, row.title, row.owner))))
        if not rows:
            output.line(
                "No opportunity yet. “workbench opportunity STUDY add --title TEXT” adds one."
            )


def add_opportunity(asked: Namespace) -> None:
    """Add an opportunity."""
    with writing(asked) as study:
        values = _opportunity(study, asked)
        row = study.findings.add_opportunity(values.pop("title", ""), **values)
        output.told(asked, row, f"Added {row.id}.")


def change_opportunity(asked: Namespace) -> None:
    """Change an opportunity."""
    with writing(asked) as study:
        row = naming.opportunity(study, asked.id)
        values = _opportunity(study, asked)
        if values:
            row = study.findings.change_opportunity(row.id, **values)
        output.told(asked, row, f"Changed {row.id}.")


def remove_opportunity(asked: Namespace) -> None:
    """Put an opportunity into the bin."""
    with writing(asked) as study:
        row = naming.opportunity(study, asked.id)
        study.findings.remove_opportunity(row.id)
        output.told(asked, {"removed": row.id}, "The opportunity is in the bin.")


def _opportunity_fields(parser: ArgumentParser) -> None:
    parser.add_argument("--title", metavar="T", help="what to do")
    choice(parser, "--kind", OpportunityKind, "what it does to the journey")
    choice(parser, "--horizon", Horizon, "layer of the roadmap")
    parser.add_argument("--stage", metavar="NAME", help="stage of the journey; “” for none")
    parser.add_argument("--insight", metavar="ID", help="what it answers; “” for none")
    parser.add_argument("--owner", metavar="T", help="who does it")
    parser.add_argument("--kpi", metavar="T", help="how it is measured")
    parser.add_argument("--severity", metavar="N", help="for the customer, 1 to 5; “” for none")
    parser.add_argument(
        "--business-value", metavar="N", help="for the company, 1 to 5; “” for none"
    )


def _opportunity(study: Study, asked: Namespace) -> dict[str, Any]:
    points = given(severity=asked.severity, business_value=asked.business_value)
    values = read(Opportunity, points, _POINTS) | given(
        title=asked.title,
        kind=asked.kind,
        horizon=asked.horizon,
        owner=asked.owner,
        kpi=asked.kpi,
    )
    if asked.stage is not None:
        values["stage_id"] = naming.stage_id(study, asked.stage)
    if asked.insight is not None:
        known = asked.insight.strip()
        values["insight_id"] = naming.insight(study, known).id if known else None
    return values
