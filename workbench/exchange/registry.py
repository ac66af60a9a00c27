"""Which files can come in, and which formats can go out: one table each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UserError
from workbench.exchange.import_subtitles import read_subtitles
from workbench.exchange.import_text import Document, read_docx, read_markdown, read_txt

IMPORTERS: dict[str, Callable[[Path], Document]] = {
    ".txt": read_txt,
    ".md": read_markdown,
    ".docx": read_docx,
    ".vtt": read_subtitles,
    ".srt": read_subtitles,
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format a study can be exported to.

    Attributes:
        name: as on the command line.
        label: as in a file dialog.
        suffix: ending of its files.
        single: holds one transcript only.
    """

    name: str
    label: str
    suffix: str
    single: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("docx", "Transcripts as a Word document", ".docx"),
        Format("txt", "Transcripts as plain text", ".txt"),
        Format("vtt", "One transcript as WebVTT subtitles", ".vtt", single=True),
        Format("srt", "One transcript as SubRip subtitles", ".srt", single=True),
        Format("csv", "Observations as a table", ".csv"),
        Format("json", "The whole study as JSON", ".json"),
    )
}


def is_document(path: Path) -> bool:
    """Say whether a file is a text by its ending; everything else is taken for a recording."""
    return path.suffix.lower() in IMPORTERS


def read_document(path: Path) -> Document:
    """Read a text into turns.

    Args:
        path: a file for which `is_document` holds.

    Raises:
        UserError: the file is empty, damaged, or not what its ending says.
        EnvironmentProblem: it cannot be read.
    """
    return IMPORTERS[path.suffix.lower()](path)


def format_named(name: str) -> Format:
    """Return an export format by its name.

    Raises:
        UserError: there is no such format.
    """
    found = FORMATS.get(name.lower())
    if found is None:
        raise UserError(
            "format-unknown",
            f"There is no export format “{name}”.",
            f"Choose one of: {', '.join(FORMATS)}.",
        )
    return found


__all__ = [
    "FORMATS",
    "IMPORTERS",
    "Document",
    "Format",
    "format_named",
    "is_document",
    "read_document",
]
