"""The register of names: what is proposed, decided once, and done wherever words leave."""

from __future__ import annotations

import pytest

from tests.support.studies import document, observe, person, written
from workbench.domain.change import Op
from workbench.domain.materials import Method
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision, Entry, Reason
from workbench.domain.visits import ItemKind
from workbench.errors import UserError
from workbench.services.keys.protecting import protection
from workbench.study import Study

SAID = (
    "Interviewer: How did it go?\n\n"
    "Jonas: I met Kristina Mayer at Telekom. Mr Schmidt from Telekom told me to ring 030 90182011."
    " Then Pauline Weber wrote to anna.berg@example.org. Will you come? My IBAN is"
    " DE89 3704 0044 0532 0130 00.\n\n"
    "Jonas: On Monday Will called from Potsdam. The Telekom man came. In Monday's mail I got it."
)


@pytest.fixture
def named(study: Study) -> Study:
    """A study of two people with an interview that names others."""
    person(study, "Maxi", real_name="Christina Meyer")
    person(study, "Leo", real_name="Will Young")
    document(study, SAID)
    return study


def _proposed(study: Study) -> dict[str, Entry]:
    return {one.written: one for one in study.names.proposals()}


def _said(study: Study, text: str) -> str:
    return protection(study._desk.tables).words(text)


def test_names_are_proposed_with_their_reason_and_their_places(named: Study) -> None:
    found = _proposed(named)
    assert {name: (one.sort, one.why) for name, one in found.items()} == {
        "030 90182011": (Sort.PHONE, Reason.FORM),
        "anna.berg@example.org": (Sort.EMAIL, Reason.FORM),
        "DE89 3704 0044 0532 0130 00": (Sort.ACCOUNT, Reason.FORM),
        "Jonas": (Sort.PERSON, Reason.GIVEN),
        "Schmidt": (Sort.PERSON, Reason.TITLE),
        "Will": (Sort.PERSON, Reason.COMMON),
        "Kristina": (Sort.PERSON, Reason.HEARD),
        "Mayer": (Sort.PERSON, Reason.HEARD),
        "Pauline Weber": (Sort.PERSON, Reason.GIVEN),
        "Telekom": (Sort.OTHER, Reason.CAPITAL),
        "Potsdam": (Sort.OTHER, Reason.CAPITAL),
    }
    assert found["Kristina"].instead == "Maxi"
    telekom = found["Telekom"]
    assert telekom.count == 3
    assert [place.around[1] for place in telekom.places] == ["Telekom"] * 3
    turn = named.transcripts.turn(telekom.places[0].id)
    assert turn.text[telekom.places[0].start : telekom.places[0].end] == "Telekom"


def test_contact_data_hides_no_name(study: Study) -> None:
    document(
        study,
        "I rang Northline again. She wrote to weber@northline.example about IBAN DE89 3704 0044"
        " 0532 0130 00.",
    )
    assert set(_proposed(study)) == {
        *("Northline", "weber@northline.example", "DE89 3704 0044 0532 0130 00"),
    }


def test_what_is_decided_is_done_and_not_proposed_again(named: Study) -> None:
    named.names.decide("Telekom", Decision.REPLACE, sort=Sort.FIRM)
    named.names.decide("Potsdam", Decision.NEVER)
    named.names.decide("Schmidt", Decision.LEAVE, sort=Sort.STAFF)
    named.names.decide("Pauline Weber", Decision.REPLACE, sort=Sort.PERSON)
    named.names.decide("will", Decision.REPLACE, instead="Leo")
    assert not {"Telekom", "Potsdam", "Schmidt", "Will", "Pauline", "Weber"} & set(_proposed(named))
    assert _said(named, "TELEKOM in Potsdam, Schmidt") == "[a firm] in Potsdam, Schmidt"
    assert _said(named, "Will will come") == "[Leo] will come"
    told = protection(named._desk.tables).found("Telekom in Potsdam, Schmidt")
    assert [(place.sort, place.left) for place in told] == [
        (Sort.FIRM, False),
        (Sort.STAFF, True),
    ]


