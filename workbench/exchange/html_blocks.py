"""HTML as blocks of text: the one reader for web pages, e-books, Markdown and oTranscribe."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import cast

from lxml import etree, html

from workbench.domain.layout import LISTS, Block
from workbench.exchange.document import Losses, Paragraph
from workbench.exchange.inline import Inline
from workbench.exchange.numbering import Item, whole
from workbench.exchange.plaintext import decode, normal

_SILENT = frozenset(
    ("script", "style", "head", "template", "noscript", "title", "datalist", "colgroup")
)
_LOST = {
    "img": "picture",
    "svg": "drawing",
    "canvas": "drawing",
    "math": "formula",
    "video": "object",
    "audio": "object",
    "iframe": "object",
    "object": "object",
    "embed": "object",
    "input": "field",
    "select": "field",
    "textarea": "field",
}
_BREAKING = frozenset(
    [
        *("html", "body", "p", "div", "section", "article", "main", "header", "footer", "aside"),
        *("nav", "address", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"),
        *("li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot"),
        *("caption", "tr", "fieldset", "form", "details", "summary", "hr", "center"),
    ]
)
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite", "var", "dfn"))
_BOLD_STYLE = re.compile(r"font-weight:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style:\s*(italic|oblique)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display:\s*none", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class _Count:
    """What the next item of a numbered list is."""

    next: int


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    block: Block = ""
    level: int = 0
    lists: int = 0
    in_row: bool = False
    count: _Count | None = None
    item: Item | None = None


def parse(data: bytes | str) -> html.HtmlElement | None:
    """Return HTML as a tree, `None` when there is nothing in it.

    The HTML parser knows no entities but its own and fetches nothing.

    Args:
        data: text, or bytes in whatever encoding they name.
    """
    text = data if isinstance(data, str) else _decoded(data)
    text = _CONTROL.sub("", normal(_XML_HEAD.sub("", text)))
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text)
    except etree.ParserError:
        return None


def blocks(root: html.HtmlElement | None, losses: Losses) -> list[Paragraph]:
    """Return the text of a tree block by block; rows of tables are blocks of cells."""
    if root is None:
        return []
    walker = _Walker(losses)
    walker.visit(root, _Look())
    walker.flush(_Look())
    return [part for part in walker.found if part.text.strip(" |")]


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # it names what it is not
    return decode(data)[0]


class _Walker:
    """Collects blocks while it goes through a tree."""

    def __init__(self, losses: Losses) -> None:
        self.found: list[Paragraph] = []
        self._losses = losses
        self._inline = Inline(collapse=True)

    def flush(self, look: _Look) -> None:
        """End the present block."""
        made = self._inline.take(look.block, level=look.level)
        if made.text:
            if look.item is not None and look.block in LISTS:
                made = replace(made, layout=replace(made.layout, number=look.item.take()))
            self.found.append(made)

    def visit(self, node: html.HtmlElement, look: _Look) -> None:
        """Go through an element and what is in it; its tail belongs to its parent."""
        tag = node.tag if isinstance(node.tag, str) else ""
        style = node.get("style", "") if tag else ""
        if not tag or tag in _SILENT or _HIDDEN_STYLE.search(style):
            return
        if tag in _LOST:
            self._losses.add(_LOST[tag])
            return
        inner = _listed(node, tag, _look(tag, style, look))
        if tag == "br":
            self._break_line(look)
        elif tag in {"td", "th"} and node.getprevious() is not None and look.in_row:
            self._inline.cell()
        breaks = tag in _BREAKING
        if breaks:
            self._end_block(look, in_row=look.in_row)
        self._content(node, inner)
        if breaks:
            self._end_block(inner, in_row=look.in_row)

    def _content(self, node: html.HtmlElement, look: _Look) -> None:
        self._inline.collapse = look.block != "code"
        self._say(node.text, look)
        for child in node:
            self.visit(child, look)
            self._inline.collapse = look.block != "code"
            self._say(child.tail, look)

    def _say(self, text: str | None, look: _Look) -> None:
        if text:
            self._inline.add(text, bold=look.bold, italic=look.italic)

    def _break_line(self, look: _Look) -> None:
        if look.in_row:
            self._inline.add(" ")
        else:
            self._inline.line()

    def _end_block(self, look: _Look, *, in_row: bool) -> None:
        if in_row:
            self._inline.add(" ")  # paragraphs inside a cell stay in their row
        else:
            self.flush(look)


def _listed(node: html.HtmlElement, tag: str, look: _Look) -> _Look:
    """Return how the content of a list or of one of its items looks."""
    if tag in {"ul", "ol"}:
        count = _Count(_number(node, "start", 1)) if tag == "ol" else None
        return replace(look, count=count, item=None)
    if tag == "li":
        if look.count is None:
            return replace(look, item=Item())
        number = _number(node, "value", look.count.next)
        look.count.next = number + 1
        return replace(look, item=Item(number))
    return look


def _number(node: html.HtmlElement, name: str, default: int) -> int:
    said = whole(str(node.get(name, "")).strip())
    return default if said is None else said


def _look(tag: str, style: str, look: _Look) -> _Look:
    """Return how the content of an element looks."""
    if tag in _BOLD or (tag == "span" and _BOLD_STYLE.search(style)):
        look = replace(look, bold=True)
    if tag in _ITALIC or (tag == "span" and _ITALIC_STYLE.search(style)):
        look = replace(look, italic=True)
    if tag in {"ul", "ol"}:
        block: Block = "list" if tag == "ul" else "numbered"
        return replace(look, block=block, level=look.lists, lists=look.lists + 1)
    if re.fullmatch("h[1-6]", tag):
        return replace(look, block=cast("Block", f"heading{tag[1]}"))
    if tag == "blockquote":
        return replace(look, block="quote")
    if tag == "pre":
        return replace(look, block="code")
    if tag == "tr":
        return replace(look, block="table", in_row=True)
    return look
