"""Runs of words that two texts have in common: five words in a row are seldom the same by chance.

Scripts without spaces are compared letter by letter. Case, accents, what stands between the words
and sounds that are none do not count, since people type again what they have read, and tidy it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice

WORDS = 5
"""So many words in a row are a run."""
LETTERS = 8
"""So many letters in a row are one in a script without spaces."""
Run = tuple[str, ...]

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # fmt: skip  # noqa: E501
_SIGNS = "\u0900-\u0963\u0970-\u0dff"  # vowels of India, which are no letters of their own
_BREAKS = "\0\x1e\x1f"  # between texts, rows and cells: nobody says words across them
_BROKEN = r"[-‐][^\S\x1c-\x1f]{1,8}"  # a word goes on in the next line, and not beyond a border
_LETTER = rf"[^\W_{_UNSPACED}]"
_TOKEN = re.compile(
    rf"[{_UNSPACED}{_BREAKS}]"
    rf"|{_LETTER}(?:{_LETTER}|[{_MARKS}{_SIGNS}]|(?:['’]|{_BROKEN})(?={_LETTER}))*"
)
# The same, quicker, in ASCII.
_PLAIN_TOKEN = re.compile(rf"[a-z0-9]+(?:(?:'|{_BROKEN})[a-z0-9]+)*|[{_BREAKS}]")
_END_OF_LINE = re.compile(rf"(?<=[^\W_]){_BROKEN}(?=[^\W_])")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_MARK = re.compile(f"[{_MARKS}]+")
_SPELT = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "’": "'"})
_NO_WORDS = frozenset("um uh uhm er erm ah ahm eh ehm hm hmm mhm euh ohm э эм эээ".split())  # noqa: SIM905
_DISTINCT = 4  # words of a run that are not the same
_LEAST_WORDS, _LEAST_LETTERS = 3, 5  # of a whole text that counts by itself
_LONG = 7  # letters of a word that is not everybody's
_LEAST = 12  # letters of a run; shorter ones are what everybody says


def common(runs: set[Run], text: str) -> set[Run]:
    """Return the runs that stand in a text, too; nothing of it is kept."""
    return {run for run in runs.intersection(each(text)) if _is_telling(run)}


def stretches(text: str, runs: Collection[Run]) -> list[tuple[int, int]]:
    """Return where in a text runs stand; those that overlap are one stretch."""
    each_token = ((_folded(token[0]), token.span()) for token in _TOKEN.finditer(text))
    kept = [one for one in each_token if one[0] not in _NO_WORDS]
    tokens, found = [token for token, _ in kept], [span for _, span in kept]
    places: list[tuple[int, int]] = []
    for length in {len(run) for run in runs}:
        hits = [at for at, run in enumerate(_parts(tokens, length)) if run in runs]
        places += [(at, at + length - 1) for at in hits]
    joined: list[tuple[int, int]] = []
    for begin, last in sorted(places):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((begin, last))
    return [(found[begin][0], found[last][1]) for begin, last in joined]


def whole(text: str) -> Run | None:
    """Return a text that is shorter than a run as one; `None` if it is not, or says too little."""
    if text.isascii() and _counted(text) >= WORDS:
        return None
    tokens = tuple(_words(text))
    least, most = (_LEAST_LETTERS, LETTERS) if _IS_UNSPACED.search(text) else (_LEAST_WORDS, WORDS)
    is_telling = len(set(tokens)) >= _LEAST_WORDS and not any(one in _BREAKS for one in tokens)
    return tokens if least <= len(tokens) < most and is_telling else None


def _counted(text: str) -> int:
    """Return how many words an ASCII text has at least; that is told quicker than which."""
    words = text.lower().split()
    return sum(map(str.isalnum, words)) - sum(map(_NO_WORDS.__contains__, words))


def is_distinctive(run: Run) -> bool:
    """Tell whether so few words are hardly the same by chance in a text: one of them is long."""
    return sum(map(len, run)) >= _LEAST and max(map(len, run)) >= _LONG


def short(runs: Collection[Run], text: str) -> set[Run]:
    """Return those of some runs of a few words that stand in a text."""
    tokens = _words(text)
    lengths = {len(run) for run in runs}
    return {run for length in lengths for run in _parts(tokens, length) if run in runs}


def each(text: str) -> Iterable[Run]:
    """Go through the runs of a text."""
    tokens = _words(text)
    if text.isascii():
        return _parts(tokens, WORDS)
    words = _parts(tokens, WORDS)
    return chain(words, _parts(tokens, LETTERS)) if _IS_UNSPACED.search(text) else words


def _words(text: str) -> list[str]:
    """Return the words of a text, folded, without those that are none."""
    plain = _folded(text)
    tokens = (_PLAIN_TOKEN if plain.isascii() else _TOKEN).findall(plain)
    if _NO_WORDS.isdisjoint(tokens):
        return tokens
    return [token for token in tokens if token not in _NO_WORDS]


def _parts(tokens: list[str], length: int) -> Iterator[Run]:
    return zip(*(islice(tokens, at, None) for at in range(length)), strict=False)


def _folded(text: str) -> str:
    plain = text.casefold()
    if "-" in plain or "‐" in plain:
        plain = _END_OF_LINE.sub("", plain)
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize("NFKC", _MARK.sub("", parted)).translate(_SPELT)


def _is_telling(run: Run) -> bool:
    """Tell whether a run is one: not all the same word, nor across a border."""
    if any(part in _BREAKS for part in run):
        return False
    if any(map(_IS_UNSPACED.match, run)):
        return len(run) == LETTERS and len(set(run)) >= _DISTINCT
    return len(run) == WORDS and len(set(run)) >= _DISTINCT and sum(map(len, run)) >= _LEAST
