"""Whatever people do in whatever order: the study is what its steps say, there and back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.acts import ACTIONS
from tests.support.examples import examples
from tests.support.studies import Clock, rows_of
from workbench.domain.change import ChangeSet
from workbench.study import Study

State = dict[Any, Any]


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
        if any(op.undoable for changes in self.heard for op in changes.ops):
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
