"""Keep observations on their words: through edits, regrouping and new transcripts.

An observation whose words are gone is kept, marked and listed for review: never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.analysis.locating import Place, locate, occurrences
from workbench.analysis.versions import Versions
from workbench.domain.anchors import Edit, TextAnchor, lies_on_words, quote, time_span
from workbench.domain.ids import SourceId, TranscriptId, TurnId
from workbench.domain.observation import Observation, Placement
from workbench.domain.transcript import Transcript, Turn
from workbench.errors import UserError
from workbench.services.coding.memos import hand_over
from workbench.services.desk import Desk
from workbench.storage import queries

Move = Callable[[TurnId, int], tuple[TurnId, int]]


@dataclass(frozen=True, slots=True)
class Remembered:
    """An observation and the place in the material where it was, from 0.0 to 1.0."""

    observation: Observation
    share: float


class Anchoring:
    """Moves the anchors of one study; every method runs inside an open step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def follow(self, turn_id: TurnId, edit: Edit) -> None:
        """Move all anchors that cover a turn through an edit of its text."""
        covering = queries.covering(self._desk.db, turn_id)
        for observation in self._tables.observation.select(id=covering):
            self._follow_one(observation, turn_id, edit)

    def covering(self, *turn_ids: TurnId) -> list[Observation]:
        """Return the observations that cover one of these turns, those in the bin too."""
        ids = {one for turn_id in turn_ids for one in queries.covering(self._desk.db, turn_id)}
        return self._tables.observation.select(id=ids, order="created_at, id")

    def move(self, observations: Sequence[Observation], start_of: Move, end_of: Move) -> None:
        """Take observations along when turns are cut or joined; the new turns are in place.

        Args:
            observations: as they were before, from `covering`.
            start_of: tells where a range that began in a turn begins now.
            end_of: tells where a range that ended in a turn ends now.
        """
        for observation in observations:
            anchor = observation.anchor
            if anchor is None:
                continue
            first, start = start_of(anchor.first_turn, anchor.start)
            last, end = end_of(anchor.last_turn, anchor.end)
            if (anchor.first_turn, anchor.start) == (anchor.last_turn, anchor.end):
                last, end = first, start
            moved = TextAnchor(first, start, last, end)
            if not self._between(moved) or (first == last and end < start):
                moved = TextAnchor(first, start, first, start)
            self.keep(observation, moved)

    def refresh(self, turn_ids: Sequence[TurnId]) -> None:
        """Read the words of observations anew between whose ends other turns have come."""
        for observation in self.covering(*turn_ids):
            if observation.anchor is not None:
                self.keep(observation, observation.anchor)

    def keep(self, observation: Observation, anchor: TextAnchor) -> None:
        """Leave an observation where its words are now; it waits for review if there are none."""
        turns = self._between(anchor)
        if observation.placement is Placement.PLACED and lies_on_words(turns, anchor):
            self._set(observation, anchor, turns)
            return
        self._tables.observation.change(
            observation.id,
            first_turn_id=anchor.first_turn,
            start=anchor.start,
            last_turn_id=anchor.last_turn,
            end=anchor.end,
            words=self._witness(observation),
            placement=Placement.REVIEW,
        )

    def remember(self, transcript_id: TranscriptId) -> list[Remembered]:
        """Note where all observations of a transcript are, before its turns are replaced."""
        turns = self._tables.turn.select(transcript_id=transcript_id, order="ordinal")
        starts = list(accumulate((len(turn.text) + 1 for turn in turns), initial=0))
        places = {turn.id: start for turn, start in zip(turns, starts, strict=False)}
        return [
            Remembered(row, (places[row.first_turn_id] + row.start) / starts[-1])
            if row.first_turn_id
            else Remembered(row, self._share(row.source_id, row.start_ms))
            for row in self._tables.observation.select(transcript_id=transcript_id)
        ]

    def place_again(self, remembered: Sequence[Remembered], turns: Sequence[Turn]) -> int:
        """Find the words of observations in new turns.

        Returns:
            how many, without those in the bin, could not be placed surely; they wait for review
            with their words.
        """
        lost = 0
        for item in remembered:
            anchor = find_words(item.observation.words, turns, near=item.share)
            if anchor is None:
                lost += item.observation.deleted_at is None
                self._put_aside(item.observation)
            else:
                self._set(item.observation, anchor, list(turns))
        return lost

    def settle(self, source_id: SourceId) -> int:
        """Place what is not on the present transcript of a source: observations, memos on turns.

        Returns:
            how many observations wait for review.
        """
        present = self._tables.transcript.select(
            source_id=source_id, replaced_at=None, order="created_at, rowid"
        )
        if not present:
            return 0
        transcript = present[-1]
        elsewhere = [
            Remembered(row, self._share(row.source_id, row.start_ms))
            for row in self._tables.observation.select(source_id=source_id)
            if row.transcript_id != transcript.id or row.first_turn_id is None
        ]
        turns = self._tables.turn.select(transcript_id=transcript.id, order="ordinal")
        self._settle_memos(transcript, turns)
        return self.place_again(elsewhere, turns)

    def carry(self, old_id: TranscriptId, new_id: TranscriptId) -> int:
        """Take everything on a text along to a newer version of it.

        Returns:
            how many observations wait for review.
        """
        old = self._tables.turn.select(transcript_id=old_id, order="ordinal")
        new = self._tables.turn.select(transcript_id=new_id, order="ordinal")
        versions = Versions([turn.text for turn in old], [turn.text for turn in new])
        rows = {turn.id: row for row, turn in enumerate(old)}
        waiting = 0
        for observation in self._tables.observation.select(transcript_id=old_id):
            anchor = observation.anchor
            found = anchor and versions.follow(
                (rows[anchor.first_turn], anchor.start), (rows[anchor.last_turn], anchor.end)
            )
            if found and observation.placement is Placement.PLACED:
                (first, start), (last, end) = found
                moved = TextAnchor(new[first].id, start, new[last].id, end)
                self._set(observation, moved, new[first : last + 1])
            else:
                waiting += observation.deleted_at is None
                self._put_aside(observation)
        self.carry_memos(old, new, versions)
        return waiting

    def carry_memos(
        self, old: Sequence[Turn], new: Sequence[Turn], versions: Versions | None = None
    ) -> None:
        """Give memos on turns to those that have their words now."""
        noted = {memo.subject_id for memo in self._tables.memo.select(subject="turn")}
        rows = [row for row, turn in enumerate(old) if turn.id in noted]
        if not rows:
            return
        known = versions or Versions([turn.text for turn in old], [turn.text for turn in new])
        for row in rows:
            place = known.text_of(row)
            if place is not None:
                hand_over(self._desk, "turn", old[row].id, new[place].id)

    def _settle_memos(self, present: Transcript, turns: Sequence[Turn]) -> None:
        """Give memos on turns of earlier transcripts to those that have their words now.

        A memo whose words are not found stays with its old turn; `Memos.notes` says so.
        """
        noted = {memo.subject_id for memo in self._tables.memo.select(subject="turn")}
        if not noted:
            return
        every = self._tables.transcript.select(source_id=present.source_id)
        earlier = {one.id for one in every} - {present.id}
        for turn in self._tables.turn.select(id=noted, transcript_id=earlier, order="ordinal"):
            near = self._share(present.source_id, turn.start_ms)
            anchor = find_words(turn.text, turns, near=near)
            if anchor is not None:
                hand_over(self._desk, "turn", turn.id, anchor.first_turn)

    def places(self, source_id: SourceId, words: str) -> list[TextAnchor]:
        """Return every place where words stand in the present text of a source.

        Raises:
            UserError: there is no text, or they do not stand in it.
        """
        present = self._tables.transcript.select(
            source_id=source_id, replaced_at=None, order="created_at, rowid"
        )
        turns = present and self._tables.turn.select(transcript_id=present[-1].id, order="ordinal")
        title = self._tables.source.get(source_id).title
        if not turns:
            raise UserError(
                "no-words", "“{title}” has no words yet.", "Transcribe it first.", title=title
            )
        texts = [turn.text for turn in turns]
        found = [_anchor(place, turns) for place in occurrences(words.strip(), texts)]
        if not found:
            near = find_words(words, turns)
            raise UserError(
                "words-unknown",
                "“{words}” does not stand in “{title}”.",
                "The nearest is “{near}”. Give the words as they stand there."
                if near
                else "Give the words as they stand there.",
                words=words,
                title=title,
                near=quote(self._between(near), near) if near else "",
            )
        return found

    def fields(self, anchor: TextAnchor) -> dict[str, object]:
        """Return the fields of an observation at an anchor: place, times, words.

        Raises:
            UserError: there are no words under it, or it lies outside the text.
        """
        turns = self._between(anchor)
        if not lies_on_words(turns, anchor):
            raise UserError(
                "nothing-selected", "No words are selected.", "Select the words to code first."
            )
        return _fields(anchor, turns)

    def _share(self, source_id: SourceId, ms: int | None) -> float:
        """Return how far into its recording something was, 0.0 when nobody knows."""
        length = self._tables.source.get(source_id).duration_ms
        return (ms or 0) / length if length else 0.0

    def _follow_one(self, observation: Observation, turn_id: TurnId, edit: Edit) -> None:
        anchor = observation.anchor
        if anchor is None:
            return
        length = len(self._tables.turn.get(turn_id).text) - len(edit.added) + edit.removed
        is_first, is_last = anchor.first_turn == turn_id, anchor.last_turn == turn_id
        start, end = edit.shift(anchor.start if is_first else 0, anchor.end if is_last else length)
        moved = TextAnchor(
            anchor.first_turn,
            start if is_first else anchor.start,
            anchor.last_turn,
            end if is_last else anchor.end,
        )
        self.keep(observation, moved)

    def _witness(self, observation: Observation) -> str:
        """Return what was said at a place before somebody began to delete it, key by key."""
        earlier = self._desk.writable().image_before("observation", observation.id)
        return str(earlier["words"]) if earlier else observation.words

    def _set(self, observation: Observation, anchor: TextAnchor, turns: list[Turn]) -> None:
        self._tables.observation.change(observation.id, **_fields(anchor, turns))

    def _put_aside(self, observation: Observation) -> None:
        self._tables.observation.change(
            observation.id,
            first_turn_id=None,
            last_turn_id=None,
            placement=Placement.REVIEW,
        )

    def _between(self, anchor: TextAnchor) -> list[Turn]:
        first = self._tables.turn.get(anchor.first_turn)
        if anchor.first_turn == anchor.last_turn:
            return [first]
        last = self._tables.turn.get(anchor.last_turn)
        if last.ordinal < first.ordinal:
            return []
        # From turn to turn: between the places of two lie millions of free ones after a few splits.
        ids, here = [first.id], queries.following(self._desk.db, first.id)
        while here is not None and ids[-1] != last.id:
            ids.append(here)
            here = queries.following(self._desk.db, here)
        return self._tables.turn.select(id=ids, order="ordinal")


def find_words(
    words: str, turns: Sequence[Turn], *, near: float | None = None
) -> TextAnchor | None:
    """Find words in turns, exactly or nearly; `near` is how far in they were, 0.0…1.0."""
    place = locate(words, [turn.text for turn in turns], near)
    return _anchor(place, turns) if place else None


def _anchor(place: Place, turns: Sequence[Turn]) -> TextAnchor:
    return TextAnchor(turns[place.first].id, place.start, turns[place.last].id, place.end)


def _fields(anchor: TextAnchor, turns: list[Turn]) -> dict[str, object]:
    ids = [turn.id for turn in turns]
    covered = turns[ids.index(anchor.first_turn) : ids.index(anchor.last_turn) + 1]
    span = time_span(covered, anchor)
    return {
        "transcript_id": covered[0].transcript_id,
        "first_turn_id": anchor.first_turn,
        "start": anchor.start,
        "last_turn_id": anchor.last_turn,
        "end": anchor.end,
        "words": quote(covered, anchor),
        "start_ms": span.start_ms if span else None,
        "end_ms": span.end_ms if span else None,
        "placement": Placement.PLACED,
    }
