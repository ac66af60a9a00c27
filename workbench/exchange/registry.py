"""Which files can come in, and which formats can go out: one table each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import UserError
from workbench.exchange.document import Document
from workbench.words import Phrase

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


def _table(path: Path) -> Document:
    from workbench.exchange import import_csv

    return import_csv.read(path)


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
    ".csv": _table,
    ".tsv": _table,
    ".vtt": _subtitles,
    ".srt": _subtitles,
    ".otr": _otranscribe,
}

TABLES = frozenset({".csv", ".tsv"})
_AS_WORD: Phrase = "Open it in its program or in LibreOffice, save it as .docx and import that."
_AS_TABLE: Phrase = "Open it in its program, save the sheet as .csv and import that."
_AS_TEXT: Phrase = (
    "If it shows a text, make that readable with OCR, save it as .pdf and import that."
)
_AS_EPUB: Phrase = "Convert it to .epub and import that."
_UNPACKED: Phrase = "Unpack it and import the files in it."
_AS_NOTE: Phrase = (
    "Pictures stay beside the study: write what it shows in a field note, with its name. If it"
    " shows a text, make that readable with OCR, save it as .pdf and import that."
)
_ADVICE: dict[str, Phrase] = {
    **dict.fromkeys((".doc", ".dot", ".pages", ".wpd", ".wps", ".sxw", ".docm", ".fodt"), _AS_WORD),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key", ".one"), _AS_WORD),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers", ".sav"), _AS_TABLE),
    **dict.fromkeys(
        (
            ".jpg",
            ".jpeg",
            ".png",
            ".heic",
            ".heif",
            ".webp",
            ".gif",
            ".bmp",
            ".svg",
            ".avif",
            ".dng",
            ".cr2",
            ".nef",
            ".arw",
        ),
        _AS_NOTE,
    ),
    **dict.fromkeys((".tif", ".tiff", ".djvu"), _AS_TEXT),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), _AS_EPUB),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), _UNPACKED),
}
"""Endings that are surely no recordings, and what to do with such files."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format a study can be exported to.

    Attributes:
        name: as on the command line.
        label: as in a file dialog.
        suffix: ending of its files.
        single: holds one transcript only.
        transcripts: holds words as they were said, or can.
        also: other endings it can have.
    """

    name: str
    label: Phrase
    suffix: str
    single: bool = False
    transcripts: bool = False
    also: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """Return the endings its files can have, the usual one first."""
        return (self.suffix, *self.also)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("docx", "Transcripts as a Word document", ".docx", transcripts=True),
        Format("txt", "Transcripts as plain text", ".txt", transcripts=True),
        Format("vtt", "One transcript as WebVTT subtitles", ".vtt", single=True, transcripts=True),
        Format("srt", "One transcript as SubRip subtitles", ".srt", single=True, transcripts=True),
        Format(
            "sound",
            "One recording, or a part of it, as sound",
            ".m4a",
            single=True,
            transcripts=True,
            also=(".flac", ".wav"),
        ),
        Format("csv", "Observations, or one transcript, as a table", ".csv", transcripts=True),
        Format("xlsx", "Observations, people, sessions and visits as a workbook", ".xlsx"),
        Format("json", "The whole study as JSON", ".json", transcripts=True),
        Format("codebook-csv", "The codebook as a table", ".csv"),
        Format("memos-docx", "All memos as a Word document", ".docx"),
        Format("memos-md", "All memos as Markdown", ".md"),
        Format("memos-txt", "All memos as plain text", ".txt"),
        Format("memos-csv", "All memos as a table", ".csv"),
    )
}


def is_document(path: Path) -> bool:
    """Say whether a file is a text by its ending; everything else is taken for a recording."""
    return path.suffix.lower() in IMPORTERS or path.suffix.lower() in _ADVICE


def read_document(path: Path, columns: SurveyColumns | None = None) -> Document:
    """Read a text into turns.

    Args:
        path: a file for which `is_document` holds.
        columns: for tables, which columns say what; `None` = as they suggest by themselves.

    Raises:
        UserError: the file is empty, damaged, of a format we cannot read, or not what its
            ending says.
        EnvironmentProblem: it cannot be read.
    """
    require_readable(path)
    suffix = path.suffix.lower()
    if columns is not None and suffix in TABLES:
        from workbench.exchange import import_csv

        return import_csv.read(path, columns)
    return IMPORTERS[suffix](path)


def require_readable(path: Path) -> None:
    """Make sure that a document is of a format there is a reader for.

    Raises:
        UserError: there is none.
    """
    suffix = path.suffix.lower()
    if suffix in _ADVICE:
        picture = _ADVICE[suffix] is _AS_NOTE
        raise UserError(
            "document-format",
            "“{file}” is a picture, which cannot be read."
            if picture
            else "“{file}” is a {ending} file, which cannot be read.",
            _ADVICE[suffix],
            file=path.name,
            ending=suffix,
        )


def read_columns(path: Path) -> tuple[Column, ...] | None:
    """Return the columns of a table of answers, with what they suggest.

    Returns:
        `None` for a transcript in a table, and for what is no table: there is nothing to choose.

    Raises:
        UserError: no table.
        EnvironmentProblem: it cannot be read.
    """
    from workbench.exchange import import_csv

    return import_csv.look_into(path) if path.suffix.lower() in TABLES else None


def format_named(name: str) -> Format:
    """Return an export format by its name.

    Raises:
        UserError: there is no such format.
    """
    found = FORMATS.get(name.lower())
    if found is None:
        raise UserError(
            "format-unknown",
            "There is no export format “{name}”.",
            "Choose one of: {choices}.",
            name=name,
            choices=", ".join(FORMATS),
        )
    return found


__all__ = [
    "FORMATS",
    "IMPORTERS",
    "TABLES",
    "Document",
    "Format",
    "format_named",
    "is_document",
    "read_columns",
    "read_document",
]
