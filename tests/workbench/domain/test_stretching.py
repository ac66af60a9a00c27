"""Making an observation longer and shorter, on any letters people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.stretching import Edge, stretch, stretch_to
from workbench.domain.transcript import Turn

SIGNS = st.sampled_from(
    ["a", "é", "e\u0301", "👩‍💻", "😀", "ب", " ", " ", ".", "-", "’", "\n", "漢"]
)
TEXTS = st.lists(st.lists(SIGNS, max_size=12).map("".join), min_size=1, max_size=4)


def turns_of(texts: list[str]) -> list[Turn]:
    return [
        Turn(TurnId(f"t{row}"), TranscriptId("t"), row, text, None, None, None, (), "")
        for row, text in enumerate(texts)
    ]


def quoted(turns: list[Turn], anchor: TextAnchor) -> str:
    ids = [turn.id for turn in turns]
    first, last = ids.index(anchor.first_turn), ids.index(anchor.last_turn)
    if first == last:
        return turns[first].text[anchor.start : anchor.end]
    middle = [turn.text for turn in turns[first + 1 : last]]
    return "\n".join([turns[first].text[anchor.start :], *middle, turns[last].text[: anchor.end]])


TALK = turns_of(["Then an email came.", "No reason, I’m told."])
EMAIL = TextAnchor(TurnId("t0"), 8, TurnId("t0"), 13)


@pytest.mark.parametrize(
    ("edge", "by", "letters", "words"),
    [
        (Edge.END, 1, False, "email came"),
        (Edge.END, -1, False, "email"),
        (Edge.START, -1, False, "an email"),
        (Edge.START, 1, False, "email"),
        (Edge.END, 1, True, "email "),
        (Edge.END, -1, True, "emai"),
        (Edge.START, 1, True, "mail"),
        (Edge.START, -1, True, " email"),
    ],
)
def test_a_border_moves_by_a_word_or_a_letter(
    edge: Edge, by: int, letters: bool, words: str
) -> None:
    assert quoted(TALK, stretch(TALK, EMAIL, edge, by=by, letters=letters)) == words


def test_a_border_goes_on_into_the_next_turn_and_back() -> None:
    anchor = EMAIL
    for _ in range(2):
        anchor = stretch(TALK, anchor, Edge.END, by=1)
    assert quoted(TALK, anchor) == "email came.\nNo"
    for _ in range(4):
        anchor = stretch(TALK, anchor, Edge.END, by=1)
    assert quoted(TALK, anchor) == "email came.\nNo reason, I’m told"
    assert stretch(TALK, anchor, Edge.END, by=1) == anchor
    for _ in range(5):
        anchor = stretch(TALK, anchor, Edge.END, by=-1)
    assert quoted(TALK, anchor) == "email"


def test_a_dragged_border_snaps_to_the_word_unless_letters_are_wanted() -> None:
    assert quoted(TALK, stretch_to(TALK, EMAIL, Edge.END, 1, 4)) == "email came.\nNo"
    assert quoted(TALK, stretch_to(TALK, EMAIL, Edge.END, 1, 5, letters=True)) == (
        "email came.\nNo re"
    )
    assert stretch_to(TALK, EMAIL, Edge.END, 0, 2) == EMAIL


@given(TEXTS, st.data())
def test_words_are_never_lost_and_letters_never_cut(texts: list[str], data: st.DataObject) -> None:
    turns = turns_of(texts)
    places = [(row, at) for row, text in enumerate(texts) for at in range(len(text) + 1)]
    start, end = sorted(data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2)))
    anchor = TextAnchor(turns[start[0]].id, start[1], turns[end[0]].id, end[1])
    if not quoted(turns, anchor).strip():
        return
    edge = data.draw(st.sampled_from(list(Edge)))
    by, letters = data.draw(st.sampled_from([1, -1])), data.draw(st.booleans())
    moved = stretch(turns, anchor, edge, by=by, letters=letters)
    assert quoted(turns, moved).strip()
    before, now = len(quoted(turns, anchor)), len(quoted(turns, moved))
    grows = (by > 0) == (edge is Edge.END)
    assert now >= before if grows else now <= before
    if moved != anchor:
        place = moved.end if edge is Edge.END else moved.start
        text = {turn.id: turn.text for turn in turns}[
            moved.last_turn if edge is Edge.END else moved.first_turn
        ]
        assert text[place : place + 1] not in {"\u0301", "\u200d"}


def test_a_border_stays_where_it_is_led_into_a_turn_without_words() -> None:
    turns = turns_of(["Then an email came.", "…"])
    assert stretch_to(turns, EMAIL, Edge.END, 1, 0) == EMAIL
    assert quoted(turns, stretch_to(turns, EMAIL, Edge.END, 0, 18)) == "email came"
