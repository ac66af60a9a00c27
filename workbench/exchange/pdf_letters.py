"""The letters of a PDF page, each asked from pdfium with its box, joined to pieces of lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from workbench.exchange.pdf_lines import Piece

_APART = 1.0  # gap between two pieces, in heights of a line
_HYPHENS = frozenset({0x02, 0xFFFE})  # how pdfium says that a word was broken here

_Letter = tuple[float, float, float, float, str]


def pieces(page: Any) -> list[Piece]:
    """Return the text of a page in pieces that stand on one line without a gap."""
    found: list[Piece] = []
    row: list[_Letter] = []
    for letter in _letters(page):
        if row and _is_apart(row[-1], letter):
            found += _piece(row)
            row = []
        row.append(letter)
    return [*found, *_piece(row)]


def _letters(page: Any) -> Iterator[_Letter]:
    text = page.get_textpage()
    handle, box = text.raw, raw.FS_RECTF()
    place = ctypes.byref(box)
    half = 0
    try:
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, index)
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            if 0xDC00 <= code < 0xE000 and half:
                code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
                half = 0
            sign = _sign(code)
            if sign and raw.FPDFText_GetLooseCharBox(handle, index, place):
                yield (box.left, box.bottom, box.right, box.top, sign)
    finally:
        text.close()


def _sign(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in {0, 0x0A, 0x0D, 0xFFFF} or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    return " " if code < 0x20 else chr(code)


def _is_apart(before: _Letter, letter: _Letter) -> bool:
    """Tell whether a letter begins a new piece: on another line, or after a gap."""
    height = max(before[3] - before[1], letter[3] - letter[1], 1.0)
    if abs((before[3] + before[1]) - (letter[3] + letter[1])) > height:
        return True
    if letter[4] == " " and letter[2] - letter[0] <= 0:
        return False
    return letter[0] - before[2] > _APART * height or letter[0] < before[0] - height


def _piece(row: list[_Letter]) -> list[Piece]:
    text = "".join(letter[4] for letter in row)
    if not text.strip():
        return []
    inked = [letter for letter in row if letter[4] != " "]
    return [
        Piece(
            min(letter[0] for letter in inked),
            min(letter[1] for letter in inked),
            max(letter[2] for letter in inked),
            max(letter[3] for letter in inked),
            text.strip(),
        )
    ]
