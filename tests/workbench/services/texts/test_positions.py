"""Whatever becomes of a text, what points into it lies inside it and is never empty.

Observations, memos on turns, word times and the look of a document hold positions in a text. People
and machines edit, cut, join, regroup and replace texts in any order; this does it at random.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.examples import examples
from tests.support.studies import Clock, drafts, new_version, observe, recognised, written
from workbench.domain.anchors import Edit, TextAnchor, lies_on_words
from workbench.domain.change import Op
from workbench.domain.ids import TurnId, new_id
from workbench.domain.letters import letters
from workbench.domain.observation import Observation, Placement
from workbench.domain.stretching import Edge, stretch
from workbench.domain.transcript import Transcript, Turn
from workbench.errors import UserError
from workbench.services.coding.anchoring import Anchoring
from workbench.services.texts.regrouping import Regrouping
from workbench.study import Study

_WORDS = ("a", "a", "a b", "yes.", "three weeks", "🙂", "e\u0301", "שלום", "l’été", "\r\n", " ", "")


def _text(rnd: Random) -> str:
    text = " ".join(rnd.choice(_WORDS) for _ in range(rnd.randint(1, 4)))
    return text if text.strip() else "a"


class Reader:
    """One random thing after the other is done to the texts of a study."""

    def __init__(self, study: Study, rnd: Random) -> None:
        self.study = study
        self.rnd = rnd
        self.tables = study._desk.tables

    def texts(self) -> list[Transcript]:
        transcripts = self.study.transcripts
        found = [transcripts.of_source(row.id) for row in self.study.materials.sources()]
        return [row for row in found if row and transcripts.turns(row.id)]

    def turns(self) -> list[Turn]:
        return self.study.transcripts.turns(self.rnd.choice(self.texts()).id)

    def turn(self) -> Turn:
        return self.rnd.choice(self.turns())

    def anchor(self, turns: list[Turn]) -> TextAnchor:
        """Return a passage that is mostly there, and sometimes empty, reversed or outside."""
        first, last = self.rnd.choices(range(len(turns)), k=2)
        if self.rnd.random() < 0.9:
            first, last = sorted((first, last))
        start = self.rnd.randint(0, len(turns[first].text))
        end = self.rnd.randint(0, len(turns[last].text) + (self.rnd.random() < 0.1))
        return TextAnchor(turns[first].id, start, turns[last].id, end)

    def observations(self) -> list[Observation]:
        return self.tables.observation.select(deleted_at=None, order="rowid")

    # --- what points into a text

    def place(self) -> None:
        self.study.observations.place(self.anchor(self.turns()))

    def move(self) -> None:
        if found := self.observations():
            self.study.observations.move(self.rnd.choice(found).id, self.anchor(self.turns()))

    def stretch(self) -> None:
        placed = [row for row in self.observations() if row.placement is Placement.PLACED]
        if placed:
            one = self.rnd.choice(placed)
            assert one.transcript_id is not None
            assert one.anchor is not None
            turns = self.study.transcripts.turns(one.transcript_id)
            longer = stretch(
                turns,
                one.anchor,
                self.rnd.choice(list(Edge)),
                by=self.rnd.choice([-1, 1]),
                letters=self.rnd.random() < 0.5,
            )
            self.study.observations.move(one.id, longer)

    def remove(self) -> None:
        if found := self.observations():
            self.study.observations.remove([self.rnd.choice(found).id])

    def write_memo(self) -> None:
        self.study.memos.write("turn", self.turn().id, "Ask.")

    # --- what happens to a text

    def edit(self) -> None:
        turn = self.turn()
        position = self.rnd.randint(0, len(turn.text))
        removed = self.rnd.choice([0, self.rnd.randint(0, len(turn.text) - position)])
        self.study.corrections.edit(turn.id, Edit(position, removed, self.rnd.choice(_WORDS)))

    def split(self) -> None:
        turn = self.turn()
        self.study.corrections.split(turn.id, self.rnd.randint(0, len(turn.text)))

    def merge(self) -> None:
        self.study.corrections.merge(self.turn().id)

    def cut_out(self) -> None:
        anchor = self.on_words()
        self.study.corrections.cut_out(anchor, self.rnd.choice(_WORDS))

    def part(self) -> None:
        self.study.corrections.part(self.on_words())

    def on_words(self) -> TextAnchor:
        """Return what somebody can select with the mouse; the window refuses everything else."""
        turns = self.turns()
        anchor = self.anchor(turns)
        rows = [turn.id for turn in turns]
        covered = turns[rows.index(anchor.first_turn) : rows.index(anchor.last_turn) + 1]
        if lies_on_words(covered, anchor):
            return anchor
        raise UserError("nothing-selected", "No words are selected.", "Select some.")

    def replace(self) -> None:
        ids = [row.id for row in self.texts()]
        found = self.study.corrections.find(self.rnd.choice(["a", "e", "yes", " "]), ids)
        self.study.corrections.replace(found, self.rnd.choice(_WORDS))

    def restore(self) -> None:
        self.study.corrections.restore(self.turn().id)

    def say_who(self) -> None:
        anchor = self.on_words()
        self.study.voices.reassign_words(anchor, None)

    def regroup(self) -> None:
        """Divide a text into other turns, as telling voices apart does."""
        old = self.turns()
        whole = [part for turn in old for part in turn.text.split()]
        if not whole:
            return
        cuts = sorted({0, *(self.rnd.randint(1, len(whole)) for _ in range(3))} - {len(whole)})
        parts = [" ".join(whole[a:b]) for a, b in pairwise([*cuts, len(whole)])]
        known = [turn.id for turn in old]
        new = [
            Turn(
                known[at] if at < len(old) and self.rnd.random() < 0.5 else TurnId(new_id()),
                *(old[0].transcript_id, at, text, None, None, None, (), ""),
            )
            for at, text in enumerate(parts)
        ]
        with self.study._desk.step(Op.RECLUSTER_VOICES):
            Regrouping(self.study._desk, Anchoring(self.study._desk)).replace(
                old[0].transcript_id, new
            )

    def tell_apart(self) -> None:
        """Let the engine regroup what nobody has touched."""
        recorded = [row for row in self.texts() if row.model]
        if recorded:
            transcript = self.rnd.choice(recorded)
            parts = " ".join(t.text for t in self.study.transcripts.turns(transcript.id)).split()
            cut = self.rnd.randint(0, len(parts))
            said = [" ".join(part) for part in (parts[:cut], parts[cut:]) if part]
            voices = [f"S{number}" for number in range(len(said))]
            self.study.arrivals.accept_speakers(transcript.id, drafts(*said, speakers=voices))

    def hear_again(self) -> None:
        """Recognise a recording anew; turns come in any order."""
        recorded = [row for row in self.texts() if row.model]
        if recorded:
            source = self.rnd.choice(recorded).source_id
            new = self.study.arrivals.start(source, model="small")
            heard = list(drafts(*(_text(self.rnd) for _ in range(self.rnd.randint(1, 4)))))
            self.rnd.shuffle(heard)
            for draft in heard:
                self.study.arrivals.accept(new.id, [draft])
                if self.rnd.random() < 0.3:
                    with suppress(UserError):
                        self.place()
            self.study.arrivals.finish(new.id, "en")

    def take_new_version(self) -> None:
        documents = [row for row in self.texts() if not row.model]
        if documents:
            one = self.rnd.choice(documents)
            texts = [turn.text for turn in self.study.transcripts.turns(one.id)]
            for _ in range(self.rnd.randint(1, 3)):
                at = self.rnd.randrange(len(texts) + 1)
                texts[at : at + self.rnd.randint(0, 2)] = [_text(self.rnd)] * self.rnd.randint(0, 2)
            kept = [text for text in texts if text.strip()] or ["a"]
            new_version(self.study, one.source_id, *kept)

    def undo(self) -> None:
        self.study.undo()

    def redo(self) -> None:
        self.study.redo()


_ACTS: tuple[Callable[[Reader], None], ...] = (
    *(Reader.place, Reader.place, Reader.move, Reader.stretch, Reader.remove, Reader.write_memo),
    *(Reader.edit, Reader.edit, Reader.split, Reader.merge, Reader.cut_out, Reader.part),
    *(Reader.replace, Reader.restore, Reader.say_who, Reader.regroup, Reader.tell_apart),
    *(Reader.hear_again, Reader.take_new_version, Reader.undo, Reader.redo),
)


class Positions(RuleBasedStateMachine):
    """A study with a recording and a document, and what points into them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.study = Study.create(self.folder / "a.study", now=self.clock)
        heard = recognised(self.study, "a a b yes.", "a", "a three weeks 🙂")
        text = written(self.study, "a", "a", "yes. e\u0301 three weeks", "a")
        for transcript_id, words in ((heard.id, "b yes. a"), (text, "a yes."), (text, "weeks")):
            observe(self.study, transcript_id, words)

    def teardown(self) -> None:
        self.study.close()
        shutil.rmtree(self.folder)

    @rule(
        act=st.sampled_from(_ACTS),
        seed=st.integers(0, 999),
        pause=st.sampled_from([1, 61]),
    )
    def act(self, act: Callable[[Reader], None], seed: int, pause: int) -> None:
        self.clock.tick(pause)
        with suppress(UserError):  # not everything can be done everywhere
            act(Reader(self.study, Random(seed)))

    @invariant()
    def all_is_inside(self) -> None:
        tables = self.study._desk.tables
        turns = {turn.id: turn for turn in tables.turn.select(order="transcript_id, ordinal")}
        order = list(turns)
        for one in tables.observation.select():
            if one.anchor is None:
                assert one.placement is Placement.REVIEW
            else:
                first, last = order.index(one.anchor.first_turn), order.index(one.anchor.last_turn)
                covered = [turns[key] for key in order[first : last + 1]]
                assert {turn.transcript_id for turn in covered} == {one.transcript_id}
                assert 0 <= one.start <= len(covered[0].text)
                assert 0 <= one.end <= len(covered[-1].text)
                assert first < last or one.start <= one.end
                if one.placement is Placement.PLACED:
                    assert lies_on_words(covered, one.anchor)
            assert letters([one.words])
        for memo in tables.memo.select(subject="turn"):
            assert memo.subject_id in turns
        for turn in turns.values():
            spans = [(word.start, word.end) for word in turn.words]
            spans += [(0, 0)] if not spans else []
            assert all(0 <= start <= end <= len(turn.text) for start, end in spans)
            assert all(one[1] <= two[0] for one, two in pairwise(spans))
            assert all(0 <= start < end <= len(turn.text) for start, end, _ in turn.layout.runs)
        assert not [found for found in self.study.check() if found.serious]


TestPositions = Positions.TestCase
TestPositions.settings = examples(0.3, steps=20)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (3, 3), (2, 3), (5, 4), (0, 99), (-1, 2), (99, 100)]
)
def test_no_observation_is_put_where_there_are_no_words(study: Study, start: int, end: int) -> None:
    transcript_id = written(study, "It  was so.")
    turn = study.transcripts.turns(transcript_id)[0]
    found = observe(study, transcript_id, "was")
    anchor = TextAnchor(turn.id, start, turn.id, end)
    with pytest.raises(UserError, match="No words"):
        study.observations.place(anchor)
    with pytest.raises(UserError, match="No words"):
        study.observations.move(found.id, anchor)
    assert [row.observation for row in study.passages.find()] == [found]
