"""The command line: what there is, and which function does it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from workbench import __version__
from workbench.cli import commands, demo, importing, models, searching
from workbench.domain.materials import Method
from workbench.errors import UserError
from workbench.exchange.registry import FORMATS

_COMMANDS = frozenset(
    [
        "new", "import", "transcribe", "show", "search", "report", "export",
        "codebook", "undo", "redo", "history", "check", "demo", "models",
    ]
)  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """Refuses as every command does: `argparse` would end with 2, which means our mistake."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UserError("usage", f"{self.prog}: {message}.", f"“{self.prog} --help” says more.")


def run(arguments: Sequence[str]) -> int:
    """Run the command, or open the window when there is none."""
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        from ui.app import run as open_window

        return open_window(list(arguments))
    asked = _parser().parse_args(arguments)
    asked.run(asked)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="workbench",
        description="From a recording to a Word report, offline. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"Workbench {__version__}")
    add = parser.add_subparsers(title="commands", required=True, metavar="COMMAND").add_parser

    new = _on_study(add("new", help="make a study"), commands.new)
    new.add_argument("--sample", action="store_true", help="fill it with the sample study")

    take = _on_study(add("import", help="copy files into a study"), importing.import_files)
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument(
        "--method", type=Method, choices=list(Method), default=Method.INTERVIEW, metavar="METHOD",
        help="interview (default), focus-group, mystery-visit or field-note",
    )  # fmt: skip
    take.add_argument("--person", action="append", default=[], metavar="CODE", help="who took part")
    take.add_argument("--title", default="", help="title of the session")
    importing.add_options(take)

    speech = _on_study(add("transcribe", help="recognise recordings"), commands.transcribe)
    _add_choices(speech)

    _on_study(add("show", help="print the whole study as JSON"), commands.show)
    searching.add_options(
        _on_study(add("search", help="find words"), searching.search),
    )
    word = _on_study(add("report", help="write the Word report"), commands.report)
    word.add_argument("--out", type=Path, required=True, metavar="FILE.docx")
    export = _on_study(add("export", help="write transcripts or data"), commands.export)
    export.add_argument("--format", choices=sorted(FORMATS), required=True)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument("--source", metavar="ID", help="one source; default are all")
    export.add_argument(
        "--line-numbers", action="store_true", help="number the lines of a Word transcript"
    )
    book = _on_study(add("codebook", help="list, take in or write codes"), commands.codebook)
    way = book.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="FILE.csv", help="write the codes")
    way.add_argument("--import", dest="file", type=Path, metavar="FILE.csv", help="take codes in")
    way.add_argument("--starter", metavar="NAME", help="take in a codebook of the program")
    _on_study(add("undo", help="undo the newest step"), commands.undo)
    _on_study(add("redo", help="bring back the step undone last"), commands.redo)
    past = _on_study(add("history", help="list what was done"), commands.history)
    past.add_argument(
        "--back-to", type=int, metavar="STEP", help="undo or redo until this step is the newest"
    )
    _on_study(add("check", help="make sure that a study is whole"), commands.check)

    show_all = add("demo", help="run the sample study from recordings to report")
    show_all.add_argument("--out", type=Path, metavar="FOLDER", help="the study to make")
    _finish(show_all, demo.demo)
    models.add_to(add("models", help="list, verify, add, get or remove speech models"))
    return parser


def _add_choices(speech: argparse.ArgumentParser) -> None:
    """Add what may be chosen for a recognition."""
    which = speech.add_mutually_exclusive_group()
    which.add_argument("--source", metavar="ID", help="one recording")
    which.add_argument("--all", action="store_true", help="all without a transcript (default)")
    speech.add_argument("--model", metavar="NAME", help="base (default), or one you added")
    speech.add_argument("--language", metavar="auto|xx", help="auto (default), or en, de, …")
    speech.add_argument(
        "--translate", action="store_true", help="write English, whatever is spoken"
    )
    speech.add_argument(
        "--speakers", type=int, metavar="N", help="number of voices; 0 = do not ask"
    )


def _on_study(
    parser: argparse.ArgumentParser, run_command: commands.Command
) -> argparse.ArgumentParser:
    parser.add_argument("path", type=Path, metavar="PATH", help="folder of the study")
    return _finish(parser, run_command)


def _finish(
    parser: argparse.ArgumentParser, run_command: commands.Command
) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print data as JSON")
    parser.set_defaults(run=run_command)
    return parser
