"""The words selected in the text: more of them, and where they are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect

from ui.views.code.desk import CodeDesk
from workbench.domain.anchors import TextAnchor
from workbench.domain.sentences import wider


class Words:
    """Selects words.

    Args:
        desk: the open study.
    """

    def __init__(self, desk: CodeDesk) -> None:
        self._desk = desk
        desk.hear(desk.text.selectionChanged, desk.follow)
        desk.hear(desk.panes.clicks.widened, self.widen)

    @property
    def selected(self) -> bool:
        """Tell whether words are selected."""
        return self._desk.text.textCursor().hasSelection()

    def spelled(self) -> str:
        """Return the selected words."""
        return self._desk.text.textCursor().selectedText().replace("\u2029", " ")

    def drop(self) -> None:
        """Select no words."""
        if self.selected:
            self._desk.text.selection.drop()

    def widen(self) -> None:
        """Select the word, then the sentence, then the turn around the caret or the words."""
        text = self._desk.text
        if not text.turns:
            return
        first, start, last, end = self._range()
        turns = text.turns
        tail = turns[last].text if last > first else None
        start, end = wider(turns[first].text, start, end, tail=tail)
        text.selection.select(TextAnchor(turns[first].id, start, turns[last].id, end))

    def select_turn(self) -> None:
        """Select all of the turn with the caret, or of those with selected words."""
        text = self._desk.text
        if not text.turns:
            return
        first, _, last, _ = self._range()
        turns = text.turns
        text.selection.select(TextAnchor(turns[first].id, 0, turns[last].id, len(turns[last].text)))

    def near(self) -> QRect:
        """Return where on the page the words or the observation are."""
        text = self._desk.text
        cursor = text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        place = text.cursorRect(cursor).united(text.cursorRect())
        place.setWidth(1)
        mark = text.marks.get(text.highlights.selected)
        if mark is not None and not self.selected:
            place = text.highlights.place_of(mark)
        corner = text.viewport().mapTo(self._desk.page, QPoint(place.left(), place.top()))
        return QRect(corner, place.size())

    def _range(self) -> tuple[int, int, int, int]:
        """Return first row and code point, last row and code point of what is selected."""
        text = self._desk.text
        anchor = text.selected_anchor()
        if anchor is not None:
            rows = text.row_of(anchor.first_turn), text.row_of(anchor.last_turn)
            return rows[0], anchor.start, rows[1], anchor.end
        row, point = self._desk.caret()
        return row, point, row, point
