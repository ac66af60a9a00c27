"""OpenDocument texts, as LibreOffice and others write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from workbench.domain.layout import LISTS, Block
from workbench.exchange.archive import Archive, local, opened, protected, value
from workbench.exchange.document import Document, Losses, Paragraph, finished
from workbench.exchange.inline import Inline
from workbench.exchange.numbering import Item, styled_level, whole
from workbench.exchange.speakers import attribute
from workbench.words import Phrase

_KIND: Phrase = "an OpenDocument text"
_WHAT_NEXT: Phrase = "Open it in LibreOffice and save it again as .odt."
_SILENT = frozenset(
    ["sequence-decls", "variable-decls", "forms", "table-of-content", "title", "desc"]
)
_LOST = {
    "note": "footnote",
    "annotation": "comment",
    "changed-region": "change",
    "image": "picture",
    "object": "object",
    "object-ole": "object",
    "plugin": "object",
    "control": "field",
}
_QUOTES = frozenset({"Quotations"})
_DEEPEST = 20
_MOST_SPACES = 100  # in one place; a few bytes may say thousands of millions


def read(path: Path) -> Document:
    """Read an OpenDocument text with headings, lists, tables, bold and italic.

    Raises:
        UserError: not such a document, damaged, protected, or without text.
        EnvironmentProblem: it cannot be read.
    """
    losses = Losses()
    with opened(path, _KIND, _WHAT_NEXT) as archive:
        manifest = "META-INF/manifest.xml"
        if archive.has(manifest) and b"encryption-data" in archive.read(manifest):
            raise protected(path)
        content = archive.xml("content.xml")
        texts = [node for node in content.iter("{*}text") if local(node.getparent()) == "body"]
        if not texts:
            raise archive.damaged()
        reader = _Reader(_styles(archive, content), losses)
        found = [part for text in texts for part in reader.blocks(text, "", -1)]
        parts = attribute([part for part in found if part.text.strip(" |")])
    return finished(path, parts, notes=losses.notes())


@dataclass(slots=True)
class _Styles:
    """Styles by name: what they say of bold and italic, and what they are based on."""

    nodes: dict[str, Any] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)

    def chain(self, name: str | None) -> list[Any]:
        found: list[Any] = []
        while name in self.nodes and len(found) < _DEEPEST:
            found.append(self.nodes[name])
            name = value(found[-1], "parent-style-name")
        return found

    def look(self, name: str | None, *, bold: bool, italic: bool) -> tuple[bool, bool]:
        weight = self._says(name, "font-weight")
        slope = self._says(name, "font-style")
        return (
            bold if weight is None else weight in {"bold", "600", "700", "800", "900"},
            italic if slope is None else slope in {"italic", "oblique"},
        )

    def names(self, name: str | None) -> list[str]:
        return [name or "", *(value(node, "parent-style-name") or "" for node in self.chain(name))]

    def _says(self, name: str | None, what: str) -> str | None:
        for style in self.chain(name):
            found = value(style.find("{*}text-properties"), what)
            if found is not None:
                return found
        return None


def _styles(archive: Archive, content: Any) -> _Styles:
    styles = _Styles()
    roots = [archive.xml("styles.xml")] if archive.has("styles.xml") else []
    for root in [*roots, content]:
        for node in root.iter("{*}style"):
            styles.nodes[value(node, "name") or ""] = node
        for node in root.iter("{*}list-style"):
            for level in node:
                if local(level) == "list-level-style-number" and value(level, "num-format"):
                    depth = _number(level, "level") - 1
                    start = whole(value(level, "start-value"))
                    styles.starts[value(node, "name") or "", depth] = 1 if start is None else start
    return styles


class _Reader:
    """Goes through the body of one document."""

    def __init__(self, styles: _Styles, losses: Losses) -> None:
        self._styles = styles
        self._losses = losses
        self._boxes: list[Any] = []
        self._last: dict[str | tuple[str, int], int] = {}

    def blocks(
        self, parent: Any, list_style: str, level: int, item: Item | None = None
    ) -> Iterator[Paragraph]:
        """Return paragraphs and rows in order; text boxes follow their paragraph."""
        for node in parent:
            name = local(node)
            if name in {"p", "h"}:
                yield self._paragraph(node, list_style, level, item)
            elif name == "list":
                yield from self._list(node, value(node, "style-name") or list_style, level + 1)
            elif name == "table":
                rows = node.iter("{*}table-row")
                yield from (self._row(row) for row in rows if _table_of(row) is node)
            elif name == "tracked-changes":
                self._losses.add("change", len(node))
            elif name in _LOST:
                self._losses.add(_LOST[name])
            elif name and name not in _SILENT:
                yield from self.blocks(node, list_style, level, item)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self.blocks(box, "", -1)

    def _list(self, node: Any, style: str, level: int) -> Iterator[Paragraph]:
        """Return the items of a list, each with its number where they are numbered."""
        start = self._styles.starts.get((style, level))
        number = (1 if start is None else start) - 1
        if value(node, "continue-numbering") == "true":
            number = self._last.get((style, level), number)
        number = self._last.get(value(node, "continue-list") or "", number)
        for part in node:
            item = None
            if local(part) == "list-item" and [local(inner) for inner in part][:1] != ["list"]:
                said = whole(value(part, "start-value"))
                number = number + 1 if said is None else said
                item = Item(None if start is None else number)
            yield from self.blocks(part, style, level, item)
        self._last[style, level] = number
        if name := value(node, "id"):
            self._last[name] = number

    def _paragraph(self, node: Any, list_style: str, level: int, item: Item | None) -> Paragraph:
        inline = Inline(collapse=True)
        self._content(node, inline, bold=False, italic=False)
        names = self._styles.names(value(node, "style-name"))
        block: Block = ""
        if local(node) == "h":
            depth = min(_number(node, "outline-level"), 6)
            block = cast("Block", f"heading{max(depth, 1)}")
        elif "Title" in names:
            block = "heading1"
        elif level >= 0:
            block = "numbered" if (list_style, level) in self._styles.starts else "list"
        elif not _QUOTES.isdisjoint(names):
            block = "quote"
        if block not in LISTS:
            return inline.take(block)
        deep = styled_level(name.replace("_20_", " ") for name in names)
        made = inline.take(block, level=max(level, deep))
        if item is None or not made.text:
            return made
        return replace(made, layout=replace(made.layout, number=item.take()))

    def _row(self, row: Any) -> Paragraph:
        inline = Inline(collapse=True)
        cells = [cell for cell in row if local(cell) in {"table-cell", "covered-table-cell"}]
        for place, cell in enumerate(cells):
            if place:
                inline.cell()
            for number, paragraph in enumerate(_paragraphs(cell)):
                if number:
                    inline.add(" ")
                self._content(paragraph, inline, bold=False, italic=False)
        return inline.take_row()

    def _content(self, node: Any, inline: Inline, *, bold: bool, italic: bool) -> None:
        inline.add(node.text or "", bold=bold, italic=italic)
        for child in node:
            self._child(child, inline, bold=bold, italic=italic)
            inline.add(child.tail or "", bold=bold, italic=italic)

    def _child(self, node: Any, inline: Inline, *, bold: bool, italic: bool) -> None:
        name = local(node)
        if name == "s":
            inline.space(min(_number(node, "c"), _MOST_SPACES))
        elif name == "tab":
            inline.space(1, "\t")
        elif name == "line-break":
            inline.line()
        elif name == "text-box":
            self._boxes.append(node)
        elif name in _LOST:
            self._losses.add(_LOST[name])
        elif name == "span":
            bold, italic = self._styles.look(value(node, "style-name"), bold=bold, italic=italic)
            self._content(node, inline, bold=bold, italic=italic)
        elif name and name not in _SILENT:
            self._content(node, inline, bold=bold, italic=italic)


def _paragraphs(cell: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell and of tables in it; those in text boxes follow the row."""
    for node in cell:
        if local(node) in {"p", "h"}:
            yield node
        elif local(node) != "text-box":
            yield from _paragraphs(node)


def _number(node: Any, name: str) -> int:
    said = whole(value(node, name))
    return 1 if said is None else said


def _table_of(row: Any) -> Any:
    """Return the table a row stands in; tables inside cells are read with their row."""
    return next(node for node in row.iterancestors() if local(node) == "table")
