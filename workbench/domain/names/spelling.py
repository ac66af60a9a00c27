"""Names of which somebody says the letters: “M-E-Y-E-R”, “M, E, Y, E, R”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.domain.names.folding import key

_APART = r"(?:\s?[-‐–.,]\s?|\s)[^\W\d_](?![^\W_])"
_INSIDE = re.compile(rf"[-‐–.,\s][^\W\d_]{_APART}")
_RUN = re.compile(rf"(?<![^\W_])(?<!['’])[^\W\d_](?:{_APART}){{3,39}}(?!['’]\w)")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST = 4  # letters; fewer are an abbreviation

Part = tuple[int, int, str]
"""Where some letters in a row stand, and the word they are."""


def spelled(text: str) -> Iterator[list[Part]]:
    """Go through what is said letter by letter; of each beginning the longest part first."""
    if not _INSIDE.search(text):  # most texts; what is inside of a run is quicker to look for
        return
    for found in _RUN.finditer(text):
        places = [one.start() for one in _LETTER.finditer(text, *found.span())]
        letters = [text[at] for at in places]
        for first in range(len(places) - _LEAST + 1):
            yield [
                (places[first], places[last] + 1, key("".join(letters[first : last + 1])))
                for last in range(len(places) - 1, first + _LEAST - 2, -1)
            ]
