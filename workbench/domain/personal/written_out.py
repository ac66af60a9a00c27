"""E-mail addresses as people say them, or write them so that no machine reads them.

“anna.berg at gmail.com”, “anna dot berg at example dot com”, “anna.berg (at) example.com”. What
recognises speech writes all of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.domain.personal.kinds import Contact, Kind

_AT_WORD = r"(?:at|ät|arroba|arobase|chiocciola|apenstaartje|małpa|собака)"
_DOT_WORD = r"(?:dot|punkt|punto|point|kropka|точка)"
_IN_BRACKETS = rf"\s?[\[({{]\s?{_AT_WORD}\s?[\])}}]\s?"
_DOT = rf"(?:\.|\s?[\[({{]\s?{_DOT_WORD}\s?[\])}}]\s?|\s{_DOT_WORD}\s)"
_SAID_DOT = rf"\s{_DOT_WORD}\s"
_HOSTS = (
    "gmail|googlemail|gmx|yahoo|hotmail|outlook|icloud|web|proton|protonmail|aol|mail|live|msn|me|t-online"
    "|orange|free|wanadoo|libero|wp|onet|seznam|yandex|naver|qq|163"
)
_NAME = rf"[\w+-]{{2,40}}(?:{_DOT}[\w+-]{{1,40}}){{0,3}}"
_SIGN = re.compile(
    rf"{_IN_BRACKETS}|\s(?:{_AT_WORD}|@)\s?(?={_HOSTS}|[\w-]+{_SAID_DOT})|\S@\s(?={_HOSTS})",
    re.IGNORECASE,
)
# What a sign begins with, in small letters; the other words have letters beyond ASCII.
_BEGUN = re.compile(r"\s(?:a(?:t|rroba|robase|penstaartje)|chiocciola)")
_ADDRESSES = tuple(
    re.compile(address, re.IGNORECASE)
    for address in (
        rf"{_NAME}{_IN_BRACKETS}[\w-]+(?:{_DOT}[\w-]+)+",
        rf"{_NAME}(?:\s{_AT_WORD}\s|\s?@\s?)(?:{_HOSTS}){_DOT}[a-z]{{2,4}}\b",
        rf"{_NAME}\s{_AT_WORD}\s[\w-]+(?:{_SAID_DOT}[\w-]+){{0,2}}{_SAID_DOT}[a-z]{{2,4}}\b",
    )
)
_AROUND = 120  # letters on either side of the sign


def may_hold(text: str) -> bool:
    """Tell quickly whether such an address may stand in a text."""
    if text.isascii() and not ("@" in text or "(" in text or "[" in text or "{" in text):
        return bool(_BEGUN.search(text.lower()) and _SIGN.search(text))
    return bool(_SIGN.search(text))


def emails(text: str) -> Iterator[Contact]:
    """Go through the addresses in a text."""
    for sign in _SIGN.finditer(text):
        begin = max(0, sign.start() - _AROUND)
        for address in _ADDRESSES:
            places = address.finditer(text, begin, sign.end() + _AROUND)
            found = next((one for one in places if one.start() <= sign.start() < one.end()), None)
            if found:
                yield Contact(found.start(), found.end(), Kind.EMAIL)
                break
