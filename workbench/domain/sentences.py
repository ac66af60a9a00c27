"""Where sentences begin and end, well enough for coding: no language is assumed."""

from __future__ import annotations

import re

import regex

# A mark of the end, closing quotes and brackets, then white space; or a line break.
_END = re.compile(r"[.!?…؟。！？]+[\"'”’»)\]]*(?:\s+|$)|\n+|[。！？]")

# Letters and digits of any script with their accents and vowel signs, and what joins them:
# "don't", "e-mail".
_PART = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*"
WORD = regex.compile(rf"{_PART}(?:['’\u2011-]{_PART})*")


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


def wider(text: str, start: int, end: int, *, tail: str | None = None) -> tuple[int, int]:
    """Return the next larger stretch around a range: the word, the sentence, the whole text.

    Args:
        text: the text of one turn.
        start: first code point of the range, or where the caret is.
        end: code point after its last; the same as `start` without a range.
        tail: the text in which `end` is, when the range ends in a later turn.
    """
    if tail is None and not text[start:end].strip():
        end = start
    if tail is None and start == end:  # behind the last word the caret is at that word
        lead, stop = _stripped(text, start, end)
        start = end = min(max(start, lead), max(lead, stop))
    if tail is None and (inside := text[start:end].strip()):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(inside)
    for step in (words_around, sentence_around, _stripped):
        if tail is None:
            first, last = step(text, start, end)
        else:
            first, last = step(text, start, len(text))[0], step(tail, 0, end)[1]
        grown = (first, last) != (start, end) and (tail is not None or first < last)
        if first <= start and end <= last and grown:
            return first, last
    return start, end


def words_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the borders of the whole words that a range touches."""
    for word in WORD.finditer(text):
        if word.start() <= start <= word.end():
            start = word.start()
        if word.start() <= end <= word.end():
            return start, word.end()
        if word.start() > end:
            break
    return start, end


def _stripped(text: str, _start: int, _end: int) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())
