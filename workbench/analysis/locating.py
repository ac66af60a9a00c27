"""Find words in a text that says nearly the same: after recognition, correction, a new model."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz

SURE = 70.0  # below this similarity (0…100) a place is not proposed
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_REACH = 3  # words tried beyond each end of the first guess


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found.

    Attributes:
        first: index of the text with the first word.
        start: code point in that text.
        last: index of the text with the last word.
        end: code point after the last word in that text.
        score: similarity, 0…100.
    """

    first: int
    start: int
    last: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Token:
    text: int
    start: int
    end: int
    norm: str


def locate(words: str, texts: Sequence[str], near: float | None = None) -> Place | None:
    """Find a quotation in a sequence of texts: to the letter, word by word, or nearly.

    Args:
        words: the quotation.
        texts: where to look; the quotation may run over several, with a space between them.
        near: share of all texts that was before it, 0.0…1.0; decides between equal places.

    Returns:
        the best place, or `None` when nothing is similar enough.
    """
    if found := _verbatim(words, texts, near):
        return found
    wanted = [token.norm for token in _tokens([words])]
    tokens = _tokens(texts)
    if not wanted or not tokens:
        return None
    exact = _exact(wanted, tokens)
    if exact:
        starts = _starts(texts)
        best = _nearest(
            exact, near, starts[-1], lambda at: starts[tokens[at].text] + tokens[at].start
        )
        return _place(tokens, best, best + len(wanted), 100.0)
    return _similar(" ".join(wanted), tokens)


def occurrences(words: str, texts: Sequence[str]) -> list[Place]:
    """Return every place where a quotation stands: to the letter, else word by word.

    Args:
        words: the quotation.
        texts: where to look; the quotation may run over several, with a space between them.

    Returns:
        the places in order; parts of words only where no whole words fit.
    """
    found = _verbatim_places(words, texts)
    whole = " ".join(texts)
    at_words = [at for at in found if not _cuts(whole, at) and not _cuts(whole, at + len(words))]
    if not at_words:
        wanted = [token.norm for token in _tokens([words])]
        tokens = _tokens(texts)
        if wanted and (exact := _exact(wanted, tokens)):
            return [_place(tokens, at, at + len(wanted), 100.0) for at in exact]
    starts = _starts(texts)
    return [_at(at, at + len(words), texts, starts) for at in at_words or found]


def _verbatim(words: str, texts: Sequence[str], near: float | None) -> Place | None:
    whole, starts = " ".join(texts), _starts(texts)
    found = _verbatim_places(words, texts)
    ends_words = [at for at in found if not _cuts(whole, at) and not _cuts(whole, at + len(words))]
    # Part of a word only where it was a part before.
    places = ends_words or (found if near is not None else [])
    if not places:
        return None
    begin = _nearest(places, near, starts[-1], int)
    return _at(begin, begin + len(words), texts, starts)


def _verbatim_places(words: str, texts: Sequence[str]) -> list[int]:
    if not words.strip():
        return []
    return [match.start() for match in re.finditer(f"(?={re.escape(words)})", " ".join(texts))]


def _at(begin: int, end: int, texts: Sequence[str], starts: Sequence[int]) -> Place:
    """Return the place from one code point to another of all texts joined by spaces."""
    first, last = bisect_right(starts, begin) - 1, bisect_right(starts, end - 1) - 1
    if end - starts[last] > len(texts[last]):  # ends with the space before an empty text
        last += 1
        end = starts[last]
    return Place(first, begin - starts[first], last, end - starts[last], 100.0)


def _cuts(text: str, at: int) -> bool:
    """Tell whether a cut at this code point goes through a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _starts(texts: Sequence[str]) -> list[int]:
    """Return where each text begins when they are joined by a space, and where the last ends."""
    return list(accumulate((len(text) + 1 for text in texts), initial=0))


def _nearest(
    places: Sequence[int], near: float | None, length: int, position: Callable[[int], int]
) -> int:
    if near is None:
        return places[0]
    return min(places, key=lambda at: abs(position(at) - near * length))


def _tokens(texts: Sequence[str]) -> list[_Token]:
    return [
        _Token(index, match.start(), match.end(), _normalise(match.group()))
        for index, text in enumerate(texts)
        for match in _WORD.finditer(text)
    ]


def _normalise(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _exact(wanted: list[str], tokens: list[_Token]) -> list[int]:
    norms = [token.norm for token in tokens]
    size = len(wanted)
    return [
        at
        for at in range(len(norms) - size + 1)
        if norms[at] == wanted[0] and norms[at : at + size] == wanted
    ]


def _similar(needle: str, tokens: list[_Token]) -> Place | None:
    starts, position = [], 0
    for token in tokens:
        starts.append(position)
        position += len(token.norm) + 1
    haystack = " ".join(token.norm for token in tokens)
    found = fuzz.partial_ratio_alignment(needle, haystack, score_cutoff=SURE - 10)
    if found is None:
        return None
    first = _token_at(starts, found.dest_start)
    last = _token_at(starts, max(found.dest_start, found.dest_end - 1))
    score, begin, end = max(
        (_ratio(needle, tokens, begin, end), begin, end)
        for begin in range(max(0, first - _REACH), min(first + _REACH, len(tokens) - 1) + 1)
        for end in range(max(begin, last - _REACH) + 1, min(last + _REACH, len(tokens) - 1) + 2)
    )
    return _place(tokens, begin, end, score) if score >= SURE else None


def _token_at(starts: list[int], position: int) -> int:
    index = 0
    for index, start in enumerate(starts):
        if start > position:
            return index - 1
    return index


def _ratio(needle: str, tokens: list[_Token], begin: int, end: int) -> float:
    return fuzz.ratio(needle, " ".join(token.norm for token in tokens[begin:end]))


def _place(tokens: list[_Token], begin: int, end: int, score: float) -> Place:
    first, last = tokens[begin], tokens[end - 1]
    return Place(first.text, first.start, last.text, last.end, score)
