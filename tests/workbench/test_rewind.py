"""Going back to any point of the history, and forth again, also after closing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import Clock, recognised, rows_of, written
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.storage.journal import JournalConflict
from workbench.study import Study

ACTS = ("code", "text", "stage", "charter", "machine")


def _act(study: Study, name: str, number: int) -> None:
    match name:
        case "code":
            study.codebook.add(f"Code {number}")
        case "text":
            written(study, f"It took {number} weeks.")
        case "stage":
            study.journeys.add_stage(f"Stage {number}")
        case "charter":
            study.edit_charter(promise=f"Promise {number}")
        case _:
            recognised(study, f"The machine heard {number}.")


@examples(0.5)
@given(st.lists(st.sampled_from(ACTS), min_size=1, max_size=8), st.data())
def test_every_point_comes_back_as_it_was(acts: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        study = Study.create(Path(folder) / "a.study", now=clock)
        states: dict[int, dict[Any, Any]] = {study.history()[0].id: rows_of(study)}
        for number, act in enumerate(acts):
            clock.tick()
            _act(study, act, number)
            if act != "machine":
                states[study.history()[0].id] = rows_of(study)
        # What the machine brought belongs to its recording: it goes and comes with it or stays.
        exact = "machine" not in acts
        for step_id in data.draw(st.lists(st.sampled_from(sorted(states)), min_size=1, max_size=6)):
            study.rewind(step_id)
            if exact:
                assert rows_of(study) == states[step_id]
            done = [s for s in study.history() if s.state == "done" and s.op.undoable]
            assert all(step.id <= step_id for step in done)
            if data.draw(st.booleans()):
                study.close()
                study = Study.open(Path(folder) / "a.study", now=clock)
        study.rewind(study.history()[0].id)
        assert all(step.state != "undone" for step in study.history())
        if exact:
            assert rows_of(study) == states[max(states)]
        study.close()


def test_rewinding_tells_how_far_it_went(study: Study, clock: Clock) -> None:
    begun = study.history()[0].id
    for name in ("One", "Two", "Three"):
        clock.tick()
        study.codebook.add(name)
    newest = study.history()[0].id
    heard: list[Op] = []
    study.subscribe(lambda changes: heard.extend(changes.ops))
    assert study.rewind(begun) == 3
    assert study.codebook.codes() == []
    assert study.rewind(begun) == 0
    assert study.rewind(newest) == 3
    assert [code.name for code in study.codebook.codes()] == ["One", "Two", "Three"]
    assert heard == [Op.EDIT_CODEBOOK] * 6


def test_it_stops_with_a_sentence_where_it_can_go_no_further(study: Study, clock: Clock) -> None:
    begun = study.history()[0].id
    transcript = recognised(study, "It took weaks.")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(10, 1, "e"))
    clock.tick()
    study.codebook.add("Later")
    again = study.arrivals.start(transcript.source_id)
    study._desk.db.conn.execute("UPDATE current_step SET id = 1")
    study._desk.db.conn.execute("UPDATE turn SET text = 'gone' WHERE id = ?", [turn.id])
    study._desk.db.conn.execute("UPDATE current_step SET id = NULL")
    assert again.id
    with pytest.raises(JournalConflict, match="Edit text"):
        study.rewind(begun)
    assert study.codebook.codes() == []
    assert [s.state for s in study.history() if s.op is Op.EDIT_TURN] == ["sealed"]
