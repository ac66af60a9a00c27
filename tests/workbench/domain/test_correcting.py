"""Word times, cut and joined turns, and versions compared, for any text and any correction."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain import turning
from workbench.domain.anchors import Edit
from workbench.domain.comparing import compare, edits
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn, Word
from workbench.domain.wording import reword

_WORD = st.sampled_from(
    ["we", "waited", "für", "e\u0301te\u0301", "🙂", "👩\u200d💻ok", "انتظرنا", "我们", "No.", "a"]
)
_ADDED = st.one_of(
    st.just(""),
    _WORD,
    st.lists(_WORD, max_size=3).map(" ".join),
    st.sampled_from([" ", "  x", "y "]),
)


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    """Return a turn as an engine says it, some words closer together than others."""
    text, words, now = "", [], draw(st.integers(0, 5_000))
    start = now
    for part in draw(st.lists(_WORD, min_size=1, max_size=8)):
        text += " " if text else ""
        now += draw(st.integers(0, 300))
        end = now + draw(st.integers(0, 500))
        words.append(Word(len(text), len(text) + len(part), now, end, draw(st.integers(0, 1000))))
        text, now = text + part, end
    stop = now + draw(st.integers(0, 300))
    return Turn(TurnId("t"), TranscriptId("x"), 0, text, start, stop, None, tuple(words), "")


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Turn, Edit]:
    """Return a turn and an edit inside it."""
    turn = draw(turns())
    position = draw(st.integers(0, len(turn.text)))
    removed = draw(st.integers(0, len(turn.text) - position))
    return turn, Edit(position, removed, draw(_ADDED))


def _is_whole(turn: Turn) -> None:
    assert turn.start_ms is not None
    assert turn.end_ms is not None
    times = [moment for word in turn.words for moment in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(turn.start_ms <= moment <= turn.end_ms for moment in times)
    assert all(0 <= word.start < word.end <= len(turn.text) for word in turn.words)
    assert all(one.end <= other.start for one, other in pairwise(turn.words))


def _after(turn: Turn, edit: Edit) -> Turn:
    return replace(turn, text=edit.apply(turn.text), words=reword(turn, edit))


@given(corrections())
def test_words_beside_a_correction_keep_their_times(given_: tuple[Turn, Edit]) -> None:
    turn, edit = given_
    now = _after(turn, edit)
    _is_whole(now)
    grown = len(edit.added) - edit.removed
    for word in turn.words:
        if word.end < edit.position:
            assert word in now.words
        elif word.start > edit.position + edit.removed:
            numbers = (word.start + grown, word.end + grown)
            assert Word(*numbers, word.start_ms, word.end_ms, word.probability) in now.words


@given(corrections())
def test_every_word_of_a_corrected_text_has_a_time(given_: tuple[Turn, Edit]) -> None:
    turn, edit = given_
    now = _after(turn, edit)
    covered = {at for word in now.words for at in range(word.start, word.end)}
    assert covered == {at for at, sign in enumerate(now.text) if not sign.isspace()}


_PAUSED = Turn(
    *(TurnId("t"), TranscriptId("x"), 0, "  b  ", 0, 200, None, (Word(2, 3, 0, 200, 900),), "")
)


@given(turns(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), _ADDED), max_size=12))
@example(_PAUSED, [(3, 2, "a b")])  # the same word, in another place than before
def test_words_stay_whole_through_one_edit_after_another(
    turn: Turn, changes: list[tuple[int, int, str]]
) -> None:
    edited, text = turn, turn.text
    for place, most, added in changes:
        at = min(place, len(edited.text))
        edit = Edit(at, min(most, len(edited.text) - at), added)
        edited, text = _after(edited, edit), edit.apply(text)
        assert edited.text == text
        _is_whole(edited)


def test_a_word_typed_in_a_pause_takes_the_pause() -> None:
    words = (Word(0, 2, 0, 400, 900), Word(3, 8, 900, 1300, 400))
    turn = Turn(TurnId("t"), TranscriptId("x"), 0, "It weeks", 0, 1300, None, words, "")
    assert reword(turn, Edit(2, 0, " took")) == (
        words[0],
        Word(3, 7, 400, 900, 1000),
        Word(8, 13, 900, 1300, 400),
    )


def test_a_text_without_word_times_gets_none() -> None:
    turn = Turn(TurnId("t"), TranscriptId("x"), 0, "It weeks", 0, 1300, None, (), "")
    assert reword(turn, Edit(2, 0, " took")) == ()
    untimed = Turn(TurnId("t"), TranscriptId("x"), 0, "", None, None, None, (), "")
    assert reword(untimed, Edit(0, 0, "It")) == ()


@given(turns(), st.data())
def test_a_turn_is_cut_and_joined_again(turn: Turn, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(turn.text)))
    cut = turning.cut(turn, offset, tail_id=TurnId("u"), ordinal=1)
    if cut is None:
        assert not turn.text[:offset].strip() or not turn.text[offset:].strip()
        return
    _is_whole(cut.head)
    _is_whole(cut.tail)
    assert cut.head.end_ms is not None
    assert cut.tail.start_ms is not None
    assert cut.head.end_ms <= cut.tail.start_ms
    inside_a_word = any(word.start < offset < word.end for word in turn.words)
    joined = turning.join(cut.head, cut.tail, "" if inside_a_word else " ")
    assert joined.text == turn.text
    assert (joined.start_ms, joined.end_ms) == (turn.start_ms, turn.end_ms)
    if not inside_a_word:
        assert joined.words == turn.words


@given(turns(), st.data())
def test_a_range_stays_on_its_letters_through_cut_and_join(turn: Turn, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(turn.text) - 1))
    end = data.draw(st.integers(start + 1, len(turn.text)))
    cut = turning.cut(
        turn, data.draw(st.integers(0, len(turn.text))), tail_id=TurnId("u"), ordinal=1
    )
    if cut is None or not turn.text[start:end].strip():
        return
    texts = {"t": cut.head.text, "u": cut.tail.text}
    (first, begin), (last, stop) = cut.start_of(start), cut.end_of(end)
    if first == last:
        kept = texts[first][begin:stop]
    else:
        assert (first, last) == ("t", "u")
        kept = texts[first][begin:] + texts[last][:stop]
    assert kept.replace(" ", "") == turn.text[start:end].replace(" ", "")


@given(st.lists(_WORD, max_size=9).map(" ".join), st.lists(_WORD, max_size=9).map("  ".join))
def test_pieces_give_back_both_versions(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    text = old
    for edit in edits(pieces):
        text = edit.apply(text)
    assert text == new
