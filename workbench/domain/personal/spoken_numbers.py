"""Phone numbers as people say them: in words, or with words in between.

“oh one five one, two three four …”, “zéro six douze trente-quatre …”, “0151, and then 234 5678”.
What somebody counts, and times of day, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from workbench.domain.personal.kinds import Contact, Kind

_DIGITS = (
    "zero oh null zéro cero nul",
    "one eins un uno een één jeden",
    "two zwei zwo deux dos due dois duas twee dwa",
    "three drei trois tres tre três drie trzy",
    "four vier quatre cuatro quattro quatro cztery",
    "five fünf cinq cinco cinque vijf pięć",
    "six sechs seis sei meia zes sześć",
    "seven sieben sept siete sette sete zeven siedem",
    "eight acht huit ocho otto oito osiem",
    "nine neun neuf nueve nove negen dziewięć",
)
_VALUES = {word: value for value, words in enumerate(_DIGITS) for word in words.split()}
_TENS = """
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
    forty fifty sixty seventy eighty ninety dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante
"""
_BETWEEN = "and then und dann et puis y luego e poi depois en i potem um uh erm äh ähm euh eh"


def _any(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + r")\b"


_PLUS = "plus "
_UNIT, _TEN, _WORD = _any(" ".join(_DIGITS)), _any(_TENS), _any(_BETWEEN)
_SAID = rf"(?:{_TEN}(?:[- ](?:et )?{_UNIT})?|{_UNIT})"
_GAP = r"[ \xa0,.…–-]{1,3}"  # within a line
_GAPS = rf"{_GAP}(?:{_WORD}{_GAP}){{0,2}}"
_LETTERS = re.compile(r"[^\W\d_]+")
_KNOWN = frozenset((*_VALUES, *_TENS.split()))
_KNOWN_ASCII = frozenset(word.encode() for word in _KNOWN if word.isascii())
_ONLY_LETTERS = bytes(code if chr(code).isalpha() else ord(" ") for code in range(128)) + bytes(128)
_PART = re.compile(rf"(?P<ten>{_TEN}(?:[- ](?:et )?{_UNIT})?)|{_UNIT}|\d+", re.IGNORECASE)
_IN_GROUPS = re.compile(
    rf"[+0](?<!\w.)(?<![./+-].)(?<!\d[,:].)(?:(?<=\+)[1-9]\d{{0,2}}|(?<=0)[1-9]\d{{1,4}})"
    rf"(?:,? ?[–…-]? (?:{_WORD},? (?:[–…-] )?){{0,2}}\d{{2,8}}){{1,4}}(?![\w%€$£]|[.,:/-]\d)",
    re.IGNORECASE,
)
_LEAST_WORDS = 3
_LEAST, _MOST = 7, 15  # digits
_LEAST_IN_GROUPS = 8


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(  # when it is first needed: it takes long
        rf"\b(?:{_PLUS})?{_SAID}(?:{_GAPS}{_SAID}){{2}}(?:{_GAPS}(?:{_SAID}|\d{{1,8}}\b)){{2,20}}",
        re.IGNORECASE,
    )


def may_hold(text: str) -> bool:
    """Tell quickly whether a number in words may stand in a text: most have few of its words."""
    if text.isascii():
        words = text.lower().encode().translate(_ONLY_LETTERS).split()
        if _KNOWN_ASCII.isdisjoint(words):  # quicker than counting, and mostly so
            return False
        return sum(map(_KNOWN_ASCII.__contains__, words)) >= _LEAST_WORDS
    return sum(map(_KNOWN.__contains__, _LETTERS.findall(text.casefold()))) >= _LEAST_WORDS


def phones(text: str) -> Iterator[Contact]:
    """Go through the numbers in a text."""
    done = 0
    for word in _LETTERS.finditer(text):
        at = word.start()
        if at < done or word[0].casefold() not in _KNOWN:
            continue
        before = len(_PLUS) if text[max(0, at - len(_PLUS)) : at].casefold() == _PLUS else 0
        found = _in_words().match(text, at - before)
        if found and _is_said(found[0]):
            done = found.end()
            yield Contact(found.start(), done, Kind.PHONE)
    for found in _IN_GROUPS.finditer(text):
        if _is_grouped(re.findall(r"\d+", found[0])):
            yield Contact(found.start(), found.end(), Kind.PHONE)


def _is_said(words: str) -> bool:
    """Tell whether as many digits are said as a number has, and nobody counts."""
    parts = [*_PART.finditer(words)]
    digits = sum(2 if part["ten"] else _length(part[0]) for part in parts)
    values = [_VALUES.get(part[0].casefold(), -1) for part in parts]
    steps = [second - first for first, second in pairwise(values)]
    begun = values[0] == 0 or words.casefold().startswith(_PLUS)
    counted = max(steps.count(1), steps.count(-1), steps.count(0))
    if not _LEAST <= digits <= _MOST or counted == len(steps):
        return False
    return begun or (-1 not in values and 2 * counted <= len(steps))


def _length(part: str) -> int:
    return len(part) if part.isdigit() else 1


def _is_grouped(groups: list[str]) -> bool:
    """Tell whether groups of digits are one number, not a list of numbers or of times."""
    digits = sum(map(len, groups))
    values = [int(group) for group in groups]
    steps = {second - first for first, second in pairwise(values)}
    if not _LEAST_IN_GROUPS <= digits <= _MOST or (len(groups) > 2 and len(steps) == 1):
        return False
    return not all(
        len(group) == 4 and value % 5 == 0 and value % 100 < 60 and value < 2400
        for group, value in zip(groups, values, strict=True)
    )
