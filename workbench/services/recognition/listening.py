"""Where in a transcript a voice is heard best, and where its words begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.domain.ids import SpeakerId
from workbench.domain.transcript import Turn

SAMPLE_MS = 5_000
_PAUSE_MS = 700
_TOKEN = re.compile(r"\S+")

_Span = tuple[int, int]


def sample(turns: Sequence[Turn], speaker_id: SpeakerId) -> _Span | None:
    """Return at most five seconds in which a voice speaks alone; `None` if it has no times."""
    stretches = list(_stretches(turns, speaker_id, clean=True))
    stretches = stretches or list(_stretches(turns, speaker_id, clean=False))
    if not stretches:
        return None
    start, end = max(stretches, key=lambda span: span[1] - span[0])
    return start, min(end, start + SAMPLE_MS)


def whole_words(turn: Turn, start: int, end: int) -> _Span:
    """Return the selection, grown to whole words and without blanks round it.

    Args:
        turn: with its words; where those have no times, whatever blanks part is a word.
        start: code point.
        end: code point after the last one.
    """
    touched = [word for word in _words(turn) if word[0] < end and word[1] > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, start)


def _words(turn: Turn) -> Iterator[_Span]:
    """Yield tokens between blanks, cut where recognised words meet inside (as in Chinese)."""
    starts = {word.start for word in turn.words}
    for token in _TOKEN.finditer(turn.text):
        first, last = token.span()
        inner = sorted(point for point in starts if first < point < last)
        yield from zip([first, *inner], [*inner, last], strict=True)


def _stretches(turns: Sequence[Turn], speaker_id: SpeakerId, *, clean: bool) -> Iterator[_Span]:
    """Yield when a voice speaks without interruption; with `clean`, leave doubtful turns out."""
    begin = end = -1
    for turn in turns:
        fits = turn.speaker_id == speaker_id and not (clean and turn.doubt)
        if not fits or turn.start_ms is None or turn.end_ms is None:
            if begin >= 0:
                yield begin, end
            begin = -1
            continue
        spans = [(word.start_ms, word.end_ms) for word in turn.words]
        for start, stop in spans or [(turn.start_ms, turn.end_ms)]:
            if begin >= 0 and start - end > _PAUSE_MS:
                yield begin, end
                begin = -1
            begin = start if begin < 0 else begin
            end = stop
    if begin >= 0:
        yield begin, end
