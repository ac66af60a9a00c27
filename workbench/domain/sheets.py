"""Tables as plain values, for whoever writes them into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float | None
"""What stands in a cell; `None` = nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook.

    Attributes:
        name: on its tab; at most 31 letters.
        head: names of the columns.
        rows: in their order, as wide as the head.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
