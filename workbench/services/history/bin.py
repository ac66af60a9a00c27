"""The bin: what was removed from a study, by whom, what hangs on it, and the way back.

Removing never erases: most things are marked and stay where they are; segments, stages,
touchpoints, memos and questions of a visit form go, and the history keeps them. Here both are
alike. What is no object of its own (a code taken off a passage, evidence taken from an insight,
joined turns, merged voices) is not here; undo takes that back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.domain.change import Op
from workbench.domain.ids import SourceId
from workbench.domain.naming import free
from workbench.errors import UserError
from workbench.services.coding.anchoring import Anchoring
from workbench.services.coding.memos import Memos
from workbench.services.desk import Desk
from workbench.services.naming import name_of
from workbench.storage.removals import (
    Removal,
    along,
    live_rows,
    pointing,
    put_back,
    removals,
)
from workbench.words import Phrase, t


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be in the bin.

    Attributes:
        word: what people call one of them, and what several are called.
        holds: what hangs on it and stays with it: table, column that points at it, word.
        within: what it lies in and cannot be seen without: the column that points there.
        unique: the columns that hold its names; no two may share one.
        among: the column in which two differ that may share a name; "" when none may.
    """

    word: Phrase
    words: str
    holds: tuple[tuple[str, str, str], ...] = ()
    within: str = ""
    unique: tuple[str, ...] = ()
    among: str = ""


_CODED = ("observation_code", "code_id", "observations")
_LINKS = {_CODED[0]: _CODED[2], "visit_answer": "answers"}
"""What people call rows that go along and are no things by themselves."""
_KINDS = {
    "participant": Kind(
        "person",
        "people",
        (("attendance", "participant_id", "sessions"),),
        unique=("code", "pseudonym"),
    ),
    "session": Kind("session", "sessions", (("attendance", "session_id", "people"),)),
    "source": Kind(
        "source",
        "sources",
        (("observation", "source_id", "observations"),),
        within="session_id",
    ),
    "code": Kind("code", "codes", (_CODED,), unique=("name",)),
    "observation": Kind(
        "observation",
        "observations",
        (("evidence", "observation_id", "insights"),),
        within="source_id",
    ),
    "insight": Kind("insight", "insights", (("evidence", "insight_id", "observations"),)),
    "opportunity": Kind("opportunity", "opportunities"),
    "segment": Kind("segment", "segments", unique=("name",)),
    "stage": Kind("stage", "stages", unique=("name",), among="journey_id"),
    "touchpoint": Kind("touchpoint", "touchpoints", unique=("name",)),
    "memo": Kind("memo", "memos"),
    "form_item": Kind("question", "questions", unique=("key",), among="form_id"),
}
"""By table."""


@dataclass(frozen=True, slots=True)
class Binned:
    """Something that was removed.

    Attributes:
        kind: "person", "session", "source", "code", "observation", "insight", "opportunity",
            "segment", "stage", "touchpoint", "memo" or "question".
        name: its name or words.
        removed_at: when, ISO 8601 in UTC.
        removed_by: the coder; "" when the history does not know.
        holds: what comes back with it: {"observations": 12}.
    """

    kind: str
    id: str
    name: str
    removed_at: str
    removed_by: str
    holds: Mapping[str, int] = field(default_factory=dict)


