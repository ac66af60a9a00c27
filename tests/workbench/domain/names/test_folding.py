"""Folded texts know where their letters stood."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain.names import folding
from workbench.domain.names.folding import Folded, folded, is_even, key


@given(st.text(max_size=40))
@example("Þ\ufcf2")  # one letter becomes two, another none
@example("Ǆ ß ﬁ ŉ ½ ´ ¨ ﾞ ͅ ـ")
def test_an_even_text_has_each_letter_in_its_place(text: str) -> None:
    plain = folded(text)
    if is_even(text, plain):
        mapped = Folded(text)
        assert mapped.text == plain
        assert [mapped.written(at, at + 1) for at in range(len(text))] == [
            (at, at + 1) for at in range(len(text))
        ]


def test_ascii_is_folded_as_all_else_is() -> None:
    for code in range(128):
        assert folded(chr(code)) == folding._letter(chr(code))


def test_letters_that_are_passed_over_stay_what_they_are() -> None:
    passed = [chr(code) for code in range(0xD800) if not folding._OTHERS.match(chr(code))]
    assert len(passed) > 10_000
    assert [letter for letter in passed if folding._letter(letter) != letter] == []


@given(st.text(max_size=40))
@example("InterviewÉvaBerg")
@example("我跟Anna说，ガﾞ가")
def test_a_text_is_folded_alike_in_one_piece_and_with_its_places(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    mapped = Folded(text)
    assert mapped.text == folded(text)
    for at in range(len(mapped.text)):
        start, end = mapped.written(at, at + 1)
        assert 0 <= start <= end <= len(text)


def test_ways_to_write_a_name_have_one_key() -> None:
    ways = ("Zoë O’Néill-Łaski", "ZOE O'NEILL LASKI", "zoe\u0308 o`neill‑laski", "Zoë_ONéill.Łaski")
    assert {key(way) for way in ways} == {"zoeoneilllaski"}
    assert key("Ｍａｙａ") == key("Ma\u00adya") == "maya"
    assert key("أحمد") == key("احمد") == key("أَحْمَد")
    assert key("がとう") != key("かとう")
