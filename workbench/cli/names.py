"""`workbench names`: what may be a name, and what is decided about it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from workbench.cli import output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs, choice
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision, Entry, NameDecision
from workbench.words import Phrase, plural, t

_SHOWN = 3  # places of a string that JSON lists


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    verbs.add("propose", "what may be a name and is not decided", propose, changes=False)
    replaced = verbs.add("replace", "let something else stand in its place", replace)
    replaced.add_argument("string", help="a name, firm, number …, as it is written")
    replaced.add_argument(
        "--by", metavar="T", help="what stands there, in brackets; default is what its kind says"
    )
    choice(replaced, "--kind", Sort, "what it is")
    left = verbs.add("leave", "leave it in the words; exports still tell it", leave)
    left.add_argument("string", help="as it is written")
    left.add_argument("--always", action="store_true", help="it is no name: never tell it again")
    choice(left, "--kind", Sort, "what it is")
    undone = verbs.add("forget", "take a decision back", forget)
    undone.add_argument("string", help="as it is written")


def show(asked: Namespace) -> None:
    """List the register: real names of people, and what was decided."""
    with reading(asked) as study:
        nothing: Phrase = "No name yet. “workbench names STUDY propose” looks for some."
        _list(asked, study.names.register(), nothing)


def propose(asked: Namespace) -> None:
    """List what may be a name."""
    with reading(asked) as study:
        _list(asked, study.names.proposals(), "Nothing in the study looks like a name.")


def replace(asked: Namespace) -> None:
    """Let something else stand in the place of a string."""
    with writing(asked) as study:
        row = study.names.decide(asked.string, Decision.REPLACE, sort=asked.kind, instead=asked.by)
        instead = row.instead or row.sort.instead
        output.answer(
            asked,
            _plain(row),
            "“{written}” is replaced by “[{instead}]”.",
            written=row.written,
            instead=instead,
        )


def leave(asked: Namespace) -> None:
    """Leave a string in the words."""
    decision = Decision.NEVER if asked.always else Decision.LEAVE
    with writing(asked) as study:
        row = study.names.decide(asked.string, decision, sort=asked.kind)
        output.answer(
            asked,
            _plain(row),
            "“{name}” is no name." if asked.always else "“{name}” stays in the words.",
            name=row.written,
        )


def forget(asked: Namespace) -> None:
    """Take a decision back."""
    with writing(asked) as study:
        study.names.forget(asked.string)
        output.answer(
            asked, {"forgotten": asked.string}, "“{string}” is not decided.", string=asked.string
        )


def _list(asked: Namespace, entries: list[Entry], nothing: Phrase) -> None:
    rows = [
        asdict(one) | {"places": [asdict(place) for place in one.places[:_SHOWN]]}
        for one in entries
    ]
    output.listed(asked, rows, map(_line, entries), nothing)


def _line(one: Entry) -> str:
    becomes = {
        Decision.OPEN: t("perhaps [{instead}]", instead=one.instead),
        Decision.REPLACE: f"[{one.instead}]",
        Decision.LEAVE: t("left"),
        Decision.NEVER: t("always left"),
    }.get(one.decision, t(one.decision.label))
    places = plural(one.count, "{n} place", "{n} places")
    return "  ".join((one.written, t(one.sort.label), becomes, t(one.why.label), places))


def _plain(row: NameDecision) -> dict[str, Any]:
    return asdict(row)
