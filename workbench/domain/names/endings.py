"""How a part of a name is bent in Russian, Ukrainian, Polish, German and Greek.

Only forms that a name gets as a name; a form that is an ordinary word is left to the researcher.
Folded: й is и, ё is е, ę is e, ą is a.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.domain.names.folding import folded
from workbench.domain.names.ordinary import is_ordinary

_LEAST = 3  # letters of the stem
# The end of a name, what goes of it, and what comes in its place; all that fit are used.
_CYRILLIC = (
    ("а", "а", "ы и е у ой ою ей ею о і"),
    ("я", "я", "и е ю ей ею й і ї єю"),
    ("ая", "ая", "ой ую ою"),
    ("яя", "яя", "ей юю"),
    ("ский", "ий", "ого ому им ом ая ой ую их ие"),
    ("цкий", "ий", "ого ому им ом ая ой ую их ие"),
    ("ый", "ый", "ого ому ым ом ая ой ую ых ые"),
    ("ой", "ой", "ого ому ым ом ая ую ых ые"),
    ("ий", "ий", "ия ию ием ии ого ому им"),
    ("й", "й", "я ю ем е єм"),
    ("ь", "ь", "я ю ем ём е и ью єм"),
    ("о", "о", "а у ом ові"),
    ("ел", "ел", "ла лу лом ле"),
    ("ец", "ец", "ца цу цом цем це"),
    ("ок", "ок", "ка ку ком ке"),
    ("ів", "ів", "ова ову овим ову"),
    ("ов", "", "а у ым е ы ой ых ыми"),
    ("ев", "", "а у ым е ы ой ых ыми"),
    ("ин", "", "а у ым ом е ы ой ых ыми"),
)
_CYRILLIC_CONSONANT = "а у ом ем е ы ові ів"
_POLISH = (
    ("ska", "ska", "skiej ską"),
    ("cka", "cka", "ckiej cką"),
    ("ski", "ski", "skiego skiemu skim scy skich ska skiej ską"),
    ("cki", "cki", "ckiego ckiemu ckim ccy ckich cka ckiej cką"),
    ("ka", "ka", "ki ce kę ką ko"),
    ("ga", "ga", "gi dze gę gą go"),
    ("ra", "ra", "ry rze rę rą ro"),
    ("ła", "ła", "ły le łę łą ło"),
    ("ta", "ta", "ty cie tę tą to"),
    ("da", "da", "dy dzie dę dą do"),
    ("a", "a", "y i ie ę ą o"),
    ("ek", "ek", "ka kowi kiem ku"),
    ("eł", "eł", "ła łowi łem le"),
    ("ec", "ec", "ca cowi cem cu"),
)
_POLISH_CONSONANT = "a owi em iem ie u owie ów"
_POLISH_LOOK = re.compile(
    r"[łśżźćńąę]|sz|cz|rz|ski\b|ska\b|cki\b|cka\b|wicz\b|nowak|owsk|w[oó]jcik|marcin"
)
_GREEK = (
    ("οσ", "οσ", "ου ο ε οι ων"),
    ("ησ", "ησ", "η"),
    ("ασ", "ασ", "α"),
    ("ισ", "ισ", "ι"),
    ("α", "", "σ"),
    ("η", "", "σ"),
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_CYRILLIC_WORD, _GREEK_WORD = re.compile("[\u0400-\u052f]+"), re.compile("[\u0370-\u03ff]+")
_LATIN_WORD = re.compile("[a-z']+")
_VOWELS = "аеиоуыэюяіїєь"


def is_polish(real: str) -> bool:
    """Tell whether a real name looks like one that is bent as in Polish."""
    return bool(_POLISH_LOOK.search(real.casefold()))


def bent(part: str, *, polish: bool) -> set[str]:
    """Return the other forms of a part of a name, folded.

    Args:
        part: as it is written.
        polish: the whole name looks Polish.
    """
    small = part.casefold()
    forms: set[str] = set()
    if _CYRILLIC_WORD.fullmatch(small):
        consonant = _CYRILLIC_CONSONANT if small[-1] not in _VOWELS + "й" else ""
        forms.update(_with(small, _CYRILLIC, consonant))
    elif _GREEK_WORD.fullmatch(small):
        forms.update(_with(small, _GREEK, ""))
    elif _LATIN_WORD.fullmatch(folded(part)):
        if polish:
            consonant = _POLISH_CONSONANT if small[-1] not in "aeiouy" else ""
            forms.update(_with(small, _POLISH, consonant))
        if len(small) > _LEAST and small[-1] not in "sxzß":
            forms.add(small + "s")
    plain = {folded(form) for form in forms} - {folded(part)}
    return {form for form in plain if not is_ordinary(form)}


def spelt(part: str) -> str:
    """Return a part of a name as it is spelt where umlauts are missing; the same if it has none."""
    return part.casefold().translate(_UMLAUTS)


def _with(word: str, rules: Iterable[tuple[str, str, str]], consonant: str) -> Iterable[str]:
    for end, gone, endings in rules:
        stem = word.removesuffix(gone)
        if word.endswith(end) and len(stem) >= _LEAST - (len(gone) > 0):
            yield from (stem + ending for ending in endings.split())
    if consonant and len(word) >= _LEAST:
        yield from (word + ending for ending in consonant.split())
