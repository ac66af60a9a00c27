"""`workbench key`: where the real names of a study lie, which are not in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from workbench.cli import output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs
from workbench.errors import EnvironmentProblem
from workbench.services.keys import moving
from workbench.study import Study


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    verbs.add("show", "where it lies, and for how many people", show, changes=False)
    moved = verbs.add("move", "let it lie in another folder", move)
    moved.add_argument("folder", type=Path, metavar="FOLDER", help="the study’s own: back into it")
    found = verbs.add("find", "say where it lies now", find)
    found.add_argument("file", type=Path, metavar="FILE", help="the key, or the folder with it")
    verbs.add("new", "begin a new one, since it is lost", begin_anew)


def show(asked: Namespace) -> None:
    """Say where the key lies, without a name of it."""
    with reading(asked) as study:
        output.answer(asked, _plain(study), study.keys.sentence)


def move(asked: Namespace) -> None:
    """Let the key lie elsewhere, or in the study again."""
    with writing(asked) as study:
        place = study.keys.move(asked.folder)
        output.answer(asked, _plain(study), "The key is “{place}” from now on.", place=place)


def find(asked: Namespace) -> None:
    """Point at the key again."""
    with writing(asked) as study:
        study.keys.find(asked.file)
        output.answer(asked, _plain(study), study.keys.sentence)


def begin_anew(asked: Namespace) -> None:
    """Let go of a key that is lost."""
    try:
        with writing(asked) as study:
            study.keys.begin_anew()
            output.answer(asked, _plain(study), study.keys.sentence)
    except EnvironmentProblem as problem:
        if problem.code != "key-away":  # a study of before, which waits for it
            raise
        moving.forget_place(asked.path)
        output.answer(asked, {"state": "none"}, "Open the study again: its names get a new key.")


def _plain(study: Study) -> dict[str, Any]:
    found = study.keys.found
    return {
        "path": found.path,
        "state": found.state,
        "elsewhere": study.keys.is_elsewhere,
        "people": len(found.people),
        "named_backups": study.keys.named_copies(),
    }
