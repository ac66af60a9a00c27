"""Codebooks as tables, out and in: one code in each row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workbench.domain.codebook import CodeEntry
from workbench.errors import UserError
from workbench.exchange import import_csv
from workbench.exchange.export_data import export_csv, unguarded
from workbench.exchange.numbering import whole

HEADER = ("name", "parent", "colour", "definition", "include", "exclude", "example")
_PATH = " > "  # other programs write the whole way from the top


def write(entries: Iterable[CodeEntry], out: Path) -> Path:
    """Write a codebook that a spreadsheet opens; colours count from 1."""
    rows = [
        (
            entry.name,
            entry.parent,
            None if entry.colour is None else entry.colour + 1,
            entry.definition,
            entry.include,
            entry.exclude,
            entry.example,
        )
        for entry in entries
    ]
    return export_csv(HEADER, rows, out)


def read(path: Path) -> list[CodeEntry]:
    """Read a codebook; of its columns only `name` is needed.

    Raises:
        UserError: no table, no column `name`, or no names in it.
        EnvironmentProblem: the file cannot be read.
    """
    table = import_csv.load(path)
    places = {title.strip().casefold(): at for at, title in enumerate(table.header)}
    if "name" not in places:
        raise UserError(
            "codebook-columns",
            "“{file}” has no column “name”, so it is no codebook.",
            "Name its columns {columns}; only the first is needed.",
            file=path.name,
            columns=", ".join(HEADER),
        )

    def cell(row: tuple[str, ...], title: str) -> str:
        return unguarded(row[places[title]]) if title in places else ""

    entries = [
        CodeEntry(
            " ".join(cell(row, "name").split()),
            " ".join(cell(row, "parent").rsplit(_PATH, 1)[-1].split()),
            _colour(cell(row, "colour")),
            cell(row, "definition"),
            cell(row, "include"),
            cell(row, "exclude"),
            cell(row, "example"),
        )
        for row in table.rows
    ]
    named = [entry for entry in entries if entry.name]
    if not named:
        raise UserError(
            "codebook-empty", "“{file}” names no code.", "Fill its column “name”.", file=path.name
        )
    return named


def _colour(cell: str) -> int | None:
    number = whole(cell)
    return number - 1 if number else None
