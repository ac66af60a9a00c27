"""What a report says, as plain text, to be compared with what is so."""

from __future__ import annotations

from workbench.domain import report as tree
from workbench.domain.report import ReportModel


def text_of(model: ReportModel) -> str:
    """Return all texts of a report, one to a line; cells of a row are apart by bars."""
    lines = [model.title, *model.subtitle, model.notice, model.foot]
    for section in model.sections:
        lines.append(section.heading)
        for block in section.blocks:
            lines += _lines(block)
    lines += [f"E{e.number} {e.words}{e.why_not} {e.person}" for e in model.register]
    return "\n".join(lines)


def rows_under(model: ReportModel, caption: str, *, header: bool = False) -> list[list[str]]:
    """Return the rows of a table as texts, with `header` its header first."""
    for section in model.sections:
        for block in section.blocks:
            if isinstance(block, tree.Table) and block.caption == caption:
                rows = [[_words(cell.runs) for cell in row] for row in block.rows]
                return [list(block.header), *rows] if header else rows
    raise LookupError(caption)


def _lines(block: tree.Block) -> list[str]:
    lines: list[str] = []
    match block:
        case tree.Heading(text=text):
            lines = [text]
        case tree.Paragraph(runs=runs):
            lines = [_words(runs)]
        case tree.Callout(title=title, runs=runs):
            lines = [title, _words(runs)]
        case tree.BulletList(items=items):
            lines = [_words(item) for item in items]
        case tree.Quote(words=words, person=person):
            lines = [f"“{words}” {person}"]
        case tree.Picture(alt=alt, caption=caption):
            lines = [alt, caption]
        case tree.Table():
            rows = [" | ".join(_words(cell.runs) for cell in row) for row in block.rows]
            lines = [block.caption, " | ".join(block.header), *rows]
    return lines


def _words(runs: tuple[tree.Inline, ...]) -> str:
    return "".join(run.text if isinstance(run, tree.Run) else f"[E{run.number}]" for run in runs)
