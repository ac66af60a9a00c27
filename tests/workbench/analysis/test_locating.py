"""Words are found again: to the letter, word by word, or nearly; never somewhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.analysis.locating import Place, locate

_TEXTS = ["No, no. It took three weeks.", "No. Three weeks, at least!", "Part of the party."]


def _words(place: Place | None, texts: list[str] = _TEXTS) -> str | None:
    if place is None:
        return None
    if place.first == place.last:
        return texts[place.first][place.start : place.end]
    middle = texts[place.first + 1 : place.last]
    return " ".join([texts[place.first][place.start :], *middle, texts[place.last][: place.end]])


@pytest.mark.parametrize(
    ("wanted", "near", "found"),
    [
        ("three weeks.", None, "three weeks."),
        ("weeks. No. Three", None, "weeks. No. Three"),
        ("THREE WEEKS", None, "three weeks"),
        ("THREE WEEKS", 0.9, "Three weeks"),
        ("tree week at least", None, "Three weeks, at least"),
        ("nothing like this was ever said", None, None),
        ("", None, None),
        ("!?", None, None),
        (" ", 0.5, None),
        ("arty", None, "party"),  # no part of a word, but nearly one
        ("art", 0.9, "art"),
    ],
)
def test_words_are_found(wanted: str, near: float | None, found: str | None) -> None:
    assert _words(locate(wanted, _TEXTS, near)) == found


def test_the_nearest_of_equals_is_taken() -> None:
    texts = ["yes yes yes", "yes yes"]
    places = {None: (0, 0), 0.0: (0, 0), 0.5: (0, 8), 0.65: (1, 0), 1.0: (1, 4)}
    for near, place in places.items():
        found = locate("yes", texts, near)
        assert found is not None
        assert (found.first, found.start) == place
        loud = locate("YES", texts, near)
        assert loud is not None
        assert (loud.first, loud.start) == place


def test_the_end_of_the_last_text_is_found_nearly() -> None:
    assert _words(locate("of teh parti", _TEXTS)) == "of the party"


def test_nothing_is_in_nothing() -> None:
    assert locate("words", []) is None
    assert locate("words", ["", " "]) is None


def _cut(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at].isalnum() and text[at : at + 1].isalnum()


@given(
    texts=st.lists(st.text(st.sampled_from("aB é🙂.\n'"), max_size=12), min_size=1, max_size=4),
    data=st.data(),
)
def test_what_is_there_to_the_letter_is_found_to_the_letter(
    texts: list[str], data: st.DataObject
) -> None:
    whole = " ".join(texts)
    start = data.draw(st.integers(0, len(whole)))
    wanted = whole[start : data.draw(st.integers(start, len(whole)))]
    found = locate(wanted, texts, start / (len(whole) + 1))
    if wanted.strip():
        assert _words(found, texts) == wanted
        assert found is not None
        at = sum(len(text) + 1 for text in texts[: found.first]) + found.start
        if not (_cut(whole, start) or _cut(whole, start + len(wanted))):
            assert at == start
