"""The report as one HTML file: folds on a screen, prints as a document, needs nothing else.

No script, no font and no picture from elsewhere: what a reader opens asks no network, and a policy
in its head forbids the browser to. Every evidence number leads to its line in the register, and
from there back to where it is first named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, assert_never

from workbench.domain import report as tree
from workbench.domain import report_parts
from workbench.domain.report import EvidenceState, ReportModel
from workbench.exchange.html_parts import (
    Content,
    direction,
    head,
    node,
    picture,
    turned,
    written,
)
from workbench.exchange.xml_text import printable
from workbench.words import SOURCE, language, t

_HEAD: tree.Tone = "head"
_TEXTS = ("quiet", "good", "bad", "warn")


def export_html(model: ReportModel, out: Path) -> Path:
    """Write a report as an HTML file.

    Args:
        model: what to write; every reference must stand in its register.
        out: the .html to write.

    Returns:
        `out`.

    Raises:
        OSError: the file cannot be written.
    """
    tree.check(model)
    out.write_bytes(written(_Writer(tree.map_text(model, printable)).write()))
    return out


class _Writer:
    """Writes one model into one page."""

    def __init__(self, model: ReportModel) -> None:
        self._model = model
        self._leads = report_parts.prints_register(model)
        self._cited = set(tree.references(model))
        self._named: set[int] = set()
        self._counts = {"Table": 0, "Figure": 0}

    def write(self) -> Any:
        model = self._model
        main = node("main", id="report")
        for place, section in enumerate(model.sections):
            main.append(self._section(place, section))
        body = node(
            "body",
            node("a", t("Skip to the report"), class_="skip", href="#report"),
            self._title(),
            None if model.short else self._contents(),
            main,
            node("footer", node("p", model.foot)) if model.foot else None,
            class_="short" if model.short else None,
        )
        return node("html", head(model.title), body, lang=_written_in())

    # Front matter

    def _title(self) -> Any:
        model = self._model
        lines = [turned(node("p", line, class_="subtitle")) for line in model.subtitle]
        return node(
            "header",
            node("p", model.kicker, class_="kicker") if model.kicker else None,
            turned(node("h1", model.title)),
            *lines,
            node("p", model.notice, class_="note") if model.notice else None,
        )

    def _contents(self) -> Any:
        chapters = node("ul")
        for entry in report_parts.contents(self._model):
            link = node("a", entry.text, href=f"#{_anchor(entry.section, entry.block)}")
            item = node("li", link, dir=direction(entry.text))
            if entry.level == 1:
                chapters.append(item)
                continue
            below = chapters[-1].find("ul")
            if below is None:
                below = node("ul")
                chapters[-1].append(below)
            below.append(item)
        title = node("h2", t("Contents"), id="contents")
        return node("nav", title, chapters, aria_labelledby="contents")

    # Chapters and blocks

    def _section(self, place: int, section: tree.Section) -> Any:
        anchor = _anchor(place)
        title = turned(node("h2", section.heading, id=anchor))
        blocks = list(self._blocks(place, section))
        looks = ["chapter"] if section.new_page else []
        looks += ["landscape"] if section.landscape else []
        content = [title, *blocks]
        if not self._model.short:
            content = [node("details", node("summary", title), *blocks, open="open")]
        look = " ".join(looks) or None
        return node("section", *content, class_=look, aria_labelledby=anchor)

    def _blocks(self, place: int, section: tree.Section) -> Iterator[Any]:
        for at, block in enumerate(section.blocks):
            if isinstance(block, tree.Heading):
                tag = f"h{block.level + 1}"
                yield turned(node(tag, block.text, id=_anchor(place, at)))
            else:
                yield self._block(block)

    def _block(self, block: tree.Block) -> Any:
        match block:
            case tree.Paragraph():
                look = None if block.style == "body" else block.style
                made = turned(node("p", *self._runs(block.runs), class_=look))
            case tree.Quote():
                made = self._quote(block)
            case tree.BulletList():
                items = (turned(node("li", *self._runs(item))) for item in block.items)
                made = node("ul", *items)
            case tree.Callout():
                made = self._callout(block)
            case tree.Picture():
                made = node("figure", picture(block.png, block.alt))
                made.append(self._caption("Figure", block.caption))
            case tree.Table():
                made = self._figures(block) if block.big_head else self._table(block)
            case tree.RegisterTable():
                made = self._register(block)
            case tree.Heading():
                made = turned(node(f"h{block.level + 1}", block.text))
            case _:
                assert_never(block)
        return made

    def _quote(self, quote: tree.Quote) -> Any:
        words = turned(node("p", f"“{quote.words}”"))
        signed = node("bdi", report_parts.signature(quote))
        return node(
            "blockquote", words, node("footer", signed, " ", self._reference(quote.evidence))
        )

    def _callout(self, callout: tree.Callout) -> Any:
        title = turned(node("p", node("strong", callout.title), class_=callout.tone or None))
        words = turned(node("p", *self._runs(callout.runs)))
        look = f"callout on-{callout.tone}" if callout.tone else "callout"
        return node("div", title, words, class_=look, role="note")

    def _caption(self, kind: str, text: str) -> Any:
        self._counts[kind] += 1
        number = self._counts[kind]
        name = node("b", f"{t(report_parts.KINDS[kind])} {number}")
        return turned(node("figcaption", name, f"  {text}", id=f"{kind.lower()}-{number}"))

    # Tables

    def _figures(self, block: tree.Table) -> Any:
        """Return key figures: each with what it counts."""
        pairs = [
            node("div", node("dt", *self._runs(one.runs)), node("dd", figure))
            for row in block.rows
            for figure, one in zip(block.header, row, strict=True)
        ]
        caption = self._caption("Table", block.caption)
        return node("figure", caption, node("dl", *pairs, class_="figures"))

    def _table(self, block: tree.Table) -> Any:
        rows = [
            node("tr", *(self._cell(one, names=not at) for at, one in enumerate(row)))
            for row in block.rows
        ]
        return self._grid(block, rows, "dense" if block.dense else None)

    def _grid(self, block: tree.Table, rows: Iterable[Any], look: str | None) -> Any:
        whole = sum(block.widths) or 1
        columns = [node("col", style=f"width:{width / whole:.1%}") for width in block.widths]
        tones = block.header_tones or (_HEAD,) * len(block.header)
        heads = [
            turned(node("th", text, scope="col", class_=_ground(tone)))
            if text
            else node("td", class_=_ground(tone))
            for text, tone in zip(block.header, tones, strict=True)
        ]
        caption = self._caption("Table", block.caption)
        named = caption.get("id")
        table = node(
            "table",
            node("colgroup", *columns),
            node("thead", node("tr", *heads)),
            node("tbody", *rows),
            class_=look,
            aria_labelledby=named,
        )
        # What is wider than a small screen is moved with the arrow keys, too. The caption stands
        # before the table: inside, Chromium parts it from the table on pages of their own format.
        moved = node("div", table, class_="wide", role="region", tabindex="0")
        moved.set("aria-labelledby", named)
        return node("figure", caption, moved, class_="table")

    def _cell(self, cell: tree.Cell, *, names: bool) -> Any:
        """Return a cell; the first of a row is its head where it stands in bold."""
        first = cell.runs[0] if cell.runs else None
        is_head = names and isinstance(first, tree.Run) and first.bold
        said = {"class_": _ground(cell.tone), "scope": "row" if is_head else None}
        return turned(node("th" if is_head else "td", *self._runs(cell.runs), **said))

    def _register(self, block: tree.RegisterTable) -> Any:
        table = tree.Table(
            report_parts.register_head(), (), block.caption, report_parts.REGISTER_WIDTHS
        )
        return self._grid(table, map(self._entry, self._model.register), "register")

    def _entry(self, entry: tree.EvidenceEntry) -> Any:
        label, words, *rest = report_parts.register_line(entry)
        back = f"#cited-{entry.number}" if entry.number in self._cited else None
        number = node("a", label, href=back) if back else label
        said = words if entry.state is EvidenceState.QUOTED else node("i", words)
        return node(
            "tr",
            node("th", number, scope="row"),
            turned(node("td", said)),
            *(turned(node("td", text)) for text in rest),
            id=label,
        )

    # Words

    def _runs(self, runs: Iterable[tree.Inline]) -> list[Content]:
        return [
            self._reference(run.number) if isinstance(run, tree.EvidenceRef) else _run(run)
            for run in runs
        ]

    def _reference(self, number: int) -> Content:
        label = report_parts.label(number)
        if not self._leads:
            return f"[{label}]"
        first = number not in self._named
        self._named.add(number)
        return node("a", f"[{label}]", href=f"#{label}", id=f"cited-{number}" if first else None)


def _written_in() -> str:
    """Return the language of the page as browsers and screen readers know it."""
    return "en-GB" if language() == SOURCE else language().replace("_", "-")


def _run(run: tree.Run) -> Any:
    """Return a stretch of text; one that is read the other way keeps to itself."""
    lines = run.text.split("\n")
    content: list[Content] = [lines[0]]
    for line in lines[1:]:
        content += [node("br"), line]
    for tag, wanted in (("i", run.italic), ("b", run.bold)):
        content = [node(tag, *content)] if wanted else content
    tone = run.tone if run.tone in _TEXTS else None
    turn = direction(run.text)
    if turn:
        return node("bdi", *content, class_=tone, dir=turn)
    made = node("span", *content, class_=tone)
    return made if tone or len(content) > 1 else content[0]


def _ground(tone: tree.Tone) -> str | None:
    return f"on-{tone}" if tone else None


def _anchor(section: int, block: int = -1) -> str:
    return f"chapter-{section + 1}" if block < 0 else f"chapter-{section + 1}-{block + 1}"
