"""The journal keeps its promises: whole steps, the machine beside people, and honest conflicts."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.studies import (
    Clock,
    anchor_of,
    drafts,
    observe,
    recognised,
    recording,
    rows_of,
    text_under,
    written,
)
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.change import ChangeSet, Op, RowChange
from workbench.domain.codebook import Code
from workbench.domain.ids import CodeId, TurnId
from workbench.domain.jobs import JobState
from workbench.domain.observation import Placement
from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import database, triggers
from workbench.storage.tables import Tables
from workbench.study import JournalConflict, Study


@pytest.fixture
def heard(study: Study) -> list[ChangeSet]:
    heard: list[ChangeSet] = []
    study.subscribe(heard.append)
    return heard


@pytest.fixture
def elsewhere(study: Study) -> Iterator[sqlite3.Connection]:
    """Another program that writes around the journal."""
    connection = sqlite3.connect(study.folder / "study.sqlite", isolation_level=None)
    yield connection
    connection.close()


def _labels(study: Study) -> list[str]:
    return [step.op.label for step in study.history() if step.state == "done"]


def _add_and_fail(study: Study, name: str) -> None:
    with study.step(Op.EDIT_CODEBOOK):
        study.codebook.add(name)
        raise ZeroDivisionError


# --- steps


_HOLDS = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
other.execute("UPDATE charter SET client = 'Elsewhere'")
print("held", flush=True)
sys.stdin.readline()  # the step is about to begin
time.sleep(0.3)
other.execute("COMMIT")
"""


@pytest.mark.parametrize("merge_key", ["", "typing"])
def test_a_step_waits_while_another_program_writes(study: Study, merge_key: str) -> None:
    study.codebook.add("before")
    path = study.folder / "study.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        other.stdin.write("now\n")
        other.stdin.flush()
        with study.step(Op.EDIT_CODEBOOK, merge_key=merge_key):
            # Nobody can have written in between, so what is read here is what is written on.
            assert study.charter.client == "Elsewhere"
            study.codebook.add("after")
    assert other.returncode == 0
    assert [code.name for code in study.codebook.codes()] == ["before", "after"]


def test_nested_steps_are_one(study: Study, heard: list[ChangeSet]) -> None:
    before = study.show()
    with study.step(Op.LOAD_SAMPLE, origin="view"):
        code = study.codebook.add("Delay")
        study.memos.write("code", code.id, "All of them.")
    assert [(changes.ops, changes.origin) for changes in heard] == [((Op.LOAD_SAMPLE,), "view")]
    assert heard[0].tables == {"code", "memo"}
    assert heard[0].ids("code", "inserted") == {code.id}
    assert heard[0].touches("memo")
    assert not heard[0].touches("turn")
    assert study.undo() is Op.LOAD_SAMPLE
    assert study.show() == before


def test_a_failing_step_leaves_nothing(study: Study, heard: list[ChangeSet]) -> None:
    before, history = rows_of(study), study.history()
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(study, "Delay")
    assert (rows_of(study), study.history(), heard) == (before, history, [])
    study.codebook.add("Delay")
    assert len(heard) == 1


def test_an_inner_step_that_fails_leaves_nothing_of_itself(study: Study) -> None:
    with study.step(Op.LOAD_SAMPLE):
        study.codebook.add("Kept")
        with pytest.raises(ZeroDivisionError):
            _add_and_fail(study, "Not kept")
        study.codebook.add("Kept too")
    assert [code.name for code in study.codebook.codes()] == ["Kept", "Kept too"]


def test_an_empty_step_leaves_no_trace(study: Study, heard: list[ChangeSet]) -> None:
    code = study.codebook.add("Delay")
    study.undo()
    heard.clear()
    history = study.history()
    with study.step(Op.EDIT_CODEBOOK):
        pass
    assert (study.history(), heard) == (history, [])
    assert study.redo() is Op.EDIT_CODEBOOK
    assert study.codebook.code(code.id) == code
    study.codebook.change(code.id, name="Delay")
    with study.step(Op.EDIT_CODEBOOK):
        study.codebook.change(code.id, name="Other")
        study.codebook.change(code.id, name="Delay")
    assert _labels(study) == ["Edit codebook", "Create study"]


