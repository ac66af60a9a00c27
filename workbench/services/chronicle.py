"""Says what a step of the history was about: the name of the code, person, source, the words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workbench.domain.change import Step
from workbench.services.desk import Desk
from workbench.services.memos import Memos
from workbench.services.naming import name_of
from workbench.storage import history

_MOST = 48  # rows of a step that are looked at; an import has thousands
_LENGTH = 60  # code points of a name
_POINTS = {
    "evidence": ("insight", "insight_id"),
    "attendance": ("session", "session_id"),
    "consent": ("participant", "participant_id"),
    "identity": ("participant", "participant_id"),
    "visit": ("session", "session_id"),
    "visit_answer": ("session", "session_id"),
    "observation_code": ("code", "code_id"),
    "transcript": ("source", "source_id"),
    "job": ("source", "source_id"),
}
"""Rows that have no name of their own, and the row that has."""
_TELLING = (
    *("code", "stage", "touchpoint", "segment", "opportunity", "insight", "evidence", "source"),
    *("participant", "session", "attendance", "consent", "identity", "visit", "visit_answer"),
    *("observation_code", "speaker", "turn", "observation", "memo", "job", "transcript"),
    "written_report",
)
"""Tables, the most telling first: who merges two codes changes observations and memos as well."""
_OF_THE_MACHINE = ("job", "transcript", "turn")
_QUOTED = frozenset({"turn", "observation"})


class Chronicle:
    """The history of one study in words."""

    def __init__(self, desk: Desk, memos: Memos) -> None:
        self._desk = desk
        self._memos = memos

    def about(self, step: Step) -> str:
        """Return what a step was about, "" when there is nothing to name.

        Read it only for steps that are seen: each costs a few queries.
        """
        rows: dict[str, list[dict[str, Any]]] = {}
        for (table, _), image in history.changed(self._desk.db, step.id, _MOST).items():
            rows.setdefault(table, []).append(image)
        for table in _OF_THE_MACHINE if step.op.by_machine else _TELLING:
            name = self._source_of if step.op.by_machine else self._name
            names = dict.fromkeys(filter(None, (name(table, one) for one in rows.get(table, ()))))
            if names:
                return _listed(list(names))
        return ""

    def _name(self, table: str, image: dict[str, Any]) -> str:
        if table == "memo":
            return _short(self._memos.title_of(image["subject"], image["subject_id"]))
        if table in _POINTS:
            pointed, column = _POINTS[table]
            row = getattr(self._desk.tables, pointed).find(image[column])
            return _named(pointed, asdict(row)) if row is not None else ""
        return _named(table, image)

    def _source_of(self, table: str, image: dict[str, Any]) -> str:
        """Return the recording that the machine worked on."""
        tables = self._desk.tables
        if table == "turn":
            transcript = tables.transcript.find(image["transcript_id"])
            source = tables.source.find(transcript.source_id) if transcript is not None else None
        else:
            source = tables.source.find(image["source_id"])
        return _short(source.title) if source is not None else ""


def _named(table: str, row: dict[str, Any]) -> str:
    name = name_of(table, row)
    return f"“{_short(name)}”" if name and table in _QUOTED else _short(name)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LENGTH else f"{name[: _LENGTH - 1].rstrip()}…"


def _listed(names: list[str]) -> str:
    """Return “one”, “one, two” or “one, two + 3”."""
    rest = f" + {len(names) - 2}" if len(names) > 2 else ""
    return ", ".join(names[:2]) + rest
