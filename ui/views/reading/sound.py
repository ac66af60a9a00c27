"""The words of a text and their sound: which is said now, and when one was said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.views.reading.page import Page
from ui.views.reading.rows import Rows


class Sound(QObject):
    """Lights the word that is said, and tells when a word was said.

    Args:
        view: shows the text.
        rows: its turns.
        page: paints them anew.

    Attributes:
        lit: row of the word that is lit, its first UTF-16 unit and the one after it.
        follow: scrolls on to a row and unit that are said.

    Signals:
        wanted: milliseconds of the word that was pressed with Ctrl: play from there.
    """

    wanted = Signal(int)

    def __init__(self, view: QPlainTextEdit, rows: Rows, page: Page) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._page = page
        self.lit: tuple[int, int, int] | None = None
        self.follow: Callable[[int, int], None] = page.reveal

    def light(self, ms: int | None) -> None:
        """Light the word that is said at a moment, or none."""
        lit = None if ms is None else self._word_at(ms)
        if lit == self.lit:
            return
        followed = self._is_seen()
        rows = {place[0] for place in (self.lit, lit) if place}
        self.lit = lit
        if lit and followed and not self._is_seen():
            self.follow(lit[0], lit[1])
        self._page.repaint(rows)

    def go_to(self, ms: int) -> None:
        """Show the word that is said at a moment."""
        found = self._word_at(ms)
        if found:
            self._page.reveal(found[0], found[1])

    def time_at(self, row: int, unit: int) -> int | None:
        """Return when the word at a place was said, in milliseconds."""
        turn = self._rows.turns[row]
        point = self._rows.points(row, unit)
        known = [word for word in turn.words if word.start <= point]
        return known[-1].start_ms if known else turn.start_ms

    def time_of(self, cursor: QTextCursor) -> int | None:
        """Return when the word at a cursor, or the first selected one, was said."""
        if not self._rows.turns:
            return None
        at = cursor.selectionStart()
        block = self._view.document().findBlock(at)
        return self.time_at(block.blockNumber(), at - block.position())

    def seek_to(self, point: QPointF) -> None:
        """Tell when the word at a point of the viewport was said."""
        ms = self.time_of(self._view.cursorForPosition(point.toPoint()))
        if ms is not None:
            self.wanted.emit(ms)

    def _word_at(self, ms: int) -> tuple[int, int, int] | None:
        turns = self._rows.turns
        row = bisect_right(turns, ms, key=lambda turn: turn.start_ms or 0) - 1
        if row < 0:
            return None
        words = turns[row].words
        at = bisect_right(words, ms, key=lambda word: word.start_ms) - 1
        if at < 0:
            return None
        return row, self._rows.units(row, words[at].start), self._rows.units(row, words[at].end)

    def _is_seen(self) -> bool:
        if self.lit is None:
            return True
        return any(place.row == self.lit[0] for place in self._page.places())
