"""The command line: what there is, and which function does it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workbench import __version__
from workbench.cli import (
    coding,
    commands,
    demo,
    findings,
    importing,
    journey,
    keeping,
    memos,
    models,
    people,
    questions,
    searching,
    segments,
    sessions,
)
from workbench.cli.parsing import Parser, Run, command, on_study, whole
from workbench.domain.materials import Method
from workbench.domain.naming import nearest
from workbench.errors import UserError
from workbench.exchange.registry import FORMATS
from workbench.storage.database import FILE_NAME, SUFFIX
from workbench.study import with_suffix


def run(arguments: Sequence[str]) -> int:
    """Run the command, or open the window when there is none.

    Raises:
        UserError: there is no such command, and no such study either.
    """
    if not arguments:
        return _open_window(arguments)
    parser = Parser(
        prog="workbench",
        description="From a recording to a Word report, offline. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"Workbench {__version__}")
    commands_of = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _declare(commands_of.add_parser)
    word = arguments[0]
    if word not in commands_of.choices and not word.startswith("-"):
        if not _is_study(Path(word)):
            raise _unknown(word, commands_of.choices)
        return _open_window(arguments)
    asked = parser.parse_args(arguments)
    asked.run(asked)
    return 0


def _open_window(arguments: Sequence[str]) -> int:
    from ui.app import run as open_window

    return open_window(list(arguments))


def _is_study(path: Path) -> bool:
    """Tell whether there is a study at a place, perhaps a damaged one: the window opens it."""
    if path.name == FILE_NAME:
        return path.exists()
    folders = (path, with_suffix(path)) if path.name else (path,)
    return any(
        (folder / FILE_NAME).exists() or (folder.suffix == SUFFIX and folder.is_dir())
        for folder in folders
    )


def _unknown(word: str, known: Iterable[str]) -> UserError:
    """Return the refusal of a mistyped command or place; it must never open the window."""
    near = nearest(word, known)
    help_ = "“workbench --help” lists the commands."
    return UserError(
        "command-unknown",
        f"There is no command “{word}”, and no study at that place.",
        f"Did you mean “{near}”? {help_}" if near else f"“workbench new” makes a study; {help_}",
    )


def _declare(add: Callable[..., ArgumentParser]) -> None:
    """Declare every command."""
    new = on_study(add("new", help="make a study"), commands.new, changes=True)
    new.add_argument("--sample", action="store_true", help="fill it with the sample study")
    _declare_material(add)
    _declare_coding(add)
    _declare_results(add)
    _declare_keeping(add)
    show_all = add("demo", help="run the sample study from recordings to report")
    show_all.add_argument("--out", type=Path, metavar="FOLDER", help="the study to make")
    command(show_all, demo.demo, changes=False)
    models.add_to(add("models", help="list, verify, add, get or remove speech models"))


def _declare_material(add: Callable[..., ArgumentParser]) -> None:
    """Declare what has to do with people, sessions, files and words."""
    take = on_study(
        add("import", help="copy files into a study"), importing.import_files, changes=True
    )
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument(
        "--method", type=Method, choices=list(Method), default=Method.INTERVIEW, metavar="METHOD",
        help="interview (default), focus-group, mystery-visit or field-note",
    )  # fmt: skip
    take.add_argument("--person", action="append", default=[], metavar="CODE", help="who took part")
    take.add_argument("--title", default="", help="title of the session")
    importing.add_options(take)
    speech = on_study(
        add("transcribe", help="recognise recordings"), commands.transcribe, changes=True
    )
    _add_choices(speech)
    people.add_to(_noun(add, "people", "who takes part, with consent", people.show))
    segments.add_to(_noun(add, "segments", "the groups that people belong to", segments.show))
    sessions.add_to(_noun(add, "sessions", "interviews, groups, visits, notes", sessions.show))
    sessions.add_speakers_to(
        on_study(add("speakers", help="whose voices they are"), sessions.speakers, changes=True)
    )
    sessions.add_visit_to(
        on_study(
            add("visit", help="fill the form of a mystery visit"), sessions.visit, changes=True
        )
    )
    questions.add_to(_noun(add, "questions", "what the form of a visit asks", questions.show))


def _declare_coding(add: Callable[..., ArgumentParser]) -> None:
    """Declare what is made of the words."""
    searching.add_options(
        on_study(add("search", help="find words"), searching.search, changes=False)
    )
    coding.add_to(
        on_study(add("observe", help="code and rate words"), coding.observe, changes=True)
    )
    book = on_study(
        add("codebook", help="list, take in or write codes"), commands.codebook, changes=True
    )
    way = book.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="FILE.csv", help="write the codes")
    way.add_argument(
        "--import", dest="files", type=Path, nargs="+", action="extend", default=[],
        metavar="FILE.csv", help="take codes in",
    )  # fmt: skip
    way.add_argument("--starter", metavar="NAME", help="take in a codebook of the program")
    _may_replace(book)
    journey.add_stages_to(_noun(add, "stages", "the customer’s journey", journey.show))
    findings.add_insight_to(
        _noun(add, "insight", "claims and their evidence", findings.show_insights)
    )
    findings.add_opportunity_to(
        _noun(add, "opportunity", "what follows from them", findings.show_opportunities)
    )
    memos.add_to(_noun(add, "memo", "notes on anything", memos.show))


def _declare_results(add: Callable[..., ArgumentParser]) -> None:
    """Declare what comes out."""
    on_study(add("show", help="print the whole study as JSON"), commands.show, changes=False)
    journey.add_journey_to(
        on_study(add("journey", help="the values of the map"), journey.show_journey, changes=False)
    )
    on_study(add("evidence", help="the numbers of evidence"), findings.show_evidence, changes=True)
    word = on_study(add("report", help="write the Word report"), commands.report, changes=True)
    word.add_argument("--out", type=Path, required=True, metavar="FILE.docx")
    _may_replace(word)
    export = on_study(
        add("export", help="write transcripts or data"), commands.export, changes=False
    )
    export.add_argument("--format", choices=sorted(FORMATS), required=True)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    _may_replace(export)
    export.add_argument("--source", metavar="ID", help="one source; default are all")
    export.add_argument(
        "--line-numbers", action="store_true", help="number the lines of a Word transcript"
    )


def _may_replace(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _declare_keeping(add: Callable[..., ArgumentParser]) -> None:
    """Declare the ways back."""
    on_study(add("undo", help="undo the newest step"), commands.undo, changes=True)
    on_study(add("redo", help="bring back the step undone last"), commands.redo, changes=True)
    past = on_study(add("history", help="list what was done"), commands.history, changes=True)
    past.add_argument(
        "--back-to", type=whole, metavar="STEP", help="undo or redo until this step is the newest"
    )
    keeping.add_bin_to(
        on_study(
            add("bin", help="what was removed, and its way back"), keeping.show_bin, changes=True
        )
    )
    keeping.add_backups_to(
        on_study(
            add("backups", help="copies, and the way back"), keeping.show_backups, changes=True
        )
    )
    on_study(
        add("unlock", help="take away the lock that another computer left"),
        keeping.unlock,
        changes=True,
    )
    looked = on_study(
        add("check", help="make sure that a study is whole"), commands.check, changes=True
    )
    looked.add_argument(
        "--mend", action="store_true",
        help="put right what the history knows better, and delete copies of files nobody uses",
    )  # fmt: skip
    looked.add_argument(
        "--find", type=Path, nargs="+", action="extend", default=[], metavar="FILE",
        help="copy files back that are missing in the study, whatever they are called now",
    )  # fmt: skip


def _noun(
    add: Callable[..., ArgumentParser], name: str, about: str, listing: Run
) -> ArgumentParser:
    return on_study(add(name, help=about), listing, changes=True)


def _add_choices(speech: ArgumentParser) -> None:
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
        "--speakers", type=whole, metavar="N", help="number of voices; 0 = do not ask"
    )
