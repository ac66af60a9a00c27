"""The Word report: real headings, captions, links and bookmarks from the styles of a template.

The table of contents is a true TOC field that is filled while writing, entry by entry, with
links but without page numbers. A program that does not lay out pages cannot know them, and the
two ways to make Word find them at opening (`w:updateFields`, a dirty field) both greet the
client with a question about “other files”. So nothing is asked and nothing is wrong; F9 in
Word, or Tools > Update in LibreOffice, adds the page numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.exceptions import PackageNotFoundError
from docx.section import Section as Page
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

import resources
from workbench.domain import report as tree
from workbench.domain import report_parts
from workbench.domain.report import ReportModel
from workbench.errors import UserError
from workbench.exchange import docx_parts, docx_traces, palette
from workbench.exchange.docx_direction import set_directions
from workbench.exchange.xml_text import printable
from workbench.words import said, t

_HEAD: tree.Tone = "head"
_FIELDS = {"\1": "PAGE", "\2": "NUMPAGES"}  # marks of numbers that Word counts
_KEPT_TOGETHER = 8  # rows; longer tables may break between pages
_HAIRLINE = (4, palette.LINE)


def export_docx(model: ReportModel, out: Path, template: Path | None = None) -> Path:
    """Write a report as a Word document.

    Args:
        model: what to write; every reference must stand in its register.
        out: the .docx to write.
        template: a Word file whose styles, margins and letterhead to use; `None` = ours.

    Returns:
        `out`.

    Raises:
        UserError: the template is not a Word file.
        OSError: the file cannot be written.
    """
    tree.check(model)
    own = resources.path("templates", "brief.docx" if model.compact else "report.docx")
    document = _Writer(_open(template or own)).write(tree.map_text(model, printable))
    package = io.BytesIO()  # a ZIP that a full disk leaves unfinished complains again at exit
    document.save(package)
    out.write_bytes(package.getvalue())
    return out


def _open(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, ValueError, KeyError, OSError) as problem:
        happened = said("“{file}” is not a Word file that can serve as a template.", file=path.name)
        todo = said("Choose a .docx file, or use the template of the program.")
        raise UserError("report.template", happened, todo) from problem


class _Writer:
    """Writes one model into one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = docx_parts.style_ids(document, WD_STYLE_TYPE.PARAGRAPH)
        marks = docx_parts.style_ids(document, WD_STYLE_TYPE.CHARACTER)
        self._reference_style = marks.get("Evidence Reference")
        self._bookmarks = docx_parts.Bookmarks()
        self._cited: set[int] = set()
        self._counts = {"Table": 0, "Figure": 0}
        self._headings = 0
        self._own_foot = True
        self._leads = True  # evidence numbers have a line in the register
        self._model: ReportModel

    def write(self, model: ReportModel) -> Document:
        self._model = model
        self._leads = report_parts.prints_register(model)
        self._title_page()
        if not model.short:
            self._contents()
        self._running_heads()
        for section in model.sections:
            self._section(section)
        docx_parts.shrink_end(self._document)
        set_directions(self._document)
        self._properties()
        return self._document

    # Front matter

    def _title_page(self) -> None:
        model = self._model
        if "Cover Rule" in self._styles and not model.short:
            self._paragraph("Cover Rule")
        self._paragraph("Kicker", model.kicker or " ")
        self._paragraph("Title", model.title)
        for line in model.subtitle:
            self._paragraph("Subtitle", line)
        if model.notice:
            notice = self._paragraph("Note", model.notice)
            notice.paragraph_format.space_before = docx.shared.Pt(0 if model.short else 150)

    def _contents(self) -> None:
        self._paragraph("Contents Heading", t("Contents"))
        last = None
        for place, entry in enumerate(report_parts.contents(self._model), start=1):
            last = self._paragraph(f"TOC {entry.level}")
            if place == 1:
                docx_parts.field_start(last, r'TOC \o "1-2" \h \z \u')
            docx_parts.link(last, _heading_bookmark(place), entry.text)
        if last is not None:
            docx_parts.field_end(last)

    def _running_heads(self) -> None:
        page = self._document.sections[0]
        page.different_first_page_header_footer = not self._model.compact
        head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
        if not head.text and not self._model.compact:
            head.add_run(self._model.title)
        self._own_foot = not foot.text  # a letterhead keeps its own
        if self._own_foot:
            self._foot(page)

    def _foot(self, page: Page) -> None:
        foot = page.footer.paragraphs[0]
        self._dress(foot, "Footer")
        docx_parts.only_right_tab(foot, self._text_width)
        foot.add_run(f"{self._model.foot}\t")
        for part in re.split("([\1\2])", t("Page {page} of {pages}", page="\1", pages="\2")):
            if part in _FIELDS:
                docx_parts.field(foot, _FIELDS[part], "1")
            elif part:
                foot.add_run(part)

    def _properties(self) -> None:
        docx_traces.remove(self._document)
        core = self._document.core_properties
        core.title = self._model.title
        core.subject = self._model.kicker
        core.language = "en-GB"
        core.created = core.modified = dt.datetime.now(dt.UTC).replace(microsecond=0)
        core.revision = 1

    # Sections and blocks

    def _section(self, section: tree.Section) -> None:
        turned = section.landscape != (self._page.orientation == WD_ORIENT.LANDSCAPE)
        if turned:
            self._turn()
        heading = self._heading(1, section.heading)
        heading.paragraph_format.page_break_before = section.new_page and not turned
        apart = self._model.short and not self._model.compact
        heading.paragraph_format.space_before = docx.shared.Pt(20) if apart else None
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if isinstance(block, tree.Paragraph):
                self._text(block, keep=block.style != "note" and _leads_to(following))
            else:
                self._block(block)

    @property
    def _page(self) -> Page:
        return self._document.sections[-1]

    @property
    def _text_width(self) -> int:
        page = self._page
        return int((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))

    def _turn(self) -> None:
        old = self._page
        width, height = old.page_width, old.page_height
        landscape = old.orientation != WD_ORIENT.LANDSCAPE
        page = self._document.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = height, width
        page.different_first_page_header_footer = False
        if self._own_foot:
            page.footer.is_linked_to_previous = False
            self._foot(page)

    def _block(self, block: tree.Block) -> None:
        match block:
            case tree.Heading(level=level, text=text):
                self._heading(level, text)
            case tree.Quote():
                self._quote(block)
            case tree.BulletList(items=items):
                for item in items:
                    self._runs(self._paragraph("List Bullet"), item)
            case tree.Callout():
                self._callout(block)
            case tree.Picture():
                self._picture(block)
            case tree.Table():
                self._table(block)
            case tree.RegisterTable(caption=caption):
                self._register(caption)

    def _text(self, block: tree.Paragraph, *, keep: bool) -> None:
        names = {"body": "Normal", "lead": "Lead", "note": "Note"}
        paragraph = self._paragraph(names[block.style])
        paragraph.paragraph_format.keep_with_next = keep or None
        self._runs(paragraph, block.runs)

    def _heading(self, level: int, text: str) -> WordParagraph:
        self._headings += 1 if level < 3 else 0
        heading = self._paragraph(f"Heading {level}", text)
        if level < 3:
            self._bookmarks.wrap(heading, _heading_bookmark(self._headings))
        return heading

    def _quote(self, quote: tree.Quote) -> None:
        self._paragraph("Quote", f"“{quote.words}”")
        source = self._paragraph("Quote Source")
        signed = report_parts.signature(quote)
        self._runs(source, tree.text(f"{signed} ", tree.EvidenceRef(quote.evidence)))

    def _callout(self, callout: tree.Callout) -> None:
        table = self._document.add_table(1, 1)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        docx_parts.fixed_layout(table, [self._text_width])
        docx_parts.cell_margins(table, vertical=140, horizontal=220)
        box = table.cell(0, 0)
        fill = palette.FILLS.get(callout.tone, palette.ACCENT_SOFT)
        edge = palette.TEXTS.get(callout.tone, palette.ACCENT)
        docx_parts.border_cell(box, {"left": (24, edge)})
        docx_parts.shade(box, fill)
        title = box.paragraphs[0]
        self._dress(title, "Callout Title")
        docx_parts.colour(title.add_run(callout.title), edge)
        body = box.add_paragraph()
        self._dress(body, "Callout")
        self._runs(body, callout.runs)
        docx_parts.keep_with_next(table)
        self._gap_after_table(keep=True)

    def _picture(self, picture: tree.Picture) -> None:
        holder = self._paragraph("Normal")
        holder.paragraph_format.keep_with_next = True
        run = holder.add_run()
        run.add_picture(io.BytesIO(picture.png), width=self._text_width)
        docx_parts.describe_picture(run, picture.alt)
        self._caption("Figure", picture.caption).paragraph_format.keep_with_next = False

    def _caption(self, kind: str, text: str) -> WordParagraph:
        self._counts[kind] += 1
        caption = self._paragraph("Caption")
        caption.add_run(f"{t(report_parts.KINDS[kind])} ").bold = True
        docx_parts.field(caption, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        caption.add_run(f"  {text}")
        return caption

    # Tables

    def _table(self, block: tree.Table) -> None:
        self._caption("Table", block.caption)
        self._grid(block)

    def _grid(self, block: tree.Table) -> list[_Cell]:
        """Draw a table; return the first cell of each row."""
        table = self._document.add_table(1 + len(block.rows), len(block.header))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        share = self._text_width / sum(block.widths)
        docx_parts.fixed_layout(table, [int(width * share) for width in block.widths])
        docx_parts.border_table(table, {"insideH": _HAIRLINE, "bottom": _HAIRLINE})
        docx_parts.cell_margins(table, vertical=60, horizontal=70 if block.dense else 100)
        docx_parts.describe_table(table, block.caption)
        rows = list(table.rows)
        docx_parts.repeat_header(rows[0])
        style = "Table Text Dense" if block.dense else "Table Text"
        tones = block.header_tones or (_HEAD,) * len(block.header)
        for cell, text, tone in zip(rows[0].cells, block.header, tones, strict=True):
            head = "Key Figure" if block.big_head else style
            self._fill(cell, tree.Cell((tree.Run(text, bold=True),), tone), head)
            docx_parts.border_cell(cell, {"top": (12, _edge(tone))})
        first = []
        for row, contents in zip(rows[1:], block.rows, strict=True):
            docx_parts.keep_row_whole(row)
            cells = row.cells
            first.append(cells[0])
            for cell, content in zip(cells, contents, strict=True):
                self._fill(cell, content, style)
        if len(rows) <= _KEPT_TOGETHER and not block.dense:
            docx_parts.keep_together(table)
        self._gap_after_table()
        return first

    def _fill(self, cell: _Cell, content: tree.Cell, style: str) -> None:
        paragraph = cell.paragraphs[0]
        self._dress(paragraph, style)
        self._runs(paragraph, content.runs)
        if content.tone in palette.FILLS:
            docx_parts.shade(cell, palette.FILLS[content.tone])

    def _register(self, caption: str) -> None:
        entries = self._model.register
        self._caption("Table", caption)
        lines = tuple(map(report_parts.register_line, entries))
        rows = tuple(tuple(map(tree.cell, ("", *line[1:]))) for line in lines)
        head, widths = report_parts.register_head(), report_parts.REGISTER_WIDTHS
        first = self._grid(tree.Table(head, rows, caption, widths))
        for cell, entry in zip(first, entries, strict=True):
            paragraph, label = cell.paragraphs[0], report_parts.label(entry.number)
            if entry.number in self._cited:
                docx_parts.link(paragraph, f"cited_{entry.number}", label, self._reference_style)
            else:
                paragraph.add_run(label)
            self._bookmarks.wrap(paragraph, f"evidence_{entry.number}")

    def _gap_after_table(self, *, keep: bool = False) -> None:
        gap = self._paragraph("Normal")
        gap.paragraph_format.keep_with_next = keep or None
        gap.paragraph_format.space_after = docx.shared.Pt(0)
        gap.paragraph_format.line_spacing = docx.shared.Pt(10)

    # Text

    def _runs(self, paragraph: WordParagraph, runs: Sequence[tree.Inline]) -> None:
        for run in runs:
            if isinstance(run, tree.EvidenceRef):
                self._reference(paragraph, run.number)
                continue
            for number, line in enumerate(run.text.split("\n")):
                piece = paragraph.add_run()
                if number:
                    piece.add_break()
                piece.add_text(line)
                piece.bold, piece.italic = run.bold or None, run.italic or None
                if run.tone in palette.TEXTS:
                    docx_parts.colour(piece, palette.TEXTS[run.tone])

    def _reference(self, paragraph: WordParagraph, number: int) -> None:
        label = f"[{report_parts.label(number)}]"
        if not self._leads:
            piece = paragraph.add_run(label)
            if self._reference_style is not None:
                piece._r.style = self._reference_style  # noqa: SLF001
            return
        link = docx_parts.link(paragraph, f"evidence_{number}", label, self._reference_style)
        if number not in self._cited:
            self._cited.add(number)
            self._bookmarks.wrap(paragraph, f"cited_{number}", link)

    def _paragraph(self, style: str, text: str = "") -> WordParagraph:
        paragraph = self._document.add_paragraph(text)
        self._dress(paragraph, style)
        return paragraph

    def _dress(self, paragraph: WordParagraph, style: str) -> None:
        # A customer's template may lack a style of ours: plain text is better than no report.
        if style in self._styles:
            docx_parts.dress(paragraph, self._styles[style])


def _leads_to(block: tree.Block | None) -> bool:
    """Say whether the words before a block would be lost alone at the foot of a page."""
    return isinstance(block, tree.Table) or (isinstance(block, tree.Heading) and block.level == 3)


def _heading_bookmark(place: int) -> str:
    return f"_Toc{place:06d}"


def _edge(tone: tree.Tone) -> str:
    if tone.startswith("stage"):
        return palette.STAGE_LINES[int(tone[-1]) - 1]
    return palette.ACCENT
