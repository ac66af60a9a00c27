"""Anchors keep to their words, whatever is typed around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.domain.anchors import Edit, TextAnchor, TimeSpan, quote, time_span
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn, Word

_LETTERS = st.one_of(
    st.sampled_from(["🙂", "👩‍👩‍👧", "e\u0301", "שלום", "مرحبا", "\r\n", " ", "ﬁ", "𝔘", "a", "b"]),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.lists(_LETTERS, min_size=1, max_size=20).map("".join)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Edit]:
    text = draw(TEXTS)
    position = draw(st.integers(0, len(text)))
    removed = draw(st.integers(0, len(text) - position))
    return text, Edit(position, removed, draw(st.one_of(st.just(""), TEXTS)))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, Edit, int, int]:
    text, edit = draw(edits())
    start = draw(st.integers(0, len(text)))
    return text, edit, start, draw(st.integers(start, len(text)))


@given(edits())
def test_an_edit_changes_only_its_place(case: tuple[str, Edit]) -> None:
    text, edit = case
    after = edit.apply(text)
    assert after.startswith(text[: edit.position] + edit.added)
    assert after.endswith(text[edit.position + edit.removed :])
    assert len(after) == len(text) - edit.removed + len(edit.added)


@given(ranges())
def test_a_range_stays_inside_the_text(case: tuple[str, Edit, int, int]) -> None:
    text, edit, start, end = case
    moved = edit.shift(start, end)
    assert 0 <= moved[0] <= moved[1] <= len(edit.apply(text))


@given(ranges())
def test_words_that_were_not_touched_stay_the_same(case: tuple[str, Edit, int, int]) -> None:
    text, edit, start, end = case
    stop = edit.position + edit.removed
    assume(stop <= start or edit.position >= end)
    moved_start, moved_end = edit.shift(start, end)
    assert edit.apply(text)[moved_start:moved_end] == text[start:end]


@given(ranges())
def test_what_is_left_of_touched_words_is_kept(case: tuple[str, Edit, int, int]) -> None:
    text, edit, start, end = case
    stop = edit.position + edit.removed
    moved_start, moved_end = edit.shift(start, end)
    found = edit.apply(text)[moved_start:moved_end]
    left = text[start : max(start, min(end, edit.position))] if edit.position > start else ""
    right = text[max(start, stop) : end] if stop < end else ""
    if start < edit.position and stop < end:
        assert found == left + edit.added + right
    else:
        assert found.startswith(left)
        assert found.endswith(right)


@given(ranges(), TEXTS)
def test_words_replaced_as_a_whole_stay_marked(
    case: tuple[str, Edit, int, int], added: str
) -> None:
    text, _, start, end = case
    assume(start < end)
    edit = Edit(start, end - start, added)
    moved_start, moved_end = edit.shift(start, end)
    assert edit.apply(text)[moved_start:moved_end] == added


@given(ranges())
def test_neighbours_never_come_to_overlap(case: tuple[str, Edit, int, int]) -> None:
    text, edit, start, end = case
    assume(start < end)
    before, here, after = (0, start), (start, end), (end, len(text))
    moved = [edit.shift(*span) for span in (before, here, after)]
    filled = [span for span in moved if span[0] < span[1]]
    assert all(one[1] <= two[0] for one, two in pairwise(filled))


def test_an_empty_range_stays_empty() -> None:
    for added in ("", "x"):
        start, end = Edit(3, 0, added).shift(3, 3)
        assert start == end


# --- turns


def _turn(number: int, text: str, *words: tuple[int, int, int, int], timed: bool = True) -> Turn:
    return Turn(
        TurnId(str(number)),
        TranscriptId("t"),
        number,
        text,
        number * 1000 if timed else None,
        number * 1000 + 900 if timed else None,
        None,
        tuple(Word(*word, 900) for word in words),
        "",
    )


def _anchor(first: int, start: int, last: int, end: int) -> TextAnchor:
    return TextAnchor(TurnId(str(first)), start, TurnId(str(last)), end)


def test_a_quote_joins_turns_with_a_space() -> None:
    turns = [_turn(0, "One two"), _turn(1, "three"), _turn(2, "four five")]
    assert quote(turns, _anchor(0, 4, 2, 4)) == "two three four"
    assert quote(turns[:1], _anchor(0, 0, 0, 3)) == "One"


@pytest.mark.parametrize(
    ("anchor", "span"),
    [
        (_anchor(0, 4, 0, 7), (300, 600)),
        (_anchor(0, 0, 1, 5), (0, 1400)),
        (_anchor(0, 7, 0, 8), (0, 600)),  # after the last word that has a time
        (_anchor(1, 0, 1, 0), (1000, 1900)),
    ],
)
def test_the_time_comes_from_the_words(anchor: TextAnchor, span: tuple[int, int]) -> None:
    turns = [
        _turn(0, "One two!", (0, 3, 0, 200), (4, 7, 300, 600)),
        _turn(1, "three", (0, 5, 1000, 1400)),
    ]
    covered = [turn for turn in turns if anchor.first_turn <= turn.id <= anchor.last_turn]
    assert time_span(covered, anchor) == TimeSpan(*span)


def test_turns_without_times_have_no_span() -> None:
    timed, plain = _turn(0, "One"), _turn(1, "two", timed=False)
    assert time_span([plain], _anchor(1, 0, 1, 3)) is None
    assert time_span([timed, plain], _anchor(0, 0, 1, 3)) is None


def test_words_typed_between_others_have_no_length() -> None:
    turn = _turn(0, "One and two", (0, 3, 0, 200), (8, 11, 300, 600))
    assert time_span([turn], _anchor(0, 4, 0, 7)) == TimeSpan(300, 300)


def test_the_overlap_of_two_spans() -> None:
    assert TimeSpan(0, 10).overlap(TimeSpan(5, 20)) == 5
    assert TimeSpan(0, 10).overlap(TimeSpan(10, 20)) == 0
    assert TimeSpan(30, 40).overlap(TimeSpan(10, 20)) == 0
