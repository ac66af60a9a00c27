"""Turns as the blocks of one document, and the way between places in it and in the study."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from ui.bridge.positions import Positions, one_block
from ui.theme import Theme
from ui.views.reading.layout import ReadingLayout
from ui.views.reading.shapes import Shapes, is_shaped
from ui.views.widgets.looks import look
from workbench.domain.anchors import TextAnchor, in_common
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_OVER = 8  # pixels by which handles and lines of a list item may reach into those beside it


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
        repainted: what of the viewport is painted anew; margins follow.
    """

    repainted = Signal(QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._turns: list[Turn] = []
        self._rows: dict[TurnId, int] = {}
        self._positions: dict[int, Positions] = {}
        self._seen: tuple[object, tuple[Place, ...]] = (None, ())
        self._shapes = Shapes(
            theme, lambda: self._turns, lambda: self.column()[1] - self.column()[0]
        )
        self._layout = ReadingLayout(self)
        self.document().setDocumentLayout(self._layout)
        self.document().setDocumentMargin(5)
        self.document().setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        look(self, "reading")
        self.updateRequest.connect(self._on_update_request)
        self.dress()

    def dress(self) -> None:
        """Take font and line height from the theme."""
        self._shapes.dress(self._theme)
        self._layout.plain = self._shapes.plain
        self.setFont(self._theme.reading_font())
        self._shape_again(range(len(self._turns)))
        self.viewport().update()

    @property
    def measure(self) -> int:
        """Return the width of the reading column in pixels."""
        letters = "the quick brown fox jumps over the lazy dog "
        width = QFontMetricsF(self._theme.reading_font()).horizontalAdvance(letters) / len(letters)
        return math.ceil(width * self._theme.reading_measure)

    @property
    def shapes(self) -> Shapes | None:
        """Return how the blocks of a document stand; `None` for a plain text."""
        return self._layout.shapes

    def column(self) -> tuple[float, float]:
        """Return where lines of full width begin and end, in pixels of the viewport."""
        left = self.contentOffset().x() + self.document().documentMargin()
        return left, self.viewport().width() - self.document().documentMargin()

    # Turns

    @property
    def turns(self) -> Sequence[Turn]:
        """Return the turns shown."""
        return self._turns

    def row_of(self, turn_id: TurnId | None) -> int:
        """Return the number of a turn, −1 when it is not shown."""
        return -1 if turn_id is None else self._rows.get(turn_id, -1)

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show a text; what it shares with the text before keeps scroll, caret and selection.

        Changed words are changed in place, turns that came, went, were cut or joined cost their
        own blocks; a text that shares nothing with the one before is a new one.
        """
        old = self._turns
        head = _alike(old, turns)
        tail = min(_alike(old[::-1], turns[::-1]), len(old) - head, len(turns) - head)
        if old and head + tail:
            self.splice(head, len(old) - head - tail, turns[head : len(turns) - tail])
            self.change_turns(
                now
                for before, now in zip(self._turns, turns, strict=True)
                if now is not before and now != before
            )
        else:
            self._replace(turns)
        self.repaint_lines()

    def change_turns(self, turns: Iterable[Turn]) -> None:
        """Show turns as they are now, those that are shown."""
        for turn in turns:
            row = self.row_of(turn.id)
            if row < 0:
                continue
            before, self._turns[row] = self._turns[row], turn
            if before.text != turn.text:
                self._positions.pop(row, None)
                block = self.document().findBlockByNumber(row)
                self._put(block.position(), one_block(before.text), one_block(turn.text))
            self._take_layout(row, before)
        self.viewport().update()

    def splice(self, row: int, count: int, turns: Sequence[Turn]) -> None:
        """Put turns in the place of `count` others; only their blocks are laid out again."""
        if not count and not turns:
            return
        gone = self._turns[row : row + count]
        old = [one_block(turn.text) for turn in gone]
        new = [one_block(turn.text) for turn in turns]
        document = self.document()
        if row:
            before = document.findBlockByNumber(row - 1)
            position = before.position() + before.length() - 1
            was, now = _after_breaks(old), _after_breaks(new)
        else:
            position = 0
            follows = count < len(self._turns)
            was = "\n".join(old) + ("\n" if old and follows else "")
            now = "\n".join(new) + ("\n" if new and follows else "")
        self._turns[row : row + count] = turns
        self._rows = {turn.id: at for at, turn in enumerate(self._turns)}
        self._positions.clear()
        self._note_layouts(turns)
        self._put(position, was, now)
        if self._layout.shapes is not None:
            if gone:  # the same words may stand otherwise now
                self._shape_again(range(row, row + len(turns)))
            for beside in (row - 1, row + len(turns)):
                self._shape_again(self._shapes.tables.rows(beside))

    def _note_layouts(self, turns: Iterable[Turn]) -> None:
        """Shape blocks from now on, if any of these turns has a layout."""
        self._shapes.forget()
        if self._layout.shapes is None and is_shaped(turns):
            self._layout.shapes = self._shapes

    def _take_layout(self, row: int, before: Turn) -> None:
        """Shape a turn anew after it changed, if Qt has laid it out by its layout before."""
        if self._layout.shapes is not None and self._turns[row].text != before.text:
            self._shape_again(self._shapes.tables.outgrown(row))
        if self._turns[row].layout != before.layout:
            self._note_layouts(self._turns[row : row + 1])
            self._shape_again(range(row, row + 1))

    def _shape_again(self, rows: range) -> None:
        """Lay out turns anew, though their letters are the same."""
        first = self.document().findBlockByNumber(rows.start)
        last = self.document().findBlockByNumber(rows.stop - 1)
        if rows and first.isValid() and last.isValid():
            start = first.position()
            self.document().markContentsDirty(start, last.position() + last.length() - start)

    def _put(self, position: int, was: str, now: str) -> None:
        """Change a stretch of the document, no more of it than differs."""
        head, tail = in_common(was, now)
        cursor = QTextCursor(self.document())
        cursor.setPosition(position + _units(was[:head]))
        cursor.setPosition(
            position + _units(was[: len(was) - tail]), QTextCursor.MoveMode.KeepAnchor
        )
        cursor.insertText(now[head : len(now) - tail])

    def _replace(self, turns: Sequence[Turn]) -> None:
        top = self.firstVisibleBlock().blockNumber()
        kept = self._turns[top].id if 0 <= top < len(self._turns) else None
        selection = self.selected_anchor()
        self._positions.clear()
        # The turns first: whoever watches the document sees both agree.
        self._turns = list(turns)
        self._rows = {turn.id: row for row, turn in enumerate(turns)}
        self._layout.shapes = None
        self._note_layouts(turns)
        self.setPlainText("\n".join(one_block(turn.text) for turn in turns))
        if kept in self._rows:
            self._scroll_row_to_top(self._rows[kept])
        if selection:
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

    def repaint_lines(self, rows: Iterable[int] | None = None, *, at_once: bool = False) -> None:
        """Paint turns anew and nothing else.

        Args:
            rows: the turns; without them all that can be seen.
            at_once: before this returns; the margins follow.
        """
        band = self.viewport().rect()
        if rows is not None:
            wanted = set(rows)
            seen = [place for place in self.places() if place.row in wanted]
            if not seen:
                return
            # Paragraphs end in air: a pixel less, or Qt would paint those beside them as well.
            over = -1 if self.shapes is None else _OVER
            band.setTop(math.floor(seen[0].top) - over)
            band.setBottom(math.ceil(seen[-1].bottom) + over)
        if at_once:
            self.viewport().repaint(band)
        else:
            self.viewport().update(band)
        self.repainted.emit(band)

    def places(self) -> Sequence[Place]:
        """Return the blocks that can be seen, from the top."""
        key = (
            self.verticalScrollBar().value(),
            self.contentOffset().y(),
            self.viewport().size(),
            self._layout.changes,
        )
        # The text and each margin ask in turn while they paint one and the same page.
        known, seen = self._seen
        # A new width drops all lines, and may be the old one again by now.
        if known != key or not all(place.block.layout().lineCount() for place in seen):
            seen = tuple(self._look())
            self._seen = (key, seen)
        return seen

    def _look(self) -> Iterator[Place]:
        block = self.firstVisibleBlock()
        height = self.viewport().height()
        geometry = self.blockBoundingGeometry(block).translated(self.contentOffset())
        left, top = geometry.left(), geometry.top()
        row = block.blockNumber()
        while block.isValid() and top <= height and self._turns:
            bottom = top + self.blockBoundingRect(block).height()
            yield Place(row, block, QPointF(left, top), top, bottom)
            block, row, top = block.next(), row + 1, bottom

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

    def _on_update_request(self, part: QRect, moved: int) -> None:
        self.repainted.emit(self.viewport().rect() if moved else part)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The style sheet gives the program's font back whenever it dresses the widget.
        if (
            event.type() == QEvent.Type.FontChange
            and self.font().pixelSize() != self._theme.reading_size
        ):
            self.setFont(self._theme.reading_font())


def _alike(old: Sequence[Turn], new: Sequence[Turn]) -> int:
    """Return how many turns at the begin of two texts are the same ones."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].id == pair[1].id, pairs))


def _after_breaks(texts: Iterable[str]) -> str:
    return "".join("\n" + text for text in texts)


def _units(text: str) -> int:
    return Positions(text).units(len(text))