def test_brackets_that_are_typed_too_stand_there_once(named: Study) -> None:
    row = named.names.decide("Telekom", Decision.REPLACE, instead=" [the  provider] ")
    assert row.instead == "the provider"
    assert _said(named, "Telekom") == "[the provider]"
    assert named.names.decide("Telekom", Decision.REPLACE, instead="[]").instead == ""


def test_a_decision_is_undone_and_taken_back(named: Study) -> None:
    named.names.decide("Telekom", Decision.REPLACE, instead="the provider")
    named.names.decide("telekom", Decision.LEAVE)
    [row] = named.names.decisions()
    assert (row.written, row.decision, row.instead) == ("Telekom", Decision.LEAVE, "the provider")
    named.undo()
    assert _said(named, "Telekom") == "[the provider]"
    named.undo()
    assert named.names.decisions() == []
    named.redo()
    named.names.forget("TELEKOM")
    assert "Telekom" in _proposed(named)
    with pytest.raises(UserError, match="Nothing was decided"):
        named.names.forget("Telekom")
    with pytest.raises(UserError, match="no letter"):
        named.names.decide("…", Decision.NEVER)


def test_the_register_has_real_names_by_itself(named: Study) -> None:
    named.names.decide("Potsdam", Decision.REPLACE, sort=Sort.PLACE)
    rows = [(one.written, one.person, one.instead, one.count) for one in named.names.register()]
    assert rows == [
        ("Christina Meyer", "P01", "Maxi", 0),
        ("Will Young", "P02", "Leo", 0),
        ("Potsdam", "", "a place", 1),
    ]


def test_what_was_declared_is_no_real_name(named: Study) -> None:
    with pytest.raises(UserError, match="“maxi” is a pseudonym of the study"):
        named.names.decide("maxi", Decision.REPLACE)
    assert named.names.decide("Maxi", Decision.NEVER)


def test_two_people_with_one_name_are_said(named: Study) -> None:
    leo = named.people.called("P02")
    with named.step(Op.EDIT_PEOPLE):  # as a study of an earlier version may have it
        named._desk.tables.participant.change(leo.id, pseudonym="MAXI")
    [clash] = named.people.clashes()
    assert (clash.what, clash.name, clash.person, clash.other) == (
        "pseudonym",
        "MAXI",
        "P01",
        "P02",
    )
    assert clash.sentence.startswith("The pseudonym “MAXI” is that of P01 and of P02")


def test_a_code_that_is_a_real_name_is_said(named: Study) -> None:
    named.people.change(named.people.called("P02").id, code="Christina")
    [clash] = named.people.clashes()
    assert clash.sentence.startswith("The person’s code “Christina” has a word in common")
    assert "Meyer" not in clash.sentence


def test_german_nouns_are_no_names(study: Study) -> None:
    document(
        study,
        "Maria: Ich habe mit der Bank und dem Techniker gesprochen, und die Rechnung ist nicht"
        " gekommen. Es war ein Schreiben von Frau Kowalke dabei, das mit Sabine zu tun hatte.",
    )
    assert set(_proposed(study)) == {"Maria", "Kowalke", "Sabine"}


def test_names_are_proposed_from_answers_about_visits_and_from_what_was_noted(
    study: Study,
) -> None:
    written(study, "It was fine, on the whole.", method=Method.MYSTERY_VISIT, title="Shop")
    session = study.materials.sessions()[0]
    form_id = study.visits.begin(session.id).form_id
    item = study.visits.questions.add(form_id, "Who was there?", kind=ItemKind.TEXT)
    study.visits.answer(session.id, item.id, "Herr Dombrowski served me.")
    text = written(study, "I had read of it.", people=[person(study, "Leo")])
    observe(study, text, "had read", expectation_source="an article by Mrs Sorensen")
    found = _proposed(study)
    assert set(found) == {"Dombrowski", "Sorensen"}
    places = [found[name].places[0] for name in ("Dombrowski", "Sorensen")]
    assert [(place.table, place.title) for place in places] == [
        ("session", session.title),
        ("observation", "Observation"),
    ]
    study.names.decide("Dombrowski", Decision.REPLACE)
    assert [(one.written, one.count) for one in study.names.register()] == [("Dombrowski", 1)]
