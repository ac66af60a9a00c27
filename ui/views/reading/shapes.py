"""How the turns of a document stand: size, weight, indentation and air, by their layout.

Nothing of it is in the document itself, whose letters and positions are those of the study. A block
gets its shape when it is laid out, which is when somebody looks at it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QTextCharFormat, QTextFormat, QTextLayout

from ui.bridge.positions import Positions
from ui.theme import Theme
from ui.views.reading.tables import Tables
from workbench.domain.layout import GOES_ON, LISTS, Layout, Style
from workbench.domain.transcript import Turn

_DEEPEST = 6  # further lists and quotations are not indented more: words need room
_SIZES = {"heading1": 1.45, "heading2": 1.25, "heading3": 1.1, "code": 0.93}
_LEADING = {"heading1": 1.3, "heading2": 1.35, "heading3": 1.4, "code": 1.4}
_AIR = {
    "heading1": (3.5, 0.75),
    "heading2": (2.75, 0.625),
    "heading3": (2.0, 0.5),
    "list": (0.375, 0.375),
    "numbered": (0.375, 0.375),
    "table": (0.625, 0.625),
    "code": (0.75, 0.75),
}
"""Air above and below, in steps of the layout grid; one step for all others."""
_INDENT = {"list": 1.9, "numbered": 1.9, "quote": 1.2, "code": 0.8}
"""In sizes of the reading font."""


@dataclass(frozen=True, slots=True)
class Look:
    """How all blocks of one kind stand.

    Attributes:
        pitch: distance of lines in pixels; `above` and `below` the air round the block.
        indent: pixels that lines begin later than those of a paragraph.
        letters: format of all letters, where it is not that of a paragraph.
    """

    pitch: int = 23
    above: int = 7
    below: int = 7
    indent: int = 0
    letters: QTextCharFormat | None = field(default=None, compare=False)


class Looks:
    """The look of every kind of block in the present theme and size.

    Args:
        theme: fonts, colours and measures.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._known: dict[tuple[str, int], Look] = {}
        self.plain = Look()
        self.styles: dict[Style, QTextCharFormat] = {}
        self.dress()

    def dress(self) -> None:
        """Take everything from the theme anew."""
        self._known.clear()
        self.plain = self.of(Layout())
        bold, italic, both = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        for one in (bold, both):
            one.setFontWeight(QFont.Weight.Bold)
        for one in (italic, both):
            one.setFontItalic(True)
        self.styles = {"b": bold, "i": italic, "bi": both}

    def of(self, layout: Layout) -> Look:
        """Return the look of a block."""
        key = (layout.block, min(layout.level, _DEEPEST))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(*key)
        return found

    def _make(self, block: str, level: int) -> Look:
        reading, grid = self._theme.reading_size, self._theme.tokens.grid
        size = round(reading * _SIZES.get(block, 1.0))
        above, below = _AIR.get(block, (2.0, 0.5) if block.startswith("heading") else (1.0, 1.0))
        return Look(
            pitch=math.ceil(size * _LEADING.get(block, self._theme.tokens.reading_leading)) + 1,
            above=round(above * grid),
            below=round(below * grid),
            indent=round(_INDENT.get(block, 0) * reading * (level + 1)),
            letters=self._letters(block, size),
        )

    def _letters(self, block: str, size: int) -> QTextCharFormat | None:
        if not block.startswith("heading") and block != "code":
            return None
        letters = QTextCharFormat()
        letters.setProperty(QTextFormat.Property.FontPixelSize, size)
        if block == "code":
            letters.setFontFamilies(self._theme.fixed_font().families())
        else:
            letters.setFontWeight(QFont.Weight.DemiBold)
        return letters


class Shapes:
    """The shapes of the turns of one text.

    Args:
        theme: fonts, colours and measures.
        turns: gives the turns as they are now.
        room: gives the width of the column in pixels.

    Attributes:
        tables: where the cells of tables stand.
    """

    def __init__(
        self, theme: Theme, turns: Callable[[], Sequence[Turn]], room: Callable[[], float]
    ) -> None:
        self._looks = Looks(theme)
        self._turns = turns
        self.tables = Tables(turns, room)
        self._numbers: dict[int, int] = {}

    @property
    def plain(self) -> Look:
        """Return how a paragraph stands."""
        return self._looks.plain

    def dress(self, theme: Theme) -> None:
        """Take everything from the theme anew."""
        self._looks.dress()
        self.tables.dress(theme)

    def forget(self) -> None:
        """Count lists and measure tables anew, since turns came or went."""
        self._numbers.clear()
        self.tables.forget()

    def look(self, row: int) -> Look:
        """Return how a turn stands."""
        turns = self._turns()
        return self._looks.of(turns[row].layout) if row < len(turns) else self._looks.plain

    def formats(self, row: int, text: str) -> list[QTextLayout.FormatRange]:
        """Return what of a turn has other letters than a paragraph, in UTF-16 units.

        Args:
            row: number of the turn.
            text: letters of its block, which are newer than the turn while somebody writes.
        """
        turns = self._turns()
        if row >= len(turns):
            return []
        layout = turns[row].layout
        letters = self._looks.of(layout).letters
        made = [_range(0, Positions(text).units(len(text)), letters)] if letters else []
        if layout.runs or layout.block == "table":
            units = Positions(text).units
            made += [_range(units(a), units(b), self._looks.styles[s]) for a, b, s in layout.runs]
        if layout.block == "table":
            for at, one in self.tables.joints(row, text):
                made.append(_range(units(at), units(at + 1), one))
        return made

    def number(self, row: int) -> int:
        """Return which item of its list a turn is, from 1; lists inside it are passed over."""
        chain = [row]
        while chain[-1] not in self._numbers:
            said = self._turns()[chain[-1]].layout.number
            before = self._item_before(chain[-1]) if said is None else None
            if before is None:
                self._numbers[chain[-1]] = 1 if said is None else said
            else:
                chain.append(before)
        first = self._numbers[chain[-1]]
        self._numbers |= {at: first + more for more, at in enumerate(reversed(chain))}
        return self._numbers[row]

    def _item_before(self, row: int) -> int | None:
        turns = self._turns()
        level = turns[row].layout.level
        for at in range(row - 1, -1, -1):
            layout = turns[at].layout
            if layout.number == GOES_ON:
                continue
            if layout.block not in LISTS or layout.level < level:
                return None
            if layout.level == level:
                return at if layout.block == "numbered" else None
        return None


def is_shaped(turns: Iterable[Turn]) -> bool:
    """Tell whether any of the turns stands otherwise than a plain paragraph."""
    return any(turn.layout.block or turn.layout.runs for turn in turns)


def _range(start: int, end: int, letters: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, letters
    return made
