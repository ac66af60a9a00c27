"""How Cyrillic and Greek names are written in Latin letters, in a report of another language.

“Юлия” is Yulia in English, Julija in science, Julia in German and Iuliia in a passport: each is
found. Names in scripts that write no vowels, or whole syllables, are left to the researcher.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CYRILLIC = re.compile("[\u0400-\u045f\u0490\u0491]+")
_GREEK = re.compile("[\u0370-\u03ff]+")
_SAME = dict(zip("абвгґдезийклмнопрстуфыэіъь", "abvggdeziyklmnoprstufyei\0\0", strict=True))


def _scheme(letters: str, latin: str) -> dict[str, str]:
    return _SAME | dict(zip(letters, latin.split(), strict=True))


_SCHEMES = (
    _scheme("жхцчшщюяёїє", "zh kh ts ch sh shch yu ya yo yi ye"),  # English
    _scheme("йжхцчшщюяёїє", "j z h c c s sc ju ja e ji je"),  # science
    _scheme("вйжзхцчшщюяёїє", "w i sch s ch z tsch sch schtsch ju ja jo ji je"),  # German
    _scheme("йжхцчшщюяёїє", "i zh kh ts ch sh shch iu ia e i ie"),  # passports
)
_MORE = (  # what is usual beside the rules: a pattern, and what stands there, too
    ("ks", "x"),
    ("(?:iy|ij|yy|yj|yi|ii)$", "y"),
    ("(?:iy|ij|yy|yj|yi|ii)$", "i"),
    ("iya$|ija$|iia$", "ia"),
    ("(?<=[a-z])(?:ya|ja)(?=[a-z])", "ia"),
    ("ndr$", "nder"),
    ("^e", "ye"),
    ("^e", "je"),
)
_GREEK_PAIRS = (
    *(("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γκ", "gk"), ("ντ", "nt")),
    *(("μπ", "mp"), ("θ", "th"), ("ξ", "x"), ("ψ", "ps")),
)
_GREEK_LETTERS = str.maketrans("αβγδεζηικλμνοπρσςτυω", "avgdeziiklmnoprsstyo")
_GREEK_MORE = (
    *(("f", "ph"), ("ch", "h"), ("^gi", "yi"), ("nt", "d"), ("mp", "b"), ("gk", "g")),
    *(("ei", "i"), ("ai", "e"), ("^g(?=[ei])", "y"), ("v", "b")),
)


def in_latin(part: str) -> set[str]:
    """Return in what ways a part of a name is written in Latin letters, small; often in none."""
    small = unicodedata.normalize("NFC", part).casefold()
    if _CYRILLIC.fullmatch(small):
        return set(_varied(_from_cyrillic(small), _MORE))
    plain = "".join(one for one in unicodedata.normalize("NFD", small) if one.isalpha())
    return set(_varied(_from_greek(plain), _GREEK_MORE)) if _GREEK.fullmatch(plain) else set()


def _from_cyrillic(small: str) -> Iterator[str]:
    for scheme in _SCHEMES:
        yield "".join(scheme.get(letter, "") for letter in small).replace("\0", "")


def _from_greek(plain: str) -> Iterator[str]:
    for pair, latin in _GREEK_PAIRS:
        plain = plain.replace(pair, latin)
    yield plain.replace("φ", "f").replace("χ", "ch").translate(_GREEK_LETTERS)


def _varied(words: Iterator[str], more: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for word in words:
        ways = {word}
        for pattern, instead in more:
            ways |= {re.sub(pattern, instead, way) for way in ways}
        yield from ways
