"""Any text, any observations, any corrections: observations stay on their letters.

A model beside the study gives every letter that was ever there a number. Whatever people do, an
observation whose letters are all still there, side by side, must still say them; one whose letters
are all gone must wait for review with its words. After each act the witness must say what stands
under its anchor, the study must be whole, and every position must come back from Qt's counting.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.examples import examples
from tests.support.studies import Clock, drafts, recording, text_under
from ui.bridge.positions import Positions
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.ids import ObservationId, TranscriptId
from workbench.domain.observation import Placement
from workbench.domain.transcript import Turn
from workbench.errors import UserError
from workbench.study import Study

_PIECES = st.sampled_from(
    ["wait", "three weeks", "cafe\u0301", "l’été", "🙂", "👩\u200d💻", "🇦🇹", "مرحبا بك", "שלום",
     "\U00010348", "我们", "No.", "  ", "\t"]
)  # fmt: skip
_LINES = st.lists(_PIECES, min_size=1, max_size=6).map(" ".join).filter(lambda text: text.strip())
_SEEDS = st.integers(0, 2**32)
_TYPED = ("", "", "x", " ", "🙂", "e\u0301", "وقت", "and so", "\u2028", "\n")


@dataclass(frozen=True)
class Seen:
    """What the model knows of an observation.

    Attributes:
        letters: numbers of the letters it was placed on.
        whole: no space was put into it or taken out of it.
        words: as they were at first.
    """

    letters: tuple[int, ...]
    whole: bool
    words: str


@dataclass(frozen=True)
class Model:
    """Numbers of all letters of the text, and the observations."""

    letters: tuple[int, ...] = ()
    seen: tuple[tuple[str, Seen], ...] = ()


def _solid(text: str) -> int:
    """Return how many characters of a text are no white space."""
    return len("".join(text.split()))


class Exactness(RuleBasedStateMachine):
    """One text, corrected by somebody who tries everything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.study = Study.create(self.folder / "a.study", now=self.clock)
        self.numbers = count()
        self.model = Model()
        self.points: dict[int, Model] = {}

    @initialize(lines=st.lists(_LINES, min_size=1, max_size=4), end=st.sampled_from(["\n", "\r\n"]),
                mark=st.booleans(), spoken=st.booleans(), seed=_SEEDS)  # fmt: skip
    def begin(self, lines: list[str], end: str, mark: bool, spoken: bool, seed: int) -> None:
        if spoken:
            source = recording(self.study)
            transcript = self.study.arrivals.start(source.id)
            self.study.arrivals.accept(transcript.id, drafts(*lines))
        else:
            path = self.folder / "told.txt"
            path.write_bytes(("\ufeff" * mark + end.join(lines)).encode())
            [source] = self.study.imports.take_in([path])
        found = self.study.transcripts.of_source(source.id)
        assert found is not None
        self.transcript: TranscriptId = found.id
        said = "".join("".join(line.split()) for line in lines)
        assert "".join("".join(turn.text.split()) for turn in self.turns()) == said
        self.model = Model(tuple(islice(self.numbers, len(said))))
        self.note()
        rnd = Random(seed)
        for _ in range(4):
            self.observe(rnd)

    def turns(self) -> list[Turn]:
        return self.study.transcripts.turns(self.transcript)

    def note(self) -> None:
        """Remember what the text is after the newest step."""
        done = (s.id for s in self.study.history(-1) if s.state == "done" and s.op.undoable)
        self.points[next(done, 0)] = self.model

    def come_back(self) -> None:
        """Take over what the text was after the step that is the newest now."""
        done = (s.id for s in self.study.history(-1) if s.state == "done" and s.op.undoable)
        self.model = self.points[next(done, 0)]

    def before(self, turn: Turn, point: int) -> int:
        """Return how many letters stand before a place."""
        earlier = (one.text for one in self.turns() if one.ordinal < turn.ordinal)
        return sum(map(_solid, earlier)) + _solid(turn.text[:point])

    def change(self, first: int, last: int, added: str) -> None:
        """Let the model's letters `[first, last)` give way to new ones."""
        old = self.model.letters
        new = (*old[:first], *islice(self.numbers, _solid(added)), *old[last:])
        # Spaces have no number: where only they came or went, the model can but note that.
        only_spaces = first == last and not _solid(added)
        seen = tuple(
            (key, replace(one, whole=one.whole and not (only_spaces and self._inside(one, first))))
            for key, one in self.model.seen
        )
        self.model = Model(new, seen)

    def _inside(self, one: Seen, place: int) -> bool:
        at = [self.model.letters.index(n) for n in one.letters if n in self.model.letters]
        return bool(at) and at[0] < place <= at[-1]

    # What people do

    @rule(seed=_SEEDS)
    def work(self, seed: int) -> None:
        rnd = Random(seed)
        acts = (
            *(self.observe, self.type_or_delete, self.type_or_delete, self.type_or_delete),
            *(self.delete_over_turns, self.cut_or_join, self.cut_or_join, self.replace_words),
        )
        for _ in range(4):
            rnd.choice(acts)(rnd)
            self.observations_are_on_their_letters()

    def observe(self, rnd: Random) -> None:
        turns = self.turns()
        first, last = sorted(rnd.choices(range(len(turns)), k=2))
        start = rnd.randint(0, len(turns[first].text))
        end = rnd.randint(start if first == last else 0, len(turns[last].text))
        # From letter to letter, as people select words: spaces have no number.
        head, tail = turns[first].text[start:], turns[last].text[:end]
        start, end = start + len(head) - len(head.lstrip()), len(tail.rstrip())
        inside = turns[first].text[start:end] if first == last else tail and head.strip()
        if not inside.strip() or not tail.strip():
            return
        anchor = TextAnchor(turns[first].id, start, turns[last].id, end)
        self.clock.tick()
        made = self.study.observations.place(anchor)
        at, to = self.before(turns[first], start), self.before(turns[last], end)
        one = Seen(self.model.letters[at:to], True, made.words)
        self.model = replace(self.model, seen=(*self.model.seen, (made.id, one)))
        self.note()

    def type_or_delete(self, rnd: Random) -> None:
        turn = rnd.choice(self.turns())
        start = rnd.randint(0, len(turn.text))
        removed = rnd.randint(0, min(len(turn.text) - start, rnd.choice([0, 1, 4, 40])))
        added = rnd.choice(_TYPED)
        if turn.text[start : start + removed] == added:
            return
        self.clock.tick(rnd.choice([1, 61]))
        first, last = self.before(turn, start), self.before(turn, start + removed)
        self.study.corrections.edit(turn.id, Edit(start, removed, added))
        self.change(first, last, added)
        self.note()

    def delete_over_turns(self, rnd: Random) -> None:
        turns = self.turns()
        first, last = sorted(rnd.choices(range(len(turns)), k=2))
        if first == last:
            return
        start = rnd.randint(0, len(turns[first].text))
        end = rnd.randint(0, len(turns[last].text))
        added = rnd.choice(_TYPED)
        at, to = self.before(turns[first], start), self.before(turns[last], end)
        self.clock.tick()
        self.study.corrections.cut_out(
            TextAnchor(turns[first].id, start, turns[last].id, end), added
        )
        self.change(at, to, added)
        self.note()

    def cut_or_join(self, rnd: Random) -> None:
        join = rnd.random() < 0.4
        turn = rnd.choice(self.turns())
        point = rnd.randint(0, len(turn.text))
        inside = self.before(turn, 0 if join else point)
        self.clock.tick()
        try:
            if join:
                self.study.corrections.merge(turn.id)
            else:
                self.study.corrections.split(turn.id, point)
        except UserError:
            return
        self.change(inside, inside, "")
        self.note()

    def replace_words(self, rnd: Random) -> None:
        words, new = rnd.choice(["wait", "e", "🙂", "بك", " "]), rnd.choice(_TYPED)
        found = self.study.corrections.find(words, [self.transcript])
        if not found or words == new:
            return
        self.clock.tick()
        turns = {turn.id: turn for turn in self.turns()}
        for place in sorted(found, key=lambda one: (turns[one.turn_id].ordinal, one.start))[::-1]:
            turn = turns[place.turn_id]
            if turn.text[place.start : place.end] != new:
                at, to = self.before(turn, place.start), self.before(turn, place.end)
                self.change(at, to, new)
        self.study.corrections.replace(found, new)
        self.note()

    # There and back

    @rule()
    def undo(self) -> None:
        if len([s for s in self.study.history(-1) if s.state == "done" and s.op.undoable]) > 1:
            self.study.undo()
            self.come_back()

    @rule()
    def redo(self) -> None:
        if self.study.redo():
            self.come_back()

    @rule(seed=_SEEDS)
    def go_to_any_point(self, seed: int) -> None:
        steps = [s.id for s in self.study.history(-1) if s.id in self.points]
        if len(steps) > 1:
            self.study.rewind(Random(seed).choice(steps))
            self.come_back()

    @rule()
    def close_and_open(self) -> None:
        shown = self.study.show()
        self.study.close()
        self.study = Study.open(self.folder / "a.study", now=self.clock)
        assert self.study.show() == shown

    # What must hold

    @invariant()
    def observations_are_on_their_letters(self) -> None:
        if not self.model.letters and not self.model.seen:
            return
        text = "".join("".join(turn.text.split()) for turn in self.turns())
        assert len(text) == len(self.model.letters)
        places = {number: at for at, number in enumerate(self.model.letters)}
        for key, one in self.model.seen:
            row = self.study.observations.get(ObservationId(key))
            if row.placement is Placement.PLACED:
                assert text_under(self.study, row) == row.words
            assert row.words.strip()
            left = [places[number] for number in one.letters if number in places]
            untouched = len(left) == len(one.letters) == left[-1] - left[0] + 1 if left else False
            if untouched and one.whole:
                assert row.placement is Placement.PLACED
                assert row.words.split() == one.words.split()
                assert text[left[0] : left[-1] + 1] == "".join(one.words.split())

    @invariant()
    def the_study_is_whole(self) -> None:
        assert self.study.check() == []

    @invariant()
    def positions_come_back_from_qt(self) -> None:
        if not self.model.letters:
            return
        for turn in self.turns():
            positions = Positions(turn.text)
            for point in range(len(turn.text) + 1):
                assert positions.points(positions.units(point)) == point

    def teardown(self) -> None:
        self.study.close()
        shutil.rmtree(self.folder)


TestExactness = Exactness.TestCase
TestExactness.settings = examples(0.3, steps=10)
