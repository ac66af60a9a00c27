"""The pieces of Word that python-docx has no words for: bookmarks, fields, borders, alt text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# Elements that come after a table's borders or a cell's shading, in the order Word insists on.
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
_AFTER_CELL_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:vAlign")


class Bookmarks:
    """Hands out bookmark ids, which must be unique in a document."""

    def __init__(self) -> None:
        self._last = 0

    def wrap(self, paragraph: Paragraph, name: str, first: Any = None) -> None:
        """Put a bookmark around the content of a paragraph, or from element `first` on."""
        self._last += 1
        start = _element("w:bookmarkStart", {"w:id": str(self._last), "w:name": name})
        end = _element("w:bookmarkEnd", {"w:id": str(self._last)})
        content = [e for e in paragraph._p if e.tag != qn("w:pPr")]  # noqa: SLF001
        if first is None and content:
            first = content[0]
        if first is None:
            paragraph._p.append(start)  # noqa: SLF001
        else:
            first.addprevious(start)
        paragraph._p.append(end)  # noqa: SLF001


def style_ids(document: Document, kind: WD_STYLE_TYPE) -> dict[str, str | None]:
    """Return the ids of the styles of a kind by name; the default's is `None`: it is not written.

    python-docx asks all styles anew for each paragraph, which took half the time of a report.
    """
    standard = document.styles.default(kind)
    return {
        style.name: None
        if standard is not None and style.style_id == standard.style_id
        else style.style_id
        for style in document.styles
        if style.type == kind
    }


def dress(paragraph: Paragraph, style_id: str | None) -> None:
    """Give a paragraph a style of `style_ids`."""
    paragraph._p.style = style_id  # noqa: SLF001


def link(paragraph: Paragraph, anchor: str, text: str, style_id: str | None = None) -> Any:
    """Append an internal hyperlink to the bookmark `anchor`; return its element."""
    hyperlink = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    run = paragraph.add_run(text)
    if style_id is not None:
        run._r.style = style_id  # noqa: SLF001
    hyperlink.append(run._r)  # noqa: SLF001
    paragraph._p.append(hyperlink)  # noqa: SLF001
    return hyperlink


def field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """Append a field with the result that is shown until somebody updates it."""
    field_start(paragraph, instruction)
    paragraph.add_run(result)
    field_end(paragraph)


def field_start(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field whose result may span paragraphs."""
    _field_char(paragraph, "begin")
    code = _element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)  # noqa: SLF001
    _field_char(paragraph, "separate")


def field_end(paragraph: Paragraph) -> None:
    """End a field begun by `field_start`."""
    _field_char(paragraph, "end")


def colour(run: Run, value: str) -> None:
    """Colour a run, `value` as RRGGBB."""
    run.font.color.rgb = RGBColor.from_string(value)


def shade(cell: _Cell, fill: str) -> None:
    """Colour the background of a cell, `fill` as RRGGBB."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    shading = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})
    properties.insert_element_before(shading, *_AFTER_CELL_BORDERS[1:])


def border_cell(cell: _Cell, sides: Mapping[str, tuple[int, str]]) -> None:
    """Draw single borders: side -> (eighths of a point, RRGGBB)."""
    borders = _borders("w:tcBorders", sides)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    properties.insert_element_before(borders, *_AFTER_CELL_BORDERS)


def border_table(table: Table, sides: Mapping[str, tuple[int, str]]) -> None:
    """Draw single borders: side -> (eighths of a point, RRGGBB); other sides stay empty."""
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.insert_element_before(_borders("w:tblBorders", sides), *_AFTER_TABLE_BORDERS)


def cell_margins(table: Table, *, vertical: int, horizontal: int) -> None:
    """Set the inner margins of all cells, in twentieths of a point."""
    margins = _element("w:tblCellMar", {})
    for side, width in (
        ("top", vertical),
        ("left", horizontal),
        ("bottom", vertical),
        ("right", horizontal),
    ):
        margins.append(_element(f"w:{side}", {"w:w": str(width), "w:type": "dxa"}))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")  # noqa: SLF001


def fixed_layout(table: Table, widths: list[int]) -> None:
    """Give the columns their widths (EMU) and keep Word from changing them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:  # row by row: a column's cells are slow to find in long tables
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def describe_table(table: Table, text: str) -> None:
    """Set the alternative text of a table for screen readers."""
    table._tbl.tblPr.append(_element("w:tblCaption", {"w:val": text}))  # noqa: SLF001


def repeat_header(row: _Row) -> None:
    """Repeat a row at the top of every page its table reaches."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))  # noqa: SLF001


def keep_row_whole(row: _Row) -> None:
    """Keep a row from breaking across pages."""
    row._tr.get_or_add_trPr().insert(0, _element("w:cantSplit", {}))  # noqa: SLF001


def keep_with_next(table: Table) -> None:
    """Keep a whole table on the page of what follows it."""
    for row in table.rows:
        _keep_row(row)


def keep_together(table: Table) -> None:
    """Keep a table from breaking across pages."""
    for row in list(table.rows)[:-1]:
        _keep_row(row)


def describe_picture(run: Run, alt: str) -> None:
    """Set the alternative text of the picture in a run."""
    for properties in run._r.iter(qn("wp:docPr"), qn("pic:cNvPr")):  # noqa: SLF001
        properties.set("descr", alt)


def only_right_tab(paragraph: Paragraph, position: int) -> None:
    """Give a paragraph one tab stop, right-aligned at `position` (EMU)."""
    stops = paragraph.paragraph_format.tab_stops
    style = paragraph.style
    inherited = style.paragraph_format.tab_stops if isinstance(style, ParagraphStyle) else ()
    for stop in inherited:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Emu(position), WD_TAB_ALIGNMENT.RIGHT)


def _keep_row(row: _Row) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _field_char(paragraph: Paragraph, kind: str) -> None:
    mark = _element("w:fldChar", {"w:fldCharType": kind})
    paragraph.add_run()._r.append(mark)  # noqa: SLF001


def _borders(tag: str, sides: Mapping[str, tuple[int, str]]) -> Any:
    borders = _element(tag, {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            size, value = sides[side]
            borders.append(
                _element(
                    f"w:{side}",
                    {"w:val": "single", "w:sz": str(size), "w:space": "0", "w:color": value},
                )
            )
    return borders


def _element(tag: str, attributes: Mapping[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_XML_SPACE if name == "xml:space" else qn(name), value)
    return element


_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def shrink_end(document: Document) -> None:
    """Make the empty paragraph at the end flat, lest a full last page drag a blank one along."""
    last = document.paragraphs[-1] if document.paragraphs else None
    if last is not None and not last.text:
        last.paragraph_format.line_spacing = Pt(1)
