"""The fields of an observation that people fill, each declared once.

Everything that shows, asks for, keeps or lets out a field derives from here: the parts of the
inspector, the filters of Findings, the columns of tables, the lines of reports, the options of the
command line, the columns that are read from the study, and where names of people are looked for.
JSON holds every field of an `Observation` under its name.

To add a field: a migration makes its column, `Observation` its attribute, and it is declared here,
once in `FIELDS` and once wherever it is shown in an order of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from workbench.domain.declaring import Field, Value
from workbench.domain.figures import signed
from workbench.domain.ids import StageId, TouchpointId
from workbench.domain.observation import (
    HIGHEST,
    LOWEST,
    Basis,
    Expectation,
    Kind,
    Observation,
    Promise,
)
from workbench.errors import UserError
from workbench.words import Phrase, t

V = TypeVar("V")


class Sort(Enum):
    """What kind of value a field has."""

    SCALE = auto()  # a whole number, or none
    CHOICE = auto()  # one of a few values, or none
    FLAG = auto()  # yes or no
    TEXT = auto()  # typed by people
    PLACE = auto()  # id of a stage or a touchpoint


@dataclass(frozen=True, slots=True)
class Choice(Generic[V]):
    """A value that a field can have.

    Attributes:
        label: what the inspector calls it.
        asked: what the filter calls the observations that have it; "" = nobody asks for it.
        printed: what the report's list of what else was noted calls it; "" = it is not in there.
    """

    value: V
    label: Phrase
    asked: Phrase = ""
    printed: Phrase = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Noted(Field[Observation, Value]):
    """A field of an observation that people fill.

    Attributes:
        sort: the kind of its value.
        empty: what it has as long as nobody has said anything.
        choices: what it can have besides, in order; of a flag what it says when it is on.
        title: what the inspector writes above it; "" = the label says enough.
        hint: what the inspector writes into a text while there is none.
        column: head of its column in tables; "" = its name.
        line: its name in the report's list of what else was noted; "" = it is in other chapters.
        own: why neither tables nor reports have it, so that it is in the researcher's own copy
            alone; "" = others may read it, without the names of people.
    """

    sort: Sort
    empty: Value
    choices: tuple[Choice[Value], ...] = ()
    title: Phrase = ""
    hint: Phrase = ""
    column: str = ""
    line: Phrase = ""
    own: str = ""

    @property
    def values(self) -> tuple[Value, ...]:
        """Return the values it can be given, in order."""
        return tuple(choice.value for choice in self.choices)

    @property
    def may_be_empty(self) -> bool:
        """Tell whether it can be without any of its choices."""
        return self.empty not in self.values

    def called(self, value: Value | None) -> str:
        """Return what the inspector calls a value; nothing is called like the field."""
        labels = {choice.value: choice.label for choice in self.choices}
        return self.label if value is None else labels.get(value, str(value))

    def after(self, value: Value | None) -> Value:
        """Return what the key of a gesture makes of a value: the next choice, at the end none."""
        order = (*self.values, self.empty)
        return order[(order.index(value) + 1) % len(order)] if value in order else order[0]

    def told(self, value: Value) -> str:
        """Return a value in words, for reports; "" for none."""
        if value == self.empty:
            return ""
        printed = {choice.value: choice.printed for choice in self.choices}.get(value)
        if printed:
            return t(printed)
        return str(value.value) if isinstance(value, Enum) else str(value)


def _rating(name: str, of: Callable[[Observation], int | None], label: Phrase) -> Noted[int | None]:
    values = range(LOWEST, HIGHEST + 1)
    steps: tuple[Choice[int | None], ...] = tuple(
        Choice(value, signed(value, digits=0)) for value in values
    )
    return Noted(name, of, label, sort=Sort.SCALE, empty=None, choices=steps)


EFFECTIVENESS = _rating("effectiveness", lambda seen: seen.effectiveness, "Effective")
EASE = _rating("ease", lambda seen: seen.ease, "Easy")
EMOTION = _rating("emotion", lambda seen: seen.emotion, "Emotion")
BASIS = Noted(
    "basis",
    lambda seen: seen.basis,
    "How the ratings are known",
    sort=Sort.CHOICE,
    empty=Basis.SAID,
    choices=(
        Choice(Basis.SAID, "Said", printed="said"),
        Choice(Basis.OBSERVED, "Observed", printed="observed"),
        Choice(Basis.INFERRED, "Inferred", printed="inferred"),
    ),
    line="How ratings are known",
)
KIND: Noted[Kind | None] = Noted(
    "kind",
    lambda seen: seen.kind,
    "Fact or perception",
    sort=Sort.CHOICE,
    empty=None,
    choices=(
        Choice(Kind.FACT, "Fact", asked="Facts", printed="fact"),
        Choice(Kind.PERCEPTION, "Perception", asked="Perceptions", printed="perception"),
    ),
    line="Fact or perception",
)
EXPECTATION: Noted[Expectation | None] = Noted(
    "expectation",
    lambda seen: seen.expectation,
    "Expected or had",
    sort=Sort.CHOICE,
    empty=None,
    choices=(
        Choice(Expectation.EXPECTED, "Expected", asked="What was expected"),
        Choice(Expectation.HAD, "Had", asked="What people had"),
    ),
)
EXPECTATION_SOURCE = Noted(
    "expectation_source",
    lambda seen: seen.expectation_source,
    "Where the expectation comes from",
    sort=Sort.TEXT,
    empty="",
    hint="From where? advert, friend, past visit …",
    column="source of expectation",
    line="Where the expectation came from",
)
COMPARATOR = Noted(
    "comparator",
    lambda seen: seen.comparator,
    "The brand it is compared with",
    sort=Sort.TEXT,
    empty="",
    hint="Compared with which brand?",
    column="compared with",
    line="Compared with",
)
INITIATOR = Noted(
    "initiator",
    lambda seen: seen.initiator,
    "Who began it",
    sort=Sort.CHOICE,
    empty="",
    choices=(
        Choice("customer", "Customer", printed="customer"),
        Choice("company", "Company", printed="company"),
        Choice("other", "Other", printed="other"),
    ),
    title="Who began it?",
    line="Who began",
)
PROMISE: Noted[Promise | None] = Noted(
    "promise",
    lambda seen: seen.promise,
    "Promise",
    sort=Sort.CHOICE,
    empty=None,
    choices=(
        Choice(Promise.NAMED, "Promise named", asked="Promise named"),
        Choice(Promise.KEPT, "Promise kept", asked="Promise kept"),
        Choice(Promise.BROKEN, "Promise broken", asked="Promise broken"),
    ),
)
MOMENT_OF_TRUTH = Noted(
    "moment_of_truth",
    lambda seen: seen.moment_of_truth,
    "Moment of truth",
    sort=Sort.FLAG,
    empty=False,
    choices=(Choice(value=True, label="Moment of truth", asked="Moments of truth"),),
    column="moment of truth",
)
BRAND_ABSENT = Noted(
    "brand_absent",
    lambda seen: seen.brand_absent,
    "The brand has no part in it",
    sort=Sort.FLAG,
    empty=False,
    choices=(Choice(value=True, label="The brand has no part in it", printed="absent"),),
    column="brand absent",
    line="The brand was",
)
STAGE: Noted[StageId | None] = Noted(
    "stage_id", lambda seen: seen.stage_id, "Stage", sort=Sort.PLACE, empty=None
)
TOUCHPOINT: Noted[TouchpointId | None] = Noted(
    "touchpoint_id", lambda seen: seen.touchpoint_id, "Touchpoint", sort=Sort.PLACE, empty=None
)

RATINGS = (EFFECTIVENESS, EASE, EMOTION)
FIELDS: tuple[Noted[Any], ...] = (
    *RATINGS, BASIS, KIND, EXPECTATION, EXPECTATION_SOURCE, COMPARATOR, INITIATOR, PROMISE,
    MOMENT_OF_TRUTH, BRAND_ABSENT,
)  # fmt: skip
"""All but the places, in the order of tables."""
PLACES: tuple[Noted[Any], ...] = (STAGE, TOUCHPOINT)
WRITTEN = tuple(field for field in FIELDS if field.sort is Sort.TEXT)
"""Those that people type, which may repeat what was said, and names."""
FREE = tuple(field for field in FIELDS if field.empty == "")
"""Those that are kept as bare texts, in which any words may stand, also where few are offered."""
LEAVING = tuple(field for field in FIELDS if not field.own)
"""Those that others may read."""

# Where the fields are shown, in order.

EXPECTED: tuple[Noted[str], ...] = (EXPECTATION_SOURCE, COMPARATOR)
"""In the inspector: beside an expectation."""
MORE: tuple[Noted[Any], ...] = (INITIATOR, BRAND_ABSENT)
"""In the inspector: folded away while they are empty."""
ASKED: tuple[Noted[Any], ...] = (MOMENT_OF_TRUTH, EXPECTATION, PROMISE, KIND)
"""In the filter of Findings."""
LISTED: tuple[Noted[Any], ...] = (
    BASIS, KIND, INITIATOR, COMPARATOR, EXPECTATION_SOURCE, BRAND_ABSENT,
)  # fmt: skip
"""In the report's list of what else was noted."""


def require(values: Mapping[str, Any]) -> None:
    """Make sure that new values of an observation are ones it can have.

    Raises:
        UserError: a number is not on its scale, or nobody of that kind starts anything.
    """
    for field in FIELDS:
        if field.sort is not Sort.SCALE:
            continue
        value = values.get(field.name)
        if value is not None and not (isinstance(value, int) and value in field.values):
            raise UserError(
                "rating-range",
                "The {field} cannot be {value}.",
                "Rate with a whole number from {lowest} to {highest}, or leave it empty.",
                field=field.name,
                value=value,
                lowest=field.choices[0].label,
                highest=field.choices[-1].label,
            )
    initiator = values.get(INITIATOR.name, INITIATOR.empty)
    if initiator not in (*INITIATOR.values, INITIATOR.empty):
        raise UserError(
            "initiator-unknown",
            "“{initiator}” is nobody who starts something.",
            "Choose customer, company or other, or leave it empty.",
            initiator=initiator,
        )
