"""Which name somebody means: letters that are there win over letters that are alike."""

from __future__ import annotations

import pytest

from ui.views.picking.matching import Option, match

NAMES = ["broken date", "losing face", "telling it again", "a date I can plan around", "tidy"]
OPTIONS = [Option(name, name) for name in NAMES]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("bro", "broken date"),
        ("DATE", "broken date"),
        ("again", "telling it again"),
        ("lf", "losing face"),
        ("dat bro", "broken date"),
        ("t", "telling it again"),
        ("tid", "tidy"),
    ],
)
def test_best_match_comes_first_and_is_sure(typed: str, best: str) -> None:
    found = match(OPTIONS, typed)
    assert found.options[0].name == best
    assert found.sure


def test_a_slip_is_found_but_not_sure() -> None:
    found = match(OPTIONS, "brokn date")
    assert found.options[0].name == "broken date"
    assert not found.sure
    assert not found.exact


def test_case_does_not_make_another_name() -> None:
    assert match(OPTIONS, "Losing  Face").exact


def test_nothing_typed_shows_all_in_their_order() -> None:
    assert [option.name for option in match(OPTIONS, " ").options] == NAMES


def test_nothing_alike_finds_nothing() -> None:
    assert match(OPTIONS, "quarry").options == ()
