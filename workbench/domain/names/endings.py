"""How a part of a name is bent in Slavic languages, German, Greek, Hungarian, Turkish, Finnish.

Only forms that a name gets as a name; a form that is an ordinary word is left to the researcher.
Folded: й is и, ё is е, ę is e, ą is a.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
# Czech, Slovak, Croatian, Serbian, Slovene.
_SLAVIC = (
    ("ova", "a", "e ou u"),
    ("ova", "ova", "ove ovu ovou ovej ovoj ovom"),
    ("y", "y", "eho emu ym em eho"),
    ("ka", "ka", "ki ce ky ku kou kom ko"),
    ("a", "a", "y i e u ou om o"),
    ("ek", "ek", "ka kovi kem ku kom"),
    ("ec", "ec", "ce ci cem cu ca"),
    ("el", "el", "la lovi lem lu lom"),
    ("ac", "ac", "ca cu cem"),
    ("ko", "o", "a u em om"),
    ("e", "e", "a u om"),
)
_SLAVIC_CONSONANT = "a u e em om ovi i ovy ova ovo"
_HUNGARIAN = (
    "nak nek val vel t at et ot ban ben bol hoz hez toz tol ra re rol ek ert eknek e ig on en kal"
)
_TURKISH = "in un nin nun i u yi yu e a ye ya de da te ta den dan ten tan le la yle yla ler lar"
_FINNISH = (
    ("nen", "nen", "sen sta sella selle selta sesta ssa selle seen"),
    ("kka", "ka", "an alle alla alta asta assa aksi"),
    ("ppa", "pa", "an alle alla alta asta assa aksi"),
    ("tta", "ta", "an alle alla alta asta assa aksi"),
    ("", "", "n lle lla lta sta ssa ksi"),
)
_LOOKS = {
    "polish": r"[łśżźćńąę]|sz|cz|rz|ski\b|ska\b|cki\b|cka\b|wicz\b|nowak|owsk|w[oó]jcik|marcin",
    "slavic": (
        r"[ěřůčďť]|[šžđ]|ov[áa]\b|(?:ák|ík|[ií]ček|[oe]vi[cć]|i[ć]|ovac|ský)\b"
        r"|\b(?:petr|pavel|jana?|tom[áa]š|ji[řr]í|ivana?|marko|luka|jovan|milan|goran|zoran|horvat)\b"
    ),
    "hungarian": (
        r"[őű]|(?:ács|óth|ész|nagy|szab[óo]|kov[áa]cs|t[óo]th|horv[áa]th|moln[áa]r|varga|farkas)\b"
        r"|\b(?:j[áa]nos|istv[áa]n|l[áa]szl[óo]|p[ée]ter|zsuzs\w*|katalin|gy\w+|s[áa]ndor|zolt[áa]n|attila)\b"
    ),
    "turkish": (
        r"[ğışİ]|o[gğ]lu\b|\böz|türk|yılmaz|çelik|demir"
        r"|\b(?:mehmet|mustafa|ahmet|fatma|ay[sş]e|emine|hatice|h[üu]seyin|hasan|zeynep|murat)\b"
    ),
    "finnish": r"nen\b|[äö]{2}|(?:aa|ii|uu|ee)\w*[äöi]\b|\b(?:pekka|mikko|jukka|matti|liisa)\b",
}
_LOOK = {language: re.compile(look) for language, look in _LOOKS.items()}
_GREEK = (
    ("οσ", "οσ", "ου ο ε οι ων"),
    ("ησ", "ησ", "η"),
    ("ασ", "ασ", "α"),
    ("ισ", "ισ", "ι"),
    ("α", "", "σ"),
    ("η", "", "σ"),
)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "đ": "dj"}
)
_CYRILLIC_WORD, _GREEK_WORD = re.compile("[\u0400-\u052f]+"), re.compile("[\u0370-\u03ff]+")
_LATIN_WORD = re.compile("[a-z']+")
_VOWELS = "аеиоуыэюяіїєь"


def looks(real: str) -> frozenset[str]:
    """Return the languages in which a real name may be bent, by its look."""
    return frozenset(
        language
        for language, look in _LOOK.items()
        if look.search(real.casefold().replace("i̇", "i"))
    )


def bent(part: str, languages: frozenset[str]) -> set[str]:
    """Return the other forms of a part of a name, folded.

    Args:
        part: as it is written.
        languages: those of which the whole name is, by its look.
    """
    small = part.casefold()
    forms: set[str] = set()
    if _CYRILLIC_WORD.fullmatch(small):
        consonant = _CYRILLIC_CONSONANT if small[-1] not in _VOWELS + "й" else ""
        forms.update(_with(small, _CYRILLIC, consonant))
    elif _GREEK_WORD.fullmatch(small):
        forms.update(_with(small, _GREEK, ""))
    elif _LATIN_WORD.fullmatch(folded(part)):
        forms.update(_in_latin(small, folded(part), languages))
    plain = {folded(form) for form in forms} - {folded(part)}
    return {form for form in plain if not is_ordinary(form)}


def _in_latin(small: str, plain: str, languages: frozenset[str]) -> Iterator[str]:
    """Yield forms in languages with Latin letters; each name has the English and German one."""
    is_closed = plain[-1] not in "aeiouy"
    if "polish" in languages:
        yield from _with(small, _POLISH, _POLISH_CONSONANT if is_closed else "")
    if "slavic" in languages:
        yield from _with(plain, _SLAVIC, _SLAVIC_CONSONANT if is_closed else "")
    if "hungarian" in languages:
        yield from (plain + ending for ending in _HUNGARIAN.split())
        yield from (f"{plain}{plain[-1]}{ending}" for ending in ("al", "el"))
    if "turkish" in languages:
        yield from (plain + ending for ending in _TURKISH.split())
    if "finnish" in languages and (not is_closed or plain.endswith("nen")):
        yield from _with(plain, _FINNISH, "")
    if len(small) > _LEAST and small[-1] not in "sxzß":
        yield small + "s"


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
