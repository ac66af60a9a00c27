"""Transcripts as a Word document, with line numbers if wanted.

The numbers are Word's own, counted when the page is laid out: they stand in the margin, stay
right when the text is edited, and are not part of the words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbench.domain.report import ReportModel
from workbench.exchange.export_docx import export_docx

_DISTANCE = "283"  # twentieths of a point from the text; 5 mm
# In the schema of Word these come before the line numbers of a section …
_BEFORE = (
    *("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr", "w:type"),
    *("w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders"),
)
# … and these after the mark of a paragraph that is not counted.
_AFTER = (
    *("w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap"),
    *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi"),
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)
_COUNTED = frozenset({"Normal", "Body Text"})


def export(model: ReportModel, out: Path, *, line_numbers: bool = False) -> Path:
    """Write transcripts as a Word document.

    Args:
        model: the transcripts as sections of a report.
        out: the .docx to write.
        line_numbers: whether lines are numbered, from 1 through the whole document; titles and
            the table of contents are not counted.

    Raises:
        OSError: the file cannot be written.
    """
    export_docx(model, out)
    if line_numbers:
        document = docx.Document(str(out))
        body = document.element.body
        for section in body.iter(qn("w:sectPr")):
            _number_lines(section)
        for paragraph in document.paragraphs:
            if paragraph.style is None or paragraph.style.name not in _COUNTED:
                _leave_out(paragraph.paragraph_format.element.get_or_add_pPr())
        document.save(str(out))
    return out


def _number_lines(section: Any) -> None:
    numbers = OxmlElement("w:lnNumType")
    for name, value in (("countBy", "1"), ("distance", _DISTANCE), ("restart", "continuous")):
        numbers.set(qn(f"w:{name}"), value)
    before = {qn(name) for name in _BEFORE}
    section.insert(sum(child.tag in before for child in section), numbers)


def _leave_out(properties: Any) -> None:
    properties.insert_element_before(OxmlElement("w:suppressLineNumbers"), *_AFTER)
