"""The turns of a text and the way between places in them and in the document that shows them.

Each turn is one block. The study counts code points from the begin of a turn; Qt counts UTF-16
units from the begin of a block or of the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument

from ui.bridge.positions import Positions
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn, doubtful


class Rows:
    """The turns shown, by number.

    Args:
        document: shows them.

    Attributes:
        turns: in order; changed here only, and always the same list.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.turns: list[Turn] = []
        self._rows: dict[TurnId, int] = {}
        self._positions: dict[int, Positions] = {}

    # What is shown

    def swap(self, row: int, count: int, turns: Sequence[Turn]) -> list[Turn]:
        """Put turns in the place of `count` others, and return those."""
        gone = self.turns[row : row + count]
        self.turns[row : row + count] = turns
        self._rows = {turn.id: at for at, turn in enumerate(self.turns)}
        self._positions.clear()
        return gone

    def put(self, row: int, turn: Turn) -> Turn:
        """Put a turn as it is now in its own place, and return it as it was."""
        before, self.turns[row] = self.turns[row], turn
        if before.text != turn.text:
            self._positions.pop(row, None)
        return before

    # From the study to the document

    def of(self, turn_id: TurnId | None) -> int:
        """Return the number of a turn, −1 when it is not shown."""
        return -1 if turn_id is None else self._rows.get(turn_id, -1)

    def units(self, row: int, point: int) -> int:
        """Return the UTF-16 position of a code point in a turn."""
        return self._converter(row).units(point)

    def cursor_on(self, anchor: TextAnchor) -> QTextCursor | None:
        """Return a cursor that selects the words of an anchor; `None` when they are not here."""
        first, last = self.of(anchor.first_turn), self.of(anchor.last_turn)
        if first < 0 or last < 0:
            return None
        cursor = QTextCursor(self._document)
        cursor.setPosition(self._begin(first) + self.units(first, anchor.start))
        end = self._begin(last) + self.units(last, anchor.end)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def doubts(self, row: int) -> list[tuple[int, int]]:
        """Return the UTF-16 ranges of a turn that the engine was not sure of."""
        return [
            (self.units(row, word.start), self.units(row, word.end))
            for word in doubtful(self.turns[row].words)
        ]

    # From the document to the study

    def points(self, row: int, unit: int) -> int:
        """Return the code point at a UTF-16 position in a turn."""
        return self._converter(row).points(unit)

    def locate(self, position: int) -> tuple[int, int]:
        """Return the row and code point at a position of the document."""
        block = self._document.findBlock(position)
        row = block.blockNumber()
        return row, self.points(row, position - block.position())

    def anchor_in(self, cursor: QTextCursor) -> TextAnchor | None:
        """Return the words a cursor selects, without the space round them; `None` without any."""
        turns = self.turns
        if not cursor.hasSelection() or not turns:
            return None
        first, start = self.locate(cursor.selectionStart())
        last, end = self.locate(cursor.selectionEnd())
        while first < last and not turns[first].text[start:].strip():
            first, start = first + 1, 0
        while last > first and not turns[last].text[:end].strip():
            last -= 1
            end = len(turns[last].text)
        head, tail = turns[first].text, turns[last].text
        limit = end if first == last else len(head)
        start += len(head[start:limit]) - len(head[start:limit].lstrip())
        floor = start if first == last else 0
        end = floor + len(tail[floor:end].rstrip())
        if first == last and start >= end:
            return None
        return TextAnchor(turns[first].id, start, turns[last].id, end)

    def _begin(self, row: int) -> int:
        return self._document.findBlockByNumber(row).position()

    def _converter(self, row: int) -> Positions:
        found = self._positions.get(row)
        if found is None:
            found = self._positions[row] = Positions(self.turns[row].text)
        return found
