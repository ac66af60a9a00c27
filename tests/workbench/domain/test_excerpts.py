"""A little of a long text: whole words, and an ellipsis where something was left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.excerpts import around, beginning, ending

LONG = "Silence is the worst message of all"


def test_what_is_cut_is_cut_between_words_and_says_so() -> None:
    assert beginning(LONG, 12) == "Silence is …"
    assert ending(LONG, 10) == "… of all"
    assert around(LONG, 11, 14, 8) == ("… is ", " worst …")
    assert around(LONG, 11, 14, 80) == ("Silence is ", " worst message of all")


def test_a_text_without_spaces_is_cut_anywhere() -> None:
    assert beginning("沉默是最糟糕的消息", 3) == "沉默是 …"
    assert ending("沉默是最糟糕的消息", 2) == "… 消息"


@given(st.text(max_size=60), st.integers(1, 70))
def test_what_is_shown_stands_there(text: str, letters: int) -> None:
    begun, ended = beginning(text, letters), ending(text, letters)
    assert text.startswith(begun.removesuffix(" …")) or begun == text
    assert text.endswith(ended.removeprefix("… ")) or ended == text
    assert ("…" in begun) >= (len(text) > letters)
