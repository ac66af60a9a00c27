"""XML and HTML: what is between the tags, and what stands in them.

Runs of one paragraph are one text, since Word cuts words wherever their look changes.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from workbench.exchange.finished import heads
from workbench.exchange.finished.piece import Piece, inside
from workbench.words import N_, Phrase, t

_NO_WORDS = frozenset(
    "ascii hAnsi cs eastAsia typeface font-family panose charset class style d points".split()  # noqa: SIM905
)
"""Attributes that name fonts and forms: “Times New Roman” is nobody called Roman."""
_IN_STYLE = re.compile(
    r"""/\*(.*?)\*/|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|url\(([^)]*)\)""", re.DOTALL
)
"""What can be words in a style sheet; the rest names forms: “max-width” is nobody called Max."""
_INSIDE = re.compile(r"data:[\w.+-]*/?[\w.+-]*(?:;[\w=.+-]+)*;base64,", re.IGNORECASE)
_OOXML = "{http://schemas.openxmlformats.org/"
_FONTS = frozenset(
    (
        f"{_OOXML}wordprocessingml/2006/main}}font",
        f"{_OOXML}wordprocessingml/2006/main}}altName",
        f"{_OOXML}officeDocument/2006/math}}mathFont",
        f"{_OOXML}spreadsheetml/2006/main}}name",
    )
)
"""Elements whose attributes name fonts, in the table of fonts of a document or in its styles."""
_BEGIN = 4096  # bytes by which HTML is known
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD_BLOCKS = frozenset(("p", "si", "is", "comment", "text", "c"))
_SPACES = frozenset(("br", "tab", "cr", "ptab", "noBreakHyphen", "lineBreak"))
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s"),
        *("small", "span", "strong", "sub", "sup", "u"),
    )
)
_SAID: dict[str, Phrase] = {
    "descr": "description of a picture",
    "alt": "description of a picture",
    "aria-label": "description",
    "title": "description",
    "author": "author",
    "initials": "author",
    "Target": "link",
    "href": "link",
    "src": "link",
    "tooltip": "link",
    "anchor": "bookmark",
    "name": "name",
}


class NoMarkup(ValueError):
    """What begins like XML or HTML is none."""


def read(data: bytes, within: str = "") -> Iterator[Piece]:
    """Yield the words of an XML or HTML file; a drawing is one text.

    Raises:
        NoMarkup: it is none.
    """
    try:
        if heads.is_html(data[:_BEGIN]):
            parser = html.HTMLParser(encoding="utf-8")
            yield from _of_html(html.document_fromstring(data, parser), within)
            return
        root = parsed(data)
    except (etree.LxmlError, ValueError) as problem:
        raise NoMarkup from problem
    if name_of(root) == "svg":
        yield from _of_drawing(root, inside(within, t("drawing")))
    else:
        yield from by_element(root, within)


def parsed(data: bytes) -> Any:
    """Return XML as a tree; it defines nothing that is taken over and names no other file.

    Raises:
        etree.LxmlError: it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    return etree.fromstring(data, parser)


def name_of(node: Any) -> str:
    """Return the name of an element or attribute without its namespace."""
    tag = node if isinstance(node, str) else node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def by_paragraph(root: Any, part: str) -> Iterator[Piece]:
    """Yield the paragraphs of a part of Word or of a spreadsheet, and what stands in its tags."""
    kinds: dict[Any, int] = {}
    said: list[str] = []
    tags: set[tuple[str, str]] = set()
    number = 1
    for node in root.iter():  # once for both: to make nodes out of XML is what takes time
        tag = node.tag
        kind = kinds.get(tag)
        if kind is None:
            name = name_of(node)
            kind = (name in _SPACES) + 2 * (name in _WORD_BLOCKS) + 4 * (tag in _FONTS)
            kinds[tag] = kind
        if kind == 1:
            said.append(" ")
        elif kind == 2:
            if said:
                yield Piece("".join(said), part, "paragraph", number)
                said = []
            number += 1
        if node.text:
            said.append(node.text)
        if kind < 4:
            tags.update(node.items())
    if said:
        yield Piece("".join(said), part, "paragraph", number)
    yield from _in_tags(tags, part)


def by_element(root: Any, part: str) -> Iterator[Piece]:
    """Yield the words of every element by itself, and what stands in its tags."""
    for node in root.iter():
        name = name_of(node)
        place = inside(part, f"“{name}”")
        for words in (node.text, node.tail):
            if words and not words.isspace():
                yield Piece(words, place)
    yield from attributes(root, part)


def attributes(root: Any, part: str) -> Iterator[Piece]:
    """Yield what stands in the tags and may be words, each once."""
    tags: set[tuple[str, str]] = set()
    for node in root.iter(etree.Element):
        if node.tag not in _FONTS:
            tags.update(node.items())
    yield from _in_tags(tags, part)


def _in_tags(tags: set[tuple[str, str]], part: str) -> Iterator[Piece]:
    for key, words in sorted(tags):
        name = name_of(key)
        if name in _NO_WORDS or not _LETTERS.search(words):
            continue
        kind = t(_SAID[name]) if name in _SAID else t("attribute “{name}”", name=name)
        place = inside(part, kind)
        if packed := _INSIDE.match(words):
            yield from _of_inside(words[packed.end() :], place)
        else:
            yield Piece(words, place)


def _of_inside(packed: str, place: str) -> Iterator[Piece]:
    """Yield the texts of a file that stands in an attribute, such as a picture."""
    from workbench.exchange.finished.whole import content

    try:
        data = base64.b64decode(packed, validate=True)
    except ValueError:
        yield Piece(N_("a file in a form that cannot be searched"), place, unread=True)
        return
    yield from content(io.BytesIO(data), "", within=place)


def _of_drawing(root: Any, part: str) -> Iterator[Piece]:
    """A drawing breaks its lines itself, so that words that belong together are parted."""
    texts = ("".join(node.itertext()) for node in root.iter() if name_of(node) == "text")
    yield Piece(" ".join(" ".join(texts).split()), part)
    for node in root.iter():
        if name_of(node) in {"title", "desc", "metadata"}:
            yield Piece(" ".join(node.itertext()), f"{part}, {name_of(node)}")
        elif not isinstance(node.tag, str) and node.text:
            yield Piece(node.text, inside(part, t("remark")))
    yield from attributes(root, part)


def _of_html(root: Any, part: str) -> Iterator[Piece]:
    said: list[str] = []
    number = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield Piece(node.text or "", inside(part, t("remark")))
        elif node.tag == "style":
            if event == "start":
                yield from _of_style(node.text or "", part)
            said.append(node.tail or "" if event == "end" else "")
            continue
        elif node.tag not in _INLINE and (words := "".join(said)).strip():
            number += 1
            yield Piece(" ".join(words.split()), part, "paragraph", number)
            said = []
        said.append((node.text if event == "start" else node.tail) or "")
    yield from attributes(root, part)


def _of_style(sheet: str, part: str) -> Iterator[Piece]:
    """Yield what a style sheet says: its remarks, what it prints, where it leads to."""
    place = inside(part, t("style sheet"))
    for found in _IN_STYLE.finditer(sheet):
        words = next((one for one in found.groups() if one), "")
        if words.strip():
            yield Piece(words, place)
