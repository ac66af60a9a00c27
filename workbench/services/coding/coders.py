"""Who coded: the person at work, and all who have coded in this study."""

from __future__ import annotations

from workbench.domain.change import Op
from workbench.domain.ids import CoderId, new_id
from workbench.domain.people import Coder
from workbench.services.desk import Desk


class Coders:
    """The coders of one study; one is added when a name codes for the first time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = desk.tables.coder

    def all(self) -> list[Coder]:
        """Return everybody who has coded, by name."""
        return self._rows.select(order="name, id")

    def me(self) -> CoderId | None:
        """Return the person at work; `None` without a name, or who has not coded yet."""
        known = self._rows.select(name=self._desk.coder) if self._desk.coder else []
        return known[0].id if known else None

    def at_work(self) -> CoderId | None:
        """Return the person at work, added if need be; `None` without a name."""
        if not self._desk.coder:
            return None
        known = self.me()
        if known is not None:
            return known
        with self._desk.step(Op.PLACE_OBSERVATION):
            return self._rows.add(Coder(CoderId(new_id()), self._desk.coder)).id
