"""Names that read alike are one, and a mistyped one is answered with the nearest."""

from __future__ import annotations

import pytest

from workbench.domain.naming import folded, suggestion


@pytest.mark.parametrize(
    "typed",
    ["On the phone", "  on the\tPHONE ", "On the ｐhone", "On the\u00a0phone"],
    ids=["same", "case and spaces", "wide letter", "hard space"],
)
def test_names_that_read_alike_are_one(typed: str) -> None:
    assert folded(typed) == folded("on the phone")


def test_accents_in_two_forms_are_one_and_others_are_another() -> None:
    assert folded("Rene\u0301") == folded("René")
    assert folded("René") != folded("Rene")


def test_a_mistyped_name_is_answered_with_the_nearest() -> None:
    assert str(suggestion("visti", ["Visit", "Call"])) == "Did you mean “Visit”?"
    assert str(suggestion("zzz", ["Visit", "Call"])) == "Choose one of: Visit, Call."
    assert str(suggestion("zzz", [])) == "There is none yet."
