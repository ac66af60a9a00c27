"""Mystery visits: a weighted form, and what a shopper answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain import typed
from workbench.domain.declaring import Field
from workbench.domain.ids import SessionId
from workbench.domain.naming import folded
from workbench.domain.typed import Unreadable
from workbench.errors import UserError
from workbench.words import t

Answer = bool | int | float | str | None

_LARGEST = 1_000_000_000
_RANGE = re.compile(r"\s*(-?[0-9]{1,4})\s*(?:–|-|to|…)\s*(-?[0-9]{1,4})\s*")
_YES = {"yes", "y", "true", "1", "ja", "j"}
_NO = {"no", "n", "false", "0", "nein"}
_NOT_APPLICABLE = {"", "-", "–", "n/a", "na", "n.a.", "null", "none"}


class ItemKind(StrEnum):
    """How an item of a visit form is answered."""

    YES_NO = "yes_no"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"


_KINDS = tuple(ItemKind)


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A form for visits."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FormItem:
    """One question of a form.

    Attributes:
        lowest: smallest answer of a scale or number.
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


SHOPPER: Field[Visit, str] = Field("shopper", lambda visit: visit.shopper, "Shopper")
SCENARIO: Field[Visit, str] = Field("scenario", lambda visit: visit.scenario, "Scenario")
ARRIVED: Field[Visit, str] = Field("arrived", lambda visit: visit.arrived, "Arrived")
LEFT: Field[Visit, str] = Field("left_at", lambda visit: visit.left_at, "Left")
NARRATIVE: Field[Visit, str] = Field("narrative", lambda visit: visit.narrative, "Narrative")


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The answer to one item of one visit; `value` is JSON (true, 3, "text", null = N/A)."""

    session_id: SessionId
    item_id: str
    value: str


def read_answer(item: FormItem, said: Answer) -> Answer:
    """Read the answer to an item from what was typed, or check one that is a value already.

    Args:
        item: the question.
        said: a text as people type it, or a value; "", "n/a" and `None` mean not applicable.

    Raises:
        UserError: the item cannot be answered so.
    """
    text = said if isinstance(said, str) else _as_text(said)
    if item.kind is ItemKind.TEXT:
        return text or None
    if text.strip().casefold() in _NOT_APPLICABLE:
        return None
    if item.kind is ItemKind.YES_NO:
        return _yes_or_no(item, text)
    if item.kind is ItemKind.SCALE:
        return typed.number(text, item.ask, lowest=item.lowest, highest=item.highest, whole=True)
    if typed.counts_minutes(item.unit):
        return typed.minutes(text, item.ask, lowest=item.lowest)
    return typed.number(text, item.ask, unit=item.unit, lowest=item.lowest)


def usual_range(kind: ItemKind) -> tuple[int, int]:
    """Return what an item of a kind counts from and to, unless somebody says otherwise."""
    return (1, 5) if kind is ItemKind.SCALE else (0, 1)


def read_range(text: str) -> tuple[int, int]:
    """Read from where to where a scale goes: “1–5”, “-2 to 2”.

    Raises:
        UserError: it is no range.
    """
    found = _RANGE.fullmatch(text.replace("−", "-"))
    if found is None:
        raise UserError(
            "question-range",
            "“{text}” is no range.",
            "Type two whole numbers, as in “1–5”.",
            text=text,
        )
    return int(found[1]), int(found[2])


def stored_answer(item: FormItem, value: str) -> Answer | Unreadable:
    """Return an answer as the study keeps it; what no answer can be is `Unreadable`."""
    try:
        answer: object = json.loads(value)
    except ValueError:
        return Unreadable(value)
    if answer is None or answer == "n/a":
        return None
    if item.kind is ItemKind.TEXT:
        return answer if isinstance(answer, str) else Unreadable(value)
    if item.kind not in _KINDS:
        return Unreadable(value)  # nobody knows what was asked for
    if not isinstance(answer, (int, float)) or not abs(answer) <= _LARGEST:
        return Unreadable(value)
    return answer if item.kind is not ItemKind.YES_NO else bool(answer)


def times_of(visit: Visit) -> tuple[str | Unreadable, str | Unreadable]:
    """Return when somebody came and went, as far as it can be read; "" for what is not known.

    Studies from before times were checked may hold any text.
    """
    try:
        return typed.arrival_and_departure(visit.arrived, visit.left_at)
    except UserError:
        return _time_or_not(visit.arrived), _time_or_not(visit.left_at)


def show_answer(item: FormItem, answer: Answer | Unreadable) -> str:
    """Return an answer in words: "yes", "4 of 5", "2.5 min"; "" when it is not applicable."""
    if answer is None or isinstance(answer, (str, Unreadable)):
        return str(answer or "")
    if item.kind is ItemKind.YES_NO:
        return t("yes") if answer else t("no")
    if item.kind is ItemKind.SCALE:
        return t("{n} of {most}", n=typed.show_number(answer), most=item.highest)
    return f"{typed.show_number(answer)} {item.unit}".strip()


def _yes_or_no(item: FormItem, text: str) -> bool:
    said = folded(text)
    if said in _YES or said in _NO:
        return said in _YES
    raise typed.refusal(
        "typed-answer", item.ask, text, "is neither yes nor no", "Type yes, no, or n/a."
    )


def _time_or_not(text: str) -> str | Unreadable:
    try:
        return typed.time_of_day(text)
    except UserError:
        return Unreadable(text)


def _as_text(value: bool | float | None) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else "yes" if value else "no"
    return typed.plain_number(value)
