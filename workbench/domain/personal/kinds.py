"""What tells who somebody really is, by kind."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Something that leads to a person; the value is what people are told."""

    EMAIL = "e-mail addresses"
    NETWORK = "network addresses"
    LINK = "internet addresses"
    HANDLE = "names in networks"
    PHONE = "phone numbers"
    ACCOUNT = "account or identity numbers"
    BIRTH = "dates of birth"
    POSITION = "places on the map"
    ADDRESS = "addresses"
    CONTACT = "contact data"
    NAME = "names"

    @property
    def one(self) -> str:
        """Return what a single one of them is called."""
        return _ONE.get(self, str(self))


_ONE = {
    Kind.EMAIL: "e-mail address",
    Kind.NETWORK: "network address",
    Kind.LINK: "internet address",
    Kind.HANDLE: "name in a network",
    Kind.PHONE: "phone number",
    Kind.ACCOUNT: "account or identity number",
    Kind.BIRTH: "date of birth",
    Kind.POSITION: "place on the map",
    Kind.ADDRESS: "address",
    Kind.NAME: "name",
}


class Contact(NamedTuple):
    """Contact data in a text: from `start` to before `end`."""

    start: int
    end: int
    kind: Kind
