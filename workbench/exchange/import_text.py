"""Documents become turns: a paragraph is a turn, with speaker and time where the file has them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from workbench.domain.transcript import TurnDraft
from workbench.errors import EnvironmentProblem, UserError

# “Name: words”, with a time before it if need be: “[00:05] Maya: …”. Names as MAXQDA reads them:
# at most 63 characters.
_LABEL = re.compile(r"^(?P<name>[^\W\d_][^:\n\t]{0,62}?)\s*:\s+(?P<text>\S.*)$", re.DOTALL)
_TIME = re.compile(r"^\[?(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\]?\s+(?=\S)")
_MOST_WORDS_IN_NAME = 5
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


@dataclass(frozen=True, slots=True)
class Document:
    """What an importer delivers, before it has a place in the study.

    Attributes:
        turns: the paragraphs or cues, in order.
        language: ISO 639-1 code if the file says so, else "".
    """

    turns: tuple[TurnDraft, ...]
    language: str = ""


def read_txt(path: Path) -> Document:
    """Read a plain text: every line that is not empty is a paragraph."""
    return document(path, read_text(path).splitlines())


def read_markdown(path: Path) -> Document:
    """Read Markdown: blocks between empty lines; marks for headings and bold are dropped."""
    blocks = re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=[-*+] )", read_text(path))
    return document(path, [_plain_markdown(block) for block in blocks])


def read_docx(path: Path) -> Document:
    """Read a Word document: paragraphs, also those in tables.

    Raises:
        UserError: not a Word document, or damaged, or protected by a password.
    """
    try:
        body = docx.Document(str(path))
        return document(path, list(_docx_paragraphs(body)))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise UserError(
            "document-unreadable",
            f"“{path.name}” cannot be read as a Word document.",
            "Open it in Word or LibreOffice, remove a password if it has one, and save it again "
            "as .docx.",
        ) from problem


def document(path: Path, paragraphs: Sequence[str]) -> Document:
    """Make turns of paragraphs and find out who speaks.

    Labels are taken for speakers only when at least half of the paragraphs carry one, since a
    colon alone also stands in ordinary sentences.

    Raises:
        UserError: there is no text.
    """
    parts = [_timed(part.strip()) for part in paragraphs if part.strip()]
    if not parts:
        raise UserError(
            "document-empty",
            f"“{path.name}” holds no text.",
            "If it is a scan, make its text readable with OCR first.",
        )
    labels = [_label(text) for _, text in parts]
    spoken = sum(label is not None for label in labels) * 2 >= len(parts)
    turns = []
    for number, ((start, text), label) in enumerate(zip(parts, labels, strict=True)):
        name, words = label if spoken and label is not None else (None, text)
        later = next((time for time, _ in parts[number + 1 :] if time is not None), start)
        end = None if start is None or later is None else max(start, later)
        turns.append(TurnDraft(number, words, start, end, name))
    return Document(tuple(turns))


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or the old Windows encoding.

    Line ends become “\\n”: positions must not depend on the machine that wrote the file.

    Raises:
        UserError: the file holds no text.
        EnvironmentProblem: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-read",
            f"“{path.name}” cannot be read ({problem.strerror}).",
            "Check that you may read it and that its drive is connected.",
        ) from problem
    text = _decode(data)
    if "\0" in text:
        raise UserError(
            "not-text",
            f"“{path.name}” is not a text file.",
            "Check what it is; a recording needs its own ending, such as .wav or .mp3.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _timed(paragraph: str) -> tuple[int | None, str]:
    found = _TIME.match(paragraph)
    if found is None:
        return None, paragraph
    hours, minutes, seconds, fraction = found.groups(default="0")
    milliseconds = int(fraction.ljust(3, "0"))
    total = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + milliseconds
    return total, paragraph[found.end() :]


def _label(paragraph: str) -> tuple[str, str] | None:
    found = _LABEL.match(paragraph)
    if found is None or len(found["name"].split()) > _MOST_WORDS_IN_NAME:
        return None
    return found["name"].strip(), found["text"]


def _plain_markdown(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    joined = " ".join(lines).lstrip("#").strip()
    return _EMPHASIS.sub(r"\2", joined)


def _docx_paragraphs(body: docx.document.Document) -> Iterator[str]:
    for part in body.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield " ".join(text for text in cells if text)
        else:
            yield part.text