def test_nothing_is_written_outside_a_step(tmp_path: Path) -> None:
    with Study.create(tmp_path / "a.study") as study:
        code = study.codebook.add("Delay")
        tables = Tables(study._desk.db)
        for write in (
            lambda: tables.code.change(code.id, name="Other"),
            lambda: tables.code.remove(code.id),
            lambda: tables.code.add(code),
        ):
            with pytest.raises(sqlite3.IntegrityError):
                write()
        assert study.codebook.codes() == [code]


def test_nothing_is_written_before_the_first_step_either(study: Study) -> None:
    code = study.codebook.add("Delay")
    study.close()
    with Study.open(study.folder) as again:
        tables = Tables(again._desk.db)
        for write in (
            lambda: tables.code.change(code.id, name="Other"),
            lambda: tables.code.remove(code.id),
            lambda: again._desk.db.conn.execute("DELETE FROM step"),
        ):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                write()
        again.get_ready()
        with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
            tables.code.remove(code.id)
        again.get_ready()
        assert again.codebook.codes() == [code]
        again.codebook.change(code.id, name="Other")
        assert again.undo() is Op.EDIT_CODEBOOK
        assert again.codebook.codes() == [code]


@pytest.mark.parametrize("ready", [False, True])
def test_the_first_thing_after_opening_can_be_an_undo(study: Study, ready: bool) -> None:
    study.codebook.add("Delay")
    study.close()
    with Study.open(study.folder) as again:
        if ready:
            again.get_ready()
        assert again.undo() is Op.EDIT_CODEBOOK
        assert again.codebook.codes() == []
        assert again.redo() is Op.EDIT_CODEBOOK


