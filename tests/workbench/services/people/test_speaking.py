"""Voices are linked to people at all times, and every count goes by the same rule."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.support.studies import document, drafts, observe, person, recognised, written
from workbench.domain.ids import ParticipantId, SpeakerId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.domain.quoting import Silence
from workbench.domain.report import map_text
from workbench.domain.searching import Search
from workbench.domain.speaking import Part
from workbench.errors import UserError
from workbench.study import Study

QUESTION, ANSWER = "When did they come?", "They came on a Monday."


def _interview(study: Study, *people: ParticipantId, voices: tuple[str, ...] = ("S1", "S2")) -> str:
    """Return the transcript of a question and an answer, both coded “coming”."""
    text = recognised(study, people=people)
    study.arrivals.accept(text.id, drafts(QUESTION, ANSWER, speakers=voices))
    code = study.codebook.add("coming")
    for words in (QUESTION, ANSWER):
        observe(study, text.id, words, code_ids=[code.id])
    return text.id


def _voice(study: Study, text: str, at: int) -> SpeakerId:
    return study.transcripts.speakers.of(TranscriptId(text))[at].id


def _people(study: Study) -> list[str | None]:
    return [row.person.pseudonym if row.person else None for row in study.passages.find()]


def _counted(study: Study, who: ParticipantId) -> tuple[int, int, int, int]:
    """Return people at the code, and observations, hits and mentions of somebody."""
    [counts] = study.codebook.use.counts().values()
    query = Query(participant_id=who)
    return (
        counts.people,
        study.passages.look_up(query).tally.passages,
        len(study.searching.find(Search("came", participant_id=who))),
        len(study.passages.mentions(query)),
    )


def test_a_question_is_never_taken_for_the_answer(study: Study) -> None:
    maya = person(study, "Maya")
    text = _interview(study, maya)
    assert _people(study) == [None, None]
    assert _counted(study, maya) == (0, 0, 0, 0)
    assert study.passages.look_up().tally.unknown == 2
    study.speaking.name(_voice(study, text, 0), "Interviewer")
    assert _people(study) == [None, "Maya"]
    assert _counted(study, maya) == (1, 1, 1, 1)
    assert [row.quotable for row in study.passages.find()] == [False, True]
    assert study.passages.look_up().tally.unknown == 0


def test_people_added_later_are_linked(study: Study) -> None:
    text = written(study, QUESTION, ANSWER, speakers=("I", "Maya"), method=Method.INTERVIEW)
    observe(study, text, ANSWER, code_ids=[study.codebook.add("coming").id])
    assert [one.who.part for one in study.speaking.unknown()] == [Part.UNKNOWN]
    maya = person(study, "Maya")
    assert _people(study) == ["Maya"]
    assert _counted(study, maya) == (1, 1, 1, 1)
    assert study.speaking.unknown() == []
    study.undo()
    assert _people(study) == [None]


def test_a_later_roster_links(study: Study) -> None:
    maya = person(study, "Maya")
    text = written(study, ANSWER, method=Method.INTERVIEW)
    observe(study, text, "Monday", code_ids=[study.codebook.add("coming").id])
    assert _counted(study, maya) == (0, 0, 0, 0)
    session = study.materials.sessions()[0]
    study.materials.set_roster(session.id, [maya])
    assert _counted(study, maya) == (1, 1, 1, 1)


def test_a_renamed_person_keeps_the_voice_and_takes_those_of_the_new_name(study: Study) -> None:
    for name in ("Maya", "Zoe"):
        text = written(study, ANSWER, speakers=(name,), method=Method.INTERVIEW)
        observe(study, text, "Monday")
    maya = person(study, "Maya")
    assert _people(study) == ["Maya", None]
    study.people.change(maya, pseudonym="Zoe")
    assert _people(study) == ["Zoe", "Zoe"]
    assert "Maya" not in str(study.show())
    study.undo()
    assert _people(study) == ["Maya", None]


def test_a_real_name_in_a_label_gives_way_when_it_is_told(study: Study) -> None:
    text = written(study, ANSWER, speakers=("Anna Schmidt",), method=Method.INTERVIEW)
    observe(study, text, "Monday")
    maya = person(study, "Maya")
    study.people.set_real_name(maya, "Anna Schmidt")
    assert _people(study) == ["Maya"]
    assert "Schmidt" not in str(study.show())


def test_a_name_that_belongs_to_somebody_names_them(study: Study) -> None:
    maya = person(study, "Maya", code="P07", real_name="Anna Schmidt")
    text = _interview(study)
    voice = _voice(study, text, 0)
    for name in ("maya", " P07 ", "anna schmidt"):
        who = study.speaking.name(voice, name)
        assert (who.part, who.name, who.person and who.person.id) == (Part.PERSON, "Maya", maya)
        assert study.transcripts.speakers.of(TranscriptId(text))[0].name == "Maya"
    roster = study.materials.roster(study.materials.sessions()[0].id)
    assert [seat.participant_id for seat in roster] == [maya]
    assert study.speaking.name(voice, "Interviewer").part is Part.RESEARCHER
    assert study.speaking.name(voice, "").part is Part.UNKNOWN


def test_a_voice_becomes_a_person_in_one_step(study: Study) -> None:
    text = _interview(study)
    zoe = study.speaking.become(_voice(study, text, 1), "Zoe")
    assert _people(study) == [None, "Zoe"]
    roster = study.materials.roster(study.materials.sessions()[0].id)
    assert [seat.participant_id for seat in roster] == [zoe.id]
    with pytest.raises(UserError, match="already"):
        study.speaking.become(_voice(study, text, 0), " zoe")
    study.undo()
    assert study.people.participants() == []
    assert _people(study) == [None, None]


def test_a_voice_is_not_given_to_somebody_in_the_bin(study: Study) -> None:
    maya = person(study, "Maya")
    text = _interview(study)
    study.people.remove(maya)
    with pytest.raises(UserError, match="bin"):
        study.speaking.assign(_voice(study, text, 0), maya)


def test_two_people_of_one_name_are_not_confused(tmp_path: Path) -> None:
    folder = tmp_path / "twins.study"
    with Study.create(folder) as study:
        person(study, "Maya")
        person(study, "Other", quotes=False)
    with sqlite3.connect(folder / "study.sqlite") as connection:
        connection.execute("UPDATE participant SET pseudonym = 'Maya'")
    connection.close()
    with Study.open(folder) as study:
        first, second = (one.id for one in study.people.participants())
        document(study, ANSWER, speakers=("Maya",), method=Method.INTERVIEW)
        text = study.transcripts.present().popitem()[1].id
        observe(study, text, "Monday", code_ids=[study.codebook.add("coming").id])
        [passage] = study.passages.find()
        assert (passage.person, passage.quotable) == (None, False)
        assert passage.part is Part.AMBIGUOUS
        assert _counted(study, first) == (0, 0, 0, 0)
        study.materials.set_roster(passage.session.id, [second])
        [passage] = study.passages.find()
        assert passage.person is not None
        assert passage.person.id == second
        assert not passage.quotable
        study.people.change(first, note="stays usable", pseudonym="Maya")
        with pytest.raises(UserError, match="already"):
            study.people.change(first, code="p02")


def test_names_are_refused_when_they_mean_somebody_else(study: Study) -> None:
    maya = person(study, "Maya", code="P07")
    for taken in ("maya", " MAYA", "p07"):
        with pytest.raises(UserError, match="Maya \\(P07\\) already"):
            study.people.add(pseudonym=taken)
        with pytest.raises(UserError, match="already"):
            study.people.add(code=taken, pseudonym="Somebody")
    zoe = person(study, "Zoe")
    with pytest.raises(UserError, match="already"):
        study.people.change(zoe, pseudonym="Maya")
    study.people.change(maya, pseudonym="MAYA", code="P07")
    study.people.remove(maya)
    study.people.change(zoe, pseudonym="Maya")


def test_a_person_in_the_bin_is_counted_nowhere(study: Study) -> None:
    maya, zoe = person(study, "Maya"), person(study, "Zoe", quotes=False)
    text = _interview(study, maya)
    study.speaking.name(_voice(study, text, 0), "Zoe")
    study.speaking.name(_voice(study, text, 1), "Maya")
    assert _counted(study, maya) == (2, 1, 1, 1)
    study.people.remove(zoe)
    assert _people(study) == [None, "Maya"]
    assert _counted(study, maya) == (1, 1, 1, 1)
    assert _counted(study, zoe) == (1, 0, 0, 0)
    assert study.passages.look_up().tally.people == 1
    assert study.passages.look_up().tally.unknown == 0, "it is known who spoke"
    study.undo()
    assert _people(study) == ["Zoe", "Maya"]


def test_the_real_name_of_somebody_in_the_bin_stays_out_of_exports(
    study: Study, tmp_path: Path
) -> None:
    gone = person(study, "Maya", real_name="Anna Schmidt")
    text = written(study, "I am Anna Schmidt.", people=[gone], method=Method.INTERVIEW)
    observe(study, text, "Anna Schmidt")
    study.memos.write("participant", gone, "Mrs Schmidt rang.")
    study.people.remove(gone)
    for form in ("txt", "csv", "memos-md"):
        out = study.exports.write(form, tmp_path / f"out.{form}").read_text("utf-8")
        assert "Schmidt" not in out
        assert ("[Maya]" if form == "memos-md" else Silence.GONE.instead) in out


def test_a_real_name_never_renames_somebody_else(study: Study, tmp_path: Path) -> None:
    segment = study.people.add_segment("Young adults")
    maya = person(study, "Maya", segment_id=segment.id)
    person(study, "Ruth", real_name="Maya Young")
    text = written(study, ANSWER, people=[maya], method=Method.INTERVIEW)
    stage = study.journeys.add_stage("Young love")
    code = study.codebook.add("Young")
    observe(study, text, "Monday", stage_id=stage.id, code_ids=[code.id])
    out = study.exports.write("csv", tmp_path / "out.csv").read_text("utf-8")
    for declared in ("Maya", "Young adults", "Young love", "Young"):
        assert declared in out
    assert "[Ruth]" not in out
    model = study.reports.model()
    seen: list[str] = []
    map_text(model, lambda text: seen.append(text) or text)
    assert {"Maya", "Young adults", "Young love"} <= set(seen)
    assert "[Ruth]" not in "".join(seen)
    assert [entry.person for entry in model.register] == ["Maya"]


def test_a_session_in_the_bin_is_in_no_count(study: Study) -> None:
    stage, code = study.journeys.add_stage("Waiting"), study.codebook.add("coming")
    for title in ("One", "Two"):
        text = written(study, ANSWER, method=Method.INTERVIEW, title=title)
        observe(study, text, "Monday", stage_id=stage.id, code_ids=[code.id])
    first, second = study.materials.sessions()
    assert study.codebook.use.mentions() == {code.id: 2}
    study.materials.remove_session(first.id)
    assert study.codebook.use.mentions() == {code.id: 1}
    assert study.observations.per_stage() == {stage.id: 1}
    assert study.codebook.use.counts()[code.id].mentions == 1
    assert sum(one.observations for one in study.speaking.unknown()) == 1
    study.materials.remove_session(second.id)
    assert study.codebook.use.mentions() == {}
    assert study.observations.per_stage() == {}
    study.undo()
    assert study.codebook.use.mentions() == {code.id: 1}


def test_clashes_of_names_are_known(study: Study) -> None:
    study.people.add_segment("Young adults")
    tom = person(study, "Tom", real_name="Jo Young")
    assert [(one.what, one.name) for one in study.people.clashes()] == [("segment", "Young adults")]
    study.people.remove(tom)
    assert study.people.clashes() == []


def test_words_in_hand_are_of_who_says_them_or_of_who_alone_took_part(study: Study) -> None:
    maya = person(study, "Maya")
    text = _interview(study, maya)
    source_id = study.transcripts.transcript(TranscriptId(text)).source_id
    question, answer = (turn.id for turn in study.transcripts.turns(TranscriptId(text)))
    study.speaking.name(_voice(study, text, 0), "Interviewer")
    for turn_id in (None, question, answer):
        assert study.speaking.behind(source_id, turn_id) == maya
    study.speaking.name(_voice(study, text, 1), "Somebody else")
    assert study.speaking.behind(source_id, answer) is None


def test_words_of_somebody_in_the_bin_are_never_taken_for_those_of_another(study: Study) -> None:
    maya, leo = person(study, "Maya"), person(study, "Leo")
    text = _interview(study, maya, leo, voices=("Maya", "Leo"))
    source_id = study.transcripts.transcript(TranscriptId(text)).source_id
    of_maya, of_leo = (turn.id for turn in study.transcripts.turns(TranscriptId(text)))
    study.people.remove(maya)
    assert study.speaking.behind(source_id, of_maya) is None
    assert study.speaking.behind(source_id, of_leo) == leo
