"""Tables: answers of a survey, or a transcript with a turn in each row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbench.domain.layout import Layout
from workbench.domain.survey import SurveyColumns, SurveyTable
from workbench.errors import UserError
from workbench.exchange.document import (
    Document,
    Losses,
    Paragraph,
    PersonDraft,
    damaged,
    finished,
)
from workbench.exchange.plaintext import read_text
from workbench.exchange.speakers import milliseconds

_DELIMITERS = ",;\t|"
_TRIED = 50  # rows
_MOST_CELLS = 5_000_000


def read(path: Path, columns: SurveyColumns | None = None) -> Document:
    """Read a table; answers are parted by person, each under its question.

    Args:
        path: the file; its first row names the columns.
        columns: which columns say what; `None` = as their names suggest.

    Raises:
        UserError: no table, or a column that is not in it.
        EnvironmentProblem: the file cannot be read.
    """
    losses = Losses()
    table = load(path, losses)
    names = {name.strip().lower(): place for place, name in enumerate(table.header)}
    if columns is None and {"start", "text"} <= set(names):
        return finished(path, _turns(table, names), notes=losses.notes())
    chosen = columns or table.guess()
    _require(path, table, chosen)
    people = _people(table, chosen)
    used = _used(chosen)
    unused = [name for name in table.header if name not in used]
    if unused:
        losses.say(f"Columns that were not taken over: {', '.join(unused)}.")
    parts = _answers(table, chosen, people)
    return finished(path, parts, notes=losses.notes(), people=people)


def load(path: Path, losses: Losses | None = None) -> SurveyTable:
    """Read a table with commas, semicolons, tabs or bars between its columns.

    Raises:
        UserError: no table.
        EnvironmentProblem: the file cannot be read.
    """
    text = read_text(path, losses)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as problem:
        raise damaged(
            path, "a table", "Save it again as CSV, with a comma or semicolon between columns."
        ) from problem
    if len(rows) < 2:
        raise UserError(
            "table-empty",
            f"“{path.name}” holds no rows below the names of the columns.",
            "Export the answers again, with the questions in the first row.",
        )
    width = max(map(len, rows))
    if width * len(rows) > _MOST_CELLS:
        raise UserError(
            "table-too-large",
            f"“{path.name}” has {len(rows):,} rows and {width:,} columns, too many to be read.",
            "Leave out the columns that nobody answers, or divide the rows between several files.",
        )
    header = _distinct([*rows[0], *[""] * (width - len(rows[0]))])
    return SurveyTable(header, tuple((*row, *[""] * (width - len(row))) for row in rows[1:]))


def _delimiter(text: str) -> str:
    """Return the sign that parts most rows into as many columns as the first."""

    def fit(sign: str) -> tuple[int, int]:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
            lengths = [len(row) for _, row in zip(range(_TRIED), reader, strict=False) if row]
        except csv.Error:
            return 0, 0
        if not lengths or lengths[0] < 2:
            return 0, 0
        return sum(length == lengths[0] for length in lengths), lengths[0]

    return max(_DELIMITERS, key=fit)


def _distinct(names: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}  # in order
    again: Counter[str] = Counter()
    for place, given in enumerate(names, start=1):
        name = said = given or f"Column {place}"
        while name in found:
            again[said] += 1
            name = f"{said} ({again[said] + 1})"
        found[name] = None
    return tuple(found)


def _used(columns: SurveyColumns) -> set[str]:
    return {columns.code, columns.pseudonym, columns.segment, *columns.answers} - {""}


def _require(path: Path, table: SurveyTable, columns: SurveyColumns) -> None:
    for name in sorted(_used(columns) - set(table.header)):
        raise UserError(
            "column-unknown",
            f"“{path.name}” has no column “{name}”.",
            f"Its columns are: {', '.join(table.header)}.",
        )


def _people(table: SurveyTable, columns: SurveyColumns) -> list[PersonDraft]:
    people = []
    for number, row in enumerate(table.rows, start=1):
        said = dict(zip(table.header, row, strict=True))
        code = said.get(columns.code, "")
        pseudonym = said.get(columns.pseudonym, "") or code or f"Respondent {number}"
        people.append(PersonDraft(code, pseudonym, said.get(columns.segment, "")))
    return people


def _answers(
    table: SurveyTable, columns: SurveyColumns, people: list[PersonDraft]
) -> Iterator[Paragraph]:
    for row, person in zip(table.rows, people, strict=True):
        said = dict(zip(table.header, row, strict=True))
        given = [question for question in columns.answers if said[question]]
        if given:
            yield Paragraph(person.pseudonym, Layout("heading1"))
        for question in given:
            yield Paragraph(question, Layout("heading2"))
            yield Paragraph(said[question].replace("\r\n", "\n"), speaker=person.pseudonym)


def _turns(table: SurveyTable, names: dict[str, int]) -> Iterator[Paragraph]:
    """Read a transcript, as this program and others write it."""
    for row in table.rows:
        yield Paragraph(
            row[names["text"]],
            start_ms=_time(row[names["start"]]),
            end_ms=_time(row[names["end"]]) if "end" in names else None,
            speaker=(row[names["speaker"]] if "speaker" in names else "") or None,
        )


def _time(cell: str) -> int | None:
    """Read 0:01:02.5, seconds with a point, or whole milliseconds."""
    if ":" in cell:
        return milliseconds(cell)
    try:
        return max(0, int(cell) if cell.isdigit() else round(float(cell) * 1000))
    except (ValueError, OverflowError):
        return None
