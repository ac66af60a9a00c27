"""Memos: notes on any object of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.change import Op
from workbench.domain.ids import MemoId, SourceId, new_id
from workbench.domain.observation import Memo
from workbench.domain.typed import Unreadable
from workbench.services.coding.coders import Coders
from workbench.services.desk import Desk
from workbench.words import Phrase, t

SUBJECTS: dict[str, Phrase] = {
    "charter": "The study",
    "participant": "People",
    "session": "Sessions",
    "source": "Materials",
    "turn": "Turns",
    "code": "Codes",
    "stage": "Stages",
    "observation": "Observations",
}
"""What can have a memo, by table, and what stands above the memos on it."""
_GONE: Phrase = "(no longer there)"


def joined(text: str, more: str) -> str:
    """Return both texts as paragraphs; what is there already is not said twice."""
    if f"\n\n{more}\n\n" in f"\n\n{text}\n\n":
        return text
    return "\n\n".join(filter(None, (text, more)))


def hand_over(desk: Desk, subject: str, gone: str, into: str) -> None:
    """Give the memo on an object to another one of its kind, in the open step.

    An object has at most one memo, so that texts are joined where both have one.
    """
    rows = desk.tables.memo
    for memo in rows.select(subject=subject, subject_id=gone):
        present = rows.select(subject=subject, subject_id=into)
        if present:
            text = joined(present[0].text, memo.text)
            rows.change(present[0].id, text=text, updated_at=desk.stamp())
            rows.remove(memo.id)
        else:
            rows.change(memo.id, subject_id=into)


@dataclass(frozen=True, slots=True)
class Note:
    """A memo with the name of what it is about.

    Attributes:
        title: name or words of the object; "" when it is gone for good.
        adrift: it is on a turn of an earlier text, whose words were not found in the present one.
    """

    memo: Memo
    title: str
    adrift: bool = False

    @property
    def name(self) -> str:
        """Return what the memo is about, in words."""
        return self.title or gone()


def gone() -> str:
    """Return what stands for an object that is gone for good."""
    return t(_GONE)


def heading(subject: str) -> str:
    """Return what stands above the memos on a kind of object, known or not."""
    return t(SUBJECTS[subject]) if subject in SUBJECTS else str(Unreadable(subject))


def by_subject(notes: Sequence[Note]) -> list[tuple[str, list[Note]]]:
    """Return the memos by kind of object; of a kind nobody knows comes last, and is not lost."""
    subjects = dict.fromkeys((*SUBJECTS, *(note.memo.subject for note in notes)))
    found = [(one, [note for note in notes if note.memo.subject == one]) for one in subjects]
    return [(subject, mine) for subject, mine in found if mine]


class Memos:
    """The memos of one study; an object has at most one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = desk.tables.memo
        self._coders = Coders(desk)

    def all(self) -> list[Memo]:
        """Return all memos, newest first."""
        return self._rows.select(order="updated_at DESC, id")

    def notes(self, *, subjects: Iterable[str] = (), text: str = "") -> list[Note]:
        """Return memos with the names of their objects, newest first.

        Args:
            subjects: tables of the objects; none = all.
            text: words that occur in the memo or in the name; case does not matter.
        """
        chosen = set(subjects)
        memos = [memo for memo in self.all() if not chosen or memo.subject in chosen]
        titles, adrift = self._titles(memos), self._adrift(memos)
        notes = [
            Note(memo, titles.get((memo.subject, memo.subject_id), ""), memo.subject_id in adrift)
            for memo in memos
        ]
        wanted = text.casefold().split()
        return [
            note
            for note in notes
            if all(word in f"{note.title}\n{note.memo.text}".casefold() for word in wanted)
        ]

    def adrift(self, source_id: SourceId) -> list[Memo]:
        """Return the memos on turns of a source that its present text does not have."""
        on_turns = self._rows.select(subject="turn", order="updated_at DESC, id")
        adrift = self._adrift(on_turns)
        return [memo for memo in on_turns if adrift.get(memo.subject_id) == source_id]

    def title_of(self, subject: str, subject_id: str) -> str:
        """Return the name of an object that has a memo or may get one."""
        return self._named(subject, [subject_id]).get(subject_id, "")

    def memo(self, memo_id: MemoId) -> Memo:
        """Return one memo.

        Raises:
            KeyError: unknown id.
        """
        return self._rows.get(memo_id)

    def of(self, subject: str, subject_id: str) -> Memo | None:
        """Return the memo on an object; `subject` is its table name, such as "observation"."""
        found = self._rows.select(subject=subject, subject_id=subject_id)
        return found[0] if found else None

    def write(
        self, subject: str, subject_id: str, text: str, *, origin: object = None
    ) -> Memo | None:
        """Write the memo on an object; an empty text removes it."""
        old = self.of(subject, subject_id)
        now = self._desk.stamp()
        with self._desk.step(Op.EDIT_MEMO, origin=origin):
            if not text.strip():
                if old:
                    self._rows.remove(old.id)
                return None
            if old is None:
                return self._rows.add(
                    Memo(
                        MemoId(new_id()),
                        subject,
                        subject_id,
                        text,
                        coder_id=self._coders.at_work(),
                        created_at=now,
                        updated_at=now,
                    )
                )
            if old.text == text:
                return old
            return self._rows.change(old.id, text=text, updated_at=now)

    def _adrift(self, memos: list[Memo]) -> dict[str, SourceId]:
        """Return which turns with a memo belong to a text that was replaced, and of what."""
        ids = [memo.subject_id for memo in memos if memo.subject == "turn"]
        turns = self._desk.tables.turn.select(id=ids)
        texts = self._desk.tables.transcript.select(id={turn.transcript_id for turn in turns})
        replaced = {text.id: text.source_id for text in texts if text.replaced_at}
        return {
            turn.id: replaced[turn.transcript_id]
            for turn in turns
            if turn.transcript_id in replaced
        }

    def _titles(self, memos: list[Memo]) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for subject in {memo.subject for memo in memos}:
            ids = [memo.subject_id for memo in memos if memo.subject == subject]
            found |= {(subject, key): name for key, name in self._named(subject, ids).items()}
        return found

    def _named(self, subject: str, ids: list[str]) -> dict[str, str]:
        """Return the names of objects of one kind; those in the bin have theirs still."""
        tables = self._desk.tables
        read: dict[str, Callable[[], dict[str, str]]] = {
            "charter": lambda: {row.id: row.title for row in tables.charter.select(id=ids)},
            "participant": lambda: {
                row.id: row.pseudonym for row in tables.participant.select(id=ids)
            },
            "session": lambda: {row.id: row.title for row in tables.session.select(id=ids)},
            "source": lambda: {row.id: row.title for row in tables.source.select(id=ids)},
            "turn": lambda: {row.id: _line(row.text) for row in tables.turn.select(id=ids)},
            "code": lambda: {row.id: row.name for row in tables.code.select(id=ids)},
            "stage": lambda: {row.id: row.name for row in tables.stage.select(id=ids)},
            "observation": lambda: {
                row.id: _line(row.words) for row in tables.observation.select(id=ids)
            },
        }
        return read[subject]() if subject in read else {}


def _line(words: str) -> str:
    return f"“{' '.join(words.split())}”"
