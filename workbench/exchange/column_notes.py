"""What is said about the columns of a table that came in: which were taken, which left out, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.domain import counts
from workbench.domain.survey import Column, Fate
from workbench.words import plural, t

_LISTED = 12
_HEAD = 60  # letters


def told(columns: Sequence[Column]) -> Iterator[str]:
    """Yield whole sentences about the columns of a table, as they were taken or left out."""
    taken = [one for one in columns if one.fate is not Fate.LEFT_OUT]
    left = [one for one in columns if one.fate is Fate.LEFT_OUT]
    heads = _listed(map(_fated, taken), _LISTED)
    yield t("Columns taken over: {columns}.", columns=heads)
    if private := [one for one in taken if one.private]:
        heads = _listed(map(_why, private))
        yield t("They tell who somebody is, and were chosen: {columns}.", columns=heads)
    if private := [one for one in left if one.private]:
        heads = _listed(map(_why, private))
        yield t("Left out, for they tell who somebody is: {columns}.", columns=heads)
    if others := [_short(one.head) for one in left if not one.private]:
        heads = _listed(others, _LISTED)
        yield t("Columns that were not taken over: {columns}.", columns=heads)
    if left:
        yield t("The copy in the study holds only the columns that were taken over.")
    for one in taken:  # nobody else would look for them
        if one.contacts:
            yield plural(
                one.contacts,
                "In “{column}”, {n} answer may hold an e-mail address or a phone number.",
                "In “{column}”, {n} answers may hold an e-mail address or a phone number.",
                column=_short(one.head),
            )


def _fated(column: Column) -> str:
    head = _short(column.head)
    return head if column.fate is Fate.ANSWER else f"{head} ({t(column.fate.label)})"


def _why(column: Column) -> str:
    return f"{_short(column.head)} ({t(column.private)})"


def _short(head: str) -> str:
    line = " ".join(head.split())
    return line if len(line) <= _HEAD else f"{line[: _HEAD - 1].rstrip()}…"


def _listed(names: Iterator[str] | Sequence[str], most: int | None = None) -> str:
    known = list(names)
    more = len(known) - len(known[:most])
    listed = counts.listed(known[:most])
    return t("{some} and {n} more", some=listed, n=more) if more else listed
