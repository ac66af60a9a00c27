"""Every command: its name, what `--help` says of it, and how it is declared.

What a command works with is loaded by its declaration, and so only when it is asked for.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from workbench.cli.parsing import command, on_study, whole
from workbench.words import Phrase

Declare = Callable[[ArgumentParser], None]


def _new(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    on_study(parser, commands.new, changes=True)
    parser.add_argument("--sample", action="store_true", help="fill it with the sample study")


# --- people, sessions, files and words


def _import(parser: ArgumentParser) -> None:
    from workbench.cli import importing
    from workbench.domain.materials import Method

    on_study(parser, importing.import_files, changes=True)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--method", type=Method, choices=list(Method), default=Method.INTERVIEW, metavar="METHOD",
        help="interview (default), focus-group, mystery-visit or field-note",
    )  # fmt: skip
    parser.add_argument(
        "--person", action="append", default=[], metavar="CODE", help="who took part"
    )
    parser.add_argument("--title", default="", help="title of the session")
    importing.add_options(parser)


def _transcribe(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    on_study(parser, commands.transcribe, changes=True)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--source", metavar="ID", help="one recording")
    which.add_argument("--all", action="store_true", help="all without a transcript (default)")
    parser.add_argument("--model", metavar="NAME", help="base (default), or one you added")
    parser.add_argument(
        "--language",
        metavar="auto|xx",
        help="auto (default), or en, de, …; zh-Hans or zh-Hant for Chinese in one script",
    )
    parser.add_argument(
        "--translate", action="store_true", help="write English, whatever is spoken"
    )
    parser.add_argument(
        "--speakers", type=whole, metavar="N", help="number of voices; 0 = do not ask"
    )
    parser.add_argument(
        "--track", type=whole, metavar="N", help="hear this track of sound alone; 0 = all (default)"
    )
    parser.add_argument(
        "--vocabulary", default="", metavar="T",
        help="names and terms to expect, parted by commas; kept with the sessions",
    )  # fmt: skip
    parser.add_argument(
        "--try", dest="trial", nargs="?", const="", metavar="NAME",
        help="change nothing: let this model hear one minute, too, and say what it would bring",
    )  # fmt: skip


def _people(parser: ArgumentParser) -> None:
    from workbench.cli import people

    people.add_to(on_study(parser, people.show, changes=True))


def _key(parser: ArgumentParser) -> None:
    from workbench.cli import key

    key.add_to(on_study(parser, key.show, changes=True))


def _names(parser: ArgumentParser) -> None:
    from workbench.cli import names

    names.add_to(on_study(parser, names.show, changes=True))


def _consent(parser: ArgumentParser) -> None:
    from workbench.cli import consent

    consent.add_to(on_study(parser, consent.show, changes=True))


def _segments(parser: ArgumentParser) -> None:
    from workbench.cli import segments

    segments.add_to(on_study(parser, segments.show, changes=True))


def _sessions(parser: ArgumentParser) -> None:
    from workbench.cli import sessions

    sessions.add_to(on_study(parser, sessions.show, changes=True))


def _speakers(parser: ArgumentParser) -> None:
    from workbench.cli import sessions

    sessions.add_speakers_to(on_study(parser, sessions.speakers, changes=True))


def _visit(parser: ArgumentParser) -> None:
    from workbench.cli import sessions

    sessions.add_visit_to(on_study(parser, sessions.visit, changes=True))


def _questions(parser: ArgumentParser) -> None:
    from workbench.cli import questions

    questions.add_to(on_study(parser, questions.show, changes=True))


# --- what is made of the words


def _search(parser: ArgumentParser) -> None:
    from workbench.cli import searching

    searching.add_options(on_study(parser, searching.search, changes=False))


def _observe(parser: ArgumentParser) -> None:
    from workbench.cli import coding

    coding.add_to(on_study(parser, coding.observe, changes=True))


def _codebook(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    on_study(parser, commands.codebook, changes=True)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="FILE.csv", help="write the codes")
    way.add_argument(
        "--import", dest="files", type=Path, nargs="+", action="extend", default=[],
        metavar="FILE.csv", help="take codes in",
    )  # fmt: skip
    way.add_argument("--starter", metavar="NAME", help="take in a codebook of the program")
    _may_leave(parser)


def _stages(parser: ArgumentParser) -> None:
    from workbench.cli import journey

    journey.add_stages_to(on_study(parser, journey.show, changes=True))


def _insight(parser: ArgumentParser) -> None:
    from workbench.cli import findings

    findings.add_insight_to(on_study(parser, findings.show_insights, changes=True))


def _opportunity(parser: ArgumentParser) -> None:
    from workbench.cli import findings

    findings.add_opportunity_to(on_study(parser, findings.show_opportunities, changes=True))


def _memo(parser: ArgumentParser) -> None:
    from workbench.cli import memos

    memos.add_to(on_study(parser, memos.show, changes=True))


# --- what comes out


def _show(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    on_study(parser, commands.show, changes=False)


def _journey(parser: ArgumentParser) -> None:
    from workbench.cli import journey

    journey.add_journey_to(on_study(parser, journey.show_journey, changes=False))


def _evidence(parser: ArgumentParser) -> None:
    from workbench.cli import findings

    on_study(parser, findings.show_evidence, changes=True)


def _report(parser: ArgumentParser) -> None:
    from workbench.cli import commands
    from workbench.domain.brief import ReportKind, Stakeholder

    on_study(parser, commands.report, changes=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.docx|.html")
    parser.add_argument(
        "--kind",
        choices=list(ReportKind),
        type=ReportKind,
        default=ReportKind.FULL,
        help="all of it, or one page",
    )
    parser.add_argument(
        "--audience", choices=list(Stakeholder), type=Stakeholder, help="whom a brief is for"
    )
    _may_leave(parser)


def _export(parser: ArgumentParser) -> None:
    from workbench.cli import commands, sounding
    from workbench.exchange.registry import FORMATS

    on_study(parser, commands.export, changes=True)
    parser.add_argument("--format", choices=sorted(FORMATS), required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    _may_leave(parser)
    parser.add_argument("--source", metavar="ID", help="one source; default are all")
    parser.add_argument(
        "--line-numbers", action="store_true", help="number the lines of a Word transcript"
    )
    parser.add_argument(
        "--working-copy", action="store_true",
        help="transcripts or sound for yourself alone, with those who did not agree",
    )  # fmt: skip
    sounding.add_to(parser)


def _may_leave(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument(
        "--allow-names", action="store_true",
        help="write it with the names, contact data or words found in it; the history keeps that",
    )  # fmt: skip


# --- the ways back


def _undo(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    _may_unsay(on_study(parser, commands.undo, changes=True))


def _redo(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    _may_unsay(on_study(parser, commands.redo, changes=True))


def _history(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    _may_unsay(on_study(parser, commands.history, changes=True))
    parser.add_argument(
        "--back-to", type=whole, metavar="STEP", help="undo or redo until this step is the newest"
    )


def _may_unsay(parser: ArgumentParser) -> None:
    parser.add_argument("--unsay", action="store_true", help="also take back a no of somebody")


def _bin(parser: ArgumentParser) -> None:
    from workbench.cli import keeping

    keeping.add_bin_to(on_study(parser, keeping.show_bin, changes=True))


def _backups(parser: ArgumentParser) -> None:
    from workbench.cli import keeping

    keeping.add_backups_to(on_study(parser, keeping.show_backups, changes=True))


def _withdraw(parser: ArgumentParser) -> None:
    from workbench.cli import withdraw

    on_study(parser, withdraw.withdraw, changes=True)
    withdraw.add_to(parser)
    _may_leave(parser)


def _lock(parser: ArgumentParser) -> None:
    from workbench.cli import passphrases

    passphrases.add_lock_to(on_study(parser, passphrases.lock, changes=True))


def _unlock(parser: ArgumentParser) -> None:
    from workbench.cli import passphrases

    on_study(parser, passphrases.unlock, changes=True)


def _passphrase(parser: ArgumentParser) -> None:
    from workbench.cli import passphrases

    passphrases.add_passphrase_to(on_study(parser, passphrases.change, changes=True))


def _release(parser: ArgumentParser) -> None:
    from workbench.cli import passphrases

    on_study(parser, passphrases.release, changes=True)
    parser.set_defaults(needs_key=False)


def _check(parser: ArgumentParser) -> None:
    from workbench.cli import commands

    on_study(parser, commands.check, changes=True)
    parser.add_argument(
        "--mend", action="store_true",
        help="put right what the history knows better, and delete copies of files nobody uses",
    )  # fmt: skip
    parser.add_argument(
        "--find", type=Path, nargs="+", action="extend", default=[], metavar="FILE",
        help="copy files back that are missing in the study, whatever they are called now",
    )  # fmt: skip


# --- without a study


def _demo(parser: ArgumentParser) -> None:
    from workbench.cli import demo

    parser.add_argument("--out", type=Path, metavar="FOLDER", help="the study to make")
    command(parser, demo.demo, changes=False)


def _models(parser: ArgumentParser) -> None:
    from workbench.cli import models

    models.add_to(parser)


COMMANDS: dict[str, tuple[Phrase, Declare]] = {
    "new": ("make a study", _new),
    "import": ("copy files into a study", _import),
    "transcribe": ("recognise recordings", _transcribe),
    "people": ("who takes part, with consent", _people),
    "consent": ("what people agreed to", _consent),
    "key": ("where the real names lie", _key),
    "names": ("what may be a name, and what is decided", _names),
    "segments": ("the groups that people belong to", _segments),
    "sessions": ("interviews, groups, visits, notes", _sessions),
    "speakers": ("whose voices they are", _speakers),
    "visit": ("fill the form of a mystery visit", _visit),
    "questions": ("what the form of a visit asks", _questions),
    "search": ("find words", _search),
    "observe": ("code and rate words", _observe),
    "codebook": ("list, take in or write codes", _codebook),
    "stages": ("the customer’s journey", _stages),
    "insight": ("claims and their evidence", _insight),
    "opportunity": ("what follows from them", _opportunity),
    "memo": ("notes on anything", _memo),
    "show": ("print the whole study as JSON", _show),
    "journey": ("the values of the map", _journey),
    "evidence": ("the numbers of evidence", _evidence),
    "report": ("write the report, as a Word document or as HTML", _report),
    "export": ("write transcripts or data", _export),
    "undo": ("undo the newest step", _undo),
    "redo": ("bring back the step undone last", _redo),
    "history": ("list what was done", _history),
    "bin": ("what was removed, and its way back", _bin),
    "backups": ("copies, and the way back", _backups),
    "withdraw": ("what goes at a person’s wish", _withdraw),
    "lock": ("lock with a passphrase", _lock),
    "unlock": ("unlock for good; or as “release”, where there is no passphrase", _unlock),
    "passphrase": ("change it, or make a new recovery sheet", _passphrase),
    "release": ("take away the lock that another computer left", _release),
    "check": ("make sure that a study is whole", _check),
    "demo": ("run the sample study from recordings to report", _demo),
    "models": ("list, verify, add, get or remove speech models", _models),
}
"""What there is, in the order of work, which `--help` keeps."""
