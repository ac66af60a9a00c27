"""What tells who somebody really is, by kind."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from workbench.words import N_, Phrase


class Kind(StrEnum):
    """Something that leads to a person; the value is what people are told."""

    EMAIL = N_("e-mail addresses")
    NETWORK = N_("network addresses")
    LINK = N_("internet addresses")
    HANDLE = N_("names in networks")
    PHONE = N_("phone numbers")
    ACCOUNT = N_("account or identity numbers")
    BIRTH = N_("dates of birth")
    POSITION = N_("places on the map")
    ADDRESS = N_("addresses")
    CONTACT = N_("contact data")
    NAME = N_("names")

    @property
    def one(self) -> Phrase:
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
