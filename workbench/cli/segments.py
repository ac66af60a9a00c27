"""`workbench segments`: the groups that people belong to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs
from workbench.domain.change import Op
from workbench.domain.people import Segment
from workbench.study import Study
from workbench.words import Phrase, plural


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    new = verbs.add("add", "add a segment", add)
    new.add_argument("name", help="what it is called")
    new.add_argument("--persona", default="", metavar="T", help="who stands for it")
    changed = verbs.add("set", "change a segment", change)
    changed.add_argument("name", help="name or id")
    changed.add_argument(
        "--name", dest="new_name", metavar="T", help="another name; that of another one joins them"
    )
    changed.add_argument("--persona", metavar="T", help="who stands for it")
    gone = verbs.add("remove", "remove a segment; its people stay", remove)
    gone.add_argument("name", help="name or id")


def show(asked: Namespace) -> None:
    """List the segments."""
    with reading(asked) as study:
        rows = [_plain(study, row) for row in study.people.segments()]
        lines = (
            f"{row['name']}  {plural(row['people'], '{n} person', '{n} people')}" for row in rows
        )
        nothing: Phrase = "No segment yet. “workbench segments STUDY add NAME” adds one."
        output.listed(asked, rows, lines, nothing)


def add(asked: Namespace) -> None:
    """Add a segment."""
    with writing(asked) as study:
        made = study.people.add_segment(asked.name, persona=asked.persona)
        output.answer(asked, _plain(study, made), "Added “{name}”.", name=made.name)


def change(asked: Namespace) -> None:
    """Change a segment, or join it with another one."""
    with writing(asked) as study:
        row = naming.segment(study, asked.name)
        with study.step(Op.EDIT_PEOPLE):
            if asked.new_name is not None:
                row = study.people.name_segment(row.id, asked.new_name)
            if asked.persona is not None:
                row = study.people.change_segment(row.id, persona=asked.persona)
        output.answer(asked, _plain(study, row), "Changed “{name}”.", name=row.name)


def remove(asked: Namespace) -> None:
    """Remove a segment; its people stay, without one."""
    with writing(asked) as study:
        row = naming.segment(study, asked.name)
        left = _plain(study, row)["people"]
        study.people.remove_segment(row.id)
        output.answer(
            asked,
            {"removed": row.id, "without_segment": left},
            plural(
                left,
                "Removed “{name}”; {n} person without a segment. “undo” brings it back.",
                "Removed “{name}”; {n} people without a segment. “undo” brings it back.",
                name=row.name,
            ),
        )


def _plain(study: Study, row: Segment) -> dict[str, Any]:
    people = [one for one in study.people.participants() if one.segment_id == row.id]
    return asdict(row) | {"people": len(people)}
