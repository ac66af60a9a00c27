"""A mistyped segment is mended where it is: named anew, made one with another, or removed."""

from __future__ import annotations

import pytest

from workbench.errors import UserError
from workbench.study import Study


def test_a_segment_called_like_another_becomes_part_of_it(study: Study) -> None:
    renters = study.people.add_segment("Renters")
    typo = study.people.add_segment("Rentrs", persona="Moves every year")
    maya = study.people.add(pseudonym="Maya", segment_id=renters.id)
    tom = study.people.add(pseudonym="Tom", segment_id=typo.id)
    gone = study.people.add(pseudonym="Grace", segment_id=typo.id)
    study.people.remove(gone.id)
    kept = study.people.name_segment(typo.id, " renters ")
    assert kept.id == renters.id
    assert kept.persona == "Moves every year"
    assert [segment.name for segment in study.people.segments()] == ["Renters"]
    for person in (maya, tom, gone):  # who is restored from the bin comes back into it too
        assert study.people.participant(person.id).segment_id == renters.id
    study.undo()
    assert [segment.name for segment in study.people.segments()] == ["Renters", "Rentrs"]
    assert study.people.participant(tom.id).segment_id == typo.id


def test_a_segment_is_named_anew_and_never_without_a_name(study: Study) -> None:
    typo = study.people.add_segment("Rentrs")
    assert study.people.name_segment(typo.id, "Renters").name == "Renters"
    with pytest.raises(UserError, match="no name"):
        study.people.name_segment(typo.id, "  ")
    assert study.people.name_segment(typo.id, "RENTERS").name == "RENTERS"


def test_people_of_a_removed_segment_stay(study: Study) -> None:
    typo = study.people.add_segment("Rentrs")
    tom = study.people.add(pseudonym="Tom", segment_id=typo.id)
    study.people.remove_segment(typo.id)
    assert study.people.participant(tom.id).segment_id is None
    study.undo()
    assert study.people.participant(tom.id).segment_id == typo.id
