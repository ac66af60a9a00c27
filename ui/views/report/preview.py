"""The report as rich text for the window, from the same tree that becomes Word or HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from PySide6.QtGui import QColor

from ui.i18n import t
from ui.theme import Theme
from workbench.domain import report_parts
from workbench.domain.report import (
    Block,
    BulletList,
    Callout,
    Cell,
    EvidenceEntry,
    EvidenceRef,
    EvidenceState,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Quote,
    RegisterTable,
    ReportModel,
    Section,
    Table,
    Tone,
)

TOP = "top"
OBSERVATION = "observation"  # scheme of links that leave the report for the transcript
_SPACE = '<p style="font-size:5px;margin-bottom:4px;line-height:100%">&nbsp;</p>'
_NAMES = 0.13  # least share of the first column of a wide table
_TINT = 0.16  # strength of good, bad and warn as a background


@dataclass(slots=True)
class Preview:
    """The report as HTML.

    Attributes:
        style: the style sheet, as an element of HTML.
        parts: what to show, chapter by chapter; pictures are named picture0, picture1 …
        pictures: their PNG, in that order.
    """

    style: str = ""
    parts: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    @property
    def html(self) -> str:
        """Return the whole of it."""
        return f"<html><head>{self.style}</head><body>{''.join(self.parts)}</body></html>"


def section_anchor(number: int) -> str:
    """Return the name of the place where a section begins."""
    return f"section{number}"


def heading_anchor(section: int, block: int) -> str:
    """Return the name of the place of a heading inside a section."""
    return f"section{section}-{block}"


def render(model: ReportModel, theme: Theme, *, width: int) -> Preview:
    """Return a report as HTML for a QTextBrowser.

    Args:
        model: the report.
        theme: colours.
        width: of the text in pixels; pictures are shrunk to it.
    """
    return _Writer(model, theme, width).write()


class _Writer:
    def __init__(self, model: ReportModel, theme: Theme, width: int) -> None:
        self._model, self._theme, self._width = model, theme, width
        self._made = Preview()
        self._leads = report_parts.prints_register(model)
        self._tables = self._figures = 0

    def write(self) -> Preview:
        made = self._made
        made.style, made.parts = self._style(), [self._title_page()]
        for number, section in enumerate(self._model.sections):
            made.parts.append("".join(self._section(number, section)))
        return made

    # Looks

    def _style(self) -> str:
        c = {name: self._colour(name) for name in self._theme.tokens.colours}
        return (
            f"<style>body{{color:{c['ink']};}} a{{color:{c['accent']};text-decoration:none;}}"
            f"h1{{font-size:20px;font-weight:600;margin-top:44px;margin-bottom:10px;}}"
            f"h2{{font-size:15px;font-weight:600;margin-top:24px;margin-bottom:6px;}}"
            f"h3{{font-size:13px;font-weight:600;margin-top:16px;margin-bottom:4px;"
            f"color:{c['ink_soft']};}}"
            f"p{{margin-top:0;margin-bottom:9px;line-height:148%;}}"
            f"li{{margin-bottom:5px;line-height:140%;}}"
            f".note{{color:{c['ink_faint']};font-size:12px;}}"
            f".lead{{font-size:15px;color:{c['ink']};}}"
            f".title{{font-size:30px;font-weight:600;margin-top:6px;margin-bottom:6px;}}"
            f".kicker{{color:{c['accent']};font-weight:600;margin-bottom:0;}}"
            f".words{{font-size:15px;margin-bottom:2px;}}"
            f".caption{{color:{c['ink_faint']};font-size:12px;margin-top:6px;"
            f"margin-bottom:16px;}}</style>"
        )

    def _colour(self, name: str) -> str:
        return self._theme.colour(name).name()

    def _ground(self, tone: Tone) -> str:
        """Return the background of a cell or callout, as an HTML attribute."""
        if not tone:
            return ""
        if tone.startswith("stage"):
            colour = self._theme.stage_fill(int(tone.removeprefix("stage")) - 1)
        elif tone in ("good", "bad", "warn"):
            colour = _mixed(self._theme.colour("surface"), self._theme.colour(tone), _TINT)
        else:
            colour = self._theme.colour("sunken")
        return f' bgcolor="{colour.name()}"'

    # Blocks

    def _title_page(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in self._model.subtitle)
        return (
            f'<p class="kicker">{escape(self._model.kicker)}</p>'
            f'<p class="title">{escape(self._model.title)}</p>{lines}'
            f'<p class="note">{escape(self._model.notice)}</p>'
        )

    def _section(self, number: int, section: Section) -> Iterable[str]:
        yield f'<h1><a name="{section_anchor(number)}"></a>{escape(section.heading)}</h1>'
        for place, block in enumerate(section.blocks):
            if isinstance(block, Heading):
                anchor = heading_anchor(number, place)
                tag = f"h{block.level}"
                yield f'<{tag}><a name="{anchor}"></a>{escape(block.text)}</{tag}>'
            else:
                yield self._block(block)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                made = f'<p class="{block.style}">{self._runs(block.runs)}</p>'
            case Quote():
                made = self._quote(block)
            case BulletList():
                items = "".join(f"<li>{self._runs(item)}</li>" for item in block.items)
                made = f"<ul>{items}</ul>"
            case Callout():
                made = self._callout(block)
            case Table():
                made = self._table(block)
            case Picture():
                made = self._picture(block)
            case RegisterTable():
                made = self._register(block)
            case Heading():
                made = f"<h{block.level}>{escape(block.text)}</h{block.level}>"
            case _:
                assert_never(block)
        return made

    def _quote(self, quote: Quote) -> str:
        source = report_parts.signature(quote)
        return (
            f'<table width="100%" cellpadding="0" cellspacing="0"><tr>'
            f'<td width="3" bgcolor="{self._colour("accent")}"></td><td width="14"></td><td>'
            f'<p class="words">“{escape(quote.words)}”</p>'
            f'<p class="note">{escape(source)} &nbsp;{self._link(quote.evidence)}</p>'
            f"</td></tr></table>{_SPACE}"
        )

    def _callout(self, callout: Callout) -> str:
        ground = self._ground(callout.tone or "head")
        return (
            f'<table width="100%" cellpadding="12" cellspacing="0"><tr><td{ground}>'
            f"<b>{escape(callout.title)}</b><br>{self._runs(callout.runs)}</td></tr></table>{_SPACE}"
        )

    def _table(self, table: Table) -> str:
        self._tables += 1
        widths = list(table.widths)
        if table.dense:  # so that the names of the lanes are not broken
            widths[0] = max(widths[0], sum(widths) * _NAMES)
        whole = sum(widths) or 1
        size = "11px" if table.dense else "12px"
        head = []
        for place, text in enumerate(table.header):
            tone = table.header_tones[place] if table.header_tones else "head"
            share = f"{widths[place] / whole:.0%}"
            style = "20px" if table.big_head else size
            head.append(
                f'<td width="{share}"{self._ground(tone)}>'
                f'<b style="font-size:{style}">{escape(text)}</b></td>'
            )
        rows = "".join(
            f"<tr>{''.join(self._cell(c, size) for c in row)}</tr>" for row in table.rows
        )
        body = f"<tr>{''.join(head)}</tr>{rows}"
        return self._framed(body, self._numbered("Table", self._tables, table.caption))

    def _cell(self, cell: Cell, size: str) -> str:
        words = self._runs(cell.runs)
        return f'<td{self._ground(cell.tone)} style="font-size:{size}">{words}</td>'

    def _framed(self, rows: str, caption: str) -> str:
        return (
            f'<table width="100%" cellpadding="6" cellspacing="0" border="1" '
            f'bordercolor="{self._colour("line")}" style="border-collapse:collapse">{rows}</table>'
            f'<p class="caption">{escape(caption)}</p>'
        )

    def _picture(self, picture: Picture) -> str:
        self._figures += 1
        name = f"picture{len(self._made.pictures)}"
        self._made.pictures.append(picture.png)
        caption = escape(self._numbered("Figure", self._figures, picture.caption))
        return (
            f'<p style="line-height:100%"><img src="{name}" width="{self._width}" '
            f'alt="{escape(picture.alt)}"></p>'
            f'<p class="caption">{caption}</p>'
        )

    @staticmethod
    def _numbered(kind: str, number: int, caption: str) -> str:
        return f"{t(report_parts.KINDS[kind])} {number}: {caption}"

    def _register(self, block: RegisterTable) -> str:
        self._tables += 1
        names = report_parts.register_head()
        ground = self._ground("head")
        head = "".join(f"<td{ground}><b>{escape(name)}</b></td>" for name in names)
        rows = "".join(self._entry(entry) for entry in self._model.register)
        caption = self._numbered("Table", self._tables, block.caption)
        return self._framed(f"<tr>{head}</tr>{rows}", caption)

    def _entry(self, entry: EvidenceEntry) -> str:
        number, said, *rest = report_parts.register_line(entry)
        quoted = entry.state is EvidenceState.QUOTED
        words = escape(said) if quoted else f"<i>{escape(said)}</i>"
        link = f'<a name="{number}"></a>'
        if entry.state is EvidenceState.REMOVED:
            link += number
        else:
            link += f'<a href="{OBSERVATION}:{entry.key}">{number}</a>'
        cells = (link, words, *map(escape, rest))
        return f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>"

    # Words

    def _runs(self, runs: Iterable[Inline]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Inline) -> str:
        if isinstance(run, EvidenceRef):
            return self._link(run.number)
        words = escape(run.text).replace("\n", "<br>")
        if run.bold:
            words = f"<b>{words}</b>"
        if run.italic:
            words = f"<i>{words}</i>"
        colour = {"quiet": "ink_faint", "good": "good", "bad": "bad", "warn": "warn"}.get(run.tone)
        return f'<span style="color:{self._colour(colour)}">{words}</span>' if colour else words

    def _link(self, number: int) -> str:
        label = report_parts.label(number)
        return f'<a href="#{label}">[{label}]</a>' if self._leads else f"[{label}]"


def _mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    def part(one: float, other: float) -> float:
        return one + (other - one) * share

    return QColor.fromRgbF(
        part(ground.redF(), colour.redF()),
        part(ground.greenF(), colour.greenF()),
        part(ground.blueF(), colour.blueF()),
    )
