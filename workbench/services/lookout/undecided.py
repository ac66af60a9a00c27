"""Strings that may be names, and about which the researcher has decided nothing yet."""

from __future__ import annotations

from workbench.domain.names import Finder
from workbench.domain.names.reading import Readings
from workbench.services.confidential.names import Names, Sought
from workbench.services.desk import Desk


class Undecided:
    """Finds in texts what “Names…” would have somebody decide about, as a study is now.

    Contact data is left out: wherever it stands, it is found by its form.

    Args:
        desk: of the study.
        before: the same of an earlier state: what it read and did not change is not read again.

    Attributes:
        readings: what was read.
        sought: the strings.
        finder: finds them.
        is_other: something else is undecided than before.
    """

    def __init__(self, desk: Desk, before: Undecided | None = None) -> None:
        self.readings: Readings = before.readings if before else Readings()
        self.sought: Sought = Names(desk).undecided(self.readings)
        self.is_other = before is None or before.sought != self.sought
        same = before if not self.is_other else None
        self.finder: Finder = same.finder if same else self.sought.finder()

    def within(self, text: str) -> set[str]:
        """Return the undecided strings in a text, as the study writes them."""
        finder = self.finder
        return set() if finder.is_idle else {place.whose for place in finder.found(text)}
