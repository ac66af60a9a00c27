"""Colours and measures of the themes, as they are declared in resources/theme."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from PySide6.QtGui import QColor

import resources


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

    @property
    def radius(self) -> int:
        """Return the corner radius in pixels."""
        return int(self.shape["radius"])

    @property
    def grid(self) -> int:
        """Return the step of the layout grid in pixels."""
        return int(self.shape["grid"])

    @property
    def reading_leading(self) -> float:
        """Return the line height of transcript text as a multiple of its size."""
        return float(self.shape["reading_leading"])

    @property
    def reading_measure(self) -> int:
        """Return the width of the reading column in characters."""
        return int(self.shape["reading_measure"])


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


class MarkColours:
    """The colours of marked words, by keys.

    A key is "hue/3", one of the eight colours of stages, codes and coders (they wrap round);
    "emotion/-2", of the scale from −2 to +2; or empty, for a quiet one.

    Args:
        tokens: of the theme that is shown.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._known: dict[tuple[str | None, str], QColor] = {}

    def fill(self, key: str | None) -> QColor:
        """Return the soft colour below marked words."""
        return self._of(key, "fill")

    def line(self, key: str | None) -> QColor:
        """Return the strong colour of a mark's line and tick."""
        return self._of(key, "line")

    def _of(self, key: str | None, part: Literal["fill", "line"]) -> QColor:
        # Asked for every mark of every line that is painted.
        known = self._known.get((key, part))
        if known is None:
            tokens, soft = self._tokens, part == "fill"
            kind, _, number = (key or "").partition("/")
            if kind == "hue":
                hues = tokens.stage_fills if soft else tokens.stage_lines
                known = QColor(hues[int(number) % len(hues)])
            elif kind == "emotion":
                scale = tokens.emotion_fills if soft else tokens.emotion_lines
                known = QColor(scale[int(number) + 2])
            else:
                known = QColor(tokens.colours["sunken" if soft else "ink_faint"])
            self._known[key, part] = known
        return known
