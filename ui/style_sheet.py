"""The style sheet and the palette of a theme, and the pictures that the style sheet shows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette

import resources
from ui.tokens import Tokens
from workbench import paths, rights, underway

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


def palette_of(tokens: Tokens) -> QPalette:
    """Return the colours of what no style sheet reaches."""

    def colour(name: str) -> QColor:
        return QColor(tokens.colours[name])

    roles = QPalette.ColorRole
    palette = QPalette(colour("paper"))
    for role, name in {
        roles.Window: "paper", roles.WindowText: "ink", roles.Base: "surface",
        roles.AlternateBase: "sunken", roles.Text: "ink", roles.Button: "surface",
        roles.ButtonText: "ink", roles.BrightText: "bad", roles.Highlight: "accent_soft",
        roles.HighlightedText: "ink", roles.ToolTipBase: "surface", roles.ToolTipText: "ink",
        roles.PlaceholderText: "ink_faint", roles.Link: "accent", roles.LinkVisited: "accent",
        roles.Mid: "line", roles.Dark: "line_strong", roles.Light: "surface",
        roles.Midlight: "line", roles.Shadow: "line_strong", roles.Accent: "accent",
    }.items():  # fmt: skip
        palette.setColor(role, colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("ink_faint"))
    return palette


def sheet_of(tokens: Tokens, sizes: Mapping[str, int]) -> str:
    """Return the style sheet.

    Args:
        tokens: colours and measures.
        sizes: of the interface's fonts, in pixels, by role.
    """
    values: dict[str, object] = dict(tokens.colours)
    values |= {f"size_{role}": f"{pixels}px" for role, pixels in sizes.items()}
    values |= {"radius": f"{tokens.radius}px", "parts": _write_parts(tokens)}
    text = resources.path("theme", "app.qss").read_text(encoding="utf-8")
    return _Sheet(text).substitute(values)


def _write_parts(tokens: Tokens) -> str:
    """Return the folder with the tinted pictures, which a style sheet takes from files only.

    They stay in the cache for the next start, and are written where they are not as they
    should be: on the first start, after an update, or when somebody emptied the cache.
    """
    folder = paths.cache_dir() / "theme" / tokens.name
    for name in _SVG_PARTS:
        svg = resources.path("icons", f"{name}.svg").read_bytes()
        for suffix, token in (("", "ink_soft"), ("-on", "on_accent")):
            tinted = svg.replace(b"currentColor", tokens.colours[token].encode())
            _keep(folder / f"{name}{suffix}.svg", tinted)
    return folder.as_posix()


class _Sheet(Template):
    """Style sheet text with `@token` places."""

    delimiter = "@"


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
