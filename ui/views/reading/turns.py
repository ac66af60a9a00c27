"""Turns as the blocks of one document, and the way between places in it and in the study."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from ui.bridge.positions import Positions, one_block
from ui.theme import Theme
from ui.views.reading.layout import ReadingLayout
from ui.views.widgets.looks import look
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


@dataclass(frozen=True, slots=True)
class Place:
    """A block that is at least partly visible.

    Attributes:
        row: number of the turn.
        top: where its first line begins, in pixels of the viewport; `bottom` where it ends.
    """

    row: int
    block: QTextBlock
    origin: QPointF
    top: float
    bottom: float


class TurnText(QPlainTextEdit):
    """The turns of one transcript or document, one block each.

    Args:
        theme: fonts and line height.

    Signals:
        repainted: lines moved or were painted; margins follow.
    """

    repainted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._turns: list[Turn] = []
        self._rows: dict[TurnId, int] = {}
        self._positions: dict[int, Positions] = {}
        self._layout = ReadingLayout(self.document())
        self.document().setDocumentLayout(self._layout)
        self.document().setDocumentMargin(5)
        self.document().setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        look(self, "reading")
        self.updateRequest.connect(self.repainted)
        self.dress()

    def dress(self) -> None:
        """Take font and line height from the theme."""
        font = self._theme.reading_font()
        self.setFont(font)
        pitch = math.ceil(font.pixelSize() * self._theme.reading_leading) + 1
        self._layout.set_spacing(pitch=pitch, gap=2 * self._theme.grid)
        self.viewport().update()

    @property
    def measure(self) -> int:
        """Return the width of the reading column in pixels."""
        letters = "the quick brown fox jumps over the lazy dog "
        width = QFontMetricsF(self._theme.reading_font()).horizontalAdvance(letters) / len(letters)
        return math.ceil(width * self._theme.reading_measure)

    # Turns

    @property
    def turns(self) -> Sequence[Turn]:
        """Return the turns shown."""
        return self._turns

    def row_of(self, turn_id: TurnId | None) -> int:
        """Return the number of a turn, −1 when it is not shown."""
        return -1 if turn_id is None else self._rows.get(turn_id, -1)

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show a text; what it shares with the text before keeps scroll and selection.

        Turns that only follow those shown are appended, changed words are changed in place;
        anything else is a new text, scrolled to the turn that was on top.
        """
        old = self._turns
        same = len(old) <= len(turns) and all(
            before.id == now.id for before, now in zip(old, turns, strict=False)
        )
        if old and same:
            for row, now in enumerate(turns[: len(old)]):
                if now.text != old[row].text:
                    self._change_row(row, now.text)
            self._append(turns[len(old) :])
        else:
            self._replace(turns)
        self._turns = list(turns)
        self._rows = {turn.id: row for row, turn in enumerate(self._turns)}
        self.viewport().update()
        self.repainted.emit()

    def _append(self, turns: Sequence[Turn]) -> None:
        if not turns:
            return
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("".join("\n" + one_block(turn.text) for turn in turns))

    def _change_row(self, row: int, text: str) -> None:
        self._positions.pop(row, None)
        cursor = QTextCursor(self.document().findBlockByNumber(row))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(one_block(text))

    def _replace(self, turns: Sequence[Turn]) -> None:
        top = self.firstVisibleBlock().blockNumber()
        kept = self._turns[top].id if 0 <= top < len(self._turns) else None
        selection = self.selected_anchor()
        self._positions.clear()
        self.setPlainText("\n".join(one_block(turn.text) for turn in turns))
        rows = {turn.id: row for row, turn in enumerate(turns)}
        self._turns, self._rows = list(turns), rows
        if kept in rows:
            self._scroll_row_to_top(rows[kept])
        if selection and selection.first_turn in rows and selection.last_turn in rows:
            self.select_anchor(selection)

    def _scroll_row_to_top(self, row: int) -> None:
        block = self.document().findBlockByNumber(row)
        self.verticalScrollBar().setValue(block.firstLineNumber())

    # Positions

    def units(self, row: int, point: int) -> int:
        """Return the UTF-16 position of a code point in a turn."""
        return self._converter(row).units(point)

    def points(self, row: int, unit: int) -> int:
        """Return the code point at a UTF-16 position in a turn."""
        return self._converter(row).points(unit)

    def _converter(self, row: int) -> Positions:
        found = self._positions.get(row)
        if found is None:
            found = self._positions[row] = Positions(self._turns[row].text)
        return found

    def selected_anchor(self) -> TextAnchor | None:
        """Return the selected words, without the space round them; `None` without a word."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self._turns:
            return None
        first, start = self._locate(cursor.selectionStart())
        last, end = self._locate(cursor.selectionEnd())
        while first < last and not self._turns[first].text[start:].strip():
            first, start = first + 1, 0
        while last > first and not self._turns[last].text[:end].strip():
            last -= 1
            end = len(self._turns[last].text)
        head, tail = self._turns[first].text, self._turns[last].text
        limit = end if first == last else len(head)
        start += len(head[start:limit]) - len(head[start:limit].lstrip())
        floor = start if first == last else 0
        end = floor + len(tail[floor:end].rstrip())
        if first == last and start >= end:
            return None
        return TextAnchor(self._turns[first].id, start, self._turns[last].id, end)

    def _locate(self, position: int) -> tuple[int, int]:
        block = self.document().findBlock(position)
        row = block.blockNumber()
        return row, self.points(row, position - block.position())

    def select_anchor(self, anchor: TextAnchor) -> bool:
        """Select the words of an anchor; tell whether they are here."""
        first, last = self.row_of(anchor.first_turn), self.row_of(anchor.last_turn)
        if first < 0 or last < 0:
            return False
        document = self.document()
        cursor = QTextCursor(document)
        cursor.setPosition(
            document.findBlockByNumber(first).position() + self.units(first, anchor.start)
        )
        cursor.setPosition(
            document.findBlockByNumber(last).position() + self.units(last, anchor.end),
            QTextCursor.MoveMode.KeepAnchor,
        )
        self.setTextCursor(cursor)
        return True

    def drop_selection(self) -> None:
        """Leave the caret at the end of what was selected, without a selection."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def reveal(self, row: int, unit: int) -> None:
        """Put the caret at a place and scroll there, not to the very edge."""
        block = self.document().findBlockByNumber(row)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(unit, block.length() - 1))
        self.setTextCursor(cursor)
        if not self.viewport().rect().adjusted(0, 0, 0, -40).contains(self.cursorRect()):
            self.centerCursor()

    # What can be seen

    def places(self, *, before: int = 0) -> Iterator[Place]:
        """Return the blocks that can be seen, from the top.

        Args:
            before: also this many blocks above the first visible one.
        """
        block = self.firstVisibleBlock()
        while before and block.previous().isValid():
            block, before = block.previous(), before - 1
        height = self.viewport().height()
        geometry = self.blockBoundingGeometry(block).translated(self.contentOffset())
        top = geometry.top()
        while block.isValid() and top <= height and self._turns:
            bottom = top + self.blockBoundingRect(block).height()
            yield Place(block.blockNumber(), block, QPointF(geometry.left(), top), top, bottom)
            block, top = block.next(), bottom

    def _place_at(self, y: float) -> Place | None:
        return next((place for place in self.places() if place.top <= y < place.bottom), None)

    # Words

    def time_at(self, row: int, unit: int) -> int | None:
        """Return when the word at a place was said, in milliseconds."""
        turn = self._turns[row]
        point = self.points(row, unit)
        known = [word for word in turn.words if word.start <= point]
        return known[-1].start_ms if known else turn.start_ms

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The style sheet gives the program's font back whenever it dresses the widget.
        if (
            event.type() == QEvent.Type.FontChange
            and self.font().pixelSize() != self._theme.reading_size
        ):
            self.setFont(self._theme.reading_font())
