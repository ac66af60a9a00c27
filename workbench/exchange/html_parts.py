"""The pieces of an HTML file: elements, the direction of words, pictures in the file, its look."""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree

import resources
from workbench.domain.direction import reads_leftwards
from workbench.exchange import palette

_REMARKS = re.compile(r"/\*.*?\*/\n?", re.DOTALL)

Content = Any  # an element, or a text; lxml has no types of its own

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may do with the file: show what is in it. It runs nothing and asks nobody."""
_SCREEN = (
    ("Content-Security-Policy", _POLICY),
    ("viewport", "width=device-width, initial-scale=1"),
    ("color-scheme", "light dark"),
    ("referrer", "no-referrer"),
)


def node(tag: str, *content: Content, **said: str | None) -> Any:
    """Return an element.

    Args:
        tag: its name.
        content: elements and texts, in order; empty texts and `None` are left out.
        said: its attributes, “class_” for class, “aria_label” for aria-label; `None` = without.
    """
    made = etree.Element(tag)
    for name, value in said.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), value)
    for part in content:
        append(made, part)
    return made


def append(holder: Any, part: Content) -> None:
    """Append an element or a text to an element."""
    if part is None or (isinstance(part, str) and not part):
        return
    if not isinstance(part, str):
        holder.append(part)
    elif len(holder):
        holder[-1].tail = (holder[-1].tail or "") + part
    else:
        holder.text = (holder.text or "") + part


def direction(text: str) -> str | None:
    """Return the direction that has to be said of a text; `None` = that of the page."""
    return "rtl" if reads_leftwards(text) else None


def turned(block: Any) -> Any:
    """Return a block that says its direction where its words are read from right to left.

    What stands in it and is read the other way says so itself, so that full stops, numbers and
    quotation marks keep their end.
    """
    if direction("".join(block.itertext())):
        block.set("dir", "rtl")
        for part in block.iter("a"):
            part.set("dir", "ltr")
    return block


def picture(png: bytes, alt: str) -> Any:
    """Return a picture that is in the file itself."""
    inside = base64.b64encode(png).decode("ascii")
    return node("img", src=f"data:image/png;base64,{inside}", alt=alt)


def head(title: str) -> Any:
    """Return what stands before the body: nothing in it comes from elsewhere."""
    made = node("head", node("meta", charset="utf-8"))
    for name, content in _SCREEN:
        key = "http_equiv" if name.startswith("Content") else "name"
        made.append(node("meta", **{key: name, "content": content}))
    append(made, node("title", title))
    append(made, node("style", sheet()))
    return made


def written(root: Any) -> bytes:
    """Return a whole file."""
    body: bytes = etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return body + b"\n"


@cache
def sheet() -> str:
    """Return the style sheet: the colours of print, by night those of the dark window."""
    looks = _REMARKS.sub("", resources.path("templates", "report.css").read_text("utf-8"))
    night = f"@media screen and (prefers-color-scheme: dark) {{\n{_root(_dark())}\n}}"
    return f"{_root(_light())}\n{night}\n{looks}"


def _root(colours: Mapping[str, str]) -> str:
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in colours.items())} }}"


def _light() -> dict[str, str]:
    texts = {name: f"#{palette.TEXTS[name]}" for name in ("good", "bad", "warn")}
    fills = {f"{tone}-fill": f"#{fill}" for tone, fill in palette.FILLS.items()}
    lines = {f"stage{n}-line": f"#{line}" for n, line in enumerate(palette.STAGE_LINES, start=1)}
    return {
        "paper": f"#{palette.PAPER}",
        "ink": f"#{palette.INK}",
        "soft": f"#{palette.INK_SOFT}",
        "line": f"#{palette.LINE}",
        "accent": f"#{palette.ACCENT}",
        "accent-fill": f"#{palette.ACCENT_SOFT}",
        **texts,
        **fills,
        **lines,
    }


def _dark() -> dict[str, str]:
    tokens = tomllib.loads(resources.path("theme", "tokens.toml").read_text("utf-8"))
    dark, stages = tokens["dark"], tokens["stages"]
    named = {name: dark[name] for name in ("paper", "ink", "line", "accent", "good", "bad", "warn")}
    tinted = {
        f"{tone}-fill": f"color-mix(in srgb, {dark[tone]} 18%, {dark['surface']})"
        for tone in ("good", "bad", "warn")
    }
    fills = {f"stage{n}-fill": fill for n, fill in enumerate(stages["dark_fill"], start=1)}
    lines = {f"stage{n}-line": line for n, line in enumerate(stages["dark_line"], start=1)}
    return {
        **named,
        "soft": dark["ink_soft"],
        "accent-fill": dark["accent_soft"],
        "head-fill": dark["hover"],
        "quiet-fill": dark["surface"],
        **tinted,
        **fills,
        **lines,
    }
