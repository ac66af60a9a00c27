"""What the find bar has found in the text that is shown: lit, and gone through one by one."""

from __future__ import annotations

from collections.abc import Sequence

from ui.views.reading.density import DensityBar
from ui.views.reading.marks import Mark
from ui.views.reading.turns import TurnText
from ui.views.transcribe.find_bar import FindBar
from workbench.domain.ids import TurnId
from workbench.services.texts.correcting import Found


class Hits:
    """The places found in one text.

    Args:
        text: where they are lit.
        density: shows where in the whole text they are.
        finder: finds them.
    """

    def __init__(self, text: TurnText, density: DensityBar, finder: FindBar) -> None:
        self._text = text
        self._density = density
        self._finder = finder
        self._hits: Sequence[Found] = ()
        finder.found.connect(self._show)
        finder.step_wanted.connect(self._step)
        finder.closed.connect(text.setFocus)
        text.textChanged.connect(finder.search_soon)

    def find(self) -> None:
        """Open the find bar with the words that are selected."""
        self._finder.open_bar(self._selected(), replacing=False)

    def replace(self) -> None:
        """Open the find bar with its second line."""
        self._finder.open_bar(self._selected(), replacing=True)

    def _selected(self) -> str:
        words = self._text.textCursor().selectedText()
        return "" if "\u2029" in words else words.strip()

    def _show(self, places: Sequence[Found]) -> None:
        self._hits = places
        self._text.marks.replace(
            mark for number, place in enumerate(places) if (mark := self._mark(number, place))
        )
        self._text.highlights.show_again()
        self._density.marks_changed()

    def _mark(self, number: int, place: Found) -> Mark | None:
        rows = self._text.rows
        row = rows.of(TurnId(place.turn_id))
        if row < 0:
            return None
        start, end = rows.units(row, place.start), rows.units(row, place.end)
        return Mark(f"hit {number}", row, start, row, end, None, "")

    def _step(self, back: bool) -> None:
        """Select the next place found, or the one before."""
        if not self._hits:
            return
        at = self._text.selection.begin()
        places = [(self._text.row_of(hit.turn_id), hit.start, hit.end) for hit in self._hits]
        onward = [p for p in places if (p[:2] < at if back else p[:2] > at)] or places
        row, first, last = onward[-1 if back else 0]
        self._text.selection.put(row, first, length=last - first)
