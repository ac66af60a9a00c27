"""The command that finds words, in all of a study or in a part of it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import naming, output
from workbench.cli.doors import reading
from workbench.domain.figures import clock
from workbench.domain.materials import Method
from workbench.domain.searching import CLOSE, OPEN, Mode, Search
from workbench.study import Study


def add_options(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("text")
    parser.add_argument(
        "--mode", type=Mode, choices=list(Mode), default=Mode.WORDS, metavar="MODE",
        help="words (default), prefix, phrase, near or pattern (a regular expression)",
    )  # fmt: skip
    parser.add_argument("--person", metavar="CODE", help="only what this person said")
    parser.add_argument(
        "--method", type=Method, choices=list(Method), metavar="METHOD", help="only this method"
    )
    parser.add_argument("--stage", metavar="NAME", help="only what was coded with this stage")


def search(asked: Namespace) -> None:
    """Print the places where words occur."""
    with reading(asked) as study:
        hits = study.searching.find(_search(study, asked))
        if asked.json:
            output.data(hits)
            return
        for hit in hits:
            snippet = hit.snippet.replace(OPEN, "[").replace(CLOSE, "]")
            when = "–" if hit.start_ms is None else clock(hit.start_ms)
            output.row(f"{hit.title}  {when}  {snippet}")
        if not hits:
            output.line("Nothing found.")


def _search(study: Study, asked: Namespace) -> Search:
    person = naming.person(study, asked.person).id if asked.person is not None else None
    stage_id = naming.stage(study, asked.stage).id if asked.stage is not None else None
    return Search(
        asked.text, asked.mode, participant_id=person, method=asked.method, stage_id=stage_id
    )
