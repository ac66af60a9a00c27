"""Which file goes to which importer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.transcript import TurnDraft
from workbench.exchange import import_text


@dataclass(frozen=True, slots=True)
class Document:
    """A text file as turns; a paragraph is a turn, in transcripts with speaker and times."""

    turns: tuple[TurnDraft, ...]
    language: str = ""


_IMPORTERS: dict[str, Callable[[Path], list[TurnDraft]]] = {
    ".txt": import_text.read,
    ".md": import_text.read,
}


def is_document(path: Path) -> bool:
    """Tell by its ending whether a file is read as text rather than as a recording."""
    return path.suffix.lower() in _IMPORTERS


def read_document(path: Path) -> Document:
    """Read a text file.

    Raises:
        UserError: the file is not what its ending says.
    """
    return Document(tuple(_IMPORTERS[path.suffix.lower()](path)))
