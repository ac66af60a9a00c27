"""Plain text and Markdown: a paragraph is a turn."""

from __future__ import annotations

from pathlib import Path

from workbench.domain.transcript import TurnDraft
from workbench.errors import UserError

_ENCODINGS = ("utf-8-sig", "cp1252")


def read(path: Path) -> list[TurnDraft]:
    """Read a text file; line ends are folded, a byte order mark is dropped.

    Raises:
        UserError: the file holds binary data or no words.
    """
    text = _decode(path).replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    if not paragraphs:
        raise UserError("no-words", f"“{path.name}” holds no words.", "Choose another file.")
    return [TurnDraft(ordinal, paragraph) for ordinal, paragraph in enumerate(paragraphs)]


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if b"\0" in data:
        raise UserError(
            "not-text",
            f"“{path.name}” is not a text file.",
            "Choose the original file; its name may have lost its ending.",
        )
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
