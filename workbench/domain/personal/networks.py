"""People in networks: what somebody is called there, and pages, which lead to them as well."""

from __future__ import annotations

import re

from workbench.domain.personal.letters import TOGETHER, WORD

_NETWORKS = (
    "(?:facebook|fb|instagram|linkedin|twitter|x|tiktok|xing|youtube|github|threads|vk|wa|t|bsky"
    r"|reddit|pinterest|snapchat)\.(?:com|net|me|app)/"
)
LINK = re.compile(  # not what says in which form a file is written
    rf"(?<![\w.@/-])(?:https?://(?:www\.)?|www\.|(?={_NETWORKS}))"
    r"(?!(?:www\.)?(?:schemas\.|w3\.org|purl\.org|ns\.adobe))"
    r"[^\s<>\"“”„«»,;。、「」『』]{2,200}[^\s<>\"“”„«».,;:!?)\]'’*。、「」『』]",
    re.IGNORECASE,
)
_PARTS = rf"(?>(?:[.-]{{0,3}}+{WORD}++){{1,9}}+)"
HANDLE = re.compile(  # with the network where it is said; not “see you @home”
    rf"(?<!{WORD}|@)@(?!(?:all|everyone|here|home|noon|night|school|work|\d{{1,2}}(?:[ap]m|h\d{{0,2}}))"
    rf"(?!{WORD}|\.{WORD}))(?:(?=[\w.-]{{3}})(?=[\d._-]*[^\W\d_{TOGETHER}]){_PARTS}"
    rf"(?:@{_PARTS})?(?!@)"
    rf"|(?<!\w@)[{TOGETHER}][\w.]{{1,28}}\w(?![@\w]))",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    rf"(?:https?://)?(?:[a-z]{{2,3}}\.)?{_NETWORKS}(?!watch\b|search\b)\S{{2,}}", re.IGNORECASE
)


def is_profile(value: str) -> bool:
    """Tell whether a value is somebody in a network; other pages may be what a survey is about."""
    return bool(HANDLE.fullmatch(value) or _PROFILE.fullmatch(value))
