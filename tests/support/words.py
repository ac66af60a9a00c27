"""Whether words stand in what a file holds, however they are written there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_FORMS = ("utf-8", "utf-16-le", "utf-16-be")


def told(content: bytes, words: Iterable[str]) -> list[str]:
    """Return the words that stand somewhere, in small letters or capitals, in any encoding."""
    low = content.lower()
    dense = low.replace(b"\0", b"")  # plain letters look alike in it in every encoding
    likely = [word for word in words if not word.isascii() or word.lower().encode() in dense]
    return sorted({word for word in likely if any(sign in low for sign in _signs(word))})


def found_in(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Return which words stand in which files below a folder, or in what they are called."""
    wanted = tuple(words)
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        for content in (path.name.encode(), path.read_bytes() if path.is_file() else b"")
        for word in told(content, wanted)
    ]


def _signs(word: str) -> set[bytes]:
    # Of bytes, only plain letters become small.
    spelled = (word, word.lower(), word.upper())
    return {one.encode(form).lower() for one in spelled for form in _FORMS}
