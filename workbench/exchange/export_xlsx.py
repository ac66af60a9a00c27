"""Data out: a workbook of sheets that Excel, LibreOffice and R open as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbench.domain.sheets import Sheet, Value
from workbench.words import t

# A cell holds 32,767 units of UTF-16, and a letter is at most two of them.
LONGEST = 16_000
"""So many letters of a text stand in one cell."""
AGAIN = 200
"""So many of them stand once more where it goes on: what is searched for is whole somewhere."""
_REST = "Long texts"
_NARROWEST, _WIDEST = 8, 60


def export_xlsx(sheets: Iterable[Sheet], out: Path) -> Path:
    """Write sheets as a workbook. A text is a text: no cell is run as a formula or a link.

    A text too long for a cell goes on in the sheet “Long texts”, and its cell says so.

    Args:
        sheets: in their order.
        out: the .xlsx to write.
    """
    packed = BytesIO()
    # In memory, since files on the way would lie in the folder of the system.
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    rest: list[tuple[str, str, str]] = []
    for sheet in sheets:
        _Page(book.add_worksheet(sheet.name), bold, plain, rest).fill(sheet)
    if rest:
        further = Sheet(
            _REST,
            ("Sheet", "Cell", f"What goes on, with the last {AGAIN} letters before it"),
            tuple(rest),
        )
        _Page(book.add_worksheet(_REST), bold, plain, []).fill(further)
    book.close()
    out.write_bytes(packed.getbuffer())
    return out


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet as it is written.

    Attributes:
        rest: gets what does not fit into a cell, as sheet, cell and text.
    """

    sheet: Worksheet
    bold: Format
    plain: Format
    rest: list[tuple[str, str, str]]

    def fill(self, table: Sheet) -> None:
        widths = [len(name) for name in table.head]
        for column, name in enumerate(table.head):
            self.sheet.write_string(0, column, name, self.bold)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row):
                widths[column] = max(widths[column], self._write(last, column, value))
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        if table.head:
            self.sheet.autofilter(0, 0, last, len(table.head) - 1)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, max(_NARROWEST, min(width + 2, _WIDEST)))

    def _write(self, row: int, column: int, value: Value) -> int:
        """Write a cell, and return how wide it wants to be, in letters."""
        if value is None or value == "":
            return 0
        if not isinstance(value, str):
            self.sheet.write_number(row, column, value, self.plain)
            return len(str(value))
        self.sheet.write_string(row, column, self._fitting(value, row, column), self.plain)
        return max(map(len, value[:_WIDEST].split("\n")))

    def _fitting(self, text: str, row: int, column: int) -> str:
        if len(text) <= LONGEST:
            return text
        cell = xl_rowcol_to_cell(row, column)
        begins = range(0, len(text) - AGAIN, LONGEST - AGAIN)
        pieces = [text[at : at + LONGEST] for at in begins]
        self.rest.extend((self.sheet.get_name(), cell, piece) for piece in pieces[1:])
        return f"{pieces[0]} {t('[goes on in the sheet “{sheet}”]', sheet=_REST)}"
