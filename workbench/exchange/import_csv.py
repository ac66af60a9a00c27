"""Tables: answers of a survey, or a transcript with a turn in each row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.domain.layout import Layout
from workbench.domain.survey import Column, SurveyColumns, SurveyTable, as_chosen, chosen
from workbench.errors import UserError
from workbench.exchange.column_notes import told
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
from workbench.words import t
from workbench.words.local import grouped

_TURN = ("start", "end", "speaker", "text")
_DELIMITERS = ",;\t|"
_TRIED = 50  # rows
_MOST_CELLS = 5_000_000


def read(path: Path, columns: SurveyColumns | None = None) -> Document:
    """Read a table; answers are parted by person, each under its question.

    What is not taken over is nowhere in what is returned: `Document.kept` is the table without it.

    Args:
        path: the file; its first row names the columns.
        columns: which columns say what; `None` = as they suggest by themselves.

    Raises:
        UserError: no table, or a column that is not in it.
        EnvironmentProblem: the file cannot be read.
    """
    losses = Losses()
    table = load(path, losses)
    places = _of_turns(table)
    if columns is None and places:
        kept = _without(path, table, {table.header[at] for at in places.values()})
        if kept is not None:
            losses.say(t("Columns that are not start, end, speaker or text were left out."))
        document = finished(path, _turns(table, places), notes=losses.notes())
    else:
        seen = table.columns()
        wanted = columns or chosen(seen)
        _require(path, table, wanted)
        kept = _without(path, table, wanted.used)
        people = _people(table, wanted)
        notes = (*losses.notes(), *told(as_chosen(seen, wanted)))
        document = finished(path, _answers(table, wanted, people), notes=notes, people=people)
    return replace(document, kept=kept)


def look_into(path: Path) -> tuple[Column, ...] | None:
    """Return the columns of a table of answers; `None` for a transcript, which is taken as it is.

    Raises:
        UserError: no table.
        EnvironmentProblem: the file cannot be read.
    """
    table = load(path)
    return None if _of_turns(table) else table.columns()


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
            "“{file}” holds no rows below the names of the columns.",
            "Export the answers again, with the questions in the first row.",
            file=path.name,
        )
    width = max(map(len, rows))
    if width * len(rows) > _MOST_CELLS:
        raise UserError(
            "table-too-large",
            "“{file}” has {rows} rows and {columns} columns, too many to be read.",
            "Leave out the columns that nobody answers, or divide the rows between several files.",
            file=path.name,
            rows=grouped(len(rows)),
            columns=grouped(width),
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


def _require(path: Path, table: SurveyTable, columns: SurveyColumns) -> None:
    for name in sorted(columns.used - set(table.header)):
        raise UserError(
            "column-unknown",
            "“{file}” has no column “{name}”.",
            "Its columns are: {columns}.",
            file=path.name,
            name=name,
            columns=", ".join(table.header),
        )


def _without(path: Path, table: SurveyTable, used: Collection[str]) -> str | None:
    """Return a table as text with no more than the columns that are used; `None` if all are."""
    places = [at for at, name in enumerate(table.header) if name in used]
    if len(places) == len(table.header):
        return None
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
    writer.writerows([row[at] for at in places] for row in (table.header, *table.rows))
    return text.getvalue()


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


def _of_turns(table: SurveyTable) -> dict[str, int]:
    """Return where start, end, speaker and text stand, if the table is a transcript; else none."""
    names = {name.strip().lower(): at for at, name in enumerate(table.header)}
    if not {"start", "text"} <= set(names):
        return {}
    return {name: names[name] for name in _TURN if name in names}


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
