"""Keep observations on their words: through edits, regrouping and new transcripts.

An observation whose words are gone is kept, marked and listed for review: never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.analysis.locating import locate
from workbench.domain.anchors import Edit, TextAnchor, quote, time_span
from workbench.domain.ids import SourceId, TranscriptId, TurnId
from workbench.domain.observation import Observation, Placement
from workbench.domain.transcript import Turn
from workbench.services.desk import Desk


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
        """Move all anchors that touch a turn through an edit of its text."""
        touched = {
            row.id: row
            for row in [
                *self._tables.observation.select(first_turn_id=turn_id),
                *self._tables.observation.select(last_turn_id=turn_id),
            ]
        }
        for observation in touched.values():
            self._follow_one(observation, turn_id, edit)

    def remember(self, transcript_id: TranscriptId) -> list[Remembered]:
        """Note where all observations of a transcript are, before its turns are replaced."""
        turns = self._tables.turn.select(transcript_id=transcript_id, order="ordinal")
        places = {turn.id: number / max(1, len(turns)) for number, turn in enumerate(turns)}
        return [
            Remembered(row, places.get(row.first_turn_id, 0.0) if row.first_turn_id else 0.0)
            for row in self._tables.observation.select(transcript_id=transcript_id)
        ]

    def place_again(self, remembered: Sequence[Remembered], turns: Sequence[Turn]) -> int:
        """Find the words of observations in new turns.

        Returns:
            how many could not be placed surely; they wait for review with their words.
        """
        lost = 0
        texts = [turn.text for turn in turns]
        for item in remembered:
            anchor = find_words(item.observation.words, turns, near=round(item.share * len(texts)))
            if anchor is None:
                lost += 1
                self._put_aside(item.observation)
            else:
                self._set(item.observation, anchor, list(turns))
        return lost

    def settle(self, source_id: SourceId) -> int:
        """Place the observations of a source that are not on its present transcript.

        Returns:
            how many wait for review.
        """
        present = self._tables.transcript.select(source_id=source_id, replaced_at=None)
        if not present:
            return 0
        transcript = present[-1]
        elsewhere = [
            Remembered(row, self._share(row))
            for row in self._tables.observation.select(source_id=source_id, deleted_at=None)
            if row.transcript_id != transcript.id or row.first_turn_id is None
        ]
        turns = self._tables.turn.select(transcript_id=transcript.id, order="ordinal")
        return self.place_again(elsewhere, turns)

    def fields(self, anchor: TextAnchor) -> dict[str, object]:
        """Return the fields of an observation at an anchor: place, times, words."""
        return _fields(anchor, self._between(anchor))

    def _share(self, observation: Observation) -> float:
        """Return how far into its recording an observation was, 0.0 when nobody knows."""
        length = self._tables.source.get(observation.source_id).duration_ms
        return (observation.start_ms or 0) / length if length else 0.0

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
        if is_first and is_last and start == end:
            # The witness keeps what was said there.
            self._tables.observation.change(
                observation.id, start=start, end=end, placement=Placement.REVIEW
            )
        else:
            self._set(observation, moved, self._between(moved))

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
        turns = self._tables.turn.select(transcript_id=first.transcript_id, order="ordinal")
        ids = [turn.id for turn in turns]
        return turns[ids.index(anchor.first_turn) : ids.index(anchor.last_turn) + 1]


def find_words(words: str, turns: Sequence[Turn], *, near: int | None = None) -> TextAnchor | None:
    """Find words in turns, exactly or nearly; `near` is the turn's number they were at."""
    place = locate(words, [turn.text for turn in turns], near)
    if place is None:
        return None
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
