"""What is copied out of a text: for other programs as others may read it, for this one as it is.

Words that are cut and put elsewhere in the program must stay what they are; on their way to a mail
or a slide they are words that leave the study.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from workbench.domain.transcript import Turn

INNER = "application/x-workbench-words"
_BREAK = "\u2028"  # what Qt calls a line break inside a block

Spoken = Callable[[Sequence[tuple[Turn, str]]], Sequence[str]]
"""Returns parts of turns as others may read them."""


def as_it_is(parts: Sequence[tuple[Turn, str]]) -> Sequence[str]:
    """Return parts of turns as they are: of a text that belongs to no study."""
    return [words for _, words in parts]


def carried(cursor: QTextCursor, turns: Sequence[Turn], spoken: Spoken) -> QMimeData:
    """Return what is selected, for the clipboard or a drag.

    Args:
        cursor: with the selection, in a document with a block for each turn.
        turns: the turns.
        spoken: says what others may read of them.
    """
    parts = list(_parts(cursor, turns))
    data = QMimeData()
    data.setData(INNER, "\n".join(words for _, words in parts).encode())
    data.setText("\n".join(spoken(parts)))
    return data


def words_in(data: QMimeData) -> str:
    """Return the words that were copied: those of this program as they are in it."""
    if data.hasFormat(INNER):
        return bytes(data.data(INNER).data()).decode()
    return data.text()


def _parts(cursor: QTextCursor, turns: Sequence[Turn]) -> Iterator[tuple[Turn, str]]:
    """Yield what is selected, by turn."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end and block.blockNumber() < len(turns):
        inside = QTextCursor(block)
        inside.setPosition(max(start, block.position()))
        last = min(end, block.position() + block.length() - 1)
        inside.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        yield turns[block.blockNumber()], inside.selectedText().replace(_BREAK, "\n")
        block = block.next()
