"""Names and terms as people list them."""

from __future__ import annotations

from workbench.domain.vocabulary import listed, terms_of


def test_terms_are_parted_tidied_and_kept_once() -> None:
    found = terms_of(" Nguyen  Thi Lan, Mbeki;Mbeki\nHub ,, ")
    assert found == ("Nguyen Thi Lan", "Mbeki", "Hub")
    assert terms_of(listed(found)) == found
    assert terms_of(" , ") == ()
