"""Divide a transcript into other turns while every observation stays on its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.letters import LetterMap, Stretch, letters
from workbench.domain.observation import Observation
from workbench.domain.transcript import Turn, TurnDraft, Word
from workbench.services.coding.anchoring import Anchoring
from workbench.services.coding.memos import hand_over
from workbench.services.desk import Desk
from workbench.storage.tables import Recognition


class Regrouping:
    """Replaces the turns of a transcript; every method runs inside an open step."""

    def __init__(self, desk: Desk, anchoring: Anchoring) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._anchoring = anchoring

    def replace(self, transcript_id: TranscriptId, new: Sequence[Turn]) -> None:
        """Put turns in the place of the present ones; those with the same id are changed.

        Args:
            transcript_id: whose turns.
            new: the same letters in the same order; their ordinals are set here.

        Raises:
            ValueError: the letters are others.
        """
        old = self._tables.turn.select(transcript_id=transcript_id, order="ordinal")
        if letters(turn.text for turn in old) != letters(turn.text for turn in new):
            raise ValueError("The new turns have other words than the old ones.")
        new = [replace(turn, ordinal=ordinal) for ordinal, turn in enumerate(new)]
        if new == old:
            return
        before, places = LetterMap(old), LetterMap(new)
        marks = self._marks(transcript_id, before)
        self._write(old, new)
        self._hand_memos(old, {turn.id for turn in new}, before, places)
        for observation, stretch in marks:
            self._anchoring.keep(observation, places.anchor(stretch))

    def _hand_memos(
        self, old: Sequence[Turn], kept: set[TurnId], before: LetterMap, places: LetterMap
    ) -> None:
        """Give memos on turns that are gone to those that have their words now."""
        for turn in old:
            if turn.id not in kept and self._tables.memo.count(subject="turn", subject_id=turn.id):
                whole = TextAnchor(turn.id, 0, turn.id, len(turn.text))
                home = places.anchor(before.stretch(whole)).first_turn
                hand_over(self._desk, "turn", turn.id, home)

    def _marks(
        self, transcript_id: TranscriptId, places: LetterMap
    ) -> list[tuple[Observation, Stretch]]:
        found = self._tables.observation.select(transcript_id=transcript_id)
        return [(row, places.stretch(row.anchor)) for row in found if row.anchor is not None]

    def _write(self, old: Sequence[Turn], new: Sequence[Turn]) -> None:
        known = {turn.id: turn for turn in old}
        for gone in known.keys() - {turn.id for turn in new}:
            self._tables.turn.remove(gone)
        self._tables.turn.add_all(turn for turn in new if turn.id not in known)
        for turn in new:
            if turn.id in known and known[turn.id] != turn:
                self._tables.turn.put(turn)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A transcript as voices are told apart in it anew.

    Attributes:
        drafts: what the engine said, without voices; turns that people have corrected, cut,
            joined or assigned come whole and without words, so that nobody cuts them.
        kept: ids of those turns, in order.
    """

    drafts: tuple[TurnDraft, ...]
    kept: tuple[TurnId, ...]


def spoken(turns: Sequence[Turn], raw: Sequence[Recognition]) -> Spoken:
    """Return the words the engine said, with the decisions of people in their places."""
    said = [(row, number) for row in raw for number in range(len(row.words))]
    places: dict[tuple[int, int], list[int]] = {}
    for place, (row, number) in enumerate(said):
        places.setdefault(_times(row.words[number]), []).append(place)
    drafts: list[TurnDraft] = []
    kept: list[TurnId] = []
    waiting: list[int] = []
    reached = 0
    for turn in turns:
        own = _own_words(turn, said, places, reached)
        reached = own.stop if own else reached
        if own and not turn.by_hand:
            waiting += own
        else:
            drafts += _raw_drafts(said, waiting)
            waiting = []
            drafts.append(TurnDraft(0, turn.text, turn.start_ms, turn.end_ms, doubt=turn.doubt))
            kept.append(turn.id)
    drafts += _raw_drafts(said, waiting)
    numbered = (replace(draft, ordinal=ordinal) for ordinal, draft in enumerate(drafts))
    return Spoken(tuple(numbered), tuple(kept))


def _times(word: Word) -> tuple[int, int]:
    return word.start_ms, word.end_ms


def _own_words(
    turn: Turn,
    said: Sequence[tuple[Recognition, int]],
    places: dict[tuple[int, int], list[int]],
    reached: int,
) -> range:
    """Return which of all words said are exactly those of a turn; empty if it was corrected."""
    if not turn.words:
        return range(0)
    starts = (at for at in places.get(_times(turn.words[0]), ()) if at >= reached)
    first = next(starts, len(said))
    own = range(first, first + len(turn.words))
    if own.stop > len(said) or letters([turn.text]) != letters(_text(said[at]) for at in own):
        return range(0)
    same = all(
        _times(row.words[number]) == _times(word)
        for (row, number), word in zip(said[own.start : own.stop], turn.words, strict=True)
    )
    return own if same else range(0)


def _span(row: Recognition, number: int) -> tuple[int, int]:
    """Return the characters that go with a word: up to the next one, at either end all."""
    begin = row.words[number].start if number else 0
    last = number + 1 == len(row.words)
    return begin, len(row.text) if last else row.words[number + 1].start


def _text(place: tuple[Recognition, int]) -> str:
    begin, end = _span(*place)
    return place[0].text[begin:end]


def _raw_drafts(said: Sequence[tuple[Recognition, int]], chosen: Sequence[int]) -> list[TurnDraft]:
    """Return the words chosen as the engine grouped them."""
    drafts = []
    # Neighbours have the same difference between their place and their number in the row.
    for _, group in groupby(chosen, key=lambda at: (id(said[at][0]), at - said[at][1])):
        places = list(group)
        row = said[places[0]][0]
        begin, end = _span(*said[places[0]])[0], _span(*said[places[-1]])[1]
        words = tuple(
            replace(word, start=word.start - begin, end=word.end - begin)
            for word in (row.words[said[at][1]] for at in places)
        )
        drafts.append(
            TurnDraft(
                0,
                row.text[begin:end],
                words[0].start_ms,
                words[-1].end_ms,
                words=words,
                doubt=row.doubt,
            )
        )
    return drafts