def test_a_study_that_cannot_get_ready_is_not_written(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.close()
    with Study.open(study.folder) as again:
        tables = Tables(again._desk.db)
        with monkeypatch.context() as broken:
            broken.setattr(triggers, "_trigger", lambda table, event: "no SQL")
            triggers._script.cache_clear()
            with pytest.raises(sqlite3.OperationalError):
                again.codebook.add("Delay")
        triggers._script.cache_clear()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            tables.code.add(Code(CodeId("1"), "Delay"))
        again.codebook.add("Delay")
        assert [code.name for code in again.codebook.codes()] == ["Delay"]
        assert again.undo() is Op.EDIT_CODEBOOK


def test_new_work_discards_what_was_undone(study: Study) -> None:
    study.codebook.add("One")
    study.codebook.add("Two")
    study.undo()
    study.undo()
    assert study.redo_label == "Edit codebook"
    study.codebook.add("Three")
    assert study.redo_label == ""
    assert study.redo() is None
    assert [code.name for code in study.codebook.codes()] == ["Three"]


def test_views_hear_of_undo_as_of_everything_else(study: Study, heard: list[ChangeSet]) -> None:
    code = study.codebook.add("One")
    study.undo()
    study.redo()
    kinds = [[row for row in changes.rows if row.table == "code"] for changes in heard]
    assert kinds == [
        [RowChange("code", (code.id,), kind)] for kind in ("inserted", "deleted", "inserted")
    ]
    assert [changes.origin for changes in heard] == [None, None, None]


def test_who_has_ended_the_subscription_hears_nothing(study: Study) -> None:
    heard: list[ChangeSet] = []
    stop = study.subscribe(heard.append)
    stop()
    study.codebook.add("One")
    assert heard == []


def test_links_are_told_with_both_keys(study: Study, heard: list[ChangeSet]) -> None:
    found = observe(study, written(study, "It took weeks."), "weeks")
    code = study.codebook.add("Delay")
    heard.clear()
    study.observations.set_codes(found.id, [code.id], origin="chips")
    assert heard[0].rows == (RowChange("observation_code", (found.id, code.id), "inserted"),)
    assert heard[0].ids("observation_code") == {found.id}
    assert heard[0].origin == "chips"


def test_a_cascade_is_part_of_its_step(study: Study, heard: list[ChangeSet]) -> None:
    stage = study.journeys.add_stage("Wait")
    found = observe(study, written(study, "It took weeks."), "weeks", stage_id=stage.id)
    before = rows_of(study)
    heard.clear()
    study.journeys.remove_stage(stage.id)
    assert heard[0].ids("observation", "updated") == {found.id}
    assert study.observations.get(found.id).stage_id is None
    study.undo()
    assert rows_of(study) == before


def test_history_tells_who_did_what_when(study: Study, clock: Clock) -> None:
    study.coder = "Ann"
    clock.tick(3600)
    study.codebook.add("Delay")
    newest = study.history(1)[0]
    assert (newest.op, newest.coder, newest.state, newest.rows) == (
        Op.EDIT_CODEBOOK,
        "Ann",
        "done",
        1,
    )
    assert newest.at == "2026-09-12T11:00:00+00:00"


# --- typing


def _typed(study: Study, turn_id: TurnId, text: str, typing: str = "1") -> None:
    for letter in text:
        end = len(study.transcripts.turn(turn_id).text)
        study.corrections.edit(turn_id, Edit(end, 0, letter), typing=typing)


def test_typing_without_a_pause_is_one_step(study: Study, clock: Clock) -> None:
    turn = study.transcripts.turns(written(study, "Hello"))[0]
    for letter in " there":
        clock.tick(0.9)  # slower than a second in all, without a pause
        _typed(study, turn.id, letter)
    clock.tick(0.9)
    _typed(study, turn.id, "!")
    assert _labels(study) == ["Edit text", "Import material", "Create study"]
    assert study.history(1)[0].rows == 1
    clock.tick(1)
    _typed(study, turn.id, "?")
    assert _labels(study)[:2] == ["Edit text", "Edit text"]
    study.undo()
    assert study.transcripts.turn(turn.id).text == "Hello there!"
    study.undo()
    assert study.transcripts.turn(turn.id).text == "Hello"
    study.redo()
    study.redo()
    assert study.transcripts.turn(turn.id).text == "Hello there!?"


def test_typing_elsewhere_or_by_somebody_else_is_a_step_of_its_own(study: Study) -> None:
    one, two = study.transcripts.turns(written(study, "Hello", "There"))
    for number, turn in enumerate((one, two, one)):
        _typed(study, turn.id, "ab", str(number))
    study.coder = "Ann"
    _typed(study, one.id, "cd", "2")
    assert _labels(study).count("Edit text") == 4


def test_typing_goes_on_neither_over_another_step_nor_over_a_reopening(
    study: Study, clock: Clock
) -> None:
    turn = study.transcripts.turns(written(study, "Hello"))[0]
    _typed(study, turn.id, "a")
    study.codebook.add("Delay")
    _typed(study, turn.id, "b")
    assert _labels(study)[:3] == ["Edit text", "Edit codebook", "Edit text"]
    study.close()
    with Study.open(study.folder, now=clock) as again:
        _typed(again, turn.id, "c")
        again.undo()
        assert again.transcripts.turn(turn.id).text == "Helloab"


def test_a_code_made_and_named_is_one_step_however_long_one_thinks(
    study: Study, clock: Clock
) -> None:
    code = study.codebook.add("New code")
    clock.tick(90)
    study.codebook.name_new(code.id, "Delay")
    assert _labels(study) == ["Edit codebook", "Create study"]
    study.undo()
    assert study.codebook.codes() == []


def test_typing_that_comes_back_to_the_beginning_leaves_no_step(study: Study) -> None:
    turn = study.transcripts.turns(written(study, "Hello"))[0]
    _typed(study, turn.id, "!")
    study.corrections.edit(turn.id, Edit(5, 1, ""), typing="1")
    assert study.undo_label == "Import material"


def test_a_clock_that_was_set_back_does_not_merge_all(study: Study, clock: Clock) -> None:
    turn = study.transcripts.turns(written(study, "Hello"))[0]
    _typed(study, turn.id, "a")
    clock.tick(-3600)
    _typed(study, turn.id, "b")
    assert _labels(study).count("Edit text") == 2


# --- the machine beside people


def test_words_that_arrive_between_steps_are_not_undone(study: Study) -> None:
    transcript = recognised(study, "It took three weeks.")
    code = study.codebook.add("Delay")
    study.arrivals.accept(transcript.id, drafts("And then two more.", first=1))
    found = observe(study, transcript.id, "two more", code_ids=[code.id])
    study.arrivals.accept(transcript.id, drafts("Never again.", first=2))
    assert study.undo() is Op.PLACE_OBSERVATION
    assert study.undo() is Op.EDIT_CODEBOOK
    assert [turn.text for turn in study.transcripts.turns(transcript.id)] == [
        "It took three weeks.",
        "And then two more.",
        "Never again.",
    ]
    study.redo()
    study.redo()
    assert study.observations.get(found.id).words == "two more"


def test_the_words_of_one_job_are_one_entry_of_the_history(study: Study, clock: Clock) -> None:
    transcript = recognised(study, "One.")
    for number in range(1, 4):
        clock.tick(600)
        study.codebook.add(f"Code {number}")
        study.arrivals.accept(transcript.id, drafts("More.", first=number))
    assert _labels(study).count("Recognise words") == 1


def test_words_that_arrive_keep_what_was_undone(study: Study) -> None:
    transcript = recognised(study, "One.")
    code = study.codebook.add("Delay")
    study.undo()
    study.arrivals.accept(transcript.id, drafts("Two.", first=1))
    assert study.redo() is Op.EDIT_CODEBOOK
    assert study.codebook.codes() == [code]


def test_coding_while_voices_are_told_apart_can_be_undone(study: Study) -> None:
    transcript = recognised(study, "It took weeks. How many?")
    stage = study.journeys.add_stage("Wait")
    found = observe(study, transcript.id, "took weeks")
    study.observations.change(found.id, stage_id=stage.id)
    voices = drafts("It took weeks.", "How many?", speakers=("S1", "S2"))
    study.arrivals.accept_speakers(transcript.id, voices)
    placed = study.observations.get(found.id)
    assert study.undo() is Op.EDIT_OBSERVATION
    assert study.observations.get(found.id).stage_id is None
    assert study.undo() is Op.PLACE_OBSERVATION
    with pytest.raises(KeyError):
        study.observations.get(found.id)
    study.redo()
    study.redo()
    assert study.observations.get(found.id) == placed
    assert text_under(study, placed) == "took weeks"
    assert study.check() == []


def test_an_edit_is_undone_beside_the_voice_that_came_later(study: Study) -> None:
    transcript = recognised(study, "It tuck weeks.", "How many?")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(4, 1, "o"))
    voices = drafts("It tuck weeks.", "How many?", speakers=("S1", "S2"))
    study.arrivals.accept_speakers(transcript.id, voices)
    voice = study.transcripts.turn(turn.id).speaker_id
    assert voice is not None
    study.undo()
    back = study.transcripts.turn(turn.id)
    assert (back.text, back.speaker_id) == ("It tuck weeks.", voice)
    study.redo()
    again = study.transcripts.turn(turn.id)
    assert (again.text, again.speaker_id) == ("It tock weeks.", voice)


