"""All memos as a document that leaves the study."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.domain.report import Block, Heading, Paragraph, ReportModel, Section, text
from workbench.services.memos import SUBJECTS, Note

_TITLES = {
    "charter": "The study",
    "participant": "People",
    "session": "Sessions",
    "source": "Materials",
    "turn": "Turns",
    "code": "Codes",
    "stage": "Stages",
    "observation": "Observations",
}


def memo_report(title: str, notes: Sequence[Note], scrub: Callable[[str], str]) -> ReportModel:
    """Return the memos as sections by kind of object.

    Args:
        title: of the study.
        notes: the memos.
        scrub: replaces real names.
    """
    sections = []
    for subject in SUBJECTS:
        mine = [note for note in notes if note.memo.subject == subject]
        blocks: list[Block] = []
        for note in mine:
            blocks.append(Heading(2, scrub(note.title) or "(no longer there)"))
            blocks += [Paragraph(text(scrub(part))) for part in _parts(note.memo.text)]
            blocks.append(Paragraph(text(note.memo.updated_at[:10]), "note"))
        if blocks:
            sections.append(Section(_TITLES[subject], tuple(blocks)))
    return ReportModel(scrub(title), (), tuple(sections), kicker="Memos")


def memo_text(title: str, notes: Sequence[Note], scrub: Callable[[str], str]) -> str:
    """Return the memos as Markdown, by kind of object; memos may hold Markdown themselves."""
    lines = [f"# Memos: {scrub(title)}", ""]
    for subject in SUBJECTS:
        mine = [note for note in notes if note.memo.subject == subject]
        if mine:
            lines += [f"## {_TITLES[subject]}", ""]
        for note in mine:
            lines += [
                f"### {scrub(note.title) or '(no longer there)'}",
                "",
                scrub(note.memo.text).strip(),
                "",
                f"*{note.memo.updated_at[:10]}*",
                "",
            ]
    return "\n".join(lines)


def _parts(words: str) -> list[str]:
    return [part for part in words.split("\n\n") if part.strip()]
