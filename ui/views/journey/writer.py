"""The words of a cell of the map as a document of one width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from ui.i18n import t
from ui.theme import Theme
from workbench.domain.direction import reads_leftwards
from workbench.services.journey.lanes import Evidence, Part, Tone, Words

Lines = Sequence[Sequence[Part]]
_COLOURS: dict[Tone, str] = {
    "": "ink", "strong": "ink", "faint": "ink_faint", "hole": "ink_faint", "even": "ink_soft",
    "good": "good", "bad": "bad", "pill": "ink_soft",
}  # fmt: skip


class CellWriter:
    """Writes cells.

    Args:
        theme: colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def font(self) -> QFont:
        """Return the font of a cell."""
        font = self._theme.font("base")
        font.setPixelSize(max(font.pixelSize() - 1, 11))
        return font

    def cell(self, lines: Lines, width: float, *, strong: bool = False) -> QTextDocument:
        """Return the lines of a cell, those of a headline `strong`."""
        alone = not lines or len(lines[0]) == 1
        document = plain(self._theme.font("strong") if strong and alone else self.font)
        cursor = QTextCursor(document)
        for number, line in enumerate(lines):
            if number:
                cursor.insertBlock()
            for place, part in enumerate(line):
                if place:
                    cursor.insertText(" ", QTextCharFormat())
                if isinstance(part, Words):
                    cursor.insertText(t(part.text), self._format(part.tone, strong=strong))
                else:
                    self._write_evidence(cursor, part, strong=strong)
        document.setTextWidth(width)
        return document

    def label(self, title: str, small: Sequence[str], width: float) -> QTextDocument:
        """Return the name of a lane, with small print below it."""
        document = plain(self._theme.font("heading"))
        cursor = QTextCursor(document)
        head = QTextCharFormat()
        head.setForeground(self._theme.colour("ink_faint"))
        cursor.insertText(title, head)
        head.setFontWeight(QFont.Weight.Normal)
        head.setProperty(
            QTextCharFormat.Property.FontPixelSize, self._theme.font("rail").pixelSize()
        )
        for line in small:
            cursor.insertBlock()
            cursor.insertText(line, head)
        document.setTextWidth(width)
        return document

    def _write_evidence(self, cursor: QTextCursor, part: Evidence, *, strong: bool) -> None:
        text = _short(part.text, part.room)
        look = self._format(part.tone, strong=strong)
        # A moment of truth reads like a headline in its colour, all other words as somebody's own.
        own = part.quoted and not part.tone
        look.setFontItalic(own and not reads_leftwards(text))  # those scripts have no italics
        cursor.insertText(f"“{text}”" if own else text, look)
        if part.who and not part.tone:
            cursor.insertText(f" {part.who}", self._format("faint"))

    def _format(self, tone: Tone, *, strong: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour(_COLOURS[tone]))
        made.setFontItalic(tone == "hole")
        if tone == "strong" or (strong and tone not in ("hole", "faint")):
            made.setFontWeight(QFont.Weight.DemiBold)
        if tone == "faint":
            made.setProperty(
                QTextCharFormat.Property.FontPixelSize, self._theme.font("small").pixelSize()
            )
        return made


def plain(font: QFont) -> QTextDocument:
    """Return an empty document without margins."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    return document


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "\u00a0…"
