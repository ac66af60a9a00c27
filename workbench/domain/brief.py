"""What a report is: all of it, or one page; and for whom the page is."""

from __future__ import annotations

import re
from enum import StrEnum

from workbench.words import Phrase


class ReportKind(StrEnum):
    """How much of a report is written."""

    FULL = "full"
    BRIEF = "brief"


class Stakeholder(StrEnum):
    """Whom a brief is for."""

    LEADERSHIP = "leadership"
    MARKETING = "marketing"
    SERVICE = "service"
    IT = "it"
    SHOP = "shop"

    @property
    def label(self) -> Phrase:
        """Return the name in a sentence: “for marketing”."""
        return _LABELS[self]

    @property
    def sees_all(self) -> bool:
        """Tell whether everything in a study is theirs."""
        return self is Stakeholder.LEADERSHIP

    def is_named_in(self, owner: str) -> bool:
        """Tell whether an owner, as somebody typed it, is this part of a company.

        Whole words alone count, and “IT” in capitals alone: “it” is a word of every sentence.
        """
        words = re.findall(r"\w+", owner)
        if self is Stakeholder.IT and "IT" in words:
            return True
        return not _CALLED.get(self, frozenset()).isdisjoint(map(str.casefold, words))


_LABELS = {
    Stakeholder.LEADERSHIP: "leadership",
    Stakeholder.MARKETING: "marketing",
    Stakeholder.SERVICE: "customer service",
    Stakeholder.IT: "IT",
    Stakeholder.SHOP: "the shops",
}
_CALLED = {
    Stakeholder.MARKETING: frozenset(
        "marketing brand advertising communication communications marke werbung".split()  # noqa: SIM905
    ),
    Stakeholder.SERVICE: frozenset(
        "service services support care hotline helpdesk kundendienst kundenservice".split()  # noqa: SIM905
    ),
    Stakeholder.IT: frozenset("ict edv informatics informatik".split()),  # noqa: SIM905
    Stakeholder.SHOP: frozenset(
        "shop shops store stores retail branch branches outlet outlets filiale filialen".split()  # noqa: SIM905
    ),
}
"""How these parts of a company are called, in the languages in which names are known best."""