def test_an_import_is_undone_with_all_its_words_and_its_job(study: Study) -> None:
    before = study.show()
    source = recording(study)
    job = study.jobs.add(source.id, model="base")
    study.arrivals.accept(job.transcript_id, drafts("One.", "Two."))
    study.jobs.change(job.id, state=JobState.DONE)
    full = study.show()
    assert study.undo() is Op.IMPORT_MATERIAL
    assert study.show() == before
    study.redo()
    assert study.show() == full
    study.jobs.change(job.id, done_ms=5)
    study.arrivals.accept(job.transcript_id, drafts("Three.", first=2))
    assert study.undo() is Op.IMPORT_MATERIAL
    assert study.show() == before


# --- conflicts


def _sealed(study: Study) -> set[str]:
    return {step.op.label for step in study.history() if step.state == "sealed"}


def test_a_move_that_the_machine_has_overtaken_is_a_conflict(study: Study) -> None:
    transcript = recognised(study, "It took weeks. How many?")
    found = observe(study, transcript.id, "weeks")
    study.observations.move(found.id, anchor_of(study, transcript.id, "took weeks"))
    study.arrivals.accept_speakers(
        transcript.id, drafts("It took weeks.", "How many?", speakers=("S1", "S2"))
    )
    study.codebook.add("Delay")
    assert study.undo() is Op.EDIT_CODEBOOK
    before = rows_of(study)
    with pytest.raises(JournalConflict) as caught:
        study.undo()
    assert caught.value.code == "history-changed"
    assert "Resize observation" in str(caught.value)
    assert rows_of(study) == before
    assert _sealed(study) >= {"Resize observation", "Code passage", "Import material"}
    assert study.undo() is None
    assert study.redo() is Op.EDIT_CODEBOOK
    assert study.check() == []


