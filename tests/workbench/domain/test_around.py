"""Stretches of words: the word, the sentence, what stands around; and the paths of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.anchors import TextAnchor, surroundings
from workbench.domain.codebook import Code, paths_of, split_path
from workbench.domain.ids import CodeId, TranscriptId, TurnId
from workbench.domain.sentences import sentence_around, wider, words_around
from workbench.domain.transcript import Turn

TEXT = "  It's an e-mail. Then \U0001f600 nobody rang! "


def spread(text: str, start: int, end: int) -> list[str]:
    found = []
    for _ in range(4):
        start, end = wider(text, start, end)
        found.append(text[start:end])
    return found


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("s an", ["It's", "It's an e-mail.", TEXT.strip(), TEXT.strip()]),
        ("mail", ["e-mail", "It's an e-mail.", TEXT.strip(), TEXT.strip()]),
        ("rang", ["rang", "Then \U0001f600 nobody rang!", TEXT.strip(), TEXT.strip()]),
    ],
)
def test_a_stretch_grows_by_word_sentence_and_turn(at: str, expected: list[str]) -> None:
    place = TEXT.index(at)
    assert spread(TEXT, place, place) == expected


def test_a_sentence_that_does_not_end_goes_to_the_end_of_its_turn() -> None:
    text = "It took weeks. And then"
    assert text[slice(*sentence_around(text, 19, 23))] == "And then"
    assert sentence_around("", 0, 0) == (0, 0)


def test_what_ends_in_a_later_turn_grows_at_both_ends() -> None:
    text, tail = "He came. Then the", "end of it. More."
    start, end = text.index("hen"), len("en")
    grown = []
    for _ in range(3):
        start, end = wider(text, start, end, tail=tail)
        grown.append((text[start:], tail[:end]))
    assert grown == [("Then the", "end"), ("Then the", "end of it."), (text, tail)]


def test_a_part_of_two_words_grows_to_both() -> None:
    start, end = TEXT.index("obody"), TEXT.index("ang")
    assert TEXT[slice(*words_around(TEXT, start, end))] == "nobody rang"


@given(st.text("ab .!\U0001f600é'-\n", max_size=30), st.data())
def test_it_always_grows_or_stays_and_ends_with_the_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = text.strip()
    for _ in range(4):
        first, last = wider(text, start, end)
        inside = text[start:end].strip() in text[first:last]
        assert 0 <= first <= last <= len(text)
        assert inside
        start, end = first, last
    assert text[start:end].strip() == whole


def turn(number: int, text: str) -> Turn:
    return Turn(
        TurnId(str(number)), TranscriptId("t"), number, text, None, None, None, (), ""
    )  # fmt: skip


def test_surroundings_come_from_the_turn_or_the_one_beside_it() -> None:
    turns = [turn(0, "And the date?"), turn(1, "It moved. No reason."), turn(2, "I see.")]
    anchor = TextAnchor(TurnId("1"), 0, TurnId("1"), 8)
    assert surroundings(turns, 1, 1, anchor) == ("And the date?", "No reason.")
    last = TextAnchor(TurnId("1"), 10, TurnId("1"), 19)
    assert surroundings(turns, 1, 1, last) == ("It moved.", "I see.")
    whole = TextAnchor(TurnId("0"), 0, TurnId("2"), 6)
    assert surroundings(turns, 0, 2, whole) == ("", "")


def test_surroundings_are_cut_between_words() -> None:
    text = "one two three four five six seven"
    anchor = TextAnchor(TurnId("0"), text.index("four"), TurnId("0"), text.index("five") - 1)
    found = surroundings([turn(0, text)], 0, 0, anchor, letters=9)
    assert found == ("… three", "five six …")


def test_paths_begin_at_the_top_and_survive_a_circle() -> None:
    a, b, c = (CodeId(name) for name in "abc")
    codes = [Code(a, "A"), Code(b, "B", a), Code(c, "C", b)]
    assert paths_of(codes)[c] == ("A", "B", "C")
    assert paths_of(codes[1:])[c] == ("B", "C")
    assert paths_of([Code(a, "A", b), Code(b, "B", a)])[a] == ("B", "A")


def test_a_path_is_read_as_it_is_typed() -> None:
    assert split_path(" waiting /  broken   date/") == ["waiting", "broken date"]
    assert split_path(" / ") == []


def test_what_was_written_about_a_code_is_given_in_its_order() -> None:
    code = Code(
        CodeId("c"), "Delay", definition="waiting", include="weeks", exclude="hours", example="“…”"
    )
    assert code.texts == ("waiting", "weeks", "hours", "“…”")
