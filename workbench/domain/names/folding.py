"""Texts as names are looked for in them: without case, accents and signs nobody sees.

A name is the same name in capitals, with a decomposed accent, with another apostrophe, with a soft
hyphen in it or with Arabic vowels. Where a text is shortened or grows by that, `Folded` knows
where each letter came from. A word in a file name that has no spaces (`InterviewAnnaBerg`) begins
with a mark, `BREAK`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from workbench.domain.names.shapes import SHAPES

BREAK = "\x1f"
"""Stands between two words that only a capital tells apart."""

_APOSTROPHES = "'’‘ʼ‛`´ʹ′ʻ＇ʾʿ"
_HYPHENS = "-‐‑‒–—−﹣－"
_SPELT = {
    "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th",
    "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": "",
    **dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-"),
}  # fmt: skip
# Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. The signs of other scripts are
# vowels and consonants: without them it is another word.
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
# A letter and what belongs to it; Hangul may be in its parts.
_CLUSTER = re.compile(
    "[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*|"
    "(?s:.)[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u3099\u309a\u093c\u09bc]*"
)
# “AnnaBerg”, but not “McDonald”: the second letter is looked for, since capitals are rare.
_CAMEL = re.compile(
    "[A-ZÀ-ÖØ-ÞŁŚŻŹĆŠŽČА-Я](?<=[a-zß-öø-ÿłśżźćšžčąęńа-яё].)"
    r"(?<!\bMc.)(?<!\bMac.)(?<!\bDe.)(?<!\bDi.)(?<!\bDu.)(?<!\bLa.)(?<!\bLe.)(?<!\bVan.)(?<!\bFitz.)"
)


_PARTED = re.compile(r"[-‐‑¬](?<=[^\W\d_].)\s{1,8}(?=[^\W\d_])")
"""A word that goes on behind the end of a line, or where a line ended before it was pasted."""


def is_parted(text: str) -> bool:
    """Tell whether words of a text may go on in the next line."""
    return bool(_PARTED.search(text))


class _Table(dict[int, str]):
    """What becomes of each letter; worked out when it is met for the first time.

    Attributes:
        gone: letters of which nothing is left.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gone: set[str] = set()

    def __missing__(self, code: int) -> str:
        letter = _letter(chr(code))
        self[code] = letter
        if not letter:
            self.gone.add(chr(code))
        return letter


def _letter(letter: str) -> str:
    if _UNSEEN.match(letter) or _ACCENT.match(letter):
        return ""
    if letter in _SPELT:
        return _SPELT[letter]
    wide = unicodedata.normalize("NFKC", letter).casefold()
    parted = _ACCENT.sub("", unicodedata.normalize("NFD", wide))
    plain = "".join(_SPELT.get(one, one) for one in parted)
    return unicodedata.normalize("NFC", plain)


_table = _Table()
# Han, kana, Hangul and small Latin letters stay what they are. In a script without spaces that is
# nearly all, and looking up each of its letters takes longer than passing over them.
_UNSPACED = re.compile("[\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3]")
_OTHERS = re.compile(
    "[^a-z0-9 ,.!?\u3001-\u3003\u3005-\u3007\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uac00-\ud7a3]+"
)


def folded(text: str) -> str:
    """Return a text as names are looked for in it."""
    text = unicodedata.normalize("NFC", text)
    if _CAMEL.search(text):
        text = _CAMEL.sub(rf"{BREAK}\g<0>", text)
    if text.isascii():
        return text.lower().replace("`", "'")  # the same, much quicker
    if _UNSPACED.search(text):
        return _OTHERS.sub(lambda found: found[0].translate(_table), text)
    return text.translate(_table)


def is_even(written: str, plain: str) -> bool:
    """Tell whether each letter of a text that was folded stands where it was written."""
    # Where no letter goes, none can have become several either if there are as many.
    return (
        len(written) == len(plain)
        and BREAK not in plain
        and _table.gone.isdisjoint(written)
        and unicodedata.is_normalized("NFC", written)
    )


@cache
def _key_signs() -> re.Pattern[str]:
    return re.compile(rf"[\s'\-_.,{BREAK}]+")


def key(name: str) -> str:
    """Return a name so that all ways to write it are equal, also with other signs and spaces."""
    return _key_signs().sub("", folded(name)).translate(SHAPES)


class Folded:
    """A folded text that knows where its letters stand in the one that was written.

    Attributes:
        text: the folded one.

    Args:
        written: the text.
        whole: put together again what is parted by a hyphen at the end of a line.
    """

    def __init__(self, written: str, *, whole: bool = False) -> None:
        letters: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        breaks = {found.start() for found in _CAMEL.finditer(written)}
        parted = _PARTED.finditer(written) if whole else ()
        gone = {at for found in parted for at in range(*found.span())}
        for found in _CLUSTER.finditer(written):
            start, end = found.span()
            if start in gone:
                continue
            if start in breaks:
                letters.append(BREAK)
                self._starts.append(start)
                self._ends.append(start)
            plain = unicodedata.normalize("NFC", found[0]).translate(_table)
            letters.append(plain)
            self._starts += [start] * len(plain)
            self._ends += [end] * len(plain)
        self.text = "".join(letters)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch, which is not empty, stands in the text that was written."""
        return self._starts[start], self._ends[end - 1]
