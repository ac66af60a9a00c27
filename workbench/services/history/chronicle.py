"""Says what a step of the history was about: the name of the code, person, source, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from workbench.domain.change import Step
from workbench.domain.figures import clock
from workbench.domain.looking_out import LetOut
from workbench.domain.quoting import is_instead
from workbench.domain.typed import shorten
from workbench.services.coding.memos import SUBJECTS, Memos
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.naming import name_of
from workbench.storage import history
from workbench.words import Phrase, t

_MOST = 48  # rows of a step that are looked at; an import has thousands
_POINTS = {
    "evidence": ("insight", "insight_id"),
    "attendance": ("session", "session_id"),
    "consent": ("participant", "participant_id"),  # of steps from before there was a ledger
    "consent_entry": ("participant", "participant_id"),
    "visit": ("session", "session_id"),
    "visit_answer": ("session", "session_id"),
    "observation_code": ("code", "code_id"),
    "transcript": ("source", "source_id"),
    "job": ("source", "source_id"),
}
"""Rows that have no name of their own, and the row that has."""
_TELLING = (
    "withdrawal",
    *("code", "stage", "touchpoint", "segment", "opportunity", "insight", "evidence", "source"),
    *(
        "participant",
        "session",
        "attendance",
        "consent_entry",
        "consent",
        "visit",
        "visit_answer",
    ),
    *("observation_code", "speaker", "turn", "observation", "memo", "job", "transcript"),
    *("written_report", "let_out", "form_item"),
)
"""Tables, the most telling first: who merges two codes changes observations and memos as well."""
_OF_THE_MACHINE = ("job", "transcript", "turn")
_IN_TEXTS = frozenset({"turn", "observation", "observation_code", "speaker"})
_QUOTED = frozenset({"turn", "observation"})


_SPOTS = frozenset({
    "participant", "segment", "session", "source", "code", "stage", "touchpoint", "insight",
    "opportunity", "observation", "turn",
})  # fmt: skip
"""Tables whose rows can be shown by themselves."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step in words.

    Attributes:
        label: what was done.
        about: with what: a name, or where in which text.
        spots: where it can be seen, table and id, the best first.
        rows: how many it changed.
    """

    label: Phrase
    about: str
    spots: tuple[tuple[str, str], ...]
    rows: int = 0

    @property
    def sentence(self) -> str:
        """Return “Edit text — Interview with Maya, 00:51”."""
        what = t(self.label)
        return t("{what} — {about}", what=what, about=self.about) if self.about else what


class Chronicle:
    """The history of one study in words.

    Args:
        desk: of the study.
        memos: of the study.
        open_to: says what others may read, for a history that is printed.
    """

    def __init__(self, desk: Desk, memos: Memos, open_to: Confidential | None = None) -> None:
        self._desk = desk
        self._memos = memos
        self._open_to = open_to

    def about(self, step: Step) -> str:
        """Return what a step was about, "" when there is nothing to name.

        Read it only for steps that are seen: each costs a few queries.
        """
        return self._about(step, history.changed(self._desk.db, step.id, _MOST))

    def _about(self, step: Step, images: dict[tuple[str, str], dict[str, Any]]) -> str:
        rows: dict[str, list[dict[str, Any]]] = {}
        for (table, _), image in images.items():
            rows.setdefault(table, []).append(image)
        for table in _OF_THE_MACHINE if step.op.by_machine else _TELLING:
            names_of = self._sources_of if step.op.by_machine else self._names
            names = dict.fromkeys(filter(None, names_of(table, rows.get(table, []))))
            if names:
                return _listed(list(names))
        return ""

    def told(self, step: Step) -> Told:
        """Return what a step was about, and where; also for one that is not done just now."""
        images = history.changed(self._desk.db, step.id, _MOST)
        first: dict[str, dict[str, Any]] = {}
        for (table, _), image in images.items():
            first.setdefault(table, image)
        told = next((table for table in _TELLING if table in first), "")
        spots = list(self._spots(told, first[told])) if told else []
        about = self._about(step, images)
        if told in _IN_TEXTS:
            inside = first.get("turn") or first.get("observation")
            for table in ("turn", "observation"):
                if table in first:
                    spots += self._spots(table, first[table])
            place = self._place(dict(spots), inside)
            about = place if told == "turn" else " · ".join(filter(None, (about, place)))
        return Told(step.op.label, about, tuple(dict.fromkeys(spots)), step.rows)

    def there(self, told: Told) -> tuple[str, str] | None:
        """Return the best spot of a step that is there just now, `None` when there is none."""
        for table, row_id in told.spots:
            row = self._desk.tables.named(table).find(row_id)
            if row is not None and getattr(row, "deleted_at", None) is None:
                return table, row_id
        return None

    def _spots(self, table: str, image: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Return where a row can be seen: itself, what it is on, and the text that is in."""
        if table == "memo" and image["subject"] in SUBJECTS:
            yield image["subject"], image["subject_id"]
        if table in _POINTS:
            pointed, column = _POINTS[table]
            yield pointed, image[column]
        if table in _SPOTS:
            yield table, image["id"]
        if table == "observation" and image["first_turn_id"]:
            yield "turn", image["first_turn_id"]
        if table in {"turn", "speaker"}:
            transcript = self._desk.tables.transcript.find(image["transcript_id"])
            if transcript is not None:
                yield "source", transcript.source_id
        if table == "observation":
            yield "source", image["source_id"]

    def _place(self, spots: dict[str, str], inside: dict[str, Any] | None) -> str:
        """Return “Interview with Maya, 0:51”."""
        source = self._desk.tables.source.find(spots["source"]) if "source" in spots else None
        if source is None:
            return ""
        ms = inside.get("start_ms") if inside else None
        title = self._named("source", asdict(source))
        return title if ms is None else f"{title}, {clock(ms, wide=True)}"

    def _names(self, table: str, images: list[dict[str, Any]]) -> list[str]:
        if table == "memo":
            subjects = [(image["subject"], image["subject_id"]) for image in images]
            return [shorten(self._title_of(*subject)) for subject in subjects]
        if table in _POINTS and images:
            pointed, column = _POINTS[table]
            keys = dict.fromkeys(image[column] for image in images)
            found = {row.id: row for row in self._desk.tables.named(pointed).select(id=list(keys))}
            return [self._named(pointed, asdict(found[key])) for key in keys if key in found]
        return [self._named(table, image) for image in images]

    def _sources_of(self, table: str, images: list[dict[str, Any]]) -> list[str]:
        return [self._source_of(table, image) for image in images]

    def _source_of(self, table: str, image: dict[str, Any]) -> str:
        """Return the recording that the machine worked on."""
        tables = self._desk.tables
        if table == "turn":
            transcript = tables.transcript.find(image["transcript_id"])
            source = tables.source.find(transcript.source_id) if transcript is not None else None
        else:
            source = tables.source.find(image["source_id"])
        return self._named("source", asdict(source)) if source is not None else ""

    def _title_of(self, subject: str, subject_id: str) -> str:
        """Return the name of what a memo is on."""
        title = self._memos.title_of(subject, subject_id)
        return self._open_to.named(subject, subject_id, title) if self._open_to else title

    def _named(self, table: str, row: dict[str, Any]) -> str:
        if table == "let_out":
            return LetOut(**row).sentence
        name = name_of(table, row)
        if self._open_to is not None:
            name = self._open_to.named(table, str(row.get("id", "")), name)
        spoken = name and table in _QUOTED and not is_instead(name)
        return f"“{shorten(name)}”" if spoken else shorten(name)


def _listed(names: list[str]) -> str:
    """Return “one”, “one, two” or “one, two + 3”."""
    rest = f" + {len(names) - 2}" if len(names) > 2 else ""
    return ", ".join(names[:2]) + rest
