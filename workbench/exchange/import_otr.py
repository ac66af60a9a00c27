"""oTranscribe's files: JSON around HTML in which spans carry the times, in seconds."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any

from lxml import html

from workbench.exchange import html_blocks
from workbench.exchange.document import Document, Losses, Paragraph, damaged, finished
from workbench.exchange.plaintext import read_text
from workbench.exchange.speakers import attribute, milliseconds

_INNER = re.compile(r"\s*\[\d+:\d\d:\d\d\.\d{3}\]\s*")


def read(path: Path) -> Document:
    """Read a transcript of oTranscribe.

    Raises:
        UserError: not such a file, or it holds no text.
        EnvironmentProblem: it cannot be read.
    """
    root = html_blocks.parse(_html(path))
    losses = Losses()
    if root is not None:
        _write_times(root)
    parts = attribute(_lines(html_blocks.blocks(root, losses)))
    return finished(path, [_without_times(part, losses) for part in parts], notes=losses.notes())


def _html(path: Path) -> str:
    try:
        said: Any = json.loads(read_text(path))
        text = said["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise _refusal(path) from problem
    if not isinstance(text, str):
        raise _refusal(path)
    return text


def _refusal(path: Path) -> Exception:
    return damaged(
        path, "a transcript of oTranscribe", "Export it there again as “oTranscribe format”."
    )


def _write_times(root: html.HtmlElement) -> None:
    """Put the exact time of each stamp into its text, in the form that is read afterwards."""
    for stamp in root.iter("span"):
        if "timestamp" not in (stamp.get("class") or ""):
            continue
        value = stamp.get("data-timestamp") or stamp.text_content()
        for child in list(stamp):
            stamp.remove(child)
        time = _time(value)
        stamp.text = "" if time is None else f" [{_clock(time)}] "


def _time(value: str) -> int | None:
    if ":" in value:  # files of before 2016
        return milliseconds(value)
    try:
        return max(0, round(float(value) * 1000))
    except (ValueError, OverflowError):
        return None


def _clock(time: int) -> str:
    seconds, rest = divmod(time, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _lines(parts: list[Paragraph]) -> list[Paragraph]:
    """Part paragraphs at line breaks: many people never press Enter twice."""
    lines = []
    for part in parts:
        start = 0
        for line in part.text.split("\n"):
            lines.append(part.cut(start, start + len(line)))
            start += len(line) + 1
    return [line for line in lines if line.text]


def _without_times(part: Paragraph, losses: Losses) -> Paragraph:
    """Take out times in the middle of a paragraph."""
    found = list(_INNER.finditer(part.text))
    if not found:
        return part
    losses.add("time", len(found))
    # Between two pieces there is one space now; `moved` says where each begins, before and after.
    edges = [0, *(at for one in found for at in one.span()), len(part.text)]
    pieces: list[str] = []
    moved: list[tuple[int, int, int]] = []
    length = 0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start < end:
            moved.append((start, end, length))
            pieces.append(part.text[start:end])
            length += end - start + 1

    def place(position: int) -> int:
        at = bisect_right(moved, position, key=itemgetter(0)) - 1
        if at < 0:
            return 0
        start, end, now = moved[at]
        return now + min(position, end) - start

    layout = part.layout.moved(lambda first, last: (place(first), place(last)))
    return replace(part, text=" ".join(pieces), layout=layout)
