"""Plain cells of a finished workbook are read by their form, and nothing in it is read less."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.sheets import Sheet, Value
from workbench.exchange.export_xlsx import LONGEST, export_xlsx
from workbench.exchange.finished import pieces, spreadsheet

NO_CELL = re.compile(rb"(?!)()()")  # none is plain: all are parsed


def _package(sheets: list[str], strings: str = "") -> bytes:
    """Return a workbook of sheets that are given by what is in them."""
    names = "".join(f'<sheet name="S{at}" r:id="r{at}"/>' for at in range(len(sheets)))
    links = (f'<L Id="r{at}" Target="worksheets/sheet{at}.xml"/>' for at in range(len(sheets)))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns:r="r">{names}</workbook>',
        "xl/_rels/workbook.xml.rels": f"<R>{''.join(links)}</R>",
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        **{f"xl/worksheets/sheet{at}.xml": f"<w>{one}</w>" for at, one in enumerate(sheets)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def _told(path: Path) -> dict[str, set[str]]:
    """Return all texts of a file with all their places, but for the names of cells."""
    told: dict[str, set[str]] = {}
    for piece in pieces(path, "table.xlsx"):
        assert not piece.unread
        for scrap in piece.scraps:
            for at in piece.where(scrap):
                places = (one for one in piece.places(at) if not one.endswith("attribute “r”"))
                told.setdefault(scrap, set()).update(places)
    return {text: places for text, places in told.items() if text and places}


def _read(sheets: list[str], strings: str, tmp_path: Path) -> dict[str, set[str]]:
    path = tmp_path / "table"
    path.write_bytes(_package(sheets, strings))
    return _told(path)


def _parsed(path: Path) -> dict[str, set[str]]:
    with pytest.MonkeyPatch.context() as parsing:
        parsing.setattr(spreadsheet, "_PLAIN_CELL", NO_CELL)
        return _told(path)


SHARED = '<c r="{place}" t="s"><v>{at}</v></c>'
TINA = "<si><r><t>Ti</t></r><r><rPr><b/></rPr><t>na</t></r></si><si><t>fine</t></si>"


def test_a_text_cut_over_two_runs_is_told_with_each_cell_that_shows_it(tmp_path: Path) -> None:
    first = SHARED.format(place="A1", at=0) + SHARED.format(place="AB12", at=1)
    second = '<row r="3"><c r="B3" s="2" t="s"><v>0</v></c></row>'
    told = _read([first, second], TINA, tmp_path)
    assert told["Tina"] == {"sheet “S0”, A1", "sheet “S1”, B3"}
    assert told["fine"] == {"sheet “S0”, AB12"}


def test_a_text_that_no_cell_shows_is_told(tmp_path: Path) -> None:
    told = _read([SHARED.format(place="A1", at=1)], TINA, tmp_path)
    assert told["Tina"] == {"deleted cells"}


ODD = {
    "its parts in another order": '<c t="s" r="A1"><v>0</v></c>',
    "a mark of its own": '<c r="A1" cm="1" t="s"><v>0</v></c>',
    "a space in it": '<c r="A1" t="s"><v> 0</v></c>',
    "a formula": '<c r="A1" t="s"><f>B1</f><v>0</v></c>',
}


@pytest.mark.parametrize("kind", ODD)
def test_a_cell_that_is_not_plain_is_parsed(kind: str, tmp_path: Path) -> None:
    told = _read([ODD[kind]], TINA, tmp_path)
    assert "Tina" in told
    assert _parsed(tmp_path / "table") == told


def test_a_name_in_place_of_a_column_is_read(tmp_path: Path) -> None:
    for column in ("BOB1", "TINA"):
        told = _read([f'<c r="{column}" t="s"><v>0</v></c>'], TINA, tmp_path)
        assert f"sheet “S0”, {column}" in told["Tina"]
        path = tmp_path / "table"
        assert column in {one.text for one in pieces(path, "a.xlsx")}


@pytest.mark.parametrize("number", ["06641234567", "-12.5", "1E+12", "4", "0"])
def test_numbers_are_read_with_all_their_cells(number: str, tmp_path: Path) -> None:
    cells = f'<c r="A1"><v>{number}</v></c><c r="B1" s="3"><v>{number}</v></c>'
    assert _read([cells], "", tmp_path)[number] == {"sheet “S0”, A1", "sheet “S0”, B1"}


def test_a_cell_that_points_beyond_the_texts_is_read_as_it_stands(tmp_path: Path) -> None:
    told = _read([SHARED.format(place="A1", at=6641234)], TINA, tmp_path)
    assert told["6641234"] == {"sheet “S0”, A1"}


def test_what_is_no_cell_stays(tmp_path: Path) -> None:
    inline = '<c r="B1" t="inlineStr"><is><r><t>Ti</t></r><r><t>na</t></r></is></c>'
    sheet = f'<row r="1">{SHARED.format(place="A1", at=1)}{inline}</row><oddFooter>Tina</oddFooter>'
    told = _read([sheet], TINA.partition("<si><t>")[0] + "<si><t>fine</t></si>", tmp_path)
    assert told["Tina"] == {"sheet “S0”, B1", "sheet “S0”, oddFooter", "deleted cells"}


def test_a_sheet_that_is_no_xml_without_its_cells_is_told_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(_package([f"<row>{SHARED.format(place='A1', at=0)}</cell>"], TINA))
    assert [one.text for one in pieces(path, "a.xlsx") if one.unread] == ["damaged"]


VALUES = st.one_of(
    st.none(),
    st.sampled_from(["Tina", "tina@example.org", " so\n", "a\nb", "\x1f", "_x001F_", "<b>&", "7"]),
    st.text(max_size=6),
    st.just("x" * LONGEST + "Tina"),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(rows=st.lists(st.lists(VALUES, min_size=30, max_size=30), max_size=3))
def test_a_workbook_of_ours_reads_as_if_all_of_it_were_parsed(
    rows: list[list[Value]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("book") / "table.xlsx"
    head = [f"column {number}" for number in range(30)]
    export_xlsx([Sheet("One", head, rows), Sheet("Two", head, rows[:1])], path)
    assert _told(path) == _parsed(path)
