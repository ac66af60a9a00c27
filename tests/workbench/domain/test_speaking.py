"""The rule of who spoke, over every kind of voice, roster and name."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.ids import ParticipantId, SpeakerId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.naming import folded
from workbench.domain.people import Participant
from workbench.domain.speaking import Directory, Part, Scene, Who
from workbench.domain.transcript import Speaker

MAYA = Participant(ParticipantId("maya"), "P01", "Maya")
DAN = Participant(ParticipantId("dan"), "P02", "Dan")
TWIN = Participant(ParticipantId("twin"), "P03", "Maya")
GONE = Participant(ParticipantId("gone"), "P04", "Gone", deleted_at="2026-01-01")
REAL = {MAYA.id: "Anna Schmidt"}


def voice(number: int, name: str = "", label: str = "", owner: str | None = None) -> Speaker:
    """Return a voice of the one text there is."""
    given = ParticipantId(owner) if owner else None
    key = SpeakerId(f"v{number}")
    return Speaker(key, TranscriptId("t"), label or f"S{number}", name, given)


def spoke(
    *voices: Speaker,
    roster: str = "maya",
    people: tuple[Participant, ...] = (MAYA, DAN, GONE),
    method: Method = Method.INTERVIEW,
    asker: str = "",
    nobody: bool = False,
    shopper: str = "Kim",
) -> Who:
    """Return who the first voice is, or the words without one."""
    scene = Scene(
        method,
        tuple(ParticipantId(one) for one in roster.split()),
        frozenset({ParticipantId(asker)} if asker else ()),
        voices,
        shopper,
    )
    directory = Directory(people, REAL, ["Robin"])
    return directory.who_spoke(None if nobody else voices[0], scene)


NAMES = [
    ("Maya", "maya"),
    ("  mAYA ", "maya"),
    ("P01", "maya"),
    ("anna  schmidt", "maya"),
    ("Dan", "dan"),  # not on the roster, and nobody else is called so
    ("Somebody", None),
]


@pytest.mark.parametrize(("said", "who"), NAMES)
@pytest.mark.parametrize("where", ["name", "label"])
def test_a_name_is_the_persons_it_means(said: str, who: str | None, where: str) -> None:
    one = voice(1, said) if where == "name" else voice(1, label=said)
    found = spoke(one, voice(2))
    assert (found.person.id if found.person else None) == who
    assert found.part is (Part.PERSON if who else Part.UNKNOWN)
    assert "schmidt" not in found.name.casefold()


def test_who_was_given_a_voice_has_it_whatever_it_is_called() -> None:
    assert spoke(voice(1, "Interviewer", owner="dan")).person == DAN


@pytest.mark.parametrize(
    "said", ["Interviewer", "moderator:", "I:", "I2", "Interviewer 1", "robin"]
)
def test_who_asks_is_no_participant(said: str) -> None:
    assert spoke(voice(1, label=said)).part is Part.RESEARCHER
    assert spoke(voice(1, said), voice(2)).part is Part.RESEARCHER


def test_who_is_on_the_roster_as_interviewer_is_no_participant() -> None:
    assert spoke(voice(1, "Dan"), asker="dan").part is Part.RESEARCHER


LONELY = [
    # voices, who the first one is
    ([voice(1)], "maya"),
    ([voice(1), voice(2)], None),
    ([voice(1), voice(2, "Interviewer")], "maya"),
    ([voice(1), voice(2, label="I")], "maya"),
    ([voice(1, label="B"), voice(2, label="I")], "maya"),
    ([voice(1), voice(2, "Maya")], None),  # she is the other one
    ([voice(1), voice(2, "Somebody")], None),  # who knows which of the two asks
    ([voice(1), voice(2), voice(3, "Interviewer")], None),
    ([voice(1, "Somebody")], None),
]


@pytest.mark.parametrize(("voices", "who"), LONELY)
def test_an_unnamed_voice_is_the_participants_only_where_it_can_be_no_other(
    voices: list[Speaker], who: str | None
) -> None:
    found = spoke(*voices)
    assert (found.person.id if found.person else None) == who
    assert spoke(*voices, roster="maya dan").person is None
    assert spoke(*voices, roster="").person is None


def test_words_without_a_voice_are_the_participants_only_in_a_text_without_voices() -> None:
    assert spoke(nobody=True).person == MAYA
    assert spoke(voice(1), nobody=True).part is Part.UNKNOWN
    assert spoke(nobody=True, roster="maya dan").part is Part.UNKNOWN
    assert spoke(nobody=True, roster="", method=Method.FIELD_NOTE).part is Part.RESEARCHER


def test_of_two_people_with_one_name_those_on_the_roster_come_first() -> None:
    both = (MAYA, TWIN, DAN)
    assert spoke(voice(1, "Maya"), people=both, roster="dan").part is Part.AMBIGUOUS
    assert spoke(voice(1, "Maya"), people=both, roster="maya twin").part is Part.AMBIGUOUS
    assert spoke(voice(1, "Maya"), people=both, roster="twin dan").person == TWIN


def test_who_is_in_the_bin_keeps_the_voice_and_is_nobody() -> None:
    assert spoke(voice(1), roster="gone") == Who(Part.REMOVED, "Gone")
    assert spoke(voice(1, owner="gone")).part is Part.REMOVED
    assert spoke(voice(1, "Gone")).part is Part.REMOVED
    assert spoke(voice(1), roster="gone maya").part is Part.UNKNOWN
    again = replace(GONE, id=ParticipantId("again"), deleted_at=None)
    assert spoke(voice(1, "Gone"), people=(GONE, again)).person == again
    # A namesake who did not take part does not answer for who is gone.
    withdrawn = spoke(voice(1, "Gone"), people=(GONE, again), roster="gone")
    assert withdrawn == Who(Part.REMOVED, "Gone")
    assert spoke(voice(1, "Gone"), people=(GONE, again), roster="gone again").person == again
    visit = spoke(nobody=True, roster="gone", method=Method.MYSTERY_VISIT)
    assert visit.part is Part.REMOVED


@pytest.mark.parametrize(
    ("voices", "part"),
    [
        ([], Part.SHOPPER),
        ([voice(1)], Part.SHOPPER),
        ([voice(1, "Ana")], Part.SHOPPER),
        ([voice(1), voice(2)], Part.UNKNOWN),  # one of them works in the shop
        ([voice(1, "Shopper"), voice(2)], Part.SHOPPER),
        ([voice(1, "kim"), voice(2)], Part.SHOPPER),
        ([voice(1, "Assistant"), voice(2, "Shopper")], Part.UNKNOWN),
    ],
)
def test_on_a_visit_the_shopper_speaks(voices: list[Speaker], part: Part) -> None:
    found = spoke(*voices, roster="", method=Method.MYSTERY_VISIT, nobody=not voices)
    assert found.part is part


@pytest.mark.parametrize("voices", [[], [voice(1)], [voice(1, "Shopper"), voice(2)]])
@pytest.mark.parametrize("name", ["Dan", "P02"])
def test_a_shopper_whom_the_form_names_is_that_person(voices: list[Speaker], name: str) -> None:
    found = spoke(*voices, roster="", method=Method.MYSTERY_VISIT, nobody=not voices, shopper=name)
    assert found.person == DAN
    two = (MAYA, TWIN)
    found = spoke(
        *voices, roster="", method=Method.MYSTERY_VISIT, nobody=not voices, shopper="Maya",
        people=two,
    )  # fmt: skip
    assert found.part is Part.AMBIGUOUS  # never quoted: nothing tells which of them agreed


def test_the_label_of_a_machine_is_nobodys_code() -> None:
    coded = replace(DAN, code="S1")
    assert spoke(voice(1), voice(2), people=(MAYA, coded)).part is Part.UNKNOWN
    assert spoke(voice(1, "S1"), voice(2), people=(MAYA, coded)).person == coded


@given(st.text(min_size=1, max_size=12))
def test_names_are_compared_as_people_read_them(name: str) -> None:
    once = folded(name)
    assert folded(once) == once
    for form in ("NFC", "NFD"):
        written = f" {unicodedata.normalize(form, name)}\u00a0"
        assert folded(written) == once


def test_a_name_means_one_person_or_none() -> None:
    directory = Directory((MAYA, DAN, TWIN, GONE), REAL, [])
    assert directory.only("dan") == DAN
    assert directory.only("P03") == TWIN
    assert directory.only("Maya") is None  # two are called so
    assert directory.only("Maya", first=[TWIN.id]) == TWIN
    assert directory.only("Gone") is None
    assert directory.only("Somebody") is None
