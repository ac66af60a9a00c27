"""Cutting a turn in two and joining two turns: text, word times and layout go along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.domain.ids import TurnId
from workbench.domain.layout import Run
from workbench.domain.transcript import ByHand, Turn, Word


@dataclass(frozen=True, slots=True)
class Cut:
    """A turn cut in two; the space round the cut belongs to neither.

    Attributes:
        head: the first part; it keeps the identity of the turn.
        tail: the new turn.
        tail_start: where the tail began in the old text, in code points.
    """

    head: Turn
    tail: Turn
    tail_start: int

    def start_of(self, point: int) -> tuple[TurnId, int]:
        """Return where a range that began at a code point of the old text begins."""
        if point < len(self.head.text):
            return self.head.id, point
        return self.tail.id, max(0, point - self.tail_start)

    def end_of(self, point: int) -> tuple[TurnId, int]:
        """Return where a range that ended at a code point of the old text ends."""
        if point > self.tail_start:
            return self.tail.id, point - self.tail_start
        return self.head.id, min(point, len(self.head.text))


def cut(turn: Turn, offset: int, *, tail_id: TurnId, ordinal: int) -> Cut | None:
    """Cut a turn at a code point; `None` when one side would have no words.

    A word that is cut itself gives each half its share of the time.

    Args:
        turn: what to cut.
        offset: where.
        tail_id: identity of the new turn.
        ordinal: place of the new turn.
    """
    before, after = turn.text[:offset].rstrip(), turn.text[offset:].lstrip()
    if not before.strip() or not after:
        return None
    begin = len(turn.text) - len(after)
    head_words = tuple(_parts(turn.words, 0, len(before)))
    tail_words = tuple(_parts(turn.words, begin, len(turn.text)))
    head_end, tail_start = _borders(turn, head_words, tail_words, len(before) / len(turn.text))
    head = replace(
        turn,
        text=before,
        end_ms=head_end,
        words=head_words,
        layout=turn.layout.cut(0, len(before)),
    )
    tail = replace(
        turn,
        id=tail_id,
        ordinal=ordinal,
        text=after,
        start_ms=tail_start,
        words=tuple(_moved(tail_words, -begin)),
        layout=turn.layout.after(begin, len(turn.text)),
    )
    return Cut(head, tail, begin)


def joint_of(first: Turn, second: Turn) -> str:
    """Return what stands between two texts that become one: a space, where one is needed."""
    bare = not first.text or not second.text
    return "" if bare or first.text[-1].isspace() or second.text[0].isspace() else " "


def join(first: Turn, second: Turn, joint: str) -> Turn:
    """Return both turns as one, said by the first voice.

    Args:
        first: keeps its identity.
        second: follows it.
        joint: what stands between the texts.
    """
    by = len(first.text) + len(joint)
    runs: tuple[Run, ...] = tuple(
        (start + by, end + by, style) for start, end, style in second.layout.runs
    )
    doubts = (one for turn in (first, second) for one in turn.doubt.split("; ") if one)
    spoken = ByHand.VOICE in (first.by_hand, second.by_hand)
    return replace(
        first,
        text=first.text + joint + second.text,
        start_ms=second.start_ms if first.start_ms is None else first.start_ms,
        end_ms=_later(first.end_ms, second.end_ms),
        words=(*first.words, *_moved(second.words, by)),
        doubt="; ".join(dict.fromkeys(doubts)),
        layout=replace(first.layout, runs=first.layout.runs + runs),
        # Whoever joins the words of two voices has said that one of them speaks both.
        by_hand=ByHand.VOICE if spoken or first.speaker_id != second.speaker_id else ByHand.BORDERS,
    )


def _parts(words: Iterable[Word], start: int, end: int) -> Iterable[Word]:
    """Return the words, or what lies in `[start, end)` of them."""
    for word in words:
        first, last = max(word.start, start), min(word.end, end)
        if first < last:
            yield Word(first, last, _time_in(word, first), _time_in(word, last), word.probability)


def _time_in(word: Word, point: int) -> int:
    length = word.end - word.start
    return word.start_ms + (word.end_ms - word.start_ms) * (point - word.start) // length


def _moved(words: Iterable[Word], by: int) -> Iterable[Word]:
    return (replace(word, start=word.start + by, end=word.end + by) for word in words)


def _borders(
    turn: Turn, head: tuple[Word, ...], tail: tuple[Word, ...], share: float
) -> tuple[int | None, int | None]:
    """Return when the head ends and when the tail begins."""
    if turn.start_ms is None or turn.end_ms is None:
        return turn.end_ms, turn.start_ms
    guess = turn.start_ms + round((turn.end_ms - turn.start_ms) * share)
    end = head[-1].end_ms if head else tail[0].start_ms if tail else guess
    start = tail[0].start_ms if tail else end
    end = min(max(end, turn.start_ms), turn.end_ms)
    return end, min(max(start, end), turn.end_ms)


def _later(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