def test_placing_again_on_a_turn_that_is_gone_is_a_conflict(study: Study) -> None:
    transcript = recognised(study, "It took weeks. How many?")
    observe(study, transcript.id, "weeks")
    study.undo()
    study.arrivals.accept_speakers(
        transcript.id, drafts("It took weeks.", "How many?", speakers=("S1", "S2"))
    )
    with pytest.raises(JournalConflict):
        study.redo()
    assert study.redo_label == ""
    assert study.passages.find() == []
    assert study.undo() is Op.IMPORT_MATERIAL
    assert not any(found.serious for found in study.check())


def test_an_edit_of_a_turn_that_is_gone_is_a_conflict(study: Study) -> None:
    transcript = recognised(study, "It took weeks. How many?")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(0, 2, "He"))
    study.undo()
    study.arrivals.accept_speakers(
        transcript.id, drafts("It took weeks.", "How many?", speakers=("S1", "S2"))
    )
    with pytest.raises(JournalConflict):
        study.redo()
    assert study.redo() is None


def test_rows_written_around_the_journal_are_a_conflict(
    study: Study, elsewhere: sqlite3.Connection
) -> None:
    code = study.codebook.add("Delay")
    study.codebook.change(code.id, name="Waiting")
    elsewhere.execute("UPDATE code SET name = 'Elsewhere'")
    with pytest.raises(JournalConflict):
        study.undo()
    assert study.codebook.code(code.id).name == "Elsewhere"
    assert study.undo() is None
    study.codebook.add("After")
    assert study.undo() is Op.EDIT_CODEBOOK
    assert [row.name for row in study.codebook.codes()] == ["Elsewhere"]


@pytest.mark.parametrize(
    ("later", "undone"),
    [(Op.EDIT_JOB, True), (Op.RECEIVE_TURNS, True), (Op.WRITE_REPORT, False)],
)
def test_only_what_the_machine_did_since_is_no_obstacle(
    study: Study, later: Op, undone: bool
) -> None:
    """Another value of the same row, by a step that undo passes over."""
    code = study.codebook.add("Delay")
    study.codebook.change(code.id, name="Waiting")
    with study.step(later):
        study.codebook.change(code.id, definition="Longer than said.")
    assert study.undo_label
    if undone:
        study.undo()
        assert study.codebook.code(code.id).name == "Delay"
    else:
        with pytest.raises(JournalConflict):
            study.undo()
        assert study.codebook.code(code.id).name == "Waiting"
    assert study.codebook.code(code.id).definition == "Longer than said."


def test_what_was_undone_since_is_no_obstacle_either(study: Study) -> None:
    code = study.codebook.add("Delay")
    study.codebook.change(code.id, name="Waiting")
    with study.step(Op.EDIT_JOB):
        study.codebook.change(code.id, definition="Longer than said.")
    study.codebook.change(code.id, name="Standing")
    for name in ("Waiting", "Delay"):
        study.undo()
        assert study.codebook.code(code.id).name == name
    assert study.codebook.code(code.id).definition == "Longer than said."


