"""People in networks: what somebody is called there, and pages, which lead to them as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.domain.personal.letters import TOGETHER, WORD

_NETWORKS = (
    "(?:facebook|fb|instagram|linkedin|twitter|x|tiktok|xing|youtube|github|threads|vk|wa|t|bsky"
    r"|reddit|pinterest|snapchat)\.(?:com|net|me|app)/"
)


def _any(ends: str) -> str:
    return "|".join(re.escape(end) for end in ends.split())


LINK = re.compile(  # not what says in which form a file is written
    rf"(?<![\w.@/-])(?:https?://(?:www\.)?|www\.|(?={_NETWORKS}))"
    r"(?!(?:www\.)?(?:schemas\.|w3\.org|purl\.org|ns\.adobe))"
    r"[^\s<>\"“”„«»,;。、「」『』]{2,200}[^\s<>\"“”„«».,;:!?)\]'’*。、「」『』]",
    re.IGNORECASE,
)
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
_ENDS = (
    "com org net info biz eu ch nl pl cz dk fi de fr shop online blog co.uk org.uk ac.uk com.br"
    " com.au"
)
_ALSO_WORDS = "at it es be me io pt se no app ai tv cc"  # “well-known.it is”, without its space
_END = re.compile(rf"\.(?:{_any(f'{_ENDS} {_ALSO_WORDS}')})(?![\w@-]|\.\w)")
_NUMBERED = r"(?=[a-z-]{1,38}\d|\d+-?[a-z])"
_BARE = re.compile(  # of somebody, as their names tell: “maya-keller.de”, and not “example.com”
    rf"(?:{_LABEL}\.){{0,2}}(?:(?:{_NUMBERED}|[a-z]{{2,20}}-[a-z]{{2}}){_LABEL}\.(?:{_any(_ENDS)})"
    rf"|{_NUMBERED}{_LABEL}\.(?:{_any(_ALSO_WORDS)}))"
    r"(?![\w@-]|\.\w)(?:/[^\s<>\"“”„«»,;]{0,80}[^\s<>\"“”„«».,;:!?)\]'’*])?"
)
_OF_MORE = re.compile(r"[\w@/]")
_PARTS = rf"(?>(?:[.-]{{0,3}}+{WORD}++){{1,9}}+)"
_REACH = 120  # letters
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_PROFILE = re.compile(
    rf"(?:https?://)?(?:[a-z]{{2,3}}\.)?{_NETWORKS}(?!watch\b|search\b)\S{{2,}}", re.IGNORECASE
)


@cache
def handle() -> re.Pattern[str]:
    """Return what a name in a network looks like, with the network where it is said.

    It takes thirty milliseconds to compile, for which no start of the program is to wait.
    """
    return re.compile(  # not “see you @home”
        rf"(?<!{WORD}|@)@(?!(?:all|everyone|here|home|noon|night|school|work|\d{{1,2}}(?:[ap]m|h\d{{0,2}}))"
        rf"(?!{WORD}|\.{WORD}))(?:(?=[\w.-]{{3}})(?=[\d._-]*[^\W\d_{TOGETHER}]){_PARTS}"
        rf"(?:@{_PARTS})?(?!@)"
        rf"|(?<!\w@)[{TOGETHER}][\w.]{{1,28}}\w(?![@\w]))",
        re.IGNORECASE,
    )


def is_profile(value: str) -> bool:
    """Tell whether a value is somebody in a network; other pages may be what a survey is about."""
    return bool(handle().fullmatch(value) or _PROFILE.fullmatch(value))


def may_hold(text: str) -> bool:
    """Tell whether an address that leads to somebody stands in a text."""
    return bool(_END.search(text)) and any(True for _ in bare(text))


def bare(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses that lead to somebody stand, typed without “www.”.

    They are in small letters, as they are typed: “gut.Das” are two words. Their ends are looked for
    first: a text has few of them, and plain search is quick.
    """
    done = 0
    for end in _END.finditer(text):
        start, first = end.start(), max(done, end.start() - _REACH)
        while start > first and text[start - 1] in _LETTERS:
            start -= 1
        while text[start] in ".-" and start < end.start():
            start += 1
        if start > 0 and _OF_MORE.match(text, start - 1):
            continue  # of a word in capitals, an e-mail address, a longer address
        found = _BARE.match(text, start)
        if found is not None:
            done = found.end()
            yield found.span()
