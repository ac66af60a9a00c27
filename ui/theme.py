"""The look, declared once in resources/theme and applied to every widget.

Views ask the theme for colours and fonts by name and listen to `changed`; no view knows a hex
value, and nothing outside this module sets a style sheet.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

import resources
from workbench import paths, rights, underway

Choice = Literal["system", "light", "dark"]
Role = Literal["base", "small", "strong", "heading", "title", "display", "rail", "big"]
READING_SIZE = 15
READING_SIZES = range(12, 27)  # pixels at 96 dpi

_log = logging.getLogger("workbench.ui.theme")
_SVG_PARTS = (
    "chevron-down",
    "chevron-up",
    "chevron-left",
    "chevron-right",
    "check",
    "minus",
    "calendar",
)
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours and measures of one theme, as read from the token file."""

    name: Literal["light", "dark"]
    colours: dict[str, str]
    stage_fills: tuple[str, ...]
    stage_lines: tuple[str, ...]
    emotion_fills: tuple[str, ...]
    emotion_lines: tuple[str, ...]
    shape: dict[str, float]


@cache
def load_tokens(name: Literal["light", "dark"]) -> Tokens:
    """Read the tokens of the light or the dark theme."""
    raw: dict[str, Any] = tomllib.loads(
        resources.path("theme", "tokens.toml").read_text(encoding="utf-8")
    )
    stages, emotion = raw["stages"], raw["emotion"]
    return Tokens(
        name=name,
        colours=raw[name],
        stage_fills=tuple(stages[f"{name}_fill"]),
        stage_lines=tuple(stages[f"{name}_line"]),
        emotion_fills=tuple(emotion[f"{name}_fill"]),
        emotion_lines=tuple(emotion[f"{name}_line"]),
        shape=raw["shape"],
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


class Theme(QObject):
    """Colours, fonts and style of the running program.

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
        self._mark_colours: dict[tuple[str | None, str], QColor] = {}
        self._windows: list[QWidget] = []
        self.tokens = load_tokens("light")
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
    def radius(self) -> int:
        """Return the corner radius in pixels."""
        return int(self.tokens.shape["radius"])

    @property
    def grid(self) -> int:
        """Return the step of the layout grid in pixels."""
        return int(self.tokens.shape["grid"])

    @property
    def reading_size(self) -> int:
        """Return the size of transcript text in pixels."""
        return self._reading_size

    @property
    def reading_leading(self) -> float:
        """Return the line height of transcript text as a multiple of its size."""
        return float(self.tokens.shape["reading_leading"])

    @property
    def reading_measure(self) -> int:
        """Return the width of the reading column in characters."""
        return int(self.tokens.shape["reading_measure"])

    def colour(self, name: str) -> QColor:
        """Return a colour of the current theme by its token name, for example "accent"."""
        return QColor(self.tokens.colours[name])

    def stage_fill(self, index: int) -> QColor:
        """Return the soft background colour of a stage; indexes wrap round."""
        return QColor(self.tokens.stage_fills[index % len(self.tokens.stage_fills)])

    def stage_line(self, index: int) -> QColor:
        """Return the strong line colour of a stage; indexes wrap round."""
        return QColor(self.tokens.stage_lines[index % len(self.tokens.stage_lines)])

    def mark_fill(self, key: str | None) -> QColor:
        """Return the soft colour below marked words.

        Args:
            key: "hue/3", one of the eight colours of stages, codes and coders (they wrap
                round); "emotion/-2", of the scale from −2 to +2; empty for a quiet one.
        """
        return self._mark(key, "fill")

    def mark_line(self, key: str | None) -> QColor:
        """Return the strong colour of a mark's line and tick; keys as for `mark_fill`."""
        return self._mark(key, "line")

    def _mark(self, key: str | None, part: Literal["fill", "line"]) -> QColor:
        # Asked for every mark of every line that is painted.
        known = self._mark_colours.get((key, part))
        if known is None:
            kind, _, number = (key or "").partition("/")
            if kind == "hue":
                found = self.stage_fill if part == "fill" else self.stage_line
                known = found(int(number))
            elif kind == "emotion":
                tokens = self.tokens
                scale = tokens.emotion_fills if part == "fill" else tokens.emotion_lines
                known = QColor(scale[int(number) + 2])
            else:
                known = self.colour("sunken" if part == "fill" else "ink_faint")
            self._mark_colours[key, part] = known
        return known

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
        self._mark_colours.clear()
        if self._app.style().objectName().lower() != "fusion":
            self._app.setStyle("Fusion")
        self._put_on("")  # Qt would dress all for the font, and again for the colours
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._worn = self._sheet()
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

    def _palette(self) -> QPalette:
        roles = QPalette.ColorRole
        palette = QPalette(self.colour("paper"))
        for role, name in {
            roles.Window: "paper", roles.WindowText: "ink", roles.Base: "surface",
            roles.AlternateBase: "sunken", roles.Text: "ink", roles.Button: "surface",
            roles.ButtonText: "ink", roles.BrightText: "bad", roles.Highlight: "accent_soft",
            roles.HighlightedText: "ink", roles.ToolTipBase: "surface", roles.ToolTipText: "ink",
            roles.PlaceholderText: "ink_faint", roles.Link: "accent", roles.LinkVisited: "accent",
            roles.Mid: "line", roles.Dark: "line_strong", roles.Light: "surface",
            roles.Midlight: "line", roles.Shadow: "line_strong", roles.Accent: "accent",
        }.items():  # fmt: skip
            palette.setColor(role, self.colour(name))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink_faint"))
        return palette

    def _sheet(self) -> str:
        values: dict[str, object] = dict(self.tokens.colours)
        values |= {f"size_{role}": f"{self._pixels(role)}px" for role in _SIZES}
        values |= {"radius": f"{self.radius}px", "parts": self._write_parts()}
        text = resources.path("theme", "app.qss").read_text(encoding="utf-8")
        return _Sheet(text).substitute(values)

    def _write_parts(self) -> str:
        """Return the folder with the tinted pictures, which a style sheet takes from files only.

        They stay in the cache for the next start, and are written where they are not as they
        should be: on the first start, after an update, or when somebody emptied the cache.
        """
        folder = paths.cache_dir() / "theme" / self.tokens.name
        for name in _SVG_PARTS:
            svg = resources.path("icons", f"{name}.svg").read_bytes()
            for suffix, token in (("", "ink_soft"), ("-on", "on_accent")):
                tinted = svg.replace(b"currentColor", self.tokens.colours[token].encode())
                _keep(folder / f"{name}{suffix}.svg", tinted)
        return folder.as_posix()


class _Sheet(Template):
    """Style sheet text with `@token` places."""

    delimiter = "@"


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _keep(file: Path, content: bytes) -> None:
    """See to it that a file holds something; a window without arrows is better than none."""
    try:
        if file.is_file() and file.read_bytes() == content:
            return
        rights.own_folder(file.parent)
        with underway.draft(file) as begun:
            begun.path.write_bytes(content)
            begun.put()
    except OSError as problem:
        _log.warning("“%s” could not be written: %s", file.name, problem)
