"""Every kind of step can be done, undone and done again, today and after closing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.studies import (
    Clock,
    anchor_of,
    document,
    drafts,
    observe,
    person,
    recognised,
    recording,
    rows_of,
    written,
)
from tests.workbench.services.recognition.voice_prints import two_voices
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.findings import Stance
from workbench.domain.ids import SessionId
from workbench.domain.looking_out import Found
from workbench.domain.materials import Method
from workbench.domain.names.decisions import Decision
from workbench.domain.searching import Search
from workbench.domain.visits import ItemKind, Visit
from workbench.domain.withdrawal import Deed
from workbench.services.door import Waits
from workbench.study import Study


def _charter(study: Study) -> Callable[[], object]:
    return lambda: study.edit_charter(promise="At home in an hour.", questions=("Why?", "When?"))


def _people(study: Study) -> Callable[[], object]:
    segment = study.people.add_segment("Movers")
    person(study, "Maya", segment_id=segment.id)
    return lambda: study.people.remove_segment(segment.id)


def _consent(study: Study) -> Callable[[], object]:
    maya = person(study, "Maya")
    return lambda: study.ledger.withdraw(maya)


def _remove_person(study: Study) -> Callable[[], object]:
    maya = person(study, "Maya")
    return lambda: study.people.remove(maya)


def _import(study: Study) -> Callable[[], object]:
    return lambda: document(study, "One paragraph.", "Another one.", speakers=("Ann", None))


def _session(study: Study) -> Callable[[], object]:
    people = [person(study, name) for name in ("Maya", "Ruth", "Owen")]
    session = study.materials.add_session(Method.FOCUS_GROUP, "Evening", people=people)
    return lambda: study.materials.set_roster(session.id, people[1:])


def _remove_material(study: Study) -> Callable[[], object]:
    source = recording(study)
    return lambda: study.materials.remove_session(source.session_id)


def _restore(study: Study) -> Callable[[], object]:
    source = recording(study)
    study.materials.remove_session(source.session_id)
    return lambda: study.bin.restore([source.session_id])


def _visit(study: Study) -> Callable[[], object]:
    form = study.visits.add_form(
        "Shop", [{"section": "Door", "key": "open", "ask": "Open?", "kind": ItemKind.YES_NO}]
    )
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    study.visits.set_visit(Visit(SessionId(session.id), form.id))
    item = study.visits.items(form.id)[0]
    return lambda: study.visits.answer(session.id, item.id, True)


def _form(study: Study) -> Callable[[], object]:
    _visit(study)()
    [item] = study.visits.items(study.visits.forms()[0].id)
    return lambda: study.visits.questions.change(item.id, ask="Open at nine?", kind=ItemKind.TEXT)


def _attach(study: Study) -> Callable[[], object]:
    old = recognised(study, "It took tree weeks.")
    observe(study, old.id, "tree weeks")
    file = study.folder.parent / "by hand.txt"
    file.write_text("It took three weeks.", encoding="utf-8")
    return lambda: study.imports.attach(old.source_id, file)


def _replace_source(study: Study) -> Callable[[], object]:
    old, new = (study.folder.parent / f"{name}.txt" for name in ("old", "new"))
    old.write_text("It took tree weeks.\nNo.", encoding="utf-8")
    new.write_text("It took three weeks.\nYes.", encoding="utf-8")
    [source] = study.imports.take_in([old])
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    for words in ("took", "No."):
        observe(study, transcript.id, words)
    study.memos.write("turn", study.transcripts.turns(transcript.id)[0].id, "Ask.")
    return lambda: study.versions.replace(source.id, new)


def _start(study: Study) -> Callable[[], object]:
    source = recording(study)
    return lambda: study.arrivals.start(source.id, model="base")


def _turns(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "Hello there.")
    return lambda: study.arrivals.accept(transcript.id, drafts("And again.", first=1))


def _speakers(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "Hello there. Good morning.")
    voices = drafts("Hello there.", "Good morning.", speakers=("S1", "S2"))
    return lambda: study.arrivals.accept_speakers(transcript.id, voices)


def _edit_turn(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "The blue rooter blinked all night.")
    observe(study, transcript.id, "blue rooter")
    turn = study.transcripts.turns(transcript.id)[0]
    return lambda: study.corrections.edit(turn.id, Edit(9, 6, "router"))


def _split_turn(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "Before it.", "The blue router blinked all night.", "After.")
    observe(study, transcript.id, "blue router blinked")
    observe(study, transcript.id, "night. After")
    turn = study.transcripts.turns(transcript.id)[1]
    return lambda: study.corrections.split(turn.id, 16)


def _merge_turns(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "The blue router", "blinked all night.", "After.")
    observe(study, transcript.id, "router blinked")
    observe(study, transcript.id, "night. After")
    turn = study.transcripts.turns(transcript.id)[1]
    return lambda: study.corrections.merge(turn.id)


def _restore_turn(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "The blue router blinked all night.")
    observe(study, transcript.id, "blinked")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(4, 11, "green rooter"))
    return lambda: study.corrections.restore(turn.id)


def _replace_words(study: Study) -> Callable[[], object]:
    transcript = recognised(study, "The rooter and the rooter.", "Another rooter.")
    observe(study, transcript.id, "the rooter.")
    found = study.corrections.find("ROOTER", [transcript.id])
    return lambda: study.corrections.replace(found, "router")


def _name_speaker(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "Hello.", speakers=("S1",))
    speaker = study.transcripts.speakers.of(transcript_id)[0]
    return lambda: study.speaking.name(speaker.id, "Interviewer")


def _assign_voice(study: Study) -> Callable[[], object]:
    transcript = recognised(study)
    heard = drafts("Hello there. Yes.", "Good morning.", speakers=("S1", "S2"))
    study.arrivals.accept(transcript.id, heard)
    observe(study, transcript.id, "there. Yes. Good")
    turn = study.transcripts.turns(transcript.id)[0]
    other = study.transcripts.speakers.of(transcript.id)[1]
    return lambda: study.voices.reassign_part(turn.id, 7, 8, other.id)


def _release_turns(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "Hello.", "Hi.", speakers=("S1", "S2"))
    turn = study.transcripts.turns(transcript_id)[1]
    study.voices.reassign([turn.id], study.transcripts.speakers.of(transcript_id)[0].id)
    return lambda: study.voices.release(transcript_id)


def _dismiss_gap(study: Study) -> Callable[[], object]:
    transcript = recognised(study)
    study.arrivals.accept_unheard(transcript.id, 4_000, 7_000)
    return lambda: study.corrections.dismiss_unheard(transcript.id, 4_000)


def _merge_voices(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "Hello.", "Hi.", "Well.", speakers=("S1", "Bo", "Ann"))
    one, *others = study.transcripts.speakers.of(transcript_id)
    study.speaking.name(others[0].id, "Interviewer")
    return lambda: study.voices.merge(one.id, [other.id for other in others])


def _split_voice(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "Hello.", "Hi.", "Well.", speakers=("S1", "S1", "S1"))
    [voice] = study.transcripts.speakers.of(transcript_id)
    turns = study.transcripts.turns(transcript_id)
    return lambda: study.voices.split(voice.id, [turn.id for turn in turns])


def _recluster_voices(study: Study) -> Callable[[], object]:
    transcript = recognised(study)
    heard = drafts("How did it all begin?", "With a letter I think.", speakers=("S1", "S1"))
    study.arrivals.accept(transcript.id, heard)
    observe(study, transcript.id, "begin? With")
    two_voices(study, transcript.id)
    return lambda: study.voices.recluster(transcript.id, 2)


def _codebook(study: Study) -> Callable[[], object]:
    parent = study.codebook.add("Trust")
    child = study.codebook.add("Broken trust", parent_id=parent.id)
    observe(study, written(study, "They lied."), "lied", code_ids=[child.id])
    return lambda: study.codebook.remove(parent.id)


def _merge(study: Study) -> Callable[[], object]:
    codes = [study.codebook.add(name) for name in ("Waiting", "Queue", "Delay")]
    transcript_id = written(study, "We waited and waited.")
    observe(study, transcript_id, "waited", code_ids=[code.id for code in codes])
    study.memos.write("code", codes[0].id, "Long.")
    study.memos.write("code", codes[1].id, "Longer.")
    return lambda: study.recoding.merge([code.id for code in codes[1:]], codes[0].id)


def _move_codes(study: Study) -> Callable[[], object]:
    one, two, three = (study.codebook.add(name).id for name in ("One", "Two", "Three"))
    return lambda: study.codebook.move([three, two], parent_id=one)


def _split_code(study: Study) -> Callable[[], object]:
    code = study.codebook.add("Waiting")
    found = observe(study, written(study, "It took weeks."), "weeks", code_ids=[code.id])
    return lambda: study.recoding.split(code.id, "Waiting alone", [found.id])


def _recode(study: Study) -> Callable[[], object]:
    one, two = (study.codebook.add(name).id for name in ("One", "Two"))
    found = observe(study, written(study, "It took weeks."), "weeks", code_ids=[one])
    return lambda: study.recoding.replace([found.id], one, two)


def _import_codebook(study: Study) -> Callable[[], object]:
    study.codebook.add("Trust")
    return lambda: study.codebook_files.begin_with("emotions")


def _code_hits(study: Study) -> Callable[[], object]:
    code = study.codebook.add("Waiting")
    observe(study, written(study, "Weeks. It took weeks."), "Weeks.")
    hits = study.searching.find(Search("weeks"))
    return lambda: study.searching.code_all(hits, code.id)


def _journey(study: Study) -> Callable[[], object]:
    stages = [study.journeys.add_stage(name) for name in ("Search", "Order", "Use")]
    observe(study, written(study, "I searched."), "searched", stage_id=stages[0].id)
    return lambda: study.journeys.remove_stage(stages[0].id)


def _place(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "It took three weeks.", "Three whole weeks.")
    code = study.codebook.add("Delay")
    return lambda: observe(
        study, transcript_id, "weeks. Three whole", code_ids=[code.id], emotion=-2
    )


def _observation(study: Study) -> Callable[[], object]:
    found = observe(study, written(study, "It took three weeks."), "three weeks")
    code = study.codebook.add("Delay")
    return lambda: study.observations.set_codes(found.id, [code.id])


def _resize(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "It took three weeks.")
    found = observe(study, transcript_id, "three weeks")
    return lambda: study.observations.move(found.id, anchor_of(study, transcript_id, "took three"))


def _remove_observation(study: Study) -> Callable[[], object]:
    transcript_id = written(study, "It took three weeks.")
    found = [observe(study, transcript_id, words).id for words in ("took", "weeks")]
    return lambda: study.observations.remove(found)


def _reanchor(study: Study) -> Callable[[], object]:
    old = recognised(study, "It took three weeks to come.")
    observe(study, old.id, "three weeks")
    new = study.arrivals.start(old.source_id, model="small")
    study.arrivals.accept(new.id, drafts("Well, it took three weeks", "to come."))
    return lambda: study.arrivals.finish(new.id, new.language)


def _memo(study: Study) -> Callable[[], object]:
    code = study.codebook.add("Delay")
    study.memos.write("code", code.id, "All of them.")
    return lambda: study.memos.write("code", code.id, "")


def _add_session(study: Study) -> Callable[[], object]:
    return lambda: study.materials.add_session(Method.FOCUS_GROUP, "Evening")


def _add_insight(study: Study) -> Callable[[], object]:
    return lambda: study.findings.add_insight("Waiting hurts.")


def _edit_insight(study: Study) -> Callable[[], object]:
    insight = study.findings.add_insight("Waiting hurts.")
    return lambda: study.findings.change_insight(insight.id, so_what="Tell the date.")


def _remove_insight(study: Study) -> Callable[[], object]:
    insight = study.findings.add_insight("Waiting hurts.")
    return lambda: study.findings.remove_insight(insight.id)


def _add_evidence(study: Study) -> Callable[[], object]:
    found = observe(study, written(study, "It took three weeks."), "three weeks")
    insight = study.findings.add_insight("Waiting hurts.")
    return lambda: study.findings.add_evidence(insight.id, found.id, Stance.AGAINST)


def _insight(study: Study) -> Callable[[], object]:
    found = observe(study, written(study, "It took three weeks."), "three weeks")
    insight = study.findings.add_insight("Waiting hurts.")
    study.findings.add_evidence(insight.id, found.id)
    return lambda: study.findings.remove_evidence(insight.id, found.id)


def _opportunity(study: Study) -> Callable[[], object]:
    return lambda: study.findings.add_opportunity("Tell the date.", severity=4)


def _edit_opportunity(study: Study) -> Callable[[], object]:
    found = study.findings.add_opportunity("Tell the date.", severity=4)
    return lambda: study.findings.change_opportunity(found.id, severity=5)


def _remove_opportunity(study: Study) -> Callable[[], object]:
    found = study.findings.add_opportunity("Tell the date.", severity=4)
    return lambda: study.findings.remove_opportunity(found.id)


def _job(study: Study) -> Callable[[], object]:
    source = recording(study)
    return lambda: study.jobs.add(source.id, model="base")


def _number_evidence(study: Study) -> Callable[[], object]:
    _cited(study)
    return study.reports.evidence


def _write_report(study: Study) -> Callable[[], object]:
    _cited(study)
    study.reports.evidence()
    return lambda: study.reports.write(study.folder.parent / "report.docx")


def _cited(study: Study) -> None:
    transcript_id = written(study, "Two weeks with no message.")
    seen = observe(study, transcript_id, "no message")
    study.findings.add_evidence(study.findings.add_insight("Silence hurts.").id, seen.id)


def _sample(study: Study) -> Callable[[], object]:
    def load() -> None:
        with study.step(Op.LOAD_SAMPLE):
            _merge(study)()
            _insight(study)()

    return load


def _damaged(study: Study) -> Callable[[], object]:
    study.codebook.add("Delay")
    with closing(sqlite3.connect(study.folder / "study.sqlite")) as another, another:
        another.execute("UPDATE code SET name = 'Dekay'")
    return study.keeping.mend


def _withdraw(study: Study) -> Callable[[], object]:
    person = study.people.add(pseudonym="Maya")
    study.codebook.add("waiting")
    return lambda: study.withdrawal.erase(person.id, Deed.EVERYTHING)


def _decide_name(study: Study) -> Callable[[], object]:
    return lambda: study.names.decide("Castle & Sons", Decision.REPLACE, instead="a shop")


def _found(study: Study) -> list[Found]:
    study.memos.write("charter", study.charter.id, "Ask anna@berg.example.")
    with pytest.raises(Waits) as waits:
        study.exports.write("memos-md", study.folder.parent / "waits.md")
    return [one for one in waits.value.findings if isinstance(one, Found)]


def _leave_alone(study: Study) -> Callable[[], object]:
    found = _found(study)
    return lambda: study.letting_out.leave_alone(found)


def _let_out(study: Study) -> Callable[[], object]:
    _found(study)

    def let_out() -> None:
        with study.letting_out.allowing(lambda _found: True):
            study.exports.write("memos-md", study.folder.parent / "memos.md")

    return let_out


ACTS: dict[Op, Callable[[Study], Callable[[], object]]] = {
    Op.CREATE_STUDY: lambda study: lambda: study.begin("Not again"),
    Op.EDIT_CHARTER: _charter,
    Op.EDIT_PEOPLE: _people,
    Op.EDIT_CONSENT: _consent,
    Op.REMOVE_PERSON: _remove_person,
    Op.IMPORT_MATERIAL: _import,
    Op.ADD_SESSION: _add_session,
    Op.EDIT_SESSION: _session,
    Op.REMOVE_MATERIAL: _remove_material,
    Op.EDIT_VISIT: _visit,
    Op.EDIT_FORM: _form,
    Op.ATTACH_TRANSCRIPT: _attach,
    Op.REPLACE_SOURCE: _replace_source,
    Op.START_TRANSCRIPT: _start,
    Op.RECEIVE_TURNS: _turns,
    Op.RECEIVE_SPEAKERS: _speakers,
    Op.EDIT_TURN: _edit_turn,
    Op.SPLIT_TURN: _split_turn,
    Op.MERGE_TURNS: _merge_turns,
    Op.RESTORE_TURN: _restore_turn,
    Op.REPLACE_WORDS: _replace_words,
    Op.NAME_SPEAKER: _name_speaker,
    Op.ASSIGN_VOICE: _assign_voice,
    Op.MERGE_VOICES: _merge_voices,
    Op.SPLIT_VOICE: _split_voice,
    Op.RECLUSTER_VOICES: _recluster_voices,
    Op.RELEASE_TURNS: _release_turns,
    Op.DISMISS_GAP: _dismiss_gap,
    Op.EDIT_CODEBOOK: _codebook,
    Op.MOVE_CODES: _move_codes,
    Op.SPLIT_CODE: _split_code,
    Op.RECODE: _recode,
    Op.IMPORT_CODEBOOK: _import_codebook,
    Op.CODE_HITS: _code_hits,
    Op.MERGE_CODES: _merge,
    Op.EDIT_JOURNEY: _journey,
    Op.PLACE_OBSERVATION: _place,
    Op.EDIT_OBSERVATION: _observation,
    Op.RESIZE_OBSERVATION: _resize,
    Op.REMOVE_OBSERVATION: _remove_observation,
    Op.REANCHOR: _reanchor,
    Op.EDIT_MEMO: _memo,
    Op.ADD_INSIGHT: _add_insight,
    Op.EDIT_INSIGHT: _edit_insight,
    Op.REMOVE_INSIGHT: _remove_insight,
    Op.ADD_EVIDENCE: _add_evidence,
    Op.REMOVE_EVIDENCE: _insight,
    Op.ADD_OPPORTUNITY: _opportunity,
    Op.EDIT_OPPORTUNITY: _edit_opportunity,
    Op.REMOVE_OPPORTUNITY: _remove_opportunity,
    Op.EDIT_JOB: _job,
    Op.RESTORE: _restore,
    Op.NUMBER_EVIDENCE: _number_evidence,
    Op.WRITE_REPORT: _write_report,
    Op.LOAD_SAMPLE: _sample,
    Op.MEND: _damaged,
    Op.WITHDRAW: _withdraw,
    Op.DECIDE_NAME: _decide_name,
    Op.LEAVE_ALONE: _leave_alone,
    Op.LET_OUT: _let_out,
}


def test_every_kind_of_step_has_a_test() -> None:
    assert set(ACTS) == set(Op)


@pytest.mark.parametrize("op", [op for op in Op if op.undoable])
def test_a_step_goes_back_and_forth_and_survives_closing(
    op: Op, tmp_path: Path, clock: Clock
) -> None:
    with Study.create(tmp_path / "a.study", now=clock) as study:
        act = ACTS[op](study)
        clock.tick()
        before, shown_before = rows_of(study), study.show()
        act()
        after, shown_after = rows_of(study), study.show()
        assert before != after
        assert study.undo_label == op.label
        assert study.undo() is op
        assert (rows_of(study), study.show()) == (before, shown_before)
        assert study.redo_label == op.label
        assert study.redo() is op
        assert (rows_of(study), study.show()) == (after, shown_after)
    for _ in range(2):
        with Study.open(tmp_path / "a.study", now=clock) as study:
            assert study.undo() is op
            assert (rows_of(study), study.show()) == (before, shown_before)
        with Study.open(tmp_path / "a.study", now=clock) as study:
            assert study.redo() is op
            assert (rows_of(study), study.show()) == (after, shown_after)
            assert study.check() == []


@pytest.mark.parametrize("op", [op for op in Op if not op.undoable and op is not Op.CREATE_STUDY])
def test_a_step_of_the_machine_or_a_report_is_kept_and_not_undone(
    op: Op, study: Study, clock: Clock
) -> None:
    act = ACTS[op](study)
    label = study.undo_label
    before = rows_of(study)
    clock.tick()
    act()
    after = rows_of(study)
    assert before != after
    assert study.undo_label == label
    assert op in {step.op for step in study.history()}
    assert study.check() == []


def test_a_study_is_begun_once(study: Study) -> None:
    before = rows_of(study)
    ACTS[Op.CREATE_STUDY](study)()
    assert rows_of(study) == before
    assert study.undo() is None
    assert study.title == "Moving home"
