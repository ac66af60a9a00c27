"""What tells who somebody really is, by kind."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Something that leads to a person; the value is what people are told."""

    EMAIL = "e-mail addresses"
    NETWORK = "network addresses"
    PHONE = "phone numbers"
    ACCOUNT = "account or identity numbers"
    BIRTH = "dates of birth"
    POSITION = "places on the map"
    ADDRESS = "addresses"
    CONTACT = "contact data"
    NAME = "names"
