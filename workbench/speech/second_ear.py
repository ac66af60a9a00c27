"""What the recogniser passed over, and the network that tells voices apart did hear.

A voice detector and a recogniser decide for every moment whether there are words in it, and both
may be wrong in the same place. The network behind the voices listens for something else. Where it
hears somebody and no word was recognised, that stretch is heard again by itself; what is still
without words then is told, so that a person can listen. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.domain.transcript import TurnDraft
from workbench.speech import guards
from workbench.speech.guards import Hole
from workbench.speech.turns import Heard, build_turns

_LEAST_MS = 800
"""So long is the shortest stretch of voice that is heard again."""
_MARK_MS = 1_000
_LONGEST_MS = 27_000  # with a little sound on both sides it fits the engine's window
_BREATH_MS = 300


@dataclass(frozen=True, slots=True)
class Woven:
    """A transcript with what a second ear found.

    Attributes:
        turns: all of it, in order of time, ordinals from 0.
        added: ordinals of the turns that were found.
        holes: voice that is still without words.
    """

    turns: tuple[TurnDraft, ...]
    added: tuple[int, ...]
    holes: tuple[Hole, ...]


def listen(
    turns: Sequence[TurnDraft],
    voices: Sequence[Hole],
    told: Sequence[Hole],
    hear: Callable[[Hole, Sequence[Heard]], list[Heard]],
    on_progress: Callable[[float], None] = lambda _share: None,
) -> Woven:
    """Hear the stretches of voice again that got no words.

    Args:
        turns: the recognised turns of the whole recording.
        voices: where the second ear hears somebody, in order.
        told: places without words that are known already.
        hear: hears a stretch by itself, given all words so far.
        on_progress: hears the finished share, 0 to 1, before each stretch; it may raise to stop.
    """
    voices = _joined(voices)
    words = [word for turn in turns for word in _words_of(turn)]
    holes = guards.unheard(voices, _times(words), least=_LEAST_MS)
    parts = [part for hole in holes for part in _parts(hole)]
    found = []
    for number, part in enumerate(parts):
        on_progress(number / len(parts))
        if heard := hear(part, words):
            found.append(heard)
    everything = sorted([*_times(words), *(span for heard in found for span in _times(heard))])
    places = _joined(sorted([*told, *voices]))
    left = tuple(guards.unheard(places, everything, least=_MARK_MS))
    return Woven(*_weave(turns, found), left)


def _weave(
    turns: Sequence[TurnDraft], found: Sequence[Sequence[Heard]]
) -> tuple[tuple[TurnDraft, ...], tuple[int, ...]]:
    new = [turn for words in found for turn in build_turns(words, first_ordinal=0)]
    begins = [turn.start_ms or 0 for turn in new]
    parts = [(part, False) for turn in turns for part in _cut(turn, begins)]
    whole = sorted([*parts, *((turn, True) for turn in new)], key=lambda one: one[0].start_ms or 0)
    numbered = tuple(replace(turn, ordinal=place) for place, (turn, _) in enumerate(whole))
    return numbered, tuple(place for place, (_, is_new) in enumerate(whole) if is_new)


def _cut(turn: TurnDraft, moments: Sequence[int]) -> list[TurnDraft]:
    """Cut a turn before the words that follow a moment in it."""
    words = turn.words
    first = (next((i for i, word in enumerate(words) if word.start_ms >= at), 0) for at in moments)
    edges = [0, *sorted({number for number in first if number}), len(words)]
    if len(edges) == 2:
        return [turn]
    return [_part(turn, start, end) for start, end in pairwise(edges)]


def _part(turn: TurnDraft, first: int, last: int) -> TurnDraft:
    """Return some words of a turn, with the characters around them."""
    begin = turn.words[first].start if first else 0
    end = turn.words[last].start if last < len(turn.words) else len(turn.text)
    words = tuple(
        replace(word, start=word.start - begin, end=word.end - begin)
        for word in turn.words[first:last]
    )
    text = turn.text[begin:end].rstrip() if last < len(turn.words) else turn.text[begin:end]
    return replace(
        turn, text=text, words=words, start_ms=words[0].start_ms, end_ms=words[-1].end_ms
    )


def _words_of(turn: TurnDraft) -> list[Heard]:
    return [
        Heard(turn.text[w.start : w.end], True, w.start_ms, w.end_ms, w.probability)
        for w in turn.words
    ]


def _times(words: Sequence[Heard]) -> list[Hole]:
    return [(word.start_ms, word.end_ms) for word in words]


def _joined(spans: Sequence[Hole]) -> list[Hole]:
    """Join stretches with less than a breath between them."""
    joined: list[Hole] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < _BREATH_MS:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _parts(hole: Hole) -> list[Hole]:
    """Cut a stretch into equal parts that fit the engine's window."""
    start, end = hole
    count = -(-(end - start) // _LONGEST_MS)
    edges = [start + (end - start) * number // count for number in range(count + 1)]
    return list(pairwise(edges))
