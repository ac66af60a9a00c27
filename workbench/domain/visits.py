"""Mystery visits: a weighted form, and what a shopper answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import SessionId


class ItemKind(StrEnum):
    """How an item of a visit form is answered."""

    YES_NO = "yes_no"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A form for visits."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FormItem:
    """One question of a form.

    Attributes:
        lowest: smallest answer of a scale.
        highest: largest answer of a scale; a yes/no item counts 0…1.
        weight: share in the score; 0 = recorded, not scored.
        critical: failing it caps the section at 0.
    """

    id: str
    form_id: str
    section: str
    position: int
    key: str
    ask: str
    kind: ItemKind
    unit: str = ""
    lowest: int = 0
    highest: int = 1
    weight: int = 0
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit session: who went where with which scenario, and when."""

    session_id: SessionId
    form_id: str
    shopper: str = ""
    scenario: str = ""
    arrived: str = ""
    left_at: str = ""
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The answer to one item of one visit; `value` is JSON (true, 3, "text", null = N/A)."""

    session_id: SessionId
    item_id: str
    value: str
