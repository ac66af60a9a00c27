"""The look, declared once in resources/theme and applied to every widget.

Views ask the theme for colours and fonts by name and listen to `changed`; no view knows a hex
value, and nothing outside this module sets a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.style_sheet import palette_of, sheet_of
from ui.tokens import MarkColours, load_tokens

Choice = Literal["system", "light", "dark"]
Role = Literal["base", "small", "strong", "heading", "title", "display", "rail", "big"]
READING_SIZE = 15
READING_SIZES = range(12, 27)  # pixels at 96 dpi

_SIZES: dict[Role, float] = {
    "rail": 0.8,
    "heading": 0.85,
    "small": 0.88,
    "base": 1.0,
    "strong": 1.0,
    "big": 1.15,
    "title": 1.31,
    "display": 2.15,
}


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


class Theme(QObject):
    """Colours, fonts and style of the running program.

    Attributes:
        tokens: what is declared for the light or the dark colours, whichever are shown.
        marks: the colours of marked words.

    Signals:
        changed: colours or sizes are new; custom-painted views repaint or lay out again.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, *, choice: Choice = "system", reading_size: int = READING_SIZE
    ) -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        self._reading_size = reading_size
        self._system_font = QFont(app.font())
        self._windows: list[QWidget] = []
        self.tokens = load_tokens("light")
        self.marks = MarkColours(self.tokens)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.apply()

    @property
    def choice(self) -> Choice:
        """Return what the person chose; "system" follows the desktop."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Tell whether the dark colours are shown."""
        return self.tokens.name == "dark"

    @property
    def reading_size(self) -> int:
        """Return the size of transcript text in pixels."""
        return self._reading_size

    def colour(self, name: str) -> QColor:
        """Return a colour of the current theme by its token name, for example "accent"."""
        return QColor(self.tokens.colours[name])

    def stage_fill(self, index: int) -> QColor:
        """Return the soft background colour of a stage; indexes wrap round."""
        return QColor(self.tokens.stage_fills[index % len(self.tokens.stage_fills)])

    def stage_line(self, index: int) -> QColor:
        """Return the strong line colour of a stage; indexes wrap round."""
        return QColor(self.tokens.stage_lines[index % len(self.tokens.stage_lines)])

    def font(self, role: Role = "base") -> QFont:
        """Return the system's font in one of the sizes of the interface."""
        font = QFont(self._system_font)
        font.setPixelSize(self._pixels(role))
        if role in ("strong", "heading", "title", "display"):
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def reading_font(self) -> QFont:
        """Return the font for transcripts and quotes at the size the person chose."""
        font = QFont(self._system_font)
        font.setPixelSize(self._reading_size)
        return font

    def fixed_font(self) -> QFont:
        """Return the system's font with letters of one width, for code in documents."""
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def choose(self, choice: Choice) -> None:
        """Show the light theme, the dark one, or whichever the desktop uses."""
        self._choice = choice
        if self._wants_dark() != self.dark:
            self.apply()

    def set_reading_size(self, pixels: int) -> None:
        """Set the size of transcript text, kept within what stays readable."""
        self._reading_size = min(max(pixels, READING_SIZES.start), READING_SIZES.stop - 1)
        self.changed.emit()

    def apply(self) -> None:
        """Give the whole program the palette, font and style sheet of the current choice."""
        self.tokens = load_tokens("dark" if self._wants_dark() else "light")
        self.marks = MarkColours(self.tokens)
        if self._app.style().objectName().lower() != "fusion":
            self._app.setStyle("Fusion")
        self._put_on("")  # Qt would dress all for the font, and again for the colours
        self._app.setFont(self.font())
        self._app.setPalette(palette_of(self.tokens))
        self._worn = sheet_of(self.tokens, {role: self._pixels(role) for role in _SIZES})
        self._put_on(self._worn)
        self.changed.emit()

    @contextmanager
    def dressing(self, window: QWidget) -> Iterator[None]:
        """Put a window together, which then wears the style sheet instead of the whole program.

        What is made later is put together bare, too, and dressed once, when it comes into the
        window. In a program that wears the sheet, Qt dresses each widget anew whenever one of its
        parents finds its place, which takes four times as long.
        """
        self._app.setStyleSheet("")
        yield
        self._windows.append(window)
        window.setStyleSheet(self._worn)

    def _put_on(self, sheet: str) -> None:
        self._windows = [window for window in self._windows if isValid(window)]
        for window in self._windows:
            window.setStyleSheet(sheet)
        if not self._windows:
            self._app.setStyleSheet(sheet)

    def _wants_dark(self) -> bool:
        if self._choice == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._choice == "dark"

    def _on_system_changed(self) -> None:
        if self._choice == "system" and self._wants_dark() != self.dark:
            self.apply()

    def _pixels(self, role: Role) -> int:
        base = max(QFontInfo(self._system_font).pixelSize(), 13)
        return round(base * _SIZES[role])


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
