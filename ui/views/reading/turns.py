"""A text on the screen: what Qt asks of its widget, answered by the parts that the text holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.blocks import Blocks
from ui.views.reading.copying import Spoken, as_it_is, carried
from ui.views.reading.highlights import Highlights
from ui.views.reading.ink import Ink
from ui.views.reading.page import Page
from ui.views.reading.pointer import Pointer
from ui.views.reading.rows import Rows
from ui.views.reading.selection import Selection
from ui.views.reading.sound import Sound
from ui.views.widgets.looks import look
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn

SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class TurnText(QPlainTextEdit):
    """The turns of one transcript or document, one block each: what one reads or corrects.

    Args:
        theme: colours, fonts and line height.

    Attributes:
        rows: the turns, and the way between places in them and in the document.
        blocks: keeps the document in step with them.
        page: what of it can be seen.
        selection: the caret and the words selected.
        highlights: the marks on the words; `marks` which lie where.
        sound: the word being played.
        ink: what is painted besides letters.
        spoken: says what others may read of what is copied.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = Rows(self.document())
        self.blocks = Blocks(self, self.rows, theme)
        self.page = Page(self, self.rows, self.blocks)
        self.selection = Selection(self, self.rows, self.page)
        self.highlights = Highlights(self, self.rows, self.page)
        self.marks = self.highlights.marks
        self.sound = Sound(self, self.rows, self.page)
        self.ink = Ink(self, theme)
        self._pointer = Pointer(self, self.page, self.highlights)
        self.spoken: Spoken = as_it_is
        self.setReadOnly(True)
        self.setTextInteractionFlags(SELECTABLE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        look(self, "reading")
        self.dress()

    def dress(self) -> None:
        """Take colours, font and line height from the theme."""
        self.ink.forget()
        self.blocks.dress()
        # All of it is painted, so that nothing behind it need be; the style sheet takes it back.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def turns(self) -> Sequence[Turn]:
        """Return the turns shown."""
        return self.rows.turns

    def row_of(self, turn_id: TurnId | None) -> int:
        """Return the number of a turn, −1 when it is not shown."""
        return self.rows.of(turn_id)

    def selected_anchor(self) -> TextAnchor | None:
        """Return the selected words, without the space round them; `None` without a word."""
        return self.selection.anchor()

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show a text; what it shares with the text before keeps scroll, caret and selection."""
        self.blocks.show(turns)
        self.page.repaint()

    def change_turns(self, turns: Iterable[Turn]) -> None:
        """Show turns as they are now, those that are shown."""
        self.blocks.change(turns)

    # Qt

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        return carried(self.textCursor(), self.turns, self.spoken)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._pointer.take(event, super().viewportEvent)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._pointer.tell(event)
            return True
        return super().viewportEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.ink.paint(event, super().paintEvent)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The style sheet gives the program's font back whenever it dresses the widget.
        if (
            event.type() == QEvent.Type.FontChange
            and self.font().pixelSize() != self._theme.reading_size
        ):
            self.setFont(self._theme.reading_font())
