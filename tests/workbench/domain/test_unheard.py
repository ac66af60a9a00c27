"""Speech without words: where it is in the text, and when it is filled."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain import turning
from workbench.domain.anchors import Edit
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn, Word
from workbench.domain.unheard import Gap, Hole, gaps
from workbench.domain.wording import reword

_TEXT = TranscriptId("t")


def turn(number: int, text: str, start_ms: int) -> Turn:
    words, at = [], 0
    for count, part in enumerate(text.split()):
        begin = start_ms + 500 * count
        words.append(Word(at, at + len(part), begin, begin + 500, 900))
        at += len(part) + 1
    end_ms = start_ms + 500 * len(words)
    return Turn(TurnId(f"{number}"), _TEXT, number, text, start_ms, end_ms, None, tuple(words), "")


TURNS = [turn(0, "It took weeks.", 1_000), turn(1, "Really?", 8_000)]
HOLE = Hole(_TEXT, 3_000, 7_500)


def edited(one: Turn, edit: Edit) -> Turn:
    return replace(one, text=edit.apply(one.text), words=reword(one, edit))


def test_a_gap_is_behind_the_last_word_before_it() -> None:
    assert gaps(TURNS, [HOLE]) == [Gap(TURNS[0].id, 14, 3_000, 7_500)]
    assert gaps(TURNS, [replace(HOLE, dismissed=True)]) == []
    assert gaps([], [HOLE]) == []


def test_before_the_first_turn_it_is_at_its_begin() -> None:
    assert gaps(TURNS, [Hole(_TEXT, 0, 900)]) == [Gap(TURNS[0].id, 0, 0, 900)]


def test_in_turns_that_were_joined_it_is_between_their_words() -> None:
    whole = turning.join(TURNS[0], TURNS[1], " ")
    assert gaps([whole], [HOLE]) == [Gap(whole.id, 14, 3_000, 7_500)]
    assert gaps([edited(whole, Edit(14, 0, " Or months."))], [HOLE]) == []


def test_words_written_at_the_end_of_the_turn_before_fill_it() -> None:
    first = edited(TURNS[0], Edit(14, 0, " "))
    assert len(gaps([first, TURNS[1]], [HOLE])) == 1
    first = edited(first, Edit(15, 0, "O"))
    assert gaps([first, TURNS[1]], [HOLE]) == []
    cut = turning.cut(first, 14, tail_id=TurnId("new"), ordinal=1)
    assert cut is not None
    assert gaps([cut.head, cut.tail, TURNS[1]], [HOLE]) == []


def test_words_written_at_the_begin_of_the_turn_after_fill_it() -> None:
    assert gaps([TURNS[0], edited(TURNS[1], Edit(0, 0, "Oh. "))], [HOLE]) == []


def test_a_corrected_word_does_not_fill_it() -> None:
    for edit in (Edit(13, 1, "!"), Edit(8, 6, "months."), Edit(8, 6, "two weeks.")):
        assert len(gaps([edited(TURNS[0], edit), TURNS[1]], [HOLE])) == 1
