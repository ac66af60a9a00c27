"""Streets with the numbers of their houses in scripts that are not Latin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_HAN = "[\u3005\u3041-\u30fe\u3400-\u9fff]"
_RUSSIAN = "ул\\.|улица|вул\\.|вулиця|пр-т|просп\\.|проспект|пер\\.|переулок|бульвар"
_SIGNS = (
    *("ул", "пр", "пер", "бульвар", "δός", "Λεωφ", "λεωφ", "רח", "שד", "شارع"),
    *("路", "街", "道", "巷", "弄", "府", "県", "市", "区", "郡", "町", "村", "로", "길"),
)


@cache
def street() -> re.Pattern[str]:
    """Return what a street with a number looks like; it is compiled when it is first needed."""
    return re.compile(
        rf"(?:{_RUSSIAN})(?: ?[А-ЯІЇЄ][\w.-]*){{1,3}},? (?:дом |д\. ?|буд\. ?)?\d{{1,4}}\w?"
        r"|(?:[Οο]δός|Λεωφ\.|[Λλ]εωφόρος) (?:\w+ ){1,3}\d{1,4}"
        r"|(?:רחוב|רח'|שדרות|שד') (?:[\w\"']+ ){1,3}\d{1,4}"
        r"|شارع (?:\w+ ){1,4}\d{1,4}"
        r"|[\u3400-\u9fff]{2,12}(?:路|街|道|巷|弄)\d{1,5}[号號]"
        rf"|{_HAN}{{2,12}}[都道府県市区郡町村]{_HAN}{{1,12}}\d{{1,4}}(?:丁目|-)\d{{1,4}}(?:番地?|-)?\d{{0,4}}号?"
        r"|[가-힣]{1,8}[시군구] [가-힣]{1,8}(?:로|길) ?\d{1,4}(?:번길 ?\d{1,4})?(?:-\d{1,3})?"
    )


def within(text: str) -> Iterator[tuple[int, int]]:
    """Go through where such streets stand in a text."""
    if not text.isascii() and any(sign in text for sign in _SIGNS):
        yield from (found.span() for found in street().finditer(text))