def table_of(item: Binned) -> str:
    """Return the table of something that was removed."""
    return next(table for table, kind in _KINDS.items() if kind.word == item.kind)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        items: what was asked for, and what that lies in.
        notes: what is other than it was, in whole sentences.
    """

    items: tuple[Binned, ...]
    notes: tuple[str, ...]


class Bin:
    """The bin of one study."""

    def __init__(self, desk: Desk, memos: Memos, anchoring: Anchoring) -> None:
        self._desk = desk
        self._memos = memos
        self._anchoring = anchoring

    def items(self) -> list[Binned]:
        """Return what can be restored, removed last first.

        What was removed along with something, as sources with their session, comes back with that
        and is not listed by itself.
        """
        found = self._removed()
        with_others = {
            row_id for rows in along(self._desk.db, found).values() for _, row_id in rows
        }
        return self._told([one for one in found if one.id not in with_others])

    def restore(self, ids: Iterable[str]) -> Restored:
        """Put things back, with what went along and with what they lie in, in one step.

        Raises:
            UserError: something with such an id is not in the bin; nothing is restored then.
        """
        found = {one.id: one for one in self._removed()}
        wanted: dict[str, Removal] = {}
        for row_id in ids:
            if row_id not in found:
                raise UserError(
                    "not-in-bin",
                    "There is nothing “{row_id}” in the bin.",
                    "“workbench bin” lists what is there, with the ids.",
                    row_id=row_id,
                )
            wanted |= _with_what_is_around(found[row_id], found)
        removed = list(wanted.values())
        items = self._told(removed)
        values, notes = self._free_names(removed)
        with self._desk.step(Op.RESTORE):
            put_back(self._desk.db, removed, values)
            self._settle(removed)
        return Restored(tuple(items), tuple(notes))

    def _removed(self) -> list[Removal]:
        return [one for one in removals(self._desk.db, _KINDS) if not self._moved(one)]

    def _moved(self, removal: Removal) -> bool:
        """Tell whether a memo is gone because it is elsewhere: joined to another, or rewritten."""
        if removal.table != "memo":
            return False
        row = removal.row
        joined = removal.op != Op.EDIT_MEMO
        return joined or self._memos.of(row["subject"], row["subject_id"]) is not None

    def _settle(self, removed: Sequence[Removal]) -> None:
        """Place observations whose source got another text while they were in the bin."""
        for source_id in {one.row["source_id"] for one in removed if one.table == "observation"}:
            self._anchoring.settle(SourceId(source_id))

    def _free_names(
        self, removed: Sequence[Removal]
    ) -> tuple[dict[str, dict[str, str]], list[str]]:
        """Return other names for those whose own was given away since, and say so."""
        values: dict[str, dict[str, str]] = {}
        notes = []
        for table, kind in _KINDS.items():
            back = [one for one in removed if kind.unique and one.table == table]
            rows = live_rows(self._desk.db, table) if back else []
            for one in back:
                near = [row for row in rows if row.get(kind.among) == one.row.get(kind.among)]
                taken = [row[column] for row in near for column in kind.unique]
                new = {column: free(one.row[column], taken) for column in kind.unique}
                rows.append(one.row | new)
                other = {column: name for column, name in new.items() if name != one.row[column]}
                if other:
                    values[one.id] = other
                notes += [
                    t(
                        "Another {kind} is called “{taken}” by now, so the restored one is"
                        " “{name}”.",
                        kind=t(kind.word),
                        taken=one.row[column],
                        name=name,
                    )
                    for column, name in other.items()
                ]
        return values, notes

    def _told(self, removed: Sequence[Removal]) -> list[Binned]:
        holds = self._holds(removed)
        return [
            Binned(
                _KINDS[one.table].word,
                one.id,
                name_of(one.table, one.row),
                one.at,
                one.coder,
                holds.get(one.id, {}),
            )
            for one in removed
        ]

    def _holds(self, removed: Sequence[Removal]) -> dict[str, dict[str, int]]:
        """Count what comes back with each: what hangs on it still, and what went along."""
        db = self._desk.db
        rows = along(db, removed)
        ids: dict[str, list[str]] = {}
        for one in removed:
            ids.setdefault(one.table, []).append(one.id)
        for table, row_id in (pair for pairs in rows.values() for pair in pairs):
            ids.setdefault(table, []).append(row_id)
        hanging: dict[str, dict[str, int]] = {}
        for table, kind in _KINDS.items():
            for other, column, words in kind.holds:
                for row_id, count in pointing(db, other, column, ids.get(table, [])).items():
                    _count(hanging, row_id, words, count)
        found = {one.id: dict(hanging.get(one.id, {})) for one in removed}
        for owner, pairs in rows.items():
            for table, row_id in pairs:
                kind_of = _KINDS.get(table)
                words = kind_of.words if kind_of else _LINKS.get(table, "")
                if words:
                    _count(found, owner, words, 1)
                for more, count in hanging.get(row_id, {}).items() if table == "source" else ():
                    _count(found, owner, more, count)
        return found


def _with_what_is_around(one: Removal, found: Mapping[str, Removal]) -> dict[str, Removal]:
    """Return a removed thing after those that it lies in and that are in the bin too."""
    within = _KINDS[one.table].within
    around = found.get(one.row[within]) if within else None
    return (_with_what_is_around(around, found) if around else {}) | {one.id: one}


def _count(found: dict[str, dict[str, int]], row_id: str, words: str, count: int) -> None:
    of_row = found.setdefault(row_id, {})
    of_row[words] = of_row.get(words, 0) + count
