"""Keeps the document of a text in step with its turns, at the least cost: what is alike stays."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.bridge.positions import Positions, one_block
from ui.theme import Theme
from ui.views.reading.layout import ReadingLayout, column
from ui.views.reading.rows import Rows
from ui.views.reading.shapes import Shapes, is_shaped
from workbench.domain.anchors import in_common
from workbench.domain.transcript import Turn


class Blocks:
    """The blocks of one document, each a turn.

    Args:
        view: shows the document.
        rows: the turns.
        theme: fonts and line height.

    Attributes:
        by_program: whether the document is being changed here, and not by a person.
    """

    def __init__(self, view: QPlainTextEdit, rows: Rows, theme: Theme) -> None:
        self._view = view
        self._rows = rows
        self._theme = theme
        # The document keeps its layout, and with it the shapes, and must not keep the window.
        turns, away = rows.turns, weakref.ref(view)
        self._shapes = Shapes(theme, lambda: turns, lambda: _room(away()))
        self.layout = ReadingLayout(view)
        self.by_program = False
        document = view.document()
        document.setDocumentLayout(self.layout)
        document.setDocumentMargin(5)
        document.setUndoRedoEnabled(False)

    @property
    def shapes(self) -> Shapes | None:
        """Return how the blocks of a document stand; `None` for a plain text."""
        return self.layout.shapes

    def dress(self) -> None:
        """Take font and line height from the theme."""
        self._shapes.dress(self._theme)
        self.layout.plain = self._shapes.plain
        self._view.setFont(self._theme.reading_font())
        self._shape_again(range(len(self._rows.turns)))
        self._view.viewport().update()

    def show(self, turns: Sequence[Turn]) -> None:
        """Show a text; what it shares with the text before keeps scroll, caret and selection.

        Changed words are changed in place, turns that came, went, were cut or joined cost their
        own blocks; a text that shares nothing with the one before is a new one.
        """
        old = self._rows.turns
        head = _alike(old, turns)
        tail = min(_alike(old[::-1], turns[::-1]), len(old) - head, len(turns) - head)
        if not old or not head + tail:
            self.replace(turns)
            return
        self.splice(head, len(old) - head - tail, turns[head : len(turns) - tail])
        self.change(
            now
            for before, now in zip(self._rows.turns, turns, strict=True)
            if now is not before and now != before
        )

    def change(self, turns: Iterable[Turn]) -> None:
        """Show turns as they are now, those that are shown."""
        for turn in turns:
            row = self._rows.of(turn.id)
            if row < 0:
                continue
            before = self._rows.put(row, turn)
            if before.text != turn.text:
                block = self._view.document().findBlockByNumber(row)
                self._put(block.position(), one_block(before.text), one_block(turn.text))
            self._take_layout(row, before)
        self._view.viewport().update()

    def settle(self, row: int, turn: Turn) -> None:
        """Hold a turn in whose block a person has typed; letters that it has not go."""
        self._take_layout(row, self._rows.put(row, turn))
        block = self._view.document().findBlockByNumber(row)
        if block.text() != (words := one_block(turn.text)):
            self._put(block.position(), block.text(), words)

    def splice(self, row: int, count: int, turns: Sequence[Turn]) -> None:
        """Put turns in the place of `count` others; only their blocks are laid out again."""
        if not count and not turns:
            return
        document = self._view.document()
        follows = row + count < len(self._rows.turns)
        gone = self._rows.swap(row, count, turns)
        old = [one_block(turn.text) for turn in gone]
        new = [one_block(turn.text) for turn in turns]
        if row:
            before = document.findBlockByNumber(row - 1)
            position = before.position() + before.length() - 1
            was, now = _after_breaks(old), _after_breaks(new)
        else:
            position = 0
            was = "\n".join(old) + ("\n" if old and follows else "")
            now = "\n".join(new) + ("\n" if new and follows else "")
        self._note_layouts(turns)
        self._put(position, was, now)
        if self.layout.shapes is not None:
            if gone:  # the same words may stand otherwise now
                self._shape_again(range(row, row + len(turns)))
            for beside in (row - 1, row + len(turns)):
                self._shape_again(self._shapes.tables.rows(beside))

    def replace(self, turns: Sequence[Turn]) -> None:
        """Show a text as a new one; what of it was on top or selected is so again."""
        view, rows = self._view, self._rows
        top = view.firstVisibleBlock().blockNumber()
        kept = rows.turns[top].id if 0 <= top < len(rows.turns) else None
        selected = rows.anchor_in(view.textCursor())
        # The turns first: whoever watches the document sees both agree.
        rows.swap(0, len(rows.turns), turns)
        self.layout.shapes = None
        self._note_layouts(turns)
        with self._changing():
            view.setPlainText("\n".join(one_block(turn.text) for turn in turns))
        if (row := rows.of(kept)) >= 0:
            block = view.document().findBlockByNumber(row)
            view.verticalScrollBar().setValue(block.firstLineNumber())
        if selected and (cursor := rows.cursor_on(selected)):
            view.setTextCursor(cursor)

    def _note_layouts(self, turns: Iterable[Turn]) -> None:
        """Shape blocks from now on, if any of these turns has a layout."""
        self._shapes.forget()
        if self.layout.shapes is None and is_shaped(turns):
            self.layout.shapes = self._shapes

    def _take_layout(self, row: int, before: Turn) -> None:
        """Shape a turn anew after it changed, if Qt has laid it out by its layout before."""
        turn = self._rows.turns[row]
        if self.layout.shapes is not None and turn.text != before.text:
            self._shape_again(self._shapes.tables.outgrown(row))
        if turn.layout != before.layout:
            self._note_layouts([turn])
            self._shape_again(range(row, row + 1))

    def _shape_again(self, rows: range) -> None:
        """Lay out turns anew, though their letters are the same."""
        document = self._view.document()
        first = document.findBlockByNumber(rows.start)
        last = document.findBlockByNumber(rows.stop - 1)
        if rows and first.isValid() and last.isValid():
            start = first.position()
            document.markContentsDirty(start, last.position() + last.length() - start)

    def _put(self, position: int, was: str, now: str) -> None:
        """Change a stretch of the document, no more of it than differs."""
        head, tail = in_common(was, now)
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(position + _units(was[:head]))
        cursor.setPosition(
            position + _units(was[: len(was) - tail]), QTextCursor.MoveMode.KeepAnchor
        )
        with self._changing():
            cursor.insertText(now[head : len(now) - tail])

    @contextmanager
    def _changing(self) -> Iterator[None]:
        before, self.by_program = self.by_program, True
        try:
            yield
        finally:
            self.by_program = before


def _room(view: QPlainTextEdit | None) -> float:
    left, right = column(view) if view is not None else (0.0, 0.0)
    return right - left


def _alike(old: Sequence[Turn], new: Sequence[Turn]) -> int:
    """Return how many turns at the begin of two texts are the same ones."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].id == pair[1].id, pairs))


def _after_breaks(texts: Iterable[str]) -> str:
    return "".join("\n" + text for text in texts)


def _units(text: str) -> int:
    return Positions(text).units(len(text))
