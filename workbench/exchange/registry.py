"""Which files can come in, and which formats can go out: one table each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UserError
from workbench.exchange.document import Document

# The libraries for documents are loaded when the first one comes in, not when the program starts.


def _text(path: Path) -> Document:
    from workbench.exchange import import_text

    return import_text.read(path)


def _markdown(path: Path) -> Document:
    from workbench.exchange import import_markdown

    return import_markdown.read(path)


def _subtitles(path: Path) -> Document:
    from workbench.exchange import import_subtitles

    return import_subtitles.read(path)


def _word(path: Path) -> Document:
    from workbench.exchange import import_docx

    return import_docx.read(path)


def _html(path: Path) -> Document:
    from workbench.exchange import import_html

    return import_html.read(path)


def _opendocument(path: Path) -> Document:
    from workbench.exchange import import_odt

    return import_odt.read(path)


def _rich_text(path: Path) -> Document:
    from workbench.exchange import import_rtf

    return import_rtf.read(path)


def _ebook(path: Path) -> Document:
    from workbench.exchange import import_epub

    return import_epub.read(path)


def _pdf(path: Path) -> Document:
    from workbench.exchange import import_pdf

    return import_pdf.read(path)


def _otranscribe(path: Path) -> Document:
    from workbench.exchange import import_otr

    return import_otr.read(path)


IMPORTERS: dict[str, Callable[[Path], Document]] = {
    ".txt": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".docx": _word,
    ".odt": _opendocument,
    ".rtf": _rich_text,
    ".pdf": _pdf,
    ".epub": _ebook,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".vtt": _subtitles,
    ".srt": _subtitles,
    ".otr": _otranscribe,
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
