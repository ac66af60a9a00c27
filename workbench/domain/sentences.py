"""Where sentences begin and end, well enough for coding: no language is assumed."""

from __future__ import annotations

import re

# A mark of the end, closing quotes and brackets, then white space; or a line break.
_END = re.compile(r"[.!?…؟。！？]+[\"'”’»)\]]*(?:\s+|$)|\n+|[。！？]")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the borders of the sentence, or sentences, that hold a range of code points.

    Args:
        text: the text of one turn.
        start: first code point of the range.
        end: code point after its last.
    """
    first, last = 0, len(text)
    for mark in _END.finditer(text):
        if mark.end() <= start:
            first = mark.end()
        elif mark.end() >= end:
            last = mark.end()
            break
    inside = text[first:last]
    lead = len(inside) - len(inside.lstrip())
    return first + lead, first + len(inside.rstrip())
