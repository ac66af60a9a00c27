"""In which direction a text is read."""

from __future__ import annotations

from unicodedata import bidirectional

_LEFTWARDS = frozenset({"R", "AL"})


def is_leftwards(letter: str) -> bool:
    """Tell whether a letter is one of a script that is written from right to left."""
    return bidirectional(letter) in _LEFTWARDS


def reads_leftwards(text: str) -> bool:
    """Tell whether a text begins in such a script; digits and signs say nothing of it."""
    for letter in text:
        if bidirectional(letter) == "L":
            return False
        if is_leftwards(letter):
            return True
    return False
