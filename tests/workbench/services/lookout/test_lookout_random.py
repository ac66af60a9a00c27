"""Whatever people do between two exports: what holds the next one back is what a new look finds."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, closing, suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.examples import examples
from tests.support.studies import Clock, agree, person, recognised
from workbench.domain.anchors import Edit
from workbench.domain.consent import State, Use
from workbench.domain.looking_out import Found, What
from workbench.domain.names.decisions import Decision
from workbench.errors import UserError
from workbench.services.door import Waits
from workbench.study import Study

SAID = "I hid the router behind the old piano upstairs"
SHORT = "Abysmal hotline, honestly"
NAMES = ("Anna Berger", "Karl Stein", "安娜", "")
WRITTEN = (
    *(SAID, SHORT, "Hid the router behind the old piano", "Berger called", "安娜 called"),
    *("call Stein at 0664/1234567", "They rang Telekom from Graz", "any telekom, any graz", ""),
)
STRINGS = ("Berger", "Telekom", "0664/1234567")
DAY = timedelta(days=1)
PEOPLE = st.integers(0, 1)


class Leaving(RuleBasedStateMachine):
    """People change a study and let files leave; each time it is also opened anew to be asked.

    Attributes:
        study: the one that remembers what it has looked through.
        beside: files leave by a connection of their own, as in the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder, self.clock = Path(tempfile.mkdtemp()), Clock()
        self.study = Study.create(self.folder / "a.study", now=self.clock)
        for name, words in (("Maya", SAID), ("Leo", SHORT)):
            recognised(self.study, words, people=[person(self.study, name)], title=name)
        self.ids = [one.id for one in self.study.people.participants()]
        self.code = self.study.codebook.add("Hiding").id
        self.beside = False

    def teardown(self) -> None:
        self.study.close()
        shutil.rmtree(self.folder)

    def act(self) -> None:
        self.clock.tick()

    @rule(who=PEOPLE, quotes=st.booleans(), days=st.integers(0, 2))
    def agree(self, who: int, quotes: bool, days: int) -> None:
        self.act()
        agree(self.study, self.ids[who], quotes=quotes)
        if quotes and days:
            until = (self.clock.time + (days - 1) * DAY).date().isoformat()
            self.study.ledger.set([self.ids[who]], {Use.QUOTE: State.GIVEN}, until=until)

    @rule(who=PEOPLE, name=st.sampled_from(NAMES))
    def give_name(self, who: int, name: str) -> None:
        self.act()
        with suppress(UserError):  # of somebody in the bin
            self.study.people.set_real_name(self.ids[who], name)

    @rule(who=PEOPLE, name=st.sampled_from(("Mia", "Leo", "Berger")))
    def rename(self, who: int, name: str) -> None:
        self.act()
        with suppress(UserError):  # the other one is called so
            self.study.people.change(self.ids[who], pseudonym=name)

    @rule(who=PEOPLE)
    def remove_or_restore(self, who: int) -> None:
        self.act()
        if self.study.people.participant(self.ids[who]).deleted_at is None:
            self.study.people.remove(self.ids[who])
        else:
            self.study.bin.restore([self.ids[who]])

    @rule(string=st.sampled_from(STRINGS), decision=st.sampled_from(Decision))
    def decide(self, string: str, decision: Decision) -> None:
        self.act()
        with suppress(UserError):  # it is declared
            self.study.names.decide(string, decision)

    @rule(string=st.sampled_from(STRINGS))
    def forget(self, string: str) -> None:
        self.act()
        with suppress(UserError):  # nothing was decided
            self.study.names.forget(string)

    @rule(words=st.sampled_from(WRITTEN))
    def define(self, words: str) -> None:
        self.act()
        self.study.codebook.change(self.code, definition=words)

    @rule(words=st.sampled_from(WRITTEN))
    def add_code(self, words: str) -> None:
        self.act()
        with suppress(UserError):  # without a name, or there is one
            self.study.codebook.add(words)

    @rule(who=PEOPLE, words=st.sampled_from(WRITTEN))
    def correct(self, who: int, words: str) -> None:
        self.act()
        text = self.study.transcripts.of_source(self.study.materials.sources()[who].id)
        assert text is not None
        [turn] = self.study.transcripts.turns(text.id)
        self.study.corrections.edit(turn.id, Edit(0, len(turn.text), words))

    @rule(back=st.booleans())
    def undo_or_redo(self, back: bool) -> None:
        self.act()
        with suppress(UserError):  # there are no such turns any more
            self.study.undo() if back else self.study.redo()

    @rule(days=st.integers(1, 2))
    def let_days_pass(self, days: int) -> None:
        self.clock.time += days * DAY

    @rule(beside=st.booleans())
    def change_windows(self, beside: bool) -> None:
        self.beside = beside

    @invariant()
    def holds_back_what_a_new_look_finds(self) -> None:
        with ExitStack() as at_end:
            study = self.study
            if self.beside:
                study.aside.get_ready()
                study = at_end.enter_context(closing(study.aside.open(lambda _written: False)))
            found = self.found(study)
        with Study.open(self.study.folder, read_only=True, now=self.clock) as anew:
            assert found == self.found(anew)

    def found(self, study: Study) -> set[tuple[What, str, str]]:
        """Return what holds the codebook back: what it is, the words, the place."""
        out = self.folder / "codes.csv"
        try:
            with study.letting_out.asking():
                study.codebook_files.write(out, replace=True)
        except Waits as waits:
            found = [one for one in waits.findings if isinstance(one, Found)]
            return {(one.what, one.text, one.place) for one in found}
        return set()


TestLeaving = Leaving.TestCase
TestLeaving.settings = examples(0.1, steps=25)
