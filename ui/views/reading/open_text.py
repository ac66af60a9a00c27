"""The text of one source and its observations, kept up to date with the study."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from itertools import accumulate

from PySide6.QtCore import QObject, QTimer, Signal

from ui.i18n import day, length_of, t
from ui.models.voices import Voiced, marked, voiced
from ui.views.reading.lens import Lens
from ui.views.reading.marking import marks_of, tip_of
from ui.views.reading.view import ReadingView
from workbench.domain import speaking
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.consent import Standing, Use
from workbench.domain.ids import ObservationId, SourceId, TranscriptId
from workbench.domain.materials import Source
from workbench.domain.passage import Marking, Passage
from workbench.domain.transcript import Turn
from workbench.study import Study

_PAGE, _LETTERS = 40, 8_000  # as many turns, or letters, fill the tallest window
_AT_ONCE = 250  # observations; more are taken over in several goes
_AROUND: tuple[TableName, ...] = (
    "code", "stage", "touchpoint", "speaker", "participant", "consent_entry", "attendance", "visit",
    "coder", "key",
)  # fmt: skip


class OpenText(QObject):
    """What one reads: the present transcript of a source.

    A text comes in two goes: its first page with the marks on it, and all the rest a moment later,
    so that one reads at once however long it is and however many observations it carries.

    Args:
        study: where it is kept.
        view: where it is shown.
        origin: who takes over its own memos at once.

    Attributes:
        study: as given.
        markings: the observations that are read, shown or not.
        lens: which of them are shown, and in which colours.

    Signals:
        shown: other marks are shown.
    """

    shown = Signal()

    def __init__(self, study: Study, view: ReadingView, origin: object) -> None:
        super().__init__(view)
        self._origin = origin
        self.study = study
        self._view = view
        self.source: Source | None = None
        self.transcript_id: TranscriptId | None = None
        self._known: dict[str, Passage] = {}
        self.markings: dict[str, Marking] = {}
        self.lens = Lens()
        self._whole = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.complete)
        self._later: list[ObservationId] = []
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._go_on)
        view.text.highlights.tip_of = self._tip_of

    def open(self, source_id: SourceId) -> None:
        """Show the text of a source."""
        self.source = self.study.materials.source(source_id)
        self._known.clear()
        self._read_text(page=True)
        self._read_page()
        self._soon.start()

    def close(self) -> None:
        """Show nothing."""
        self._soon.stop()
        self.source = self.transcript_id = None
        self._known.clear()
        self._view.show_text([], {}, title="")
        self._show([])

    def complete(self) -> None:
        """Have the whole text and all marks, not only the first page."""
        self._soon.stop()
        if self.source is not None and not self._whole:
            self._read_text()
            self._read_marks()

    def passage(self, observation_id: str) -> Passage | None:
        """Return an observation of this text with all around it."""
        if observation_id and observation_id not in self._known:
            self._know([ObservationId(observation_id)])
        return self._known.get(observation_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Take over what changed; observations cost a repaint, new turns are appended."""
        if self.source is None:
            return
        if changes is None:
            self.open(self.source.id)
            return
        self.complete()
        if changes.touches("memo") and changes.origin is not self._origin:
            self._known.clear()
        if changes.touches("turn", *speaking.TABLES):
            self.source = self.study.materials.source(self.source.id)
            self._read_text()
        if changes.touches("turn", "transcript"):
            self._known.clear()
            self._read_marks()
            return
        ids = changes.ids("observation") | changes.ids("observation_code")
        if changes.touches(*_AROUND):
            self._known.clear()
            ids |= self.markings.keys()
        self._take_over(ids)

    def _take_over(self, ids: Collection[str]) -> None:
        """Read observations anew: those in sight now, the rest while the window goes on."""
        text = self._view.text
        seen = {text.turns[place.row].id for place in text.page.places()}
        near = dict.fromkeys(
            one.id
            for one in self.markings.values()
            if one.first_turn_id in seen or one.last_turn_id in seen
        )
        wanted = {*self._later, *map(ObservationId, ids)}
        first = [key for key in near if key in wanted]
        self._later = [*first, *(wanted.difference(first))]
        self._go_on()

    def _go_on(self) -> None:
        now, self._later = self._later[:_AT_ONCE], self._later[_AT_ONCE:]
        self.take(now)
        if self._later:
            self._rest.start()

    def take(self, ids: list[ObservationId]) -> None:
        """Read some observations anew."""
        if not ids or self.source is None:
            return
        for key in ids:
            self._known.pop(key, None)
            self.markings.pop(key, None)
        found = self.study.passages.markings(self.source.id, ids=ids)
        changed: dict[str, Marking] = {one.id: one for one in found}
        self.markings |= changed
        shown = list(marks_of(changed.values(), self._view.text, self.lens))
        self._view.change_marks(shown, {*ids} - {mark.id for mark in shown})
        self.shown.emit()

    def show_marks(self) -> None:
        """Show the observations as the lens wants them."""
        self._view.show_marks(marks_of(self.markings.values(), self._view.text, self.lens))
        self.shown.emit()

    def _show(self, markings: Iterable[Marking]) -> None:
        self._later = []
        self.markings = {one.id: one for one in markings}
        self.show_marks()

    def _know(self, ids: list[ObservationId]) -> None:
        self._known |= {
            passage.id: passage
            for passage in self.study.passages.read(ids)
            if passage.observation.deleted_at is None
            and self.source is not None
            and passage.observation.source_id == self.source.id
        }

    def _tip_of(self, mark_id: str) -> str:
        passage = self.passage(mark_id)
        return tip_of(passage) if passage else ""

    def _read_page(self) -> None:
        if self.source is None:
            return
        text = self._view.text
        seen = [text.turns[place.row].id for place in text.page.places()]
        page = self.study.passages.markings(self.source.id, seen)
        self._show(page)

    def _read_marks(self) -> None:
        if self.source is not None:
            found = self.study.passages.markings(self.source.id)
            self._show(found)

    def _read_text(self, *, page: bool = False) -> None:
        """Read the whole text, or its first page."""
        if self.source is None:
            return
        transcript = self.study.transcripts.of_source(self.source.id)
        turns: list[Turn] = []
        if transcript:
            turns = self.study.transcripts.turns(transcript.id, most=_PAGE if page else -1)
        if page:
            turns = _first_page(turns)
        self._whole = not page
        other = self.transcript_id != (transcript.id if transcript else None)
        self.transcript_id = transcript.id if transcript else None
        names, standings = self._voices()
        self._view.show_text(
            turns,
            names,
            standings=standings,
            title=self._title(),
            meta=self._meta(transcript.model if transcript else ""),
        )
        if other:
            self._view.text.moveCursor(self._view.text.textCursor().MoveOperation.Start)

    def _voices(self) -> Voiced:
        return voiced(self.study, self.transcript_id) if self.transcript_id else ({}, {})

    def _title(self) -> str:
        if self.source is None:
            return ""
        session = self.study.materials.session(self.source.session_id)
        alone = len(self.study.materials.sources(session.id)) == 1
        return session.title if alone else self.source.title

    def _meta(self, model: str) -> str:
        """Return “P01 · Renters on the move · 12 September 2026 · 2 min 9 s · base model”."""
        if self.source is None:
            return ""
        session = self.study.materials.session(self.source.session_id)
        roster = [row.participant_id for row in self.study.materials.roster(session.id)]
        people = self.study.people.participants(roster)
        segments = {segment.id: segment.name for segment in self.study.people.segments()}
        groups = dict.fromkeys(segments[p.segment_id] for p in people if p.segment_id in segments)
        length = self.source.duration_ms
        said = self.study.ledger.of_use(Use.QUOTE)
        parts = [
            ", ".join(marked(one.code, said.get(one.id, Standing(Use.QUOTE))) for one in people),
            ", ".join(groups) if len(groups) == 1 else "",
            day(session.date) if session.date else "",
            length_of(length) if length is not None else "",
            t("{name} model", name=model) if model else "",
        ]
        return " · ".join(part for part in parts if part)


def _first_page(turns: list[Turn]) -> list[Turn]:
    """Return as many turns as fill the tallest window."""
    ends = list(accumulate(len(turn.text) for turn in turns))
    return turns[: bisect_left(ends, _LETTERS) + 1]
