"""Strings that may be names, and about which the researcher has decided nothing yet."""

from __future__ import annotations

from functools import cached_property

from workbench.domain.names import Finder
from workbench.services.desk import Desk
from workbench.services.names import Names


class Undecided:
    """Finds in texts what “Names…” would have somebody decide about, as a study is now.

    Contact data is left out: wherever it stands, it is found by its form.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def within(self, text: str) -> set[str]:
        """Return the undecided strings in a text, as the study writes them."""
        finder = self._finder
        return set() if finder.is_idle else {place.whose for place in finder.found(text)}

    @cached_property
    def _finder(self) -> Finder:
        return Names(self._desk).undecided()
