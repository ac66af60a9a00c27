"""Nobody is quoted who has not agreed, and nobody's words are given to somebody else."""

from __future__ import annotations

import pytest

from tests.support.studies import agree, drafts, observe, person, recognised, recording, written
from workbench.domain import fields
from workbench.domain.ids import ParticipantId, SegmentId, SpeakerId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation, Kind, Promise
from workbench.domain.passage import Passage, Query
from workbench.errors import UserError
from workbench.study import Study


@pytest.fixture
def maya(study: Study) -> ParticipantId:
    return person(study, "Maya")


@pytest.fixture
def leila(study: Study) -> ParticipantId:
    """She may be recorded and does not want to be quoted, as P05 of the sample study."""
    return person(study, "Leila", quotes=False)


def _group(study: Study, *people: ParticipantId, voices: int = 3) -> TranscriptId:
    """Each voice says one sentence: "I am voice 1." and so on."""
    source = recording(study, people=people, method=Method.FOCUS_GROUP)
    transcript = study.arrivals.start(source.id)
    texts = [f"I am voice {number}." for number in range(1, voices + 1)]
    labels = [f"S{number}" for number in range(1, voices + 1)]
    study.arrivals.accept(transcript.id, drafts(*texts, speakers=labels))
    return transcript.id


def _voice(study: Study, transcript_id: TranscriptId, number: int) -> SpeakerId:
    return study.transcripts.speakers.of(transcript_id)[number - 1].id


def _passage(study: Study, transcript_id: TranscriptId, words: str) -> Passage:
    found = observe(study, transcript_id, words)
    return study.passages.read([found.id])[0]


def _who(passage: Passage) -> tuple[str | None, str, bool]:
    name = passage.person.pseudonym if passage.person else None
    return name, passage.speaker, passage.quotable


def test_who_agreed_is_quoted(study: Study, maya: ParticipantId) -> None:
    transcript = recognised(study, "It took weeks.", people=[maya])
    assert _who(_passage(study, transcript.id, "weeks")) == ("Maya", "Maya", True)


def test_who_did_not_agree_is_not_quoted(study: Study, leila: ParticipantId) -> None:
    transcript = recognised(study, "It took weeks.", people=[leila])
    assert _who(_passage(study, transcript.id, "weeks")) == ("Leila", "Leila", False)


def test_an_unnamed_voice_of_a_group_is_nobodys(
    study: Study, maya: ParticipantId, leila: ParticipantId
) -> None:
    group = _group(study, maya, leila)
    assert _who(_passage(study, group, "voice 1")) == (None, "S1", False)


def test_a_named_voice_of_a_group_is_that_persons(
    study: Study, maya: ParticipantId, leila: ParticipantId
) -> None:
    group = _group(study, maya, leila)
    study.speaking.assign(_voice(study, group, 1), maya)
    study.speaking.assign(_voice(study, group, 2), leila)
    study.speaking.name(_voice(study, group, 3), "Moderator")
    assert _who(_passage(study, group, "voice 1")) == ("Maya", "Maya", True)
    assert _who(_passage(study, group, "voice 2")) == ("Leila", "Leila", False)
    assert _who(_passage(study, group, "voice 3")) == (None, "Moderator", False)


def test_one_unwilling_voice_keeps_the_whole_passage_back(
    study: Study, maya: ParticipantId, leila: ParticipantId
) -> None:
    group = _group(study, maya, leila)
    for number, name in enumerate(("Maya", "Leila", "Host"), 1):
        study.speaking.name(_voice(study, group, number), name)
    assert _who(_passage(study, group, "1. I am voice 2")) == ("Maya", "Maya", False)
    assert _who(_passage(study, group, "1. I am voice 2. I am voice 3")) == ("Maya", "Maya", False)
    agree(study, leila)
    found = study.passages.find()
    assert {passage.quotable for passage in found} == {True}


def test_typing_the_name_of_the_unwilling_does_not_make_them_quotable(
    study: Study, maya: ParticipantId, leila: ParticipantId
) -> None:
    group = _group(study, maya, leila)
    study.speaking.name(_voice(study, group, 2), "leila")
    assert _who(_passage(study, group, "voice 2")) == ("Leila", "Leila", False)


def test_withdrawn_consent_ends_quotes_at_once(study: Study, maya: ParticipantId) -> None:
    transcript = recognised(study, "It took weeks.", people=[maya])
    found = observe(study, transcript.id, "weeks")
    assert study.people.may_quote(maya)
    study.ledger.withdraw(maya)
    assert not study.people.may_quote(maya)
    assert not study.passages.read([found.id])[0].quotable
    study.undo()
    assert study.passages.read([found.id])[0].quotable


