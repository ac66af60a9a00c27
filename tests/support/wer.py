"""Word error rate after the usual evening-out: case, punctuation, and figures against words."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
_SIGNS = {"£": " pounds ", "$": " dollars ", "€": " euros ", "%": " percent ", "&": " and "}


def word_error_rate(truth: str, heard: str) -> float:
    """Return the share of wrong, missing and added words, 0 = equal."""
    wrong, expected = word_errors(truth, heard)
    return wrong / max(1, expected)


def word_errors(truth: str, heard: str) -> tuple[int, int]:
    """Return how many words are wrong, missing or added, and how many were said."""
    expected, found = normalised(truth), normalised(heard)
    return Levenshtein.distance(expected, found), len(expected)


def normalised(text: str) -> list[str]:
    """Return lower-case words without punctuation, numbers as figures."""
    text = re.sub(r"£\s?(\d+)", r"\1 pounds", text.lower().replace("’", "'"))
    text = re.sub(r"\b(\d{1,2})[:.](\d{2})\b", r"\1 \2", text)
    text = re.sub(r"(\d),(\d{3})\b", r"\1\2", text)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text)
    return _joined([_figure(word) for word in words])


def _figure(word: str) -> str:
    plain = re.sub(r"^(\d+)(?:st|nd|rd|th)$", r"\1", word)
    if plain in _ONES:
        return str(_ONES.index(plain))
    if plain in _TENS:
        return str(_TENS[plain])
    if plain in _ORDINALS:
        return str(_ORDINALS[plain])
    stem = plain.removesuffix("th")
    if stem != plain and stem in _ONES:
        return str(_ONES.index(stem))
    if plain.endswith("ieth") and plain.removesuffix("ieth") + "y" in _TENS:
        return str(_TENS[plain.removesuffix("ieth") + "y"])
    return plain


def _joined(words: list[str]) -> list[str]:
    """Join "30", "1" to "31"."""
    joined: list[str] = []
    skip = False
    for word, after in pairwise([*words, ""]):
        if skip:
            skip = False
        elif _is_ten(word) and re.fullmatch("[1-9]", after):
            joined.append(str(int(word) + int(after)))
            skip = True
        else:
            joined.append(word)
    return joined


def _is_ten(word: str) -> bool:
    return word in {str(value) for value in _TENS.values()}
