"""Whatever people do in whatever order: the study is what its steps say, there and back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.examples import examples
from tests.support.studies import Clock, person, recognised, rows_of, written
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.change import ChangeSet
from workbench.domain.findings import Stance
from workbench.domain.materials import Method
from workbench.study import Study

State = dict[Any, Any]
_WORDS = (
    "wait",
    "three weeks",
    "l’été",
    "🙂",
    "שלום",
    "e\u0301",
    "\r\n",
    "again",
    "the router",
    "",
)


def add_code(study: Study, rnd: Random) -> None:
    codes = study.codebook.codes()
    parent = rnd.choice(codes).id if codes and rnd.random() < 0.5 else None
    study.codebook.add(f"Code {rnd.randint(0, 9)}", parent_id=parent)


def merge_codes(study: Study, rnd: Random) -> None:
    codes = [code.id for code in study.codebook.codes()]
    if len(codes) > 1:
        study.codebook.merge(rnd.sample(codes, 2), rnd.choice(codes))


def remove_code(study: Study, rnd: Random) -> None:
    if codes := study.codebook.codes():
        study.codebook.remove(rnd.choice(codes).id)


def add_stage(study: Study, rnd: Random) -> None:
    study.journeys.stage_called(f"Stage {rnd.randint(0, 9)}")


def move_stage(study: Study, rnd: Random) -> None:
    if stages := study.journeys.stages():
        study.journeys.move_stage(rnd.choice(stages).id, rnd.randrange(len(stages)))


def remove_stage(study: Study, rnd: Random) -> None:
    if stages := study.journeys.stages():
        study.journeys.remove_stage(rnd.choice(stages).id)


def add_text(study: Study, rnd: Random) -> None:
    written(study, *(f"{rnd.choice(_WORDS)} and {rnd.choice(_WORDS)}." for _ in range(3)))


def add_recording(study: Study, rnd: Random) -> None:
    recognised(study, "It took three weeks, three whole weeks.", "And again and again.")


def remove_session(study: Study, rnd: Random) -> None:
    if sessions := study.materials.sessions():
        study.materials.remove_session(rnd.choice(sessions).id)


def add_person(study: Study, rnd: Random) -> None:
    person(study, f"Person {rnd.randint(0, 99)}", quotes=rnd.random() < 0.5)


def gather(study: Study, rnd: Random) -> None:
    people = [row.id for row in study.people.participants()]
    sessions = study.materials.sessions()
    if not sessions:
        study.materials.add_session(Method.FOCUS_GROUP, "Group")
    else:
        size = rnd.randint(0, len(people))
        study.materials.set_roster(rnd.choice(sessions).id, rnd.sample(people, size))


def _turns(study: Study) -> list[Any]:
    found = [study.transcripts.of_source(source.id) for source in study.materials.sources()]
    return [study.transcripts.turns(row.id) for row in found if row]


def place(study: Study, rnd: Random) -> None:
    if texts := [turns for turns in _turns(study) if turns]:
        turns = rnd.choice(texts)
        first = rnd.randrange(len(turns))
        last = rnd.randrange(first, len(turns))
        start = rnd.randrange(len(turns[first].text) // 2 + 1)
        end = len(turns[last].text) - (rnd.randrange(3) if last > first else 0)
        anchor = TextAnchor(turns[first].id, start, turns[last].id, max(end, 0))
        if " ".join(turn.text for turn in turns[first : last + 1]).strip():
            codes = [code.id for code in study.codebook.codes()]
            stages = [stage.id for stage in study.journeys.stages()]
            study.observations.place(
                anchor,
                code_ids=rnd.sample(codes, min(len(codes), 2)),
                stage_id=rnd.choice(stages) if stages else None,
                emotion=rnd.choice([None, -2, 1]),
            )


def change_observation(study: Study, rnd: Random) -> None:
    if found := study.observations.find():
        codes = [code.id for code in study.codebook.codes()]
        study.observations.set_codes(
            rnd.choice(found).observation.id, rnd.sample(codes, min(len(codes), rnd.randint(0, 2)))
        )


def remove_observation(study: Study, rnd: Random) -> None:
    if found := study.observations.find():
        study.observations.remove([rnd.choice(found).observation.id])


def edit_text(study: Study, rnd: Random) -> None:
    if turns := [turn for text in _turns(study) for turn in text]:
        turn = rnd.choice(turns)
        position = rnd.randint(0, len(turn.text))
        removed = rnd.randint(0, min(9, len(turn.text) - position))
        study.transcripts.edit(turn.id, Edit(position, removed, rnd.choice(_WORDS)))


def write_memo(study: Study, rnd: Random) -> None:
    if codes := study.codebook.codes():
        study.memos.write("code", rnd.choice(codes).id, rnd.choice(_WORDS))


def work_on_insight(study: Study, rnd: Random) -> None:
    insights, found = study.findings.insights(), study.observations.find()
    if not insights or rnd.random() < 0.3:
        study.findings.add_insight(f"Claim {rnd.randint(0, 9)}")
    elif found:
        insight = rnd.choice(insights).id
        chosen = rnd.choice(found).observation.id
        if rnd.random() < 0.3:
            study.findings.remove_evidence(insight, chosen)
        else:
            study.findings.add_evidence(insight, chosen, rnd.choice(list(Stance)))


ACTIONS = (
    *(add_code, merge_codes, remove_code, add_stage, move_stage, remove_stage, add_text),
    *(add_recording, remove_session, add_person, gather, place, place, change_observation),
    *(remove_observation, edit_text, edit_text, write_memo, work_on_insight),
)


class Desk(RuleBasedStateMachine):
    """People work, undo, redo, close and open; `states` is what the study must be."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.heard: list[ChangeSet] = []
        self.study = Study.create(self.folder / "a.study", now=self.clock)
        self.listen()
        self.rows = rows_of(self.study)
        self.states: list[State] = [self.rows]
        self.at = 0

    def listen(self) -> None:
        self.study.subscribe(self.heard.append)

    def teardown(self) -> None:
        shown, at = self.study.show(), self.at
        assert not [found for found in self.study.check() if found.serious]
        while self.study.undo():
            self.at -= 1
        assert self.at == 0
        assert rows_of(self.study) == self.states[0]
        self.reopen()
        while self.study.redo():
            pass
        assert rows_of(self.study) == self.states[-1]
        for _ in self.states[at + 1 :]:
            self.study.undo()
        assert self.study.show() == shown
        self.study.close()
        shutil.rmtree(self.folder)

    @rule(
        action=st.sampled_from(ACTIONS),
        rnd=st.randoms(use_true_random=False),
        pause=st.sampled_from([1, 61]),
    )
    def act(self, action: Any, rnd: Random, pause: int) -> None:
        self.clock.tick(pause)
        self.heard.clear()
        before = self.steps_done()
        action(self.study, rnd)
        rows = rows_of(self.study)
        if any(changes.op.undoable for changes in self.heard):
            grown = self.steps_done() - before
            # A merged step has a new end; one that came back to its beginning is gone.
            self.states[self.at + max(grown, 0) :] = [] if grown < 0 else [rows]
            self.at += grown
        self.moved(rows)

    def steps_done(self) -> int:
        return sum(step.state == "done" and step.op.undoable for step in self.study.history())

    def moved(self, rows: State) -> None:
        """What was told must be exactly what changed."""
        told: dict[tuple[str, tuple[str, ...]], str] = {}
        for changes in self.heard:
            for row in changes.rows:
                told[row.table, row.key] = row.kind
        real = {
            key: "inserted" if key not in self.rows else "deleted" if key not in rows else "updated"
            for key in self.rows.keys() | rows.keys()
            if self.rows.get(key) != rows.get(key)
        }
        if len(self.heard) <= 1:
            assert told == real
        self.rows = rows

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.heard.clear()
        assert self.study.undo() is not None
        self.at -= 1
        self.moved(rows_of(self.study))

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.heard.clear()
        assert self.study.redo() is not None
        self.at += 1
        self.moved(rows_of(self.study))

    @rule()
    def reopen(self) -> None:
        shown = self.study.show()
        self.study.close()
        self.study = Study.open(self.folder / "a.study", now=self.clock)
        self.listen()
        assert self.study.show() == shown

    @invariant()
    def is_what_the_steps_say(self) -> None:
        assert self.rows == self.states[self.at]


TestDesk = Desk.TestCase
TestDesk.settings = examples(0.3, steps=25)


def test_closing_between_undo_and_redo_of_everything(study: Study, clock: Clock) -> None:
    rnd = Random(7)
    for _ in range(60):
        clock.tick()
        rnd.choice(ACTIONS)(study, rnd)
    shown, folder = study.show(), study.folder
    while study.undo():
        pass
    assert study.show()["sessions"] == []
    study.close()
    with Study.open(folder, now=clock) as again:
        while again.redo():
            pass
        assert again.show() == shown
        assert not [found for found in again.check() if found.serious]
