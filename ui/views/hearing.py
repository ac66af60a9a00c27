"""One way in which a view hears what changed in the study.

What it shows comes from some tables, so it need not hear of others; and what it did itself it may
show already. Every view holds one of these, and whoever shows views asks no view anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from workbench.domain.change import ChangeSet, TableName

EVERYTHING: tuple[TableName, ...] = get_args(TableName)


class Hearing:
    """What one view hears.

    Args:
        refresh: brings the view up to date; gets what changed, or None where anything may have.
        reads: what the view shows comes from these tables.
        own: origin of steps which the view shows by the time they are told; None = of no steps.
        machine: whether the view follows what the machine alone does.

    Attributes:
        behind: the machine did something since that the view does not follow, but has to show when
            one comes to it the next time.
    """

    def __init__(
        self,
        refresh: Callable[[ChangeSet | None], object],
        *,
        reads: Sequence[TableName] = EVERYTHING,
        own: object = None,
        machine: bool = True,
    ) -> None:
        self._refresh = refresh
        self._reads = reads
        self._own = own
        self._machine = machine
        self.behind = False

    def hear(self, changes: ChangeSet | None) -> None:
        """Bring the view up to date, if what it shows has changed.

        Args:
            changes: what changed; None when anything may have.
        """
        if changes is None:
            self.behind = False
            self._refresh(None)
        elif self._concerns(changes):
            if self._machine or not changes.by_machine:
                self._refresh(changes)
            else:
                self.behind = True

    def _concerns(self, changes: ChangeSet) -> bool:
        if not changes.touches(*self._reads):
            return False
        return self._own is None or changes.origin is not self._own
