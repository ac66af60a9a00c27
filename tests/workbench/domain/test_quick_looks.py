"""What looks quickly whether something may stand in a text passes over nothing."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain.personal import (
    contacts,
    contacts_in,
    inside,
    may_hold,
    spoken_numbers,
    written_out,
)

_ADDRESS = st.sampled_from(
    (
        "at",
        " at ",
        "AT",
        "(at)",
        "[ät]",
        "{ at }",
        " @ ",
        "S@ ",
        "gmail",
        " dot ",
        ".com",
        "\n",
        " ",
    )
)
_NUMBER = st.sampled_from((*sorted(spoken_numbers._KNOWN), "Oh", "cat", "-", "٣", "ſix", " "))
_CONTACT = st.sampled_from(
    (
        "Www.",
        "://",
        "fb.com/",
        "maya-",
        "k8",
        ".de",
        "@",
        "＠",
        "٠٦٦٤",
        "1234567",
        " ",
        "a",
        "Weg 5",
    )
)


@given(st.lists(_ADDRESS, max_size=6).map("".join) | st.text(max_size=20))
def test_no_address_that_is_said_is_passed_over(text: str) -> None:
    assert written_out.may_hold(text) is bool(written_out._SIGN.search(text))


@given(st.lists(_NUMBER, max_size=9))
def test_the_words_of_a_number_are_counted_as_one_by_one(words: list[str]) -> None:
    text = " ".join(words)
    said = re.findall(r"[^\W\d_]+", text.casefold())
    known = [word for word in said if word in spoken_numbers._KNOWN]
    assert spoken_numbers.may_hold(text) is (len(known) >= 3)


@given(st.lists(_CONTACT, max_size=8).map("".join))
@example("See ｗｗｗ．northline．com")
def test_no_contact_data_is_passed_over(text: str) -> None:
    assert may_hold(text) or not contacts(text)
    assert may_hold(text) or not any(True for _ in inside.networks.bare(text))


@given(st.lists(st.lists(_CONTACT, max_size=6).map("".join), max_size=5))
@example(["0664", "1234567"])
@example(["maya@", "example.org", "0664 1234567", "", "Hauptstraße", "5"])
@example(["one two three four", "five six seven eight nine"])
def test_texts_that_are_looked_through_together_hold_what_each_holds(texts: list[str]) -> None:
    each = [(at, one) for at, text in enumerate(texts) for one in contacts(text)]
    assert list(contacts_in(texts)) == each
