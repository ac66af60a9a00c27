"""What a declared field knows: what its key makes of a value, what it says, what it refuses."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from workbench.domain import fields
from workbench.domain.fields import Noted, Sort, require
from workbench.domain.observation import Basis, Expectation, Kind, Promise
from workbench.domain.protection import Protection
from workbench.domain.typed import unreadable_member
from workbench.errors import UserError


@pytest.mark.parametrize(
    ("field", "turned"),
    [
        (fields.KIND, [None, Kind.FACT, Kind.PERCEPTION, None]),
        (fields.EXPECTATION, [None, Expectation.EXPECTED, Expectation.HAD, None]),
        (fields.PROMISE, [None, Promise.NAMED, Promise.KEPT, Promise.BROKEN, None]),
        (fields.MOMENT_OF_TRUTH, [False, True, False]),
        (fields.MOMENT_OF_TRUTH, [None, True]),
        (fields.KIND, [unreadable_member(Kind, "rumour"), Kind.FACT]),
    ],
)
def test_a_key_turns_through_the_choices(field: Noted[Any], turned: list[Any]) -> None:
    for value, following in itertools.pairwise(turned):
        assert field.after(value) == following


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (fields.BASIS, Basis.SAID, ""),
        (fields.BASIS, Basis.INFERRED, "inferred"),
        (fields.BRAND_ABSENT, True, "absent"),
        (fields.COMPARATOR, "Eastway", "Eastway"),
        (fields.EASE, 0, "0"),
        (fields.EASE, None, ""),
    ],
)
def test_a_value_is_told_in_words(field: Noted[Any], value: object, told: str) -> None:
    assert field.told(value) == told


def test_only_a_field_without_a_choice_for_nothing_can_be_emptied() -> None:
    assert [field for field in fields.FIELDS if field.choices and not field.may_be_empty] == [
        fields.BASIS
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ease": 3}, "The ease cannot be 3.*from −2 to [+]2, or leave it empty"),
        ({"emotion": "2"}, "The emotion cannot be 2"),
        ({"initiator": "weather"}, "“weather” is nobody who starts something"),
    ],
)
def test_a_value_it_cannot_have_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        require(values)


def _passes(values: dict[str, Any]) -> bool:
    try:
        require(values)
    except UserError:
        return False
    return True


@pytest.mark.parametrize("field", fields.FIELDS, ids=lambda field: field.name)
def test_all_that_it_can_have_passes_and_nothing_else(field: Noted[Any]) -> None:
    assert all(_passes({field.name: value}) for value in (*field.values, field.empty))
    checked = field.sort is Sort.SCALE or field is fields.INITIATOR
    assert _passes({field.name: "weather"}) is not checked


def test_names_go_out_of_the_texts_that_a_report_lists_and_choices_stay() -> None:
    listed = {
        fields.KIND: Kind.FACT,
        fields.COMPARATOR: "as Priya Nandakumar says",
        fields.INITIATOR: "Nandakumar",
        fields.BRAND_ABSENT: True,
    }
    shown = Protection([("Priya Nandakumar", "Maya")]).of(listed)
    assert shown == {
        fields.KIND: Kind.FACT,
        fields.COMPARATOR: "as [Maya] says",
        fields.INITIATOR: "[Maya]",
        fields.BRAND_ABSENT: True,
    }
    assert shown[fields.KIND] is Kind.FACT
