"""What a person types inside one turn goes to the study at once, letter by letter.

Qt may change the letters inside one block and nothing else; whatever else it did is undone by
showing the study's turns anew.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtWidgets import QPlainTextEdit

from ui.bridge.positions import Positions, one_block
from ui.views.reading.blocks import Blocks
from ui.views.reading.corrector import Corrector
from ui.views.reading.rows import Rows
from workbench.domain.anchors import Edit, difference
from workbench.domain.transcript import Turn
from workbench.domain.typing import Typing

_HANDS_ON_MS = 3_000  # so long after a key the text does not scroll away from the caret


class Typist(QObject):
    """Hears what is typed in a text.

    Args:
        view: shows the text.
        rows: its turns.
        blocks: keeps the document in step with them.
        corrector: keeps what is written.
    """

    def __init__(
        self, view: QPlainTextEdit, rows: Rows, blocks: Blocks, corrector: Corrector
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._blocks = blocks
        self._corrector = corrector
        self._typed: tuple[int, int, int, int] | None = None
        self._typing = Typing()
        self._edits = 0
        self._caret = 0
        self._hands = QElapsedTimer()
        view.document().contentsChange.connect(self._on_contents_change)
        view.document().contentsChanged.connect(self._on_contents_changed)
        view.cursorPositionChanged.connect(self._on_caret)

    def touch(self) -> None:
        """Note that somebody has a hand on the keys."""
        self._hands.start()

    def follow(self, row: int, unit: int) -> None:
        """Scroll on to what is said; whoever writes keeps the caret, and the page under it."""
        if self._hands.isValid() and self._hands.elapsed() < _HANDS_ON_MS:
            return
        block = self._view.document().findBlockByNumber(row)
        line = block.layout().lineForTextPosition(unit).lineNumber() if block.isVisible() else 0
        bar = self._view.verticalScrollBar()
        bar.setValue(block.firstLineNumber() + max(0, line) - bar.pageStep() // 3)

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        """Note what was typed; the document may not be touched before Qt is done with it."""
        if not self._blocks.by_program and self._rows.turns:
            block = self._view.document().findBlock(position)
            self._typed = (block.blockNumber(), position - block.position(), removed, added)
            self._caret = position + added

    def _on_contents_changed(self) -> None:
        if self._blocks.by_program or self._typed is None:
            return
        (row, unit, removed, added), self._typed = self._typed, None
        document = self._view.document()
        block = document.findBlockByNumber(row)
        turn, text = self._rows.turns[row], block.text()
        # A text that comes shorter than its block holds halves of characters, which a caret set by
        # a program has parted. Nobody is known to do either; the study is right.
        whole = Positions(text).units(len(text)) == block.length() - 1
        if document.blockCount() != len(self._rows.turns) or not whole:
            self._blocks.replace(list(self._rows.turns))
            return
        edit = edit_between(turn.text, text, unit, removed, added)
        if edit is None:
            return
        try:
            turn = self._corrector.edit(turn.id, edit, self._edit_of(turn, edit))
        finally:
            self._blocks.settle(row, turn)

    def _edit_of(self, turn: Turn, edit: Edit) -> str:
        """Return the key of the edit to which a change belongs."""
        if self._typing.begins(edit.position, edit.removed, edit.added):
            self._edits += 1
        return f"{turn.id}/{id(self)}/{self._edits}"

    def _on_caret(self) -> None:
        """End the edit when the caret goes elsewhere than typing takes it."""
        if self._typed is None and self._view.textCursor().position() != self._caret:
            self._typing.end()


def edit_between(old: str, block: str, unit: int, removed: int, added: int) -> Edit | None:
    """Return what was typed in a turn, in code points; `None` when nothing was.

    Args:
        old: the turn's text before.
        block: the text of its block now.
        unit: where Qt says it changed, in UTF-16 units; likewise `removed` and `added`.
    """
    before, now = Positions(old), Positions(block)
    # Qt may count the end of the block as one more unit.
    start, stop = (min(len(old), before.points(at)) for at in (unit, unit + removed))
    written = block[now.points(unit) : now.points(unit + added)]
    edit = Edit(start, stop - start, written.replace("\u2028", "\n"))
    if one_block(edit.apply(old)) != block:
        # Qt names more than has changed, or half of a character.
        edit = difference(one_block(old), block)
        edit = replace(edit, added=edit.added.replace("\u2028", "\n"))
    gone = old[edit.position : edit.position + edit.removed]
    return None if gone == edit.added else edit
