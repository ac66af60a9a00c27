"""Data out: observations as a table, the whole study as JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

# Spreadsheets run a cell that begins with one of these as a formula. One that looks guarded already
# is guarded once more, so that every text comes back as it was.
_RUN = re.compile(r"'*[=+\-@\t\r]")


def export_csv(
    header: Sequence[str], rows: Iterable[Sequence[Any]], out: Path, *, first_line: str = ""
) -> Path:
    """Write a table that Excel and LibreOffice open with the right letters.

    Args:
        header: names of the columns.
        rows: texts, numbers or `None`; a text that a spreadsheet would run as a formula gets
            an apostrophe in front.
        out: the .csv to write: comma, UTF-8 with a byte-order mark, CRLF.
        first_line: stands in a row of its own above the header.
    """
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        if first_line:
            writer.writerow([first_line])
        writer.writerow([_safe(name) for name in header])
        writer.writerows([_safe(value) for value in row] for row in rows)
    return out


def unguarded(cell: str) -> str:
    """Return a text as it was before it was written into a table by `export_csv`."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell


def export_json(data: Mapping[str, Any], out: Path) -> Path:
    """Write the whole study as JSON, in UTF-8 and readable.

    Args:
        data: what is to be written; an iterator among its values becomes a list that is written
            while it is read, so that a large study is never held whole.
        out: the .json to write.
    """
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(data))
    return out


def _pieces(data: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n  "
    for key, value in data.items():
        yield f"{before}{json.dumps(key)}: "
        before = ",\n  "
        if isinstance(value, Iterator):
            yield from _items(value)
        else:
            yield _dumped(value, "  ")
    yield "\n}\n"


def _items(items: Iterator[Any]) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}\n    {_dumped(item, '    ')}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _dumped(value: Any, indent: str) -> str:
    """Return a value as it stands below others; no text in JSON holds a line break of its own."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", f"\n{indent}")


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _RUN.match(value) else value
