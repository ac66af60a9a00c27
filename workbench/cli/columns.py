"""Which columns of a table come in by command: shown, chosen by their roles, taken or left out."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from workbench.cli import output
from workbench.cli.doors import reading
from workbench.cli.refusals import Refusals
from workbench.domain.survey import (
    Column,
    Fate,
    SurveyColumns,
    as_chosen,
    as_fated,
    chosen,
    place_of,
)
from workbench.errors import UserError, WorkbenchError
from workbench.exchange.registry import TABLES
from workbench.study import Study
from workbench.words import t

_ROLES = ("code", "pseudonym", "segment", "answers")


def add_options(parser: ArgumentParser) -> None:
    """Add the options that have to do with columns."""
    parser.add_argument(
        "--list-columns", action="store_true",
        help="show the columns of tables and what becomes of each; nothing is imported",
    )  # fmt: skip
    parser.add_argument(
        "--take", action="append", default=[], metavar="HEAD",
        help="take over a column of a table that would be left out, by its name or number",
    )  # fmt: skip
    parser.add_argument(
        "--leave", action="append", default=[], metavar="HEAD",
        help="leave out a column of a table; what is left out is stored nowhere",
    )  # fmt: skip
    parser.add_argument(
        "--columns", type=_roles, metavar="ROLE=NAME,…",
        help="columns of a .csv: code=…, pseudonym=…, segment=…, answers=Question 1;Question 2",
    )  # fmt: skip


def show(asked: Namespace, files: Sequence[Path], refusals: Refusals) -> None:
    """Print the columns of tables with samples, and what would become of each."""
    found: list[tuple[Path, tuple[Column, ...]]] = []
    with reading(asked) as study:
        for path in _tables(files):
            try:
                if (columns := _columns(study, asked, path)) is not None:
                    found.append((path, columns))
            except WorkbenchError as problem:
                refusals.add(path, problem)
    if asked.json:
        output.data([_data(path, columns) for path, columns in found])
    for path, columns in () if asked.json else found:
        output.line(path.name)
        for number, one in enumerate(columns, start=1):
            why = f" ({one.reason})" if one.reason else ""
            samples = " · ".join(one.samples)
            output.line(f"{number:>3}  {one.head}: {one.fate}{why}  {samples}".rstrip())
    refusals.end(0)


def wanted(
    study: Study, asked: Namespace, files: Sequence[Path], refusals: Refusals
) -> dict[Path, SurveyColumns]:
    """Return which columns of which table say what, where something was said about it.

    Raises:
        UserError: columns were named, and no file is a table.
    """
    if not (asked.take or asked.leave):
        return dict.fromkeys(files, asked.columns) if asked.columns else {}
    tables = _tables(files)
    if not tables:
        raise UserError(
            "no-table",
            "None of the files is a table, so there are no columns to take or to leave out.",
            "Leave out “--take” and “--leave”, or give a file that ends in {endings}.",
            endings=" or ".join(TABLES),
        )
    found = {}
    for path in tables:
        try:
            if (columns := _columns(study, asked, path)) is not None:
                found[path] = chosen(columns)
        except WorkbenchError as problem:
            refusals.add(path, problem)
    return found


def _tables(files: Sequence[Path]) -> list[Path]:
    return [path for path in files if path.suffix.lower() in TABLES]


def _columns(study: Study, asked: Namespace, path: Path) -> tuple[Column, ...] | None:
    """Return the columns of a table as they are to become; `None` for a transcript."""
    columns = study.imports.survey_columns(path)
    if columns is None:
        return None
    if asked.columns:
        for name in asked.columns.used:
            place_of(name, columns)
        columns = as_chosen(columns, asked.columns)
    fates = {}
    for name in asked.take:
        if columns[at := place_of(name, columns)].fate is Fate.LEFT_OUT:
            fates[at] = Fate.ANSWER
    return as_fated(
        columns, fates | {place_of(name, columns): Fate.LEFT_OUT for name in asked.leave}
    )


def _data(path: Path, columns: Sequence[Column]) -> dict[str, object]:
    return {
        "file": path.name,
        "columns": [
            {
                "number": number, "head": one.head, "becomes": one.fate, "private": one.private,
                "reason": one.reason, "contacts": one.contacts, "samples": one.samples,
            }
            for number, one in enumerate(columns, start=1)
        ],
    }  # fmt: skip


def _roles(said: str) -> SurveyColumns:
    values: dict[str, str] = {}
    for part in said.split(","):
        role, equals, name = part.partition("=")
        if role.strip() not in _ROLES or not equals:
            raise ArgumentTypeError(
                t(
                    "“{part}” is not one of {roles} with “=NAME”",
                    part=part,
                    roles=", ".join(_ROLES),
                )
            )
        values[role.strip()] = name.strip()
    answers = values.pop("answers", "")
    questions = tuple(name.strip() for name in answers.split(";") if name.strip())
    return SurveyColumns(**values, answers=questions)
