"""All memos as a document that leaves the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.domain.ids import CoderId
from workbench.domain.report import Block, Heading, Paragraph, ReportModel, Section, text
from workbench.services.coding.memos import Note, by_subject, heading
from workbench.words import Phrase, t

MEMO_COLUMNS = ("kind", "on", "memo", "coder", "created", "changed")
_MEMOS: Phrase = "Memos: {title}"


def memo_report(title: str, notes: Sequence[Note]) -> ReportModel:
    """Return the memos as sections by kind of object.

    Args:
        title: of the study.
        notes: the memos, without real names.
    """
    sections = []
    for subject, mine in by_subject(notes):
        blocks: list[Block] = []
        for note in mine:
            blocks.append(Heading(2, note.name))
            blocks += [Paragraph(text(part)) for part in _parts(note.memo.text)]
            blocks.append(Paragraph(text(note.memo.updated_at[:10]), "note"))
        sections.append(Section(subject, heading(subject), tuple(blocks)))
    return ReportModel(title, (), tuple(sections), kicker=t("Memos"))


def memo_text(title: str, notes: Sequence[Note]) -> str:
    """Return the memos as Markdown, by kind of object; memos may hold Markdown themselves."""
    lines = [f"# {t(_MEMOS, title=title)}", ""]
    for subject, mine in by_subject(notes):
        lines += [f"## {heading(subject)}", ""]
        for note in mine:
            lines += [
                f"### {note.name}",
                "",
                note.memo.text.strip(),
                "",
                f"*{note.memo.updated_at[:10]}*",
                "",
            ]
    return "\n".join(lines)


def memo_plain(title: str, notes: Sequence[Note]) -> str:
    """Return the memos as plain text, by kind of object."""
    lines = [t(_MEMOS, title=title), ""]
    for subject, mine in by_subject(notes):
        lines += [heading(subject).upper(), ""]
        for note in mine:
            head = f"{note.name} ({note.memo.updated_at[:10]})"
            lines += [head, note.memo.text.strip(), ""]
    return "\n".join(lines)


def memo_rows(notes: Sequence[Note], coders: Mapping[CoderId, str]) -> list[tuple[str, ...]]:
    """Return the memos as the rows of a table, newest first; `MEMO_COLUMNS` names its columns.

    Args:
        notes: the memos, without real names.
        coders: names of those who wrote them.
    """
    return [
        (
            heading(note.memo.subject),
            note.name,
            note.memo.text,
            coders.get(note.memo.coder_id, "") if note.memo.coder_id else "",
            note.memo.created_at,
            note.memo.updated_at,
        )
        for note in notes
    ]


def _parts(words: str) -> list[str]:
    return [part for part in words.split("\n\n") if part.strip()]
