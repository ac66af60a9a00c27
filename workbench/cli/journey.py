"""`workbench stages` and `workbench journey`: the customer’s journey and what it shows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs, choice, whole
from workbench.cli.settable import given
from workbench.domain.change import Op
from workbench.domain.figures import signed
from workbench.domain.journey import Stage
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.study import Study
from workbench.words import plural

_NO_STAGE = "No stage yet. “workbench stages STUDY add NAME” adds one."


def add_stages_to(parser: ArgumentParser) -> None:
    """Add the verbs of `stages`."""
    verbs = Verbs(parser, show)
    new = verbs.add("add", "add a stage at the end", add)
    new.add_argument("name", help="the customer’s own word for it")
    _fields(new)
    changed = verbs.add("set", "change a stage", change)
    changed.add_argument("name", help="name or id")
    changed.add_argument("--name", dest="new_name", metavar="T", help="another name")
    changed.add_argument("--position", type=whole, metavar="N", help="place in the journey, from 1")
    _fields(changed)
    gone = verbs.add("remove", "remove a stage; its observations stay", remove)
    gone.add_argument("name", help="name or id")


def show(asked: Namespace) -> None:
    """List the stages in the order of the journey."""
    with reading(asked) as study:
        stages = [_plain(study, row) for row in study.journeys.stages()]
        lines = (
            f"{number}  {row['name']}  "
            + plural(row["observations"], "{n} observation", "{n} observations")
            for number, row in enumerate(stages, start=1)
        )
        output.listed(asked, stages, lines, _NO_STAGE)


def add(asked: Namespace) -> None:
    """Add a stage at the end."""
    with writing(asked) as study:
        values = given(need=asked.need, outcome=asked.outcome, context=asked.context)
        stage = study.journeys.add_stage(asked.name, **values)
        output.answer(asked, _plain(study, stage), "Added “{name}”.", name=stage.name)


def change(asked: Namespace) -> None:
    """Change a stage."""
    with writing(asked) as study:
        stage = naming.stage(study, asked.name)
        values = given(
            name=asked.new_name, need=asked.need, outcome=asked.outcome, context=asked.context
        )
        with study.step(Op.EDIT_JOURNEY):
            if values:
                study.journeys.change_stage(stage.id, **values)
            if asked.position is not None:
                study.journeys.move_stage(stage.id, asked.position - 1)
        stage = study.journeys.stage(stage.id)
        output.answer(asked, _plain(study, stage), "Changed “{name}”.", name=stage.name)


def remove(asked: Namespace) -> None:
    """Remove a stage; its observations stay, without one."""
    with writing(asked) as study:
        stage = naming.stage(study, asked.name)
        left = _plain(study, stage)["observations"]
        study.journeys.remove_stage(stage.id)
        output.answer(
            asked,
            {"removed": stage.id, "without_stage": left},
            plural(
                left,
                "Removed “{name}”; {n} observation without a stage. “undo” brings it back.",
                "Removed “{name}”; {n} observations without a stage. “undo” brings it back.",
                name=stage.name,
            ),
        )


def add_journey_to(parser: ArgumentParser) -> None:
    """Add the options of `journey`."""
    parser.add_argument("--segment", metavar="T", help="only people of this segment")
    choice(parser, "--method", Method, "only sessions of this method")


def show_journey(asked: Namespace) -> None:
    """Print the values of the journey map."""
    with reading(asked) as study:
        segment = naming.segment(study, asked.segment).id if asked.segment is not None else None
        data = study.journeys.data(Query(segment_id=segment, method=asked.method))
        if asked.json:
            output.data(data)
            return
        for row in data["stages"]:
            had = "–" if row["mean"] is None else signed(row["mean"])
            output.row(f"{row['name']}  {had}  n {row['n']}")
        if not data["stages"]:
            output.line(_NO_STAGE)


def _fields(parser: ArgumentParser) -> None:
    parser.add_argument("--need", metavar="T", help="what people need there")
    parser.add_argument("--outcome", metavar="T", help="what comes out of it")
    parser.add_argument("--context", metavar="T", help="what is around it")


def _plain(study: Study, stage: Stage) -> dict[str, Any]:
    return asdict(stage) | {"observations": study.observations.per_stage().get(stage.id, 0)}
