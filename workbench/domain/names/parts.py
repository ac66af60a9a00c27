"""A real name and its parts: given name, family name, in scripts with and without spaces."""

from __future__ import annotations

import re
import unicodedata

from workbench.domain.names.families import CHINESE, JAPANESE, KOREAN
from workbench.domain.names.folding import key

PARTICLES = frozenset(
    """van von der den ter ten del della dos das da de di du la le el al bin ibn abu ben bat zu zum
    zur und y e i san st sr jr dr mr mrs ms mx herr frau prof mme văn thị""".split()  # noqa: SIM905  words
)
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai to Khmer, kana and Han: no spaces, so a name has no borders."""
HANGUL = re.compile("[\uac00-\ud7af]")

_VIETNAMESE = re.compile(
    "[ăơưạ-ỹ]|^(?:nguyen|tran|pham|phan|dang|bui|ngo|duong|huynh|hoang|trinh|truong|le|vo|vu|do|ly)\\b"
)
_SHORTEST = 2  # letters; one letter is an initial
_AROUND = '()[]{}.,;:/"“”„«»'
_HYPHENS = re.compile("[-‐‑‒–·・･]")
_COMPOUND = 4  # letters: of a name in Han with a family name of two


def parts_of(real: str) -> list[str]:
    """Return a real name and its parts, the whole first.

    A name that was typed in one case is taken as if it had its capitals.
    """
    real = " ".join(unicodedata.normalize("NFC", real).split())
    written = real.title() if real.islower() or real.isupper() else real
    words = [word.strip(_AROUND) for word in written.split()]
    if len(words) == 1:
        words += _unspaced_parts(words[0])
    words += [part for word in words for part in _HYPHENS.split(word)]
    parts = [word for word in words if _counts(word)]
    whole = [written] if len(written) > 1 else []
    return [part for part in dict.fromkeys(whole + parts) if _is_begun_as_name(part)]


def with_particles(real: str) -> list[tuple[str, str]]:
    """Return the parts of a name that have particles, with and without: “de Jong” and “Jong”."""
    found, before = [], []
    for word in " ".join(real.split()).split(" "):
        if word.casefold() in PARTICLES:
            before.append(word)
            continue
        if before and len(word) >= _SHORTEST:
            found.append((" ".join((*before, word)), word))
        before = []
    return found


def words_of(name: str) -> set[str]:
    """Return the words of a name, folded; one without spaces counts with its parts."""
    words = [word for part in name.split() for word in (part, *_HYPHENS.split(part))]
    return {plain for word in words if (plain := key(word.strip(_AROUND)))}


def is_small(letter: str) -> bool:
    """Tell whether a letter is a small one that has a capital; Georgian has none in use."""
    return letter.islower() and letter.title() != letter


def is_vietnamese(real: str) -> bool:
    """Tell whether a name is Vietnamese: without its tone a part of it is an ordinary word."""
    return bool(_VIETNAMESE.search(unicodedata.normalize("NFC", real).casefold()))


def is_unspaced(name: str) -> bool:
    """Tell whether a name is of a script that puts no spaces between words."""
    return bool(UNSPACED.match(name))


def is_together(name: str) -> bool:
    """Tell whether family and given name are written together."""
    return bool(UNSPACED.match(name) or HANGUL.match(name))


def _counts(word: str) -> bool:
    if len(word) < _SHORTEST:  # an initial; where letters are words it is a family’s name
        return is_together(word)
    return word.casefold() not in PARTICLES


def _unspaced_parts(name: str) -> list[str]:
    """Return family and given name of one that was written without a space."""
    if HANGUL.match(name):
        return [name[0], name[1:]] if len(name) == 3 and name[0] in KOREAN else []
    if not is_unspaced(name):
        return []
    family = next((one for one in JAPANESE if name.startswith(one) and len(name) > len(one)), "")
    if family and len(name) >= len(family) + 2:
        return [family, name[len(family) :]]
    if name[:2] in CHINESE and len(name) == _COMPOUND:
        return [name[:2], name[2:]]
    if name[0] not in CHINESE or len(name) not in (2, 3):
        return []
    return [name[0], name[1:]] if len(name) == 3 else [name[0]]


def _is_begun_as_name(word: str) -> bool:
    """Tell whether a word begins with a capital, or with a letter of a script that has none."""
    return word[0].isalpha() and not is_small(word[0])
