"""Data out: observations as a table, the whole study as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.exchange import atomic

# Spreadsheets run a cell that begins like this as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], out: Path) -> Path:
    """Write a table that Excel and LibreOffice open with the right letters.

    Args:
        header: names of the columns.
        rows: texts, numbers or `None`; a text that a spreadsheet would run as a formula gets
            an apostrophe in front.
        out: the .csv to write: comma, UTF-8 with a byte-order mark, CRLF.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([_safe(name) for name in header])
    writer.writerows([_safe(value) for value in row] for row in rows)
    return atomic.write_text(out, table.getvalue(), encoding="utf-8-sig")


def export_json(data: Mapping[str, Any], out: Path) -> Path:
    """Write the whole study as JSON, in UTF-8 and readable."""
    return atomic.write_text(out, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
