"""Make report.docx and brief.docx, the Word templates that ship with the program.

Run it after changing a style: `python resources/templates/build_template.py`. A brief has the same
styles as a report, each so much smaller that the whole fits one page. A template is an ordinary
Word file without text: whoever wants another look opens it in Word, changes the styles by name,
and picks the file in the settings.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

FONT = "Calibri"  # in every Word; LibreOffice has Carlito with the same measures
INK = "1F2328"
INK_SOFT = "5B6169"
ACCENT = "0F766E"
LINE = "E4DFD7"
SUNKEN = "F3F0EB"


def build(out: Path, *, brief: bool = False) -> None:
    """Write the template to `out`; `brief` is that of a single page."""
    document = docx.Document()
    _page(document)
    _base(document)
    _headings(document)
    _texts(document)
    _lists(document)
    _contents(document)
    _characters(document)
    if brief:
        _one_page(document)
    _properties(document)
    document.save(str(out))


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.header_distance = section.footer_distance = Mm(13)


def _base(document: Document) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101
    _font(normal, 10.5, INK)
    _spacing(normal, after=8, line=1.3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)


def _headings(document: Document) -> None:
    for name, size, colour, before, after in (
        ("Title", 34.0, INK, 0, 10),
        ("Subtitle", 13.0, INK_SOFT, 0, 4),
        ("Heading 1", 22.0, INK, 0, 14),
        ("Heading 2", 14.0, ACCENT, 22, 6),
        ("Heading 3", 11.0, INK, 14, 3),
    ):
        style = _style(document, name)
        _font(style, size, colour, bold=name in {"Title", "Heading 1", "Heading 2", "Heading 3"})
        _spacing(style, before=before, after=after, line=1.1)
        _borders(style)
        style.font.italic = False
        style.paragraph_format.keep_with_next = True
        _no_tracking(style)
    kicker = _style(document, "Kicker")
    _font(kicker, 10.0, ACCENT, bold=True)
    _spacing(kicker, after=12, line=1.1)
    rule = _style(document, "Cover Rule")
    _font(rule, 4.0, ACCENT)
    _spacing(rule, before=170, line=1.0)
    _rule(rule, "top", 36, 8)
    rule.paragraph_format.left_indent = Mm(0)
    rule.paragraph_format.right_indent = Mm(112)


def _texts(document: Document) -> None:
    lead = _style(document, "Lead")
    _font(lead, 12.5, INK_SOFT)
    _spacing(lead, after=12, line=1.35)
    small = _style(document, "Note")
    _font(small, 8.5, INK_SOFT)
    _spacing(small, after=8, line=1.25)
    caption = _style(document, "Caption")
    _font(caption, 9.0, INK_SOFT)
    _spacing(caption, before=12, after=5, line=1.15)
    caption.paragraph_format.keep_with_next = True
    quote = _style(document, "Quote")
    _font(quote, 11.5, INK)
    quote.font.italic = True
    _rule(quote)
    _spacing(quote, before=8, after=0, line=1.3)
    quote.paragraph_format.keep_with_next = True
    source = _style(document, "Quote Source")
    _font(source, 9.0, INK_SOFT)
    _rule(source)
    _spacing(source, after=12, line=1.25)
    for name, size in (("Table Text", 9.5), ("Table Text Dense", 7.5)):
        cells = _style(document, name)
        _font(cells, size, INK)
        _spacing(cells, after=2, line=1.15)
    figure = _style(document, "Key Figure")
    _font(figure, 24.0, ACCENT, bold=True)
    _spacing(figure, before=2, line=1.0)
    for name in ("Header", "Footer"):
        margin = _style(document, name)
        _font(margin, 8.5, INK_SOFT)
        _spacing(margin, after=0, line=1.0)
        _only_right_tab(margin, 154)
    for name, size, colour, bold in (
        ("Callout Title", 9.0, ACCENT, True),
        ("Callout", 11.5, INK, False),
    ):
        style = _style(document, name)
        _font(style, size, colour, bold=bold)
        _spacing(style, after=4, line=1.3)


def _lists(document: Document) -> None:
    bullets = _style(document, "List Bullet")
    _spacing(bullets, after=4, line=1.3)


def _contents(document: Document) -> None:
    for name, size, bold, indent, before in (
        ("TOC 1", 10.5, True, 0, 5),
        ("TOC 2", 9.5, False, 6, 0),
    ):
        style = _style(document, name)
        _font(style, size, INK if bold else INK_SOFT, bold=bold)
        _spacing(style, before=before, after=1, line=1.15)
        style.paragraph_format.left_indent = Mm(indent)
        _only_right_tab(style, 154)
    heading = _style(document, "Contents Heading")
    _font(heading, 22.0, INK, bold=True)
    _spacing(heading, after=10, line=1.1)
    heading.paragraph_format.page_break_before = True


def _characters(document: Document) -> None:
    reference = document.styles.add_style("Evidence Reference", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(reference, CharacterStyle)  # noqa: S101
    reference.font.color.rgb = RGBColor.from_string(ACCENT)
    reference.font.bold = True
    reference.font.italic = False


def _one_page(document: Document) -> None:
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(16)
    section.header_distance = section.footer_distance = Mm(8)
    for name, size, before, after, line in (
        ("Normal", 9.5, 0, 3, 1.15),
        ("Kicker", 9.0, 0, 2, 1.0),
        ("Title", 20.0, 0, 2, 1.0),
        ("Subtitle", 10.0, 0, 0, 1.0),
        ("Heading 1", 12.0, 9, 3, 1.0),
        ("Lead", 11.0, 0, 3, 1.15),
        ("Note", 8.5, 0, 3, 1.15),
        ("Caption", 8.5, 0, 3, 1.0),
        ("List Bullet", 9.5, 0, 3, 1.15),
        ("Table Text", 9.0, 0, 0, 1.05),
    ):
        style = _style(document, name)
        style.font.size = Pt(size)
        _spacing(style, before=before, after=after, line=line)
    _style(document, "Heading 1").font.color.rgb = RGBColor.from_string(ACCENT)
    _only_right_tab(_style(document, "Footer"), 170)


def _properties(document: Document) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.title = ""
    core.language = "en-GB"
    core.created = core.modified = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    settings = document.settings.element
    for stale in settings.findall(qn("w:zoom")):
        settings.remove(stale)


def _style(document: Document, name: str) -> ParagraphStyle:
    existing = {style.name for style in document.styles}
    if name not in existing:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        document.styles[name].base_style = document.styles["Normal"]
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101
    style.hidden = False
    style.quick_style = True
    return style


def _font(style: ParagraphStyle, size: float, colour: str, *, bold: bool = False) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for side in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{side}"), FONT)
        fonts.attrib.pop(qn(f"w:{side}Theme"), None)
    fonts.attrib.pop(qn("w:asciiTheme"), None)


def _spacing(
    style: ParagraphStyle, *, before: float = 0, after: float = 0, line: float = 1.0
) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    layout.line_spacing = line
    layout.widow_control = True


def _borders(style: ParagraphStyle) -> None:
    layout = style.element.get_or_add_pPr()
    for border in layout.findall(qn("w:pBdr")):
        layout.remove(border)


def _no_tracking(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for tracking in properties.findall(qn("w:spacing")):
        properties.remove(tracking)


def _rule(style: ParagraphStyle, side: str = "left", size: int = 18, space: int = 10) -> None:
    _borders(style)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single"),
        ("sz", str(size)),
        ("space", str(space)),
        ("color", ACCENT),
    ):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    layout = style.element.get_or_add_pPr()
    layout.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    style.paragraph_format.left_indent = Mm(7)
    style.paragraph_format.right_indent = Mm(8)


def _only_right_tab(style: ParagraphStyle, at_mm: float) -> None:
    layout = style.element.get_or_add_pPr()
    for tabs in layout.findall(qn("w:tabs")):
        layout.remove(tabs)
    style.paragraph_format.tab_stops.add_tab_stop(Mm(at_mm), WD_TAB_ALIGNMENT.RIGHT)


if __name__ == "__main__":
    build(Path(__file__).with_name("report.docx"))
    build(Path(__file__).with_name("brief.docx"), brief=True)
