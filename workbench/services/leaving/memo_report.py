"""All memos as a document that leaves the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.domain.ids import CoderId
from workbench.domain.report import Block, Heading, Paragraph, ReportModel, Section, text
from workbench.domain.typed import Unreadable
from workbench.services.coding.memos import SUBJECTS, Note
from workbench.words import Phrase, t

_TITLES: dict[str, Phrase] = {
    "charter": "The study",
    "participant": "People",
    "session": "Sessions",
    "source": "Materials",
    "turn": "Turns",
    "code": "Codes",
    "stage": "Stages",
    "observation": "Observations",
}
MEMO_COLUMNS = ("kind", "on", "memo", "coder", "created", "changed")
_MEMOS: Phrase = "Memos: {title}"
_GONE: Phrase = "(no longer there)"


def memo_report(title: str, notes: Sequence[Note]) -> ReportModel:
    """Return the memos as sections by kind of object.

    Args:
        title: of the study.
        notes: the memos, without real names.
    """
    sections = []
    for subject, mine in _by_subject(notes):
        blocks: list[Block] = []
        for note in mine:
            blocks.append(Heading(2, note.title or t(_GONE)))
            blocks += [Paragraph(text(part)) for part in _parts(note.memo.text)]
            blocks.append(Paragraph(text(note.memo.updated_at[:10]), "note"))
        if blocks:
            sections.append(Section(subject, _heading(subject), tuple(blocks)))
    return ReportModel(title, (), tuple(sections), kicker=t("Memos"))


def memo_text(title: str, notes: Sequence[Note]) -> str:
    """Return the memos as Markdown, by kind of object; memos may hold Markdown themselves."""
    lines = [f"# {t(_MEMOS, title=title)}", ""]
    for subject, mine in _by_subject(notes):
        if mine:
            lines += [f"## {_heading(subject)}", ""]
        for note in mine:
            lines += [
                f"### {note.title or t(_GONE)}",
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
    for subject, mine in _by_subject(notes):
        if mine:
            lines += [_heading(subject).upper(), ""]
        for note in mine:
            head = f"{note.title or t(_GONE)} ({note.memo.updated_at[:10]})"
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
            _heading(note.memo.subject),
            note.title or t(_GONE),
            note.memo.text,
            coders.get(note.memo.coder_id, "") if note.memo.coder_id else "",
            note.memo.created_at,
            note.memo.updated_at,
        )
        for note in notes
    ]


def _by_subject(notes: Sequence[Note]) -> list[tuple[str, list[Note]]]:
    """Return the memos by kind of object; of a kind nobody knows comes last, and is not lost."""
    subjects = dict.fromkeys((*SUBJECTS, *(note.memo.subject for note in notes)))
    return [
        (subject, [note for note in notes if note.memo.subject == subject]) for subject in subjects
    ]


def _heading(subject: str) -> str:
    return t(_TITLES[subject]) if subject in _TITLES else str(Unreadable(subject))


def _parts(words: str) -> list[str]:
    return [part for part in words.split("\n\n") if part.strip()]
