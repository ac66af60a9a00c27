"""For any words with times: what covers a name covers all of it, and no more than its margin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.quieting import MARGIN_MS, TRAIL_MS
from workbench.domain.transcript import Turn, Word

TIMES = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=12)
SPANS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 900)), max_size=8)


def _turn(times: list[tuple[int, int]]) -> Turn:
    """Return a turn of words with pauses before them, each with a length in ms."""
    words, text, now = [], "", 0
    for pause, length in times:
        text += " " if text else ""
        words.append(Word(len(text), len(text) + 3, now + pause, now + pause + length, 900))
        text, now = f"{text}abc", now + pause + length
    return Turn(
        TurnId("a"), TranscriptId("b"), 0, text, words[0].start_ms, now, None, tuple(words), ""
    )


def _joined(spans: list[tuple[int, int]]) -> list[TimeSpan]:
    return quieting.joined(TimeSpan(start, start + length) for start, length in spans)


@given(TIMES, st.data())
def test_a_name_is_covered_and_nothing_further_than_the_margin(
    times: list[tuple[int, int]], data: st.DataObject
) -> None:
    turn = _turn(times)
    first = data.draw(st.integers(0, len(times) - 1))
    last = data.draw(st.integers(first, len(times) - 1))
    place = turn.words[first].start, turn.words[last].end
    span = quieting.covering(turn, *place)
    ends = turn.words[last].end_ms
    assert span.start_ms == max(0, turn.words[first].start_ms - MARGIN_MS)
    assert ends + MARGIN_MS <= span.end_ms <= ends + TRAIL_MS
    following = [word.start_ms for word in turn.words if word.start_ms >= ends]
    assert span.end_ms == ends + MARGIN_MS or all(span.end_ms <= at for at in following)
    if not following:
        assert span.end_ms == ends + TRAIL_MS
    assert quieting.words_in(turn, *place) == last - first + 1
    whole = quieting.said(turn, *place, exact=False)
    assert (whole.start_ms, whole.end_ms) == (turn.start_ms, turn.end_ms)


@given(SPANS, SPANS)
def test_silence_covers_all_of_theirs_and_ends_where_others_begin(
    theirs: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    mine, heard = _joined(theirs), _joined(others)
    silent = quieting.joined(quieting.silent(mine, heard))
    for span in mine:
        assert quieting.without(span, silent) == []
    for span in heard:
        for part in quieting.without(span, mine):
            untouched = quieting.without(part, silent)
            assert untouched == [part] or any(
                quieting.within(span, one) for one in mine
            )  # only of whom speaks over them, the margin may be taken


@given(SPANS, SPANS)
def test_what_is_left_and_what_is_gone_are_the_whole(
    some: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    gone = _joined(others)
    for span in _joined(some):
        left = quieting.without(span, gone)
        inside = [part for one in gone if (part := quieting.within(one, span))]
        assert quieting.joined([*left, *inside])[0] == span
        assert not any(quieting.within(one, part) for one in left for part in gone)
