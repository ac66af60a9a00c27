"""The marks of a text as one sees and presses them: which are chosen, and what is under a point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRect, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.views.reading.marks import Mark, Marks
from ui.views.reading.page import Page
from ui.views.reading.rows import Rows
from workbench.domain.anchors import TextAnchor


class Highlights(QObject):
    """The marks on the words of one text.

    Args:
        view: shows the text.
        rows: its turns.
        page: paints them anew.

    Attributes:
        marks: which lie on which words.
        selected: id of the mark that keys go on from, or "".
        chosen: ids of all that are selected together.
        tip_of: returns what hovering over a mark tells, in lines.

    Signals:
        pressed: id of the observation under the mouse, or "".
        changed: marks changed, and with them the labels beside the text.
    """

    pressed = Signal(str)
    changed = Signal()

    def __init__(self, view: QPlainTextEdit, rows: Rows, page: Page) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._page = page
        self.marks = Marks()
        self.selected = ""
        self.chosen: frozenset[str] = frozenset()
        self.tip_of: Callable[[str], str] = lambda _mark_id: ""

    def select(self, mark_id: str, *, also: Iterable[str] = (), reveal: bool = False) -> None:
        """Outline one mark, or none.

        Args:
            mark_id: the one that keys go on from.
            also: others that are selected together with it.
            reveal: scroll there.
        """
        before = self.chosen
        self.selected = mark_id
        self.chosen = frozenset({mark_id, *also} - {""})
        mark = self.marks.get(mark_id)
        if mark and reveal:
            self._page.reveal(mark.first, mark.start)
        self.show_again(self.marks.rows(before ^ self.chosen))

    def show_again(self, rows: Iterable[int] | None = None, *, at_once: bool = False) -> None:
        """Paint again after `marks` changed; see `Page.repaint`."""
        self._page.repaint(rows, at_once=at_once)
        self.changed.emit()

    def at(self, point: QPointF) -> Mark | None:
        """Return the mark under a point of the viewport; of several the shortest."""
        place = self._page.at(point.y())
        if place is None:
            return None
        layout = place.block.layout()
        length = place.block.length() - 1
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            rect = line.naturalTextRect().translated(place.origin)
            if rect.adjusted(0, -2, 0, 4).contains(point):
                unit = line.xToCursor(point.x() - place.origin.x())
                under = self.marks.over(place.row, length, max(0, unit - 1), unit + 1)
                hit = [part for part in under if part.start <= unit <= part.end]
                return min(hit, key=lambda p: p.end - p.start).mark if hit else None
        return None

    def place_of(self, mark: Mark) -> QRect:
        """Return where the first word of a mark is, in pixels of the viewport."""
        block = self._view.document().findBlockByNumber(mark.first)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + mark.start)
        return self._view.cursorRect(cursor)

    def anchor_of(self, mark: Mark) -> TextAnchor:
        """Return the words of a mark."""
        first, last = self._rows.turns[mark.first], self._rows.turns[mark.last]
        return TextAnchor(
            first.id,
            self._rows.points(mark.first, mark.start),
            last.id,
            self._rows.points(mark.last, mark.end),
        )

    def mark_on(self, mark: Mark, anchor: TextAnchor) -> Mark:
        """Return a mark on other words of this text."""
        rows = self._rows
        first, last = rows.of(anchor.first_turn), rows.of(anchor.last_turn)
        start, end = rows.units(first, anchor.start), rows.units(last, anchor.end)
        return replace(mark, first=first, start=start, last=last, end=end)
