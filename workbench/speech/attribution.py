"""Give recognised words to the people who said them.

Recogniser and diarizer disagree by some tenths of a second at every change of speaker, and a
single word given to the wrong person reads badly. So words vote in units that a person would say
in one breath, and turns are built anew from the units: one speaker each, of readable length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.domain.transcript import TurnDraft, Word
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.speech.diarize import Diarization

_PAUSE_MS = 500
_LONG_PAUSE_MS = 2_000
_READABLE_WORDS = 90
_MOST_WORDS = 150
_SENTENCE_ENDS = ".?!…。？！"
_CLOSERS = "\"'”’»)]"
_FIRM_WORDS, _FIRM_MS = 3, 1_000
"""A run of words this long is a person's own turn even without punctuation before it."""
_CLEAR = 0.2
"""Lead of the first over the second speaker, as a share of their speech, that needs no check."""
_OVERLAP_MS = 250
"""Overlap within the words of a unit from which it is worth a mark."""
_ORDER = (UNCERTAIN, SPEAKS_OVER)

Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word with the text around it up to the next word, and where it came from."""

    text: str
    word: Word
    space: bool
    doubt: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """Neighbouring words of one speaker."""

    pieces: tuple[_Piece, ...]
    speaker: int
    doubts: tuple[str, ...]

    @property
    def ends_sentence(self) -> bool:
        return _ends_sentence(self.pieces[-1])


def attribute(turns: Sequence[TurnDraft], diarization: Diarization) -> list[TurnDraft]:
    """Cut and join turns so that each has one speaker, "S1", "S2" … by order of speaking.

    Args:
        turns: recognised turns in order; those without words keep their text and place.
        diarization: who spoke when in the same recording.

    Returns:
        New turns with ordinals from 0. Words keep their times; their positions are those in the
        new texts. Units where speakers are nearly even carry the doubt `UNCERTAIN`, those in
        which somebody else is heard too `SPEAKS_OVER`.
    """
    timeline = _Timeline(diarization.timeline, diarization.overlaps)
    drafts: list[tuple[int | None, TurnDraft]] = []
    for spoken, group in groupby(turns, key=lambda turn: bool(turn.words)):
        if spoken:
            units = _units(list(_pieces(group)), timeline)
            drafts += [(units[0].speaker, _draft(units)) for units in _paragraphs(units)]
        else:
            drafts += [(timeline.speaker_of_turn(turn), turn) for turn in group]
    names: dict[int | None, str] = {}
    result = []
    for ordinal, (speaker, draft) in enumerate(drafts):
        known = speaker is not None
        name = names.setdefault(speaker, f"S{len(names) + 1}") if known else draft.speaker
        result.append(replace(draft, ordinal=ordinal, speaker=name))
    return result


def interleave(turns: Sequence[TurnDraft]) -> list[TurnDraft]:
    """Put turns of people who were recognised each alone in the order of a conversation.

    Args:
        turns: those of each speaker in order of time, all with words.

    Returns:
        New turns of the same speakers with ordinals from 0: whoever is interrupted goes on in a
        turn of their own. Units over which somebody else speaks are marked.
    """
    voices = list(dict.fromkeys(turn.speaker for turn in turns))
    units = [
        _Unit(tuple(breath), number, ())
        for number, voice in enumerate(voices)
        for breath in _breaths(list(_pieces(turn for turn in turns if turn.speaker == voice)))
        if breath
    ]
    units.sort(key=lambda unit: unit.pieces[0].word.start_ms)
    drafts = [(part[0].speaker, _draft(part)) for part in _paragraphs(_spoken_over(units)) if part]
    return [
        replace(draft, ordinal=at, speaker=voices[number])
        for at, (number, draft) in enumerate(drafts)
    ]


def _spoken_over(units: Sequence[_Unit]) -> list[_Unit]:
    """Mark units, in order of their begin, over which somebody else speaks."""
    over: set[int] = set()
    for at, unit in enumerate(units):
        end = unit.pieces[-1].word.end_ms
        for later in range(at + 1, len(units)):
            begin = units[later].pieces[0].word.start_ms
            if begin >= end:
                break
            shared = min(end, units[later].pieces[-1].word.end_ms) - begin
            if units[later].speaker != unit.speaker and shared >= _OVERLAP_MS:
                over |= {at, later}
    return [
        replace(unit, doubts=(SPEAKS_OVER,)) if at in over else unit
        for at, unit in enumerate(units)
    ]


class _Timeline:
    """Asks the exclusive timeline who speaks in a span."""

    def __init__(self, spans: Sequence[Span], overlaps: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._ends = [end for _, end, _ in spans]
        self._overlaps = overlaps
        self._overlap_ends = [end for _, end in overlaps]

    def shares(self, start: int, end: int) -> Counter[int]:
        """Return milliseconds of each speaker within the span."""
        shares: Counter[int] = Counter()
        for begin, stop, speaker in self._spans[bisect_left(self._ends, start) :]:
            if begin >= end:
                break
            shares[speaker] += min(stop, end) - max(begin, start)
        return +shares

    def overlap(self, start: int, end: int) -> int:
        """Return milliseconds of the span in which several people speak."""
        shared = 0
        for begin, stop in self._overlaps[bisect_left(self._overlap_ends, start) :]:
            if begin >= end:
                break
            shared += min(stop, end) - max(begin, start)
        return shared

    def nearest(self, time: int) -> int:
        """Return the speaker nearest to a moment; 0 if nobody speaks at all."""
        place = bisect_left(self._ends, time)
        around = self._spans[max(place - 1, 0) : place + 1]
        return min(around, key=lambda span: max(span[0] - time, time - span[1]), default=(0, 0, 0))[
            2
        ]

    def speaker_of_turn(self, turn: TurnDraft) -> int | None:
        if turn.start_ms is None or turn.end_ms is None:
            return None
        shares = self.shares(turn.start_ms, turn.end_ms)
        return shares.most_common(1)[0][0] if shares else None


def _pieces(turns: Iterable[TurnDraft]) -> Iterator[_Piece]:
    """Cut texts so that every character belongs to a word; outer and inner blanks are tidied."""
    for turn in turns:
        text, words = turn.text, turn.words
        ends = [*(word.start for word in words[1:]), len(text)]
        for number, (word, end) in enumerate(zip(words, ends, strict=True)):
            lead = text[: word.start].lstrip() if number == 0 else ""
            said, tail = text[word.start : word.end], text[word.end : end]
            yield _Piece(
                text=lead + said + tail.rstrip(),
                word=replace(word, start=len(lead), end=len(lead) + len(said)),
                space=number == len(words) - 1 or tail != tail.rstrip(),
                doubt=turn.doubt,
            )


def _units(pieces: Sequence[_Piece], timeline: _Timeline) -> list[_Unit]:
    return [
        _unit(part, timeline)
        for breath in _breaths(pieces)
        for part in _split_at_changes(breath, timeline)
    ]


def _breaths(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Cut after sentence punctuation and in pauses."""
    breath: list[_Piece] = []
    for piece in pieces:
        if breath and (_ends_sentence(breath[-1]) or _pause(breath[-1], piece) >= _PAUSE_MS):
            yield breath
            breath = []
        breath.append(piece)
    yield breath


