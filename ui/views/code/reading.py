"""The text of one source and its observations, kept up to date with the study."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.i18n import day, t
from ui.views.code.marking import length_of, marks_of
from ui.views.reading.view import ReadingView
from workbench.domain.change import ChangeSet
from workbench.domain.ids import ObservationId, SourceId, SpeakerId, TranscriptId
from workbench.domain.materials import Source
from workbench.domain.passage import Passage, Query
from workbench.study import Study

_AROUND = (
    "code", "stage", "touchpoint", "speaker", "participant", "consent", "attendance",
)  # fmt: skip


class OpenText(QObject):
    """What one reads: the present transcript of a source.

    Args:
        study: where it is kept.
        view: where it is shown.
        origin: who takes over its own memos at once.
    """

    def __init__(self, study: Study, view: ReadingView, origin: object) -> None:
        super().__init__(view)
        self._origin = origin
        self._study = study
        self._view = view
        self.source: Source | None = None
        self.transcript_id: TranscriptId | None = None
        self.passages: dict[str, Passage] = {}

    def open(self, source_id: SourceId) -> None:
        """Show the text of a source."""
        self.source = self._study.materials.source(source_id)
        self._read_text()
        self._read_passages()

    def close(self) -> None:
        """Show nothing."""
        self.source = self.transcript_id = None
        self.passages = {}
        self._view.show_text([], {}, title="")
        self._view.show_marks([])

    def refresh(self, changes: ChangeSet | None) -> None:
        """Take over what changed; observations cost a repaint, new turns are appended."""
        if self.source is None:
            return
        if changes is None:
            self.open(self.source.id)
            return
        if changes.touches("turn", "transcript", "speaker", "session", "source", "participant"):
            self.source = self._study.materials.source(self.source.id)
            self._read_text()
        if changes.touches(*_AROUND) or changes.touches("turn", "transcript"):
            self._read_passages()
            return
        ids = changes.ids("observation") | changes.ids("observation_code")
        if changes.touches("memo") and changes.origin is not self._origin:
            # The change names the memo, not what it is about.
            ids |= frozenset(self.passages)
        self.take([ObservationId(key) for key in ids])

    def take(self, ids: list[ObservationId]) -> None:
        """Read some observations anew."""
        if not ids or self.source is None:
            return
        found: dict[str, Passage] = {
            passage.observation.id: passage
            for passage in self._study.observations.passages(ids)
            if passage.observation.deleted_at is None
            and passage.observation.source_id == self.source.id
        }
        gone = [key for key in ids if key not in found]
        for key in gone:
            self.passages.pop(key, None)
        self.passages.update(found)
        shown = list(marks_of(found.values(), self._view.text))
        lost = {*found} - {mark.id for mark in shown}
        self._view.change_marks(shown, [*gone, *lost])

    def _read_passages(self) -> None:
        if self.source is None:
            return
        found = self._study.observations.find(Query(source_id=self.source.id))
        self.passages = {passage.observation.id: passage for passage in found}
        self._view.show_marks(marks_of(found, self._view.text))

    def _read_text(self) -> None:
        if self.source is None:
            return
        transcript = self._study.transcripts.of_source(self.source.id)
        turns = self._study.transcripts.turns(transcript.id) if transcript else []
        other = self.transcript_id != (transcript.id if transcript else None)
        self.transcript_id = transcript.id if transcript else None
        self._view.show_text(
            turns,
            self._names() if transcript else {},
            title=self._title(),
            meta=self._meta(transcript.model if transcript else ""),
        )
        if other:
            self._view.text.moveCursor(self._view.text.textCursor().MoveOperation.Start)

    def _names(self) -> dict[SpeakerId, str]:
        if self.transcript_id is None:
            return {}
        people = {person.id: person.pseudonym for person in self._study.people.participants()}
        return {
            voice.id: people.get(voice.participant_id, "")
            if voice.participant_id
            else "" or voice.name or voice.label
            for voice in self._study.transcripts.speakers(self.transcript_id)
        }

    def _title(self) -> str:
        if self.source is None:
            return ""
        session = self._study.materials.session(self.source.session_id)
        alone = len(self._study.materials.sources(session.id)) == 1
        return session.title if alone else self.source.title

    def _meta(self, model: str) -> str:
        """Return “P01 · Renters on the move · 12 September 2026 · 2 min 9 s · base model”."""
        if self.source is None:
            return ""
        session = self._study.materials.session(self.source.session_id)
        roster = [row.participant_id for row in self._study.materials.roster(session.id)]
        people = [p for p in self._study.people.participants() if p.id in roster]
        segments = {segment.id: segment.name for segment in self._study.people.segments()}
        groups = dict.fromkeys(segments[p.segment_id] for p in people if p.segment_id in segments)
        length = self.source.duration_ms
        parts = [
            ", ".join(person.code for person in people),
            ", ".join(groups) if len(groups) == 1 else "",
            day(session.date) if session.date else "",
            length_of(length) if length is not None else "",
            t("{name} model", name=model) if model else "",
        ]
        return " · ".join(part for part in parts if part)
