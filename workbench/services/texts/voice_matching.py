"""Which known voice is behind each voice found anew, and the turns that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.ids import SpeakerId, TurnId, new_id
from workbench.domain.transcript import ByHand, Turn, TurnDraft
from workbench.domain.voices import UNCERTAIN, without


def matched(turns: Sequence[Turn], drafts: Sequence[TurnDraft]) -> dict[str, SpeakerId]:
    """Return for labels the known voice that speaks at the same time, one for one."""
    shared: Counter[tuple[str, SpeakerId]] = Counter()
    before = [turn for turn in turns if turn.speaker_id and turn.start_ms is not None]
    now = [draft for draft in drafts if draft.speaker and draft.start_ms is not None]
    at = 0
    for draft in now:
        while at < len(before) and (before[at].end_ms or 0) <= (draft.start_ms or 0):
            at += 1
        for turn in before[at:]:
            if (turn.start_ms or 0) >= (draft.end_ms or 0):
                break
            ms = _overlap(turn, draft)
            if ms > 0 and draft.speaker and turn.speaker_id:
                shared[draft.speaker, turn.speaker_id] += ms
    found: dict[str, SpeakerId] = {}
    for (label, speaker_id), _ in shared.most_common():
        if label not in found and speaker_id not in found.values():
            found[label] = speaker_id
    return found


def merged(
    turns: Sequence[Turn],
    kept: Sequence[TurnId],
    drafts: Sequence[TurnDraft],
    voices: dict[str, SpeakerId],
) -> list[Turn]:
    """Return the new turns; those that begin where an old one did keep its identity.

    Args:
        turns: as they were.
        kept: turns that stay whole, in order; those that people assigned keep their voice too.
        drafts: as they are told apart now; those without words are the kept ones.
        voices: who is behind the labels of the drafts.
    """
    known = {turn.id: turn for turn in turns}
    staying = iter([known[turn_id] for turn_id in kept])
    fixed = set(kept)
    free = {turn.start_ms: turn for turn in reversed(turns) if turn.id not in fixed}
    transcript_id = turns[0].transcript_id
    made = []
    for draft in drafts:
        voice = voices.get(draft.speaker or "")
        if not draft.words:
            made.append(_kept(next(staying), voice))
            continue
        old = free.pop(draft.start_ms, None)
        made.append(
            Turn(
                old.id if old else TurnId(new_id()),
                transcript_id,
                draft.ordinal,
                draft.text,
                draft.start_ms,
                draft.end_ms,
                voice,
                draft.words,
                draft.doubt,
            )
        )
    return made


def _kept(turn: Turn, voice: SpeakerId | None) -> Turn:
    if turn.by_hand is ByHand.VOICE:
        return turn
    # Who speaks is decided anew; that somebody speaks over it stays as true as it was.
    doubt = without(turn.doubt, UNCERTAIN)
    return replace(turn, speaker_id=voice or turn.speaker_id, doubt=doubt)


def _overlap(turn: Turn, draft: TurnDraft) -> int:
    end = min(turn.end_ms or 0, draft.end_ms or 0)
    return end - max(turn.start_ms or 0, draft.start_ms or 0)