def test_what_others_wrote_over_the_machine_is_a_conflict(
    study: Study, elsewhere: sqlite3.Connection
) -> None:
    code = study.codebook.add("Delay")
    study.codebook.change(code.id, name="Waiting")
    with study.step(Op.EDIT_JOB):
        study.codebook.change(code.id, definition="Longer than said.")
    elsewhere.execute("UPDATE code SET definition = 'Elsewhere'")
    with pytest.raises(JournalConflict):
        study.undo()
    assert study.codebook.code(code.id).definition == "Elsewhere"


def test_a_row_deleted_around_the_journal_is_a_conflict(
    study: Study, elsewhere: sqlite3.Connection
) -> None:
    code = study.codebook.add("Delay")
    study.codebook.change(code.id, name="Waiting")
    elsewhere.execute("DELETE FROM code")
    with pytest.raises(JournalConflict):
        study.undo()
    assert study.undo() is None


# --- size and the machine's edge


def test_a_step_of_ten_thousand_rows_comes_back_whole(study: Study) -> None:
    texts = [f"Turn {number} took {number} weeks." for number in range(2_000)]
    transcript_id = written(study, *texts)
    code, stage = study.codebook.add("Delay"), study.journeys.add_stage("Wait")
    turns = study.transcripts.turns(transcript_id)
    before = rows_of(study)
    desk = study._desk
    with study.step(Op.LOAD_SAMPLE):
        for turn in turns[:1000]:
            whole = TextAnchor(turn.id, 0, turn.id, len(turn.text))
            study.observations.place(whole, code_ids=[code.id], stage_id=stage.id)
        desk.db.conn.execute("UPDATE turn SET doubt = 'check'")
        desk.db.conn.executemany(
            "INSERT INTO touchpoint VALUES (?,?,'','',?)",
            [(f"id-{number}", f"Place {number}", number) for number in range(6_000)],
        )
    after = rows_of(study)
    assert study.history(1)[0].rows == 10_000
    begin = time.process_time()  # not what others take of the machine meanwhile
    study.undo()
    undone = time.process_time() - begin
    assert rows_of(study) == before
    study.redo()
    assert rows_of(study) == after
    assert undone < 10  # seconds; about 0.2


def test_a_full_disk_is_told_and_nothing_is_half_written(study: Study) -> None:
    before = rows_of(study)
    pages = study._desk.db.conn.execute("PRAGMA page_count").fetchone()[0]
    study._desk.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentProblem) as caught:
        written(study, *["many words " * 100] * 200)
    assert caught.value.code == "disk-full"
    assert "study.sqlite" in caught.value.happened
    assert rows_of(study) == before
    study._desk.db.conn.execute("PRAGMA max_page_count = 1000000")
    study.codebook.add("Delay")
    assert study.undo() is Op.EDIT_CODEBOOK


def test_a_study_for_reading_changes_nothing(study: Study) -> None:
    with Study.open(study.folder, read_only=True) as reader:
        assert reader.read_only
        assert reader.undo_label == reader.redo_label == ""
        assert [step.op for step in reader.history()] == [Op.CREATE_STUDY]
        for act in (reader.undo, reader.redo, lambda: reader.codebook.add("Delay")):
            with pytest.raises(UserError) as caught:
                act()
            assert caught.value.code == "read-only"


def test_what_sqlite_says_of_our_own_mistakes_is_not_hidden(study: Study) -> None:
    path = study.folder / "study.sqlite"
    with pytest.raises(sqlite3.OperationalError), database.told(path):
        study._desk.db.conn.execute("SELECT * FROM nowhere")


def test_words_deleted_and_brought_back_by_undo(study: Study, clock: Clock) -> None:
    transcript_id = written(study, "It took three long weeks.")
    found = observe(study, transcript_id, "three long")
    study.memos.write("observation", found.id, "Long!")
    before, shown = rows_of(study), study.show()
    clock.tick()
    turn = study.transcripts.turns(transcript_id)[0]
    for _ in range(len("three long")):
        study.corrections.edit(turn.id, Edit(8, 1, ""), typing="1")
    waiting = study.observations.get(found.id)
    assert (waiting.placement, waiting.words) == (Placement.REVIEW, "three long")
    assert study.undo() is Op.EDIT_TURN
    assert (rows_of(study), study.show()) == (before, shown)
