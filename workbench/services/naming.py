"""Where the rows of a study have the names people know them by."""

from __future__ import annotations

from typing import Any

# Never those of the key, which are the real ones.
_NAMES = {
    "code": ("name",),
    "stage": ("name",),
    "touchpoint": ("name",),
    "segment": ("name",),
    "opportunity": ("title",),
    "insight": ("claim",),
    "source": ("title",),
    "participant": ("pseudonym",),
    "session": ("title",),
    "speaker": ("name", "label"),
    "turn": ("text",),
    "observation": ("words",),
    "memo": ("text",),
    "form_item": ("ask",),
    "written_report": ("file",),
    "withdrawal": ("code",),
}


def name_of(table: str, row: dict[str, Any]) -> str:
    """Return the name of a row, in one line; "" when it has none."""
    name = next((row[column] for column in _NAMES.get(table, ()) if row[column]), "")
    return " ".join(str(name).split())


def called(table: str, value: object) -> str:
    """Return the name of a row that was read as a value of its class."""
    return name_of(table, {column: getattr(value, column) for column in _NAMES.get(table, ())})
