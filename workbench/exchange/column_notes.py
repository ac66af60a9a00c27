"""What is said about the columns of a table that came in: which were taken, which left out, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.domain.figures import count
from workbench.domain.survey import Column, Fate

_LISTED = 12
_HEAD = 60  # letters


def told(columns: Sequence[Column]) -> Iterator[str]:
    """Yield whole sentences about the columns of a table, as they were taken or left out."""
    taken = [one for one in columns if one.fate is not Fate.LEFT_OUT]
    left = [one for one in columns if one.fate is Fate.LEFT_OUT]
    yield f"Columns taken over: {_listed(map(_fated, taken), _LISTED)}."
    if private := [one for one in taken if one.private]:
        yield f"They tell who somebody is, and were chosen: {_listed(map(_why, private))}."
    if private := [one for one in left if one.private]:
        yield f"Left out, for they tell who somebody is: {_listed(map(_why, private))}."
    if others := [_short(one.head) for one in left if not one.private]:
        yield f"Columns that were not taken over: {_listed(others, _LISTED)}."
    if left:
        yield "The copy in the study holds only the columns that were taken over."
    for one in taken:  # nobody else would look for them
        if one.contacts:
            yield (
                f"In “{_short(one.head)}”, {count(one.contacts, 'answer')} may hold an e-mail"
                " address or a phone number."
            )


def _fated(column: Column) -> str:
    head = _short(column.head)
    return head if column.fate is Fate.ANSWER else f"{head} ({column.fate})"


def _why(column: Column) -> str:
    return f"{_short(column.head)} ({column.private})"


def _short(head: str) -> str:
    line = " ".join(head.split())
    return line if len(line) <= _HEAD else f"{line[: _HEAD - 1].rstrip()}…"


def _listed(names: Iterator[str] | Sequence[str], most: int | None = None) -> str:
    known = list(names)
    more = len(known) - len(known[:most])
    return ", ".join(known[:most]) + (f" and {more} more" if more else "")
