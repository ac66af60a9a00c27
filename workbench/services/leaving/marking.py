"""What a transcript says where somebody speaks and no word is written, for those who read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.domain.transcript import Turn, TurnDraft
from workbench.domain.unheard import Gap, Hole, gaps
from workbench.words import plural


def with_marks(
    drafts: Sequence[TurnDraft], turns: Sequence[Turn], holes: Iterable[Hole]
) -> tuple[TurnDraft, ...]:
    """Return the turns of a transcript with a line behind each that is followed by a gap.

    Args:
        drafts: the turns as they are to be read, one for each of `turns`.
        turns: the same as they are kept.
        holes: what was told of this transcript; those that people filled or dismissed say nothing.
    """
    found = gaps(turns, holes)
    if not found:
        return tuple(drafts)
    whole = (one for pair in zip(drafts, turns, strict=True) for one in _with_gaps(*pair, found))
    return tuple(replace(draft, ordinal=number) for number, draft in enumerate(whole))


def _with_gaps(draft: TurnDraft, turn: Turn, found: Sequence[Gap]) -> Iterator[TurnDraft]:
    own = [_line(gap) for gap in found if gap.turn_id == turn.id]
    begin = turn.start_ms or 0
    yield from (line for line in own if (line.start_ms or 0) < begin)
    yield draft
    yield from (line for line in own if (line.start_ms or 0) >= begin)


def _line(gap: Gap) -> TurnDraft:
    seconds = max(1, round((gap.end_ms - gap.start_ms) / 1000))
    told = plural(
        seconds, "({n} second of speech without words)", "({n} seconds of speech without words)"
    )
    return TurnDraft(0, told, gap.start_ms, gap.end_ms)
