"""The history says what a step was about."""

from __future__ import annotations

from pathlib import Path

from tests.support.studies import Clock, anchor_of, document, drafts, observe, recognised, written
from tests.workbench.exchange import files
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.ids import CodeId
from workbench.study import Study


def _newest(study: Study) -> tuple[Op, str]:
    step = study.history()[0]
    return step.op, study.chronicle.about(step)


def test_coding_is_told_by_the_code_or_by_the_words(study: Study, clock: Clock) -> None:
    transcript = written(study, "It took three weeks to come, and longer.")
    code = study.codebook.add("Delay")
    assert _newest(study) == (Op.EDIT_CODEBOOK, "Delay")
    bare = observe(study, transcript, "three weeks")
    assert _newest(study) == (Op.PLACE_OBSERVATION, "“three weeks”")
    coded = observe(study, transcript, "to come", code_ids=[code.id])
    assert _newest(study) == (Op.PLACE_OBSERVATION, "Delay")
    study.observations.set_codes(bare.id, [code.id])
    assert _newest(study) == (Op.EDIT_OBSERVATION, "Delay")
    study.observations.change(bare.id, emotion=-1)
    assert _newest(study) == (Op.EDIT_OBSERVATION, "“three weeks”")
    study.observations.move(bare.id, anchor_of(study, transcript, "three weeks to"))
    assert _newest(study) == (Op.RESIZE_OBSERVATION, "“three weeks to”")
    study.memos.write("observation", coded.id, "Whom did she ask?")
    assert _newest(study) == (Op.EDIT_MEMO, "“to come”")
    study.observations.remove([bare.id, coded.id])
    assert _newest(study) == (Op.REMOVE_OBSERVATION, "“three weeks to”, “to come”")


def test_steps_are_told_by_people_sources_and_codes(
    study: Study, clock: Clock, tmp_path: Path
) -> None:
    maya = study.people.add(pseudonym="Maya", real_name="Anna Muster")
    assert _newest(study)[1] == "Maya"
    study.people.set_real_name(maya.id, "Berta Muster")
    assert _newest(study)[1] == "Maya"
    study.imports.take_in([files.write(tmp_path, f"note {n}.md", f"Words {n}.") for n in range(4)])
    op, about = _newest(study)
    assert op is Op.IMPORT_MATERIAL
    assert about.startswith("note 0, note 1")
    ids: list[CodeId] = [study.codebook.add(name).id for name in ("a", "b", "c", "d")]
    study.recoding.merge(ids[1:], ids[0])
    op, about = _newest(study)
    assert op is Op.MERGE_CODES
    assert about == "b, c + 1"


def test_what_the_machine_did_is_told_by_its_recording(study: Study) -> None:
    recognised(study, "It took three weeks.", title="Interview with Maya")
    assert _newest(study) == (Op.RECEIVE_TURNS, "Interview with Maya")


def test_long_words_are_cut_and_nothing_is_said_of_what_has_no_name(study: Study) -> None:
    assert _newest(study) == (Op.CREATE_STUDY, "")
    words = "It took three weeks to come, and " * 5
    source = document(study, words)
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    observe(study, transcript.id, words.strip())
    _, about = _newest(study)
    assert about.endswith("…”")
    assert len(about) <= 62
    study.arrivals.accept(transcript.id, drafts("More.", first=9))
    study.edit_charter(promise="At home in an hour.")
    assert _newest(study) == (Op.EDIT_CHARTER, "")


def test_undo_tells_what_it_takes_back_and_where(study: Study, clock: Clock) -> None:
    transcript = recognised(
        study, *("One two three four five." for _ in range(30)), title="Interview with Maya"
    )
    turn = study.transcripts.turns(transcript.id)[26]
    study.corrections.edit(turn.id, Edit(0, 3, "Only"))
    told = study.next_undo
    assert told is not None
    assert told.sentence == "Edit text — Interview with Maya, 00:52"
    assert study.chronicle.there(told) == ("turn", turn.id)
    code = study.codebook.add("Delay")
    clock.tick()
    coded = observe(study, transcript.id, "Only two", code_ids=[code.id])
    told = study.next_undo
    assert told is not None
    assert told.sentence == "Code passage — Delay · Interview with Maya, 00:52"
    study.undo()
    # The code is there still; what it was given to is gone.
    assert study.chronicle.there(told) == ("code", code.id)
    study.redo()
    study.observations.remove([coded.id])
    told = study.next_undo
    assert told is not None
    assert study.chronicle.there(told) == ("turn", turn.id)
    study.undo()
    assert study.chronicle.there(told) == ("observation", coded.id)
    assert study.next_redo == told