def test_who_was_removed_from_the_study_is_not_quoted(study: Study, maya: ParticipantId) -> None:
    transcript = recognised(study, "It took weeks.", people=[maya])
    study.people.remove(maya)
    assert _who(_passage(study, transcript.id, "weeks")) == (None, "Maya", False)


def test_a_visit_without_a_roster_can_be_quoted(study: Study) -> None:
    transcript_id = written(study, "The shop was shut.", method=Method.MYSTERY_VISIT)
    assert _who(_passage(study, transcript_id, "shut")) == (None, "", True)


def test_passages_come_with_all_around_them(study: Study, maya: ParticipantId) -> None:
    transcript_id = written(study, "It took weeks.", people=[maya], title="First evening")
    codes = [study.codebook.add(name) for name in ("Delay", "Waiting", "Gone")]
    stage = study.journeys.add_stage("Wait")
    point = study.journeys.add_touchpoint("Parcel")
    found = observe(
        study,
        transcript_id,
        "weeks",
        code_ids=[code.id for code in reversed(codes)],
        stage_id=stage.id,
        touchpoint_id=point.id,
    )
    study.memos.write("observation", found.id, "Long!")
    study.codebook.remove(codes[2].id)
    [passage] = study.passages.find()
    assert passage.observation == found
    assert passage.codes == tuple(codes[:2])
    assert (passage.stage, passage.touchpoint, passage.memo) == (stage, point, "Long!")
    assert (passage.session.title, passage.source.title) == ("First evening", "First evening")
    assert study.passages.read([]) == []


def test_people_are_found_through_their_voices_and_their_sessions(
    study: Study, maya: ParticipantId, leila: ParticipantId
) -> None:
    segment = study.people.add_segment("Movers")
    study.people.change(maya, segment_id=segment.id)
    alone = recognised(study, "It took weeks.", people=[maya])
    group = _group(study, maya, leila)
    study.speaking.assign(_voice(study, group, 2), maya)
    words = {
        observe(study, alone.id, "weeks").words,
        observe(study, group, "voice 2").words,
    }
    observe(study, group, "voice 1")
    for query in (Query(participant_id=maya), Query(segment_id=segment.id)):
        assert {row.observation.words for row in study.passages.find(query)} == words
    assert study.passages.find(Query(participant_id=leila)) == []
    assert study.passages.find(Query(segment_id=SegmentId("none"))) == []


def test_no_words_make_no_observation(study: Study) -> None:
    transcript_id = written(study, "It took   weeks.")
    with pytest.raises(UserError) as caught:
        observe(study, transcript_id, "  ")
    assert caught.value.code == "nothing-selected"
    assert study.passages.find() == []


def test_observations_are_found_by_what_they_are(study: Study) -> None:
    transcript_id = written(study, "It took WEEKS, Straße by Straße, they promised days.")
    stage = study.journeys.add_stage("Wait")
    point = study.journeys.add_touchpoint("Parcel")
    codes = [study.codebook.add(name).id for name in ("Delay", "Promise")]
    weeks = observe(
        study,
        transcript_id,
        "took WEEKS, Straße",
        code_ids=codes,
        stage_id=stage.id,
        touchpoint_id=point.id,
        kind=Kind.FACT,
        moment_of_truth=True,
        ease=-1,
    ).id
    days = observe(
        study,
        transcript_id,
        "promised days",
        code_ids=codes[1:],
        promise=Promise.BROKEN,
        expectation=Expectation.EXPECTED,
    ).id
    source_id = study.materials.sources()[0].id
    for query, expected in (
        (Query(), [weeks, days]),
        (Query(code_ids=tuple(codes)), [weeks]),
        (Query(code_ids=(codes[1],)), [weeks, days]),
        (
            Query(stage_id=stage.id, touchpoint_id=point.id, having=(fields.KIND.to(Kind.FACT),)),
            [weeks],
        ),
        (
            Query(
                having=(
                    fields.EXPECTATION.to(Expectation.EXPECTED),
                    fields.PROMISE.to(Promise.BROKEN),
                )
            ),
            [days],
        ),
        (Query(method=Method.FIELD_NOTE, source_id=source_id), [weeks, days]),
        (Query(method=Method.INTERVIEW), []),
        (Query(text=" weeks "), [weeks]),
        (Query(text="STRASSE"), [weeks]),
        (Query(text="%"), []),
        (Query(having=(fields.MOMENT_OF_TRUTH.to(True),)), [weeks]),
        (Query(any_rating=True), [weeks]),
        (Query(review=True), []),
    ):
        assert [row.observation.id for row in study.passages.find(query)] == expected, query
    assert study.observations.per_source() == {source_id: 2}
    assert study.codebook.use.mentions() == {codes[0]: 1, codes[1]: 2}
