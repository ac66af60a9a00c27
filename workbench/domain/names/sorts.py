"""What a string of the register is: of whom or what it is the name."""

from __future__ import annotations

from enum import StrEnum

from workbench.words import Phrase


class Sort(StrEnum):
    """What is named; the value is stored, `label` is what people are told."""

    PERSON = "person"
    STAFF = "staff"
    PLACE = "place"
    FIRM = "firm"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    ADDRESS = "address"
    ACCOUNT = "account"
    OTHER = "other"

    @property
    def label(self) -> Phrase:
        """Return what people call it."""
        return _LABELS.get(self, str(self))

    @property
    def instead(self) -> Phrase:
        """Return what stands in the text where nothing else was said."""
        return _INSTEAD.get(self, "left out")

    @property
    def is_number(self) -> bool:
        """Tell whether it is made of digits, however they are grouped."""
        return self in {Sort.PHONE, Sort.ACCOUNT}


_LABELS = {
    Sort.PERSON: "Person",
    Sort.STAFF: "Staff",
    Sort.PLACE: "Place",
    Sort.FIRM: "Firm",
    Sort.PHONE: "Phone number",
    Sort.EMAIL: "E-mail address",
    Sort.LINK: "Internet address",
    Sort.HANDLE: "Name in a network",
    Sort.ADDRESS: "Address",
    Sort.ACCOUNT: "Account number",
    Sort.OTHER: "Other",
}
_INSTEAD = {
    Sort.PERSON: "a person",
    Sort.STAFF: "a member of staff",
    Sort.PLACE: "a place",
    Sort.FIRM: "a firm",
    Sort.PHONE: "phone number",
    Sort.EMAIL: "e-mail address",
    Sort.LINK: "internet address",
    Sort.HANDLE: "name in a network",
    Sort.ADDRESS: "address",
    Sort.ACCOUNT: "account number",
    Sort.OTHER: "left out",
}
