"""PDF with a text layer: paragraphs with their page, put together from lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from workbench.domain.layout import CELL, Layout
from workbench.errors import UserError
from workbench.exchange import pdf_letters
from workbench.exchange.archive import protected
from workbench.exchange.document import (
    LARGEST,
    Document,
    Losses,
    Paragraph,
    damaged,
    finished,
    too_long,
)
from workbench.exchange.pdf_lines import Piece, reading_order
from workbench.exchange.plaintext import read_bytes
from workbench.exchange.speakers import attribute
from workbench.words import plural, said

_LARGEST_FILE = 1_000_000_000
_KIND = "a PDF"
_WHAT_NEXT = "Open it in a PDF viewer; if it opens there, print it into a new PDF and import that."
_HYPHENS = "-\u2010\u00ad\u0002\ufffe"
_WORDS = re.compile(r"\w+(?:-\w+)+")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_ENDS = re.compile(r"[.!?:…][\"”’»)\]]*$")
_BULLET = re.compile(r"[•‣◦▪●]\s+")
_ITEM = re.compile(r"(?:[•‣◦▪●–*-]|\d{1,2}[.)]|[a-z]\))\s+\S")
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_FEWEST_LETTERS = 8  # a page of a scan has fewer
_REPEATED = 3  # pages with the same line at their edge


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    blocks: list[list[Piece]]
    pictures: int


def read(path: Path) -> Document:
    """Read a PDF; hyphenation at line ends is undone, running heads and feet are left out.

    Raises:
        UserError: protected, damaged, a scan without text, or too long.
        EnvironmentProblem: it cannot be read.
    """
    losses = Losses()
    pages = _pages(path)
    letters = sum(len(line.text) for page in pages for block in page.blocks for line in block)
    if letters < _FEWEST_LETTERS * max(1, min(len(pages), 5)):
        raise UserError(
            "pdf-scan",
            "“{file}” holds pictures of pages and no text: it is a scan.",
            "Make its text readable with OCR first (many scanners and PDF programs can), then "
            "import the new file.",
            file=path.name,
        )
    empty = sum(not page.blocks for page in pages)
    losses.add("page", empty)
    losses.add("picture", sum(page.pictures for page in pages if page.blocks))
    kept = _without_running_heads(pages, losses)
    parts = attribute([part for part in _paragraphs(kept) if part.text])
    return finished(path, parts, notes=losses.notes())


def _pages(path: Path) -> list[_Page]:
    data = read_bytes(path, _LARGEST_FILE)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if getattr(problem, "err_code", None) == _PASSWORD_ERROR or "assword" in str(problem):
            raise protected(path) from problem
        raise damaged(path, _KIND, _WHAT_NEXT) from problem
    pages: list[_Page] = []
    left = LARGEST
    try:
        for number in range(len(document)):
            page = document[number]
            pieces = pdf_letters.pieces(page)
            left -= sum(len(piece.text) for piece in pieces)
            if left < 0:
                raise too_long(path, said("more than {mb} MB", mb=LARGEST // 1_000_000))
            pages.append(_Page(number + 1, reading_order(pieces), _pictures(page)))
            page.close()
    except pypdfium2.PdfiumError as problem:
        raise damaged(path, _KIND, _WHAT_NEXT) from problem
    finally:
        document.close()
    return pages


def _pictures(page: Any) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))


def _without_running_heads(pages: Sequence[_Page], losses: Losses) -> list[_Page]:
    """Leave out the first and last line of pages where it says the same on many of them."""
    edges = {page.number: _edges(page) for page in pages}
    counts = Counter(_bare(line) for pair in edges.values() for line in pair)
    kept, dropped = [], 0
    for page in pages:
        running = {line for line in edges[page.number] if counts[_bare(line)] >= _REPEATED}
        blocks = [[line for line in block if line not in running] for block in page.blocks]
        dropped += len(running)
        kept.append(_Page(page.number, [block for block in blocks if block], page.pictures))
    if dropped:
        losses.say(
            plural(
                dropped,
                "Running heads and page numbers were left out ({n} line).",
                "Running heads and page numbers were left out ({n} lines).",
            )
        )
    return kept


def _edges(page: _Page) -> set[Piece]:
    found = [line for block in page.blocks for line in block]
    ordered = sorted(found, key=lambda line: -line.middle)
    return {*ordered[:1], *ordered[-1:]} if len(ordered) > 2 else set(ordered[-1:])


def _bare(line: Piece) -> str:
    """Return what a running head says apart from the number of its page."""
    return f"{_DIGITS.sub('#', line.text.strip().lower())} {round(line.middle / 12)}"


def _paragraphs(pages: Sequence[_Page]) -> list[Paragraph]:
    """Put lines together; a sentence that runs on over a page stays one paragraph."""
    text = "\n".join(line.text for page in pages for block in page.blocks for line in block)
    hyphenated = {word.lower() for word in _WORDS.findall(text)}
    found: list[Paragraph] = []
    for page in pages:
        for block in page.blocks:
            for number, group in enumerate(_groups(block)):
                said = _unbroken([line.text for line in group], hyphenated)
                if found and number == 0 and _runs_on(found[-1].text, said):
                    before = found.pop()
                    joined = _unbroken([before.text, said], hyphenated)
                    found.append(Paragraph(joined, before.layout))
                else:
                    found.append(_laid_out(said, page.number))
    return found


def _laid_out(text: str, page: int) -> Paragraph:
    if found := _BULLET.match(text):
        return Paragraph(text[found.end() :], Layout("list", page=page))
    return Paragraph(text, Layout("table" if CELL in text else "", page=page))


def _groups(block: Sequence[Piece]) -> list[list[Piece]]:
    """Part the lines of a column into paragraphs."""
    steps = sorted(a.middle - b.middle for a, b in pairwise(block))
    # Of many lines most are inside paragraphs, of few lines the closest two are.
    usual = steps[len(steps) // 4] if steps else 0.0
    left, right = min(p.left for p in block), max(p.right for p in block)
    groups: list[list[Piece]] = []
    for line in block:
        if groups and not _begins(groups[-1], line, usual, left, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(group: Sequence[Piece], line: Piece, usual: float, left: float, right: float) -> bool:
    """Tell whether a line begins a paragraph after the lines of another."""
    before = group[-1]
    if CELL in line.text:
        return True
    if CELL in group[0].text and line.left - group[0].left < 2 * line.height:
        return True
    if before.middle - line.middle > 1.3 * usual or _ITEM.match(line.text):
        return True
    if not 0.8 < line.height / before.height < 1.25 and abs(line.height - before.height) > 2:
        return True
    indented = line.left - left > 0.7 * line.height and abs(line.left - before.left) > 2
    short = right - before.right > 0.15 * (right - left)
    ended = bool(_ENDS.search(before.text)) and (indented or short)
    return ended or _moved_down(before, line, right)


def _moved_down(before: Piece, line: Piece, right: float) -> bool:
    """Tell whether the first word of a line would have found room on the line before."""
    word = line.text.split()[0]
    width = (line.right - line.left) * len(word) / len(line.text)
    return not line.text[:1].islower() and right - before.right > width + line.height


def _runs_on(before: str, after: str) -> bool:
    """Tell whether a sentence runs on from one column or page to the next."""
    return not _ENDS.search(before) and after[:1].islower() and len(before) > 40


def _unbroken(texts: Sequence[str], hyphenated: set[str]) -> str:
    """Join lines, without the hyphens of words that the line end has broken."""
    whole = ""
    for text in texts:
        line = text.strip()
        if not whole or not line:
            whole += line
        elif whole[-1] in _HYPHENS and whole[-2:-1].isalpha() and line[:1].islower():
            first = re.search(r"[\w]+$", whole[:-1])
            second = re.match(r"\w+", line)
            word = f"{first[0]}-{second[0]}".lower() if first and second else ""
            # A word that carries its hyphen elsewhere in the text keeps it.
            whole = whole[:-1] + ("-" if word in hyphenated else "") + line
        else:
            whole += f" {line}"
    return whole.replace("\u00ad", "").replace("\u0002", "-").replace("\ufffe", "-")
