"""The letters of a PDF page, each asked from pdfium with its box, joined to pieces of lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Any

from pypdfium2 import raw

from workbench.domain.direction import is_leftwards
from workbench.exchange.pdf_lines import WORD_GAP, Piece

_APART = 1.0  # gap between two pieces, in heights of a line
_SLACK = 0.1  # heights of a line by which a letter may reach out of its gap
_FILLED = 0.8  # widths of what stands in a gap that it must be wide at least
_HYPHENS = frozenset({0x02, 0xFFFE})  # how pdfium says that a word was broken here

_Letter = tuple[float, float, float, float, str]


def pieces(page: Any) -> list[Piece]:
    """Return the text of a page in pieces that stand on one line without a gap."""
    rows: list[list[_Letter]] = []
    for letter in _letters(page):
        if rows and not _is_apart(_before(rows[-1], letter), letter):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [_piece(row) for row in _without_gaps(rows)]


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


def _before(row: Sequence[_Letter], letter: _Letter) -> _Letter:
    """Return the letter of a row from which the gap to the next one is measured.

    The spaces that pdfium itself puts into a gap have no width and stand at its end.
    """
    if row[-1][4] != " ":
        return row[-1]
    known = (one for one in reversed(row) if one[4] != " " or one[2] > one[0])
    inked = next(known, row[-1])
    return row[-1] if _is_leftwards(inked) or _is_leftwards(letter) else inked


def _is_leftwards(letter: _Letter) -> bool:
    return is_leftwards(letter[4])


def _is_apart(before: _Letter, letter: _Letter) -> bool:
    """Tell whether a letter begins a new piece: on another line, or after a gap."""
    if _is_lower(before, letter):
        return True
    height = max(before[3] - before[1], letter[3] - letter[1], 1.0)
    if letter[4] == " " and letter[2] - letter[0] <= 0:
        return False
    return letter[0] - before[2] > _APART * height or letter[0] < before[0] - height


def _without_gaps(rows: Sequence[list[_Letter]]) -> list[list[_Letter]]:
    """Put letters that were written later into the gaps that their lines have for them.

    A sign that the font of a text lacks, such as an emoji, is taken from another one; many writers
    write the line first, with a gap, and then the sign.
    """
    kept: list[list[_Letter]] = []
    for row in filter(None, map(_stripped, rows)):
        line = _beside(row, kept)
        groups = _groups(row)
        free = [group for group in groups if not any(_fill(other, group) for other in line)]
        kept += [row] if len(free) == len(groups) else free
    return kept


def _beside(row: Sequence[_Letter], kept: Sequence[list[_Letter]]) -> list[list[_Letter]]:
    """Return the rows written just before that stand on the same line, the last one first."""
    return list(takewhile(lambda other: not _is_lower(other[-1], row[0]), reversed(kept)))


def _stripped(row: Sequence[_Letter]) -> list[_Letter]:
    """Return a row without spaces at its ends."""
    inked = [at for at, letter in enumerate(row) if letter[4] != " "]
    return list(row[inked[0] : inked[-1] + 1]) if inked else []


def _groups(row: Sequence[_Letter]) -> list[list[_Letter]]:
    """Part a row where something may stand between its letters."""
    groups = [[row[0]]]
    for before, letter in pairwise(letter for letter in row if letter[4] != " "):
        if _between(before, letter):
            groups.append([letter])
        else:
            groups[-1].append(letter)
    return groups


def _fill(line: list[_Letter], group: Sequence[_Letter]) -> bool:
    """Put letters into the gap of a line that is there for them; `False` without one."""
    left, right = min(letter[0] for letter in group), max(letter[2] for letter in group)
    slack = _SLACK * (group[0][3] - group[0][1])
    inked = [at for at, letter in enumerate(line) if letter[4] != " "]
    for at, to in pairwise(inked):
        one, other = line[at], line[to]
        fits = one[2] - slack <= left and right <= other[0] + slack
        if fits and other[0] - one[2] > _FILLED * (right - left):
            if any(map(_is_leftwards, (*line, *group))):
                return False  # written in several directions, it says not where a gap ends
            before, behind = _between(one, group[0]), _between(group[-1], other)
            line[at + 1 : to] = [*before, *group, *behind]
            return True
    return False


def _between(one: _Letter, other: _Letter) -> list[_Letter]:
    """Return the space between two letters, if there is room for one."""
    apart = max(other[0] - one[2], one[0] - other[2])
    if apart <= WORD_GAP * max(one[3] - one[1], other[3] - other[1]):
        return []
    return [(one[2], one[1], one[2], one[3], " ")]


def _is_lower(before: _Letter, letter: _Letter) -> bool:
    """Tell whether a letter stands on another line."""
    height = max(before[3] - before[1], letter[3] - letter[1], 1.0)
    return abs((before[3] + before[1]) - (letter[3] + letter[1])) > height


def _piece(row: Sequence[_Letter]) -> Piece:
    """Return a row that begins and ends with a letter as a piece."""
    return Piece(
        min(letter[0] for letter in row),
        min(letter[1] for letter in row if letter[4] != " "),
        max(letter[2] for letter in row),
        max(letter[3] for letter in row if letter[4] != " "),
        "".join(letter[4] for letter in row),
    )
