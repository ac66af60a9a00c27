"""Lets what is written from right to left stand so in a Word document.

Word asks each paragraph and each run for its direction; without it, full stops, quotation marks and
numbers in Arabic and Hebrew stand at the wrong end. A run of such letters has a size and weight of
its own, which are those of the other letters here; italics these scripts do not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbench.domain.direction import reads_leftwards

_TWINS = {"w:b": "w:bCs", "w:sz": "w:szCs"}
# What comes behind the direction, in the order Word insists on.
_BEHIND_PARAGRAPHS = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)
# Styles that lead through a document whose own words are English: they stay at its edge.
_AT_THE_EDGE = ("Title", "Heading", "TOC", "Header")
_BEHIND_RUNS = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")


def set_directions(document: Document) -> None:
    """Tell Word the direction of every paragraph and run; nothing changes where none is turned."""
    turned = [part for part in _paragraphs(document) if reads_leftwards(_text(part))]
    for paragraph in turned:
        properties = paragraph.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *_BEHIND_PARAGRAPHS)
        style = properties.find(qn("w:pStyle"))
        if style is not None and style.get(qn("w:val"), "").startswith(_AT_THE_EDGE):
            edge = OxmlElement("w:jc")
            edge.set(qn("w:val"), "right")  # where such a paragraph ends, which is at the left
            behind = _BEHIND_PARAGRAPHS[_BEHIND_PARAGRAPHS.index("w:jc") + 1 :]
            properties.insert_element_before(edge, *behind)
    runs = [
        run
        for paragraph in _paragraphs(document)
        for run in paragraph.iter(qn("w:r"))
        if reads_leftwards(_text(run))
    ]
    for run in runs:
        properties = run.get_or_add_rPr()
        _twin(properties)
        properties.insert_element_before(OxmlElement("w:rtl"), *_BEHIND_RUNS)
    if runs:
        for properties in document.styles.element.iter(qn("w:rPr")):
            _twin(properties)


def _paragraphs(document: Document) -> Iterator[Any]:
    yield from document.element.body.iter(qn("w:p"))
    for section in document.sections:
        for edge in (section.header, section.footer):
            if not edge.is_linked_to_previous:
                yield from edge._element.iter(qn("w:p"))  # noqa: SLF001


def _text(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t")))


def _twin(properties: Any) -> None:
    """Give letters from right to left what the others have."""
    for name, twin in _TWINS.items():
        own = properties.find(qn(name))
        if own is not None and properties.find(qn(twin)) is None:
            made = deepcopy(own)
            made.tag = qn(twin)
            own.addnext(made)
