"""What was worked out from a study, kept for as long as nothing in the study changes.

Several files leave in a row, and for each of them the same is asked about a study that has not
changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from workbench.storage.database import version
from workbench.storage.key import Found
from workbench.storage.tables import Tables

T = TypeVar("T")
State = tuple[tuple[int, int], Found]


def state(tables: Tables) -> State:
    """Return what is another as soon as rows or real names, which lie elsewhere, are others."""
    return version(tables.db), tables.key.read()


def is_settled(tables: Tables) -> bool:
    """Tell whether all that can be read is written for good.

    What is taken back changes the study, and its state does not tell.
    """
    return not tables.db.conn.in_transaction


def while_unchanged(work_out: Callable[[Tables], T]) -> Callable[[Tables], T]:
    """Let a function of the rows and the names of a study alone do its work once for each state."""
    known: WeakKeyDictionary[Tables, tuple[State, T]] = WeakKeyDictionary()

    @wraps(work_out)
    def remembered(tables: Tables) -> T:
        now = state(tables)
        before = known.get(tables)
        if before is not None and before[0] == now:
            return before[1]
        found = work_out(tables)
        if is_settled(tables):
            known[tables] = now, found
        return found

    return remembered


__all__ = ["State", "is_settled", "state", "while_unchanged"]
