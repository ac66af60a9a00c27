"""What to look for because the key says how somebody can be reached."""

from __future__ import annotations

import pytest

from workbench.domain.names import Finder, reached


@pytest.mark.parametrize(
    ("contact", "text", "found"),
    [
        ("@maya_k", "I am @maya_k there", "maya_k"),
        ("@may", "I am @may there, in May", "@may"),
        ("@maya_k", "look for maya_k, please", "maya_k"),
        ("insta: @mayak.graz; maya.k@gmx.de", "it is mayak.graz", "mayak.graz"),
        ("＠mayak", "it is mayak", "mayak"),
        ("Mastodon @maya.k@graz.social", "maya.k@graz.social", "maya.k@graz.social"),
        ("Mastodon @maya.k@graz.social", "in Graz I am maya.k", "maya.k"),
    ],
)
def test_the_name_in_a_network_is_found_with_and_without_its_sign(
    contact: str, text: str, found: str
) -> None:
    places = Finder([], [], reached.wanted(contact)).found(text)
    assert [text[place.start : place.end] for place in places] == [found]
