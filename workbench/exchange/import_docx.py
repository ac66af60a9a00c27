"""Word documents, read from their XML: what python-docx leaves out, such as tracked changes,
links, text boxes and content controls, holds words too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.exchange import docx_styles
from workbench.exchange.archive import Archive, local, opened, value
from workbench.exchange.document import Document, Losses, Paragraph, finished
from workbench.exchange.docx_numbering import W
from workbench.exchange.docx_styles import Styles
from workbench.exchange.inline import Inline
from workbench.exchange.speakers import attribute
from workbench.words import Phrase

_KIND: Phrase = "a Word document"
_WHAT_NEXT: Phrase = "Open it in Word or LibreOffice and save it again as .docx."
_BODY = "word/document.xml"
_THROUGH = frozenset(
    [
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"),
        *("dir", "bdo", "AlternateContent", "Choice", "oMath", "oMathPara", "r"),
    ]
)
_LOST = {
    "drawing": "picture",
    "pict": "picture",
    "object": "object",
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "del": "deleted",
    "moveFrom": "moved",
    "sym": "sign",
}


def read(path: Path) -> Document:
    """Read a Word document with headings, lists, tables, bold and italic.

    Tracked insertions are taken for accepted, tracked deletions too.

    Raises:
        UserError: not a Word document, damaged, protected, or without text.
        EnvironmentProblem: it cannot be read.
    """
    losses = Losses()
    with opened(path, _KIND, _WHAT_NEXT) as archive:
        body = archive.xml(_main_part(archive))
        reader = _Reader(docx_styles.load(archive), losses)
        parts = attribute([part for part in reader.blocks(body) if part.text.strip(" |")])
    return finished(path, parts, notes=losses.notes())


def _main_part(archive: Archive) -> str:
    """Return the name of the part with the text; nearly always the same one."""
    if archive.has(_BODY):
        return _BODY
    for relation in archive.xml("_rels/.rels"):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    raise archive.damaged()


class _Reader:
    """Goes through the body of one document."""

    def __init__(self, styles: Styles, losses: Losses) -> None:
        self._styles = styles
        self._losses = losses
        self._boxes: list[Any] = []

    def blocks(self, parent: Any) -> Iterator[Paragraph]:
        """Return paragraphs and rows in order; text boxes follow their paragraph."""
        for node in parent:
            name = local(node)
            if name == "p":
                yield self._paragraph(node)
            elif name == "tbl":
                rows = node.iter(W + "tr")
                yield from (self._row(row) for row in rows if _around(row, "tbl") is node)
            elif name in {"body", "sdt", "sdtContent", "customXml", "ins", "moveTo"}:
                yield from self.blocks(node)
            yield from self._boxed()

    def _boxed(self) -> Iterator[Paragraph]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _paragraph(self, node: Any) -> Paragraph:
        inline = Inline()
        self._runs(node, inline)
        block, level, number = self._styles.block(node)
        return inline.take(block, level=level, number=number)

    def _row(self, row: Any) -> Paragraph:
        inline = Inline()
        cells = [cell for cell in row.iter(W + "tc") if _around(cell, "tr") is row]
        for place, cell in enumerate(cells):
            if place:
                inline.cell()
            for number, paragraph in enumerate(_paragraphs(cell)):
                if number:
                    inline.add(" ")
                self._runs(paragraph, inline)
        return inline.take_row()

    def _runs(self, parent: Any, inline: Inline) -> None:
        for node in parent:
            name = local(node)
            if name == "r":
                bold, italic = self._styles.look(node)
                self._run(node, inline, bold=bold, italic=italic)
            elif name in _THROUGH:
                self._runs(node, inline)
            elif name in _LOST:
                self._losses.add(_LOST[name])
            elif name == "t" and node.text:  # the letters of formulas
                inline.add(node.text)

    def _run(self, run: Any, inline: Inline, *, bold: bool, italic: bool) -> None:
        for node in run:
            name = local(node)
            if name == "t":
                inline.add(node.text or "", bold=bold, italic=italic)
            elif name == "tab":
                inline.add("\t")
            elif name in {"br", "cr"}:
                if value(node, "type") not in {"page", "column"}:
                    inline.line()
            elif name == "noBreakHyphen":
                inline.add("‑", bold=bold, italic=italic)
            elif name == "AlternateContent":
                for choice in node[:1]:  # the others say the same for older programs
                    self._run(choice, inline, bold=bold, italic=italic)
            elif name in _LOST:
                self._lost(node, name)

    def _lost(self, node: Any, name: str) -> None:
        boxes = list(_outermost(node, "txbxContent"))
        if boxes:
            self._boxes += boxes
        else:
            self._losses.add(_LOST[name])


def _paragraphs(cell: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell and of tables in it; those in text boxes follow the row."""
    for node in cell:
        if local(node) == "p":
            yield node
        elif local(node) != "txbxContent":
            yield from _paragraphs(node)


def _outermost(node: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name that stand in no other one; each is read with what is in it."""
    for child in node:
        if local(child) == name:
            yield child
        else:
            yield from _outermost(child, name)


def _around(inner: Any, name: str) -> Any:
    return next(node for node in inner.iterancestors() if local(node) == name)
