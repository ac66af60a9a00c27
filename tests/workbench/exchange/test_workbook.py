"""The workbook that leaves a study: read back by another program's library, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from tests.support.studies import observe, person, recognised
from workbench.domain.materials import Method
from workbench.domain.quoting import Silence
from workbench.domain.sheets import Sheet
from workbench.exchange.export_xlsx import AGAIN, LONGEST, export_xlsx
from workbench.study import Study


def _read(file: Path) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _visited(study: Study) -> Study:
    """A study with two people, one of whom is quoted, and a visit."""
    for name, quotes in (("Maya", True), ("Leo", False)):
        key = person(study, name, quotes=quotes)
        text = recognised(study, f"{name} waited an hour.", people=[key], title=f"Call of {name}")
        observe(study, text.id, f"{name} waited", emotion=-1)
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street", date="2026-05-04")
    study.visits.begin(session.id)
    study.visits.fill(session.id, arrived="23:50", left="0:20", answers={"greeted": "no"})
    return study


def test_a_workbook_holds_what_is_data_in_the_study(study: Study, tmp_path: Path) -> None:
    visited = _visited(study)
    found = _read(visited.exports.write("xlsx", tmp_path / "a.xlsx"))
    assert list(found) == ["Observations", "People", "Sessions", "Visits", "Visit answers"]
    assert [row[1:] for row in found["People"]] == [
        ["pseudonym", "segment", "sessions", "observations", "consent"],
        ["Maya", "", 1, 1, "quotes: given"],
        ["Leo", "", 1, 1, "quotes: refused"],
    ]
    head, *rows = found["Visits"]
    [visit] = [dict(zip(head, row, strict=True)) for row in rows]
    assert (visit["arrived"], visit["left"], visit["minutes"]) == ("23:50", "00:20", 30)
    assert visit["score"] == visited.visits.visit(visited.materials.sessions()[-1].id).score.score
    assert ["Castle Street", "no"] in [[row[0], row[3]] for row in found["Visit answers"]]


def test_observations_are_those_of_the_table(study: Study, tmp_path: Path) -> None:
    visited = _visited(study)
    sheet = _read(visited.exports.write("xlsx", tmp_path / "a.xlsx"))["Observations"]
    with visited.exports.write("csv", tmp_path / "a.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        table = list(csv.reader(stream))
    assert [list(map(_as_text, row)) for row in sheet] == [
        [cell.removeprefix("'") for cell in row] for row in table
    ]
    assert Silence.NO_CONSENT.instead in {row[15] for row in sheet}


def test_an_empty_study_gives_a_workbook_that_opens(study: Study, tmp_path: Path) -> None:
    found = _read(study.exports.write("xlsx", tmp_path / "a.xlsx"))
    assert [len(rows) for rows in found.values()] == [1]


_CELL = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.sampled_from(["=1+1", "@SUM(A1)", "https://example.org", "_x0041_", "  spaces  ", "12"]),
)


@given(rows=st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=5))
def test_every_text_and_number_comes_back(rows: list[list[Any]], tmp_path_factory: Any) -> None:
    out = tmp_path_factory.mktemp("sheet") / "a.xlsx"
    found = _read(export_xlsx([Sheet("Table", ("a", "b", "c"), rows)], out))["Table"]
    assert len(found) <= len(rows) + 1
    for row, back in zip(rows, found[1:], strict=False):
        assert list(map(_as_text, back)) == list(map(_as_text, row))


def test_a_text_too_long_for_a_cell_goes_on(tmp_path: Path) -> None:
    text = "".join(chr(0x1F600 + n % 60) for n in range(2 * LONGEST + 5 - AGAIN))
    found = _read(export_xlsx([Sheet("Table", ("words",), [[text]])], tmp_path / "a.xlsx"))
    first = found["Table"][1][0].removesuffix(" [goes on in the sheet “Long texts”]")
    rest = found["Long texts"][1:]
    assert [row[:2] for row in rest] == [["Table", "A2"]] * 2
    assert first + "".join(row[2][AGAIN:] for row in rest) == text
    pieces = [first, *(row[2] for row in rest)]
    assert all(any(text[at : at + AGAIN] in one for one in pieces) for at in range(len(text)))
    fitting = export_xlsx([Sheet("Table", ("words",), [[text[:LONGEST]]])], tmp_path / "b.xlsx")
    assert _read(fitting)["Table"][1][0] == text[:LONGEST]


def _as_text(cell: Any) -> str:
    """Return a cell as the table says it: a whole number without a point, nothing as nothing."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
