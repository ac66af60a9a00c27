"""Writing in the text that is open, and back to reading it."""

from __future__ import annotations

from ui.views.code.desk import CodeDesk
from ui.views.code.opening import Opening
from ui.views.code.selection import Selection


class WritingCommands:
    """Turns to the page on which one writes.

    Args:
        desk: the open study.
        selection: is shown anew after writing.
        opening: turns the pages.
    """

    def __init__(self, desk: CodeDesk, selection: Selection, opening: Opening) -> None:
        self._desk = desk
        self._selection = selection
        self._opening = opening
        desk.hear(desk.panes.writing.left, self._on_left)

    def is_open(self) -> bool:
        """Tell whether somebody writes in the text."""
        return self._desk.panes.writing.is_open

    def toggle(self) -> None:
        """Write in the text that is open, or be done with that."""
        desk, page = self._desk, self._desk.panes.writing
        if page.is_open:
            page.leave()
        elif desk.opened.source is not None:
            desk.opened.complete()
            row, point = desk.caret()
            page.open(desk.study, desk.opened.source.id, row=row, point=point)
            self._opening.show_page()
            page.setFocus()
            desk.context.actions.refresh()

    def _on_left(self, row: int, point: int) -> None:
        desk, text = self._desk, self._desk.text
        if desk.opened.source is not None:
            desk.opened.refresh(None)
            desk.opened.complete()
            self._opening.show_page()
            self._selection.show()
            if row < len(text.turns):
                text.page.reveal(row, text.rows.units(row, point))
            text.setFocus()
        desk.context.actions.refresh()
