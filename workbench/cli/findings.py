"""`workbench insight`, `opportunity` and `evidence`: what was found, what follows, its numbers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import keeping_numbers, reading, writing
from workbench.cli.parsing import Run, Verbs, choice
from workbench.cli.settable import given, read
from workbench.domain.change import Op
from workbench.domain.findings import (
    Confidence,
    Horizon,
    Insight,
    Opportunity,
    OpportunityKind,
    Stance,
    Support,
)
from workbench.study import Study
from workbench.words import N_, Phrase, t

_POINTS = ("severity", "business_value")


@dataclass(frozen=True, slots=True)
class _Noun:
    """What can be done with the things of one kind, and by what they are known.

    Attributes:
        adds, changes, removes: what the verbs do, for their help.
        known: what one of them is called by.
        fields: adds the options that say something of one.
    """

    adds: Phrase
    changes: Phrase
    removes: Phrase
    known: Phrase
    fields: Callable[[ArgumentParser], None]
    show: Run
    add: Run
    change: Run
    remove: Run

    def declare(self, parser: ArgumentParser) -> None:
        """Add the verbs."""
        verbs = Verbs(parser, self.show)
        new = verbs.add("add", self.adds, self.add)
        changed = verbs.add("set", self.changes, self.change)
        gone = verbs.add("remove", self.removes, self.remove)
        for verb in (changed, gone):
            verb.add_argument("id", help=self.known)
        for verb in (new, changed):
            self.fields(verb)


def add_insight_to(parser: ArgumentParser) -> None:
    """Add the verbs of `insight`."""
    _Noun(
        "add an insight", "change an insight", "put an insight into the bin",
        "id, its begin, or the claim", _insight_fields, show_insights, add_insight, change_insight,
        remove_insight,
    ).declare(parser)  # fmt: skip


def show_insights(asked: Namespace) -> None:
    """List the insights with their evidence."""
    with reading(asked) as study:
        found = study.findings.supported()
        lines = (f"{row.id}  {row.claim}  ({_counted(support)})" for row, support in found)
        nothing: Phrase = "No insight yet. “workbench insight STUDY add --claim TEXT” adds one."
        output.listed(asked, [_insight(study, row) for row, _ in found], lines, nothing)


def _counted(found: Support) -> str:
    """Return “2 for, 1 against”; what was removed from the study speaks for nothing any more."""
    counts = {"speaking": found.speaks_for, "against": found.against}
    if found.removed:
        gone = found.removed
        return t("{speaking} for, {against} against, {removed} removed", removed=gone, **counts)
    return t("{speaking} for, {against} against", **counts)


def add_insight(asked: Namespace) -> None:
    """Add an insight with its evidence."""
    with writing(asked) as study:
        with study.step(Op.ADD_INSIGHT):
            values = given(so_what=asked.so_what, confidence=asked.confidence)
            insight = study.findings.add_insight(asked.claim or "", **values)
            _weigh(study, insight, asked)
        output.answer(asked, _insight(study, insight), "Added {id}.", id=insight.id)


def change_insight(asked: Namespace) -> None:
    """Change an insight or its evidence."""
    with writing(asked) as study:
        insight = naming.insight(study, asked.id)
        values = given(claim=asked.claim, so_what=asked.so_what, confidence=asked.confidence)
        with study.step(Op.EDIT_INSIGHT if values else Op.ADD_EVIDENCE):
            if values:
                insight = study.findings.change_insight(insight.id, **values)
            _weigh(study, insight, asked)
        output.answer(asked, _insight(study, insight), "Changed {id}.", id=insight.id)


def remove_insight(asked: Namespace) -> None:
    """Put an insight into the bin."""
    with writing(asked) as study:
        insight = naming.insight(study, asked.id)
        study.findings.remove_insight(insight.id)
        output.answer(asked, {"removed": insight.id}, "The insight is in the bin.")


def _insight_fields(parser: ArgumentParser) -> None:
    parser.add_argument("--claim", metavar="T", help="what is claimed")
    parser.add_argument("--so-what", metavar="T", help="what follows from it")
    choice(parser, "--confidence", Confidence, "how sure you are")
    for option, about in (
        ("--for", N_("an observation that speaks for it: id or words; once for each")),
        ("--against", N_("an observation that speaks against it: id or words; once for each")),
        (
            "--drop",
            N_(
                "an observation that is no evidence for or against it any more: id or words; once"
                " for each"
            ),
        ),
    ):
        parser.add_argument(
            option, dest=option.strip("-") + "_those", action="append", default=[], metavar="OBS",
            help=about,
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
        lines = (f"E{row['number']}  {row['observation_id']}  {row['state']}" for row in rows)
        output.listed(
            asked, rows, lines, "No evidence has a number yet; reports cite observations."
        )


def add_opportunity_to(parser: ArgumentParser) -> None:
    """Add the verbs of `opportunity`."""
    _Noun(
        "add an opportunity", "change an opportunity", "put an opportunity into the bin",
        "id, its begin, or the title", _opportunity_fields, show_opportunities, add_opportunity,
        change_opportunity, remove_opportunity,
    ).declare(parser)  # fmt: skip


def show_opportunities(asked: Namespace) -> None:
    """List the opportunities."""
    with reading(asked) as study:
        rows = study.findings.opportunities()
        parts = ((row.id, row.horizon, row.title, row.owner) for row in rows)
        nothing: Phrase = (
            "No opportunity yet. “workbench opportunity STUDY add --title TEXT” adds one."
        )
        output.listed(asked, rows, ("  ".join(filter(None, part)) for part in parts), nothing)


def add_opportunity(asked: Namespace) -> None:
    """Add an opportunity."""
    with writing(asked) as study:
        values = _opportunity(study, asked)
        row = study.findings.add_opportunity(values.pop("title", ""), **values)
        output.answer(asked, row, "Added {id}.", id=row.id)


def change_opportunity(asked: Namespace) -> None:
    """Change an opportunity."""
    with writing(asked) as study:
        row = naming.opportunity(study, asked.id)
        values = _opportunity(study, asked)
        if values:
            row = study.findings.change_opportunity(row.id, **values)
        output.answer(asked, row, "Changed {id}.", id=row.id)


def remove_opportunity(asked: Namespace) -> None:
    """Put an opportunity into the bin."""
    with writing(asked) as study:
        row = naming.opportunity(study, asked.id)
        study.findings.remove_opportunity(row.id)
        output.answer(asked, {"removed": row.id}, "The opportunity is in the bin.")


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
