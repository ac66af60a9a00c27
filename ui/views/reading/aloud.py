"""What a screen reader says in a text beside its words: who speaks, when, and what is coded there.

Qt itself tells the words, the caret and the selection. What stands in the margins and what colours
mean are painted, so they are the description of the text, kept right while the caret moves; what is
new of it is announced. Nothing is read for it while nobody listens.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from ui.i18n import t
from ui.views.reading.margins import SpeakerName
from ui.views.reading.marks import Mark
from ui.views.reading.turns import TurnText
from ui.views.widgets.spoken import announce
from workbench.domain.figures import clock

_MOST = 80  # letters of the words of an observation


class Aloud(QObject):
    """Follows the caret of a text.

    Args:
        text: what is read.
        name: tells who says a turn.
    """

    def __init__(self, text: TurnText, name: SpeakerName) -> None:
        super().__init__(text)
        self._text = text
        self._name = name
        self._said: tuple[str, ...] = ("", "", "")  # who and when, what is coded, what is selected
        text.cursorPositionChanged.connect(self.follow)
        text.highlights.changed.connect(self.follow)

    def follow(self) -> None:
        """Say what is new where the caret is."""
        text = self._text
        row = text.textCursor().blockNumber()
        if not QAccessible.isActive():
            return
        said: tuple[str, ...] = ("", "", "")
        if row < len(text.turns):
            said = (self._place(row), self._codes(row), self._chosen())
        if said == self._said:
            return
        new = [part for part, before in zip(said, self._said, strict=True) if part != before]
        self._said = said
        text.setAccessibleDescription(". ".join(part for part in said if part))
        if text.hasFocus():
            announce(text, ". ".join(part for part in new if part))

    def _place(self, row: int) -> str:
        turn = self._text.turns[row]
        time = clock(turn.start_ms) if turn.start_ms is not None else ""
        page = t("Page {n}", n=turn.layout.page) if turn.layout.page is not None else ""
        return ", ".join(part for part in (self._name(turn), time, page) if part)

    def _codes(self, row: int) -> str:
        cursor = self._text.textCursor()
        unit, length = cursor.positionInBlock(), cursor.block().length() - 1
        near = self._text.marks.over(row, length, max(0, unit - 1), unit + 1)
        here = [part.mark for part in near if part.start <= unit <= part.end]
        if not here:
            return t("Not coded")
        return t("Coded {what}", what="; ".join(self._about(mark) for mark in here))

    def _chosen(self) -> str:
        mark = self._text.marks.get(self._text.highlights.selected)
        if mark is None:
            return ""
        return t("Selected “{words}”, {about}", words=self._words(mark), about=self._about(mark))

    def _about(self, mark: Mark) -> str:
        return ", ".join((self._text.highlights.tip_of(mark.id) or mark.label).splitlines())

    def _words(self, mark: Mark) -> str:
        turn, anchor = self._text.turns[mark.first], self._text.highlights.anchor_of(mark)
        end = anchor.end if mark.first == mark.last else len(turn.text)
        words = turn.text[anchor.start : end]
        return words if len(words) <= _MOST else words[:_MOST] + "…"