def _split_at_changes(breath: list[_Piece], timeline: _Timeline) -> Iterator[list[_Piece]]:
    """Cut where two people each speak at length, for recognisers may omit punctuation."""
    part: list[_Piece] = []
    holder: int | None = None
    for speaker, group in groupby(breath, key=lambda piece: _speaker(piece, timeline)):
        run = list(group)
        spoken = run[-1].word.end_ms - run[0].word.start_ms
        if len(run) >= _FIRM_WORDS and spoken >= _FIRM_MS:
            if holder not in (None, speaker):
                yield part
                part = []
            holder = speaker
        part += run
    yield part


def _speaker(piece: _Piece, timeline: _Timeline) -> int:
    word = piece.word
    shares = timeline.shares(word.start_ms, word.end_ms)
    if shares:
        return shares.most_common(1)[0][0]
    return timeline.nearest((word.start_ms + word.end_ms) // 2)


def _unit(pieces: Sequence[_Piece], timeline: _Timeline) -> _Unit:
    """Let the words vote, each with the milliseconds it was heard from each speaker."""
    shares: Counter[int] = Counter()
    overlap = 0
    for piece in pieces:
        shares += timeline.shares(piece.word.start_ms, piece.word.end_ms)
        overlap += timeline.overlap(piece.word.start_ms, piece.word.end_ms)
    over = (SPEAKS_OVER,) if overlap >= _OVERLAP_MS else ()
    ranking = shares.most_common(2)
    if not ranking:
        return _Unit(tuple(pieces), _speaker(pieces[0], timeline), (UNCERTAIN, *over))
    second = ranking[1][1] if len(ranking) > 1 else 0
    doubtful = ranking[0][1] - second < _CLEAR * (ranking[0][1] + second)
    return _Unit(tuple(pieces), ranking[0][0], (UNCERTAIN, *over) if doubtful else over)


def _paragraphs(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Join units of one speaker into turns of readable length."""
    paragraph: list[_Unit] = []
    count = 0
    for unit in units:
        if paragraph and _turn_ends(paragraph[-1], unit, count):
            yield paragraph
            paragraph, count = [], 0
        paragraph.append(unit)
        count += len(unit.pieces)
    yield paragraph


def _turn_ends(last: _Unit, unit: _Unit, count: int) -> bool:
    """Say whether `unit` opens a new turn after a turn of `count` words that ends in `last`."""
    if unit.speaker != last.speaker:
        return True
    if _pause(last.pieces[-1], unit.pieces[0]) >= _LONG_PAUSE_MS:
        return True
    longer = count + len(unit.pieces)
    # The sentence that passes the limit stays if the greater part of it lies before the limit.
    full = count + longer > 2 * _READABLE_WORDS
    return longer > _MOST_WORDS or (full and last.ends_sentence)


def _draft(units: Sequence[_Unit]) -> TurnDraft:
    text = ""
    words: list[Word] = []
    gap = ""
    for piece in (piece for unit in units for piece in unit.pieces):
        text += gap
        word = piece.word
        words.append(replace(word, start=word.start + len(text), end=word.end + len(text)))
        text += piece.text
        gap = " " if piece.space else ""
    doubts = [piece.doubt for unit in units for piece in unit.pieces]
    doubts += sorted({doubt for unit in units for doubt in unit.doubts}, key=_ORDER.index)
    return TurnDraft(
        ordinal=0,
        text=text,
        start_ms=min(word.start_ms for word in words),
        end_ms=max(word.end_ms for word in words),
        words=tuple(words),
        doubt="; ".join(dict.fromkeys(doubt for doubt in doubts if doubt)),
    )


def _ends_sentence(piece: _Piece) -> bool:
    return piece.text.rstrip(_CLOSERS).endswith(tuple(_SENTENCE_ENDS))


def _pause(before: _Piece, after: _Piece) -> int:
    return after.word.start_ms - before.word.end_ms
