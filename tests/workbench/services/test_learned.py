"""What was learned of a study for one file serves the next, and hides nothing that came since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from tests.support.studies import agree, person, recognised
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.names import reading
from workbench.domain.names.decisions import Decision
from workbench.domain.personal import Contact
from workbench.services.door import Waits
from workbench.services.lookout import lookout
from workbench.study import Study

Found = Iterator[tuple[int, Contact]]
SAID = "I hid the router behind the old piano upstairs."
TYPED = "Hid the router behind the old piano"


@pytest.fixture
def two(study: Study) -> Study:
    """A study with Maya, who may be quoted, and Leo, who may as well; a code says what he said."""
    for name, words in (("Maya", "The date moved twice. Pauline called."), ("Leo", SAID)):
        recognised(study, words, people=[person(study, name, quotes=True)], title=name)
    study.codebook.add("Hiding", definition=TYPED)
    return study


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read for names that nobody has decided about."""
    texts: list[str] = []

    def contacts_in(
        some: Sequence[str], look: Callable[[Sequence[str]], Found] = reading.contacts_in
    ) -> Found:
        texts.extend(some)
        return look(some)

    monkeypatch.setattr(reading, "contacts_in", contacts_in)
    return texts


def _leave(study: Study, out: Path, *, beside: bool = True, asking: bool = False) -> bool:
    """Tell whether the codebook leaves; in the window each file has a connection of its own."""
    out.unlink(missing_ok=True)
    with ExitStack() as at_end:
        if beside:
            study.aside.get_ready()
            study = at_end.enter_context(closing(study.aside.open(lambda _written: False)))
        if asking:
            at_end.enter_context(study.letting_out.asking())
        try:
            study.codebook_files.write(out)
        except Waits:
            assert not out.exists()
            return False
    return out.exists()


@pytest.mark.parametrize("beside", [False, True])
def test_only_what_has_changed_is_read_again(
    beside: bool, two: Study, read: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "codes.csv"
    assert _leave(two, out, beside=beside)
    assert {SAID, TYPED} <= set(read)
    read.clear()
    two.codebook.change(two.codebook.codes()[0].id, colour=5)
    assert _leave(two, out, beside=beside)
    assert read == []
    [source] = [one for one in two.materials.sources() if one.title == "Maya"]
    text = two.transcripts.of_source(source.id)
    assert text is not None
    [turn] = two.transcripts.turns(text.id)
    two.corrections.edit(turn.id, Edit(0, 3, "Our"))
    assert _leave(two, out, beside=beside)
    assert read == ["Our date moved twice. Pauline called."]


@pytest.mark.parametrize("beside", [False, True])
def test_who_changes_their_mind_twice_is_not_quoted(
    beside: bool, two: Study, tmp_path: Path
) -> None:
    out, leo = tmp_path / "codes.csv", two.people.participants()[1]
    for quotes in (True, False, True, False):
        agree(two, leo.id, quotes=quotes)
        assert _leave(two, out, beside=beside) is quotes


@pytest.mark.parametrize("beside", [False, True])
def test_a_name_that_nobody_has_decided_since_is_told(
    beside: bool, two: Study, tmp_path: Path
) -> None:
    out = tmp_path / "codes.csv"
    code = two.codebook.add("Calling", definition="They rang telekom about it")
    assert _leave(two, out, beside=beside, asking=True)
    two.codebook.change(code.id, definition="They rang Telekom about it")
    assert not _leave(two, out, beside=beside, asking=True)
    two.names.decide("Telekom", Decision.NEVER)
    assert _leave(two, out, beside=beside, asking=True)
    two.codebook.change(code.id, include="What Zoltan said")
    assert not _leave(two, out, beside=beside, asking=True)
    two.codebook.change(code.id, include="")
    assert _leave(two, out, beside=beside, asking=True)


def test_a_word_may_become_a_name_by_what_stands_elsewhere(two: Study, tmp_path: Path) -> None:
    out = tmp_path / "codes.csv"
    two.codebook.add("Calling", definition="They rang Telekom about it")
    other = two.codebook.add("Telling", definition="any telekom")
    assert _leave(two, out, asking=True)
    two.codebook.change(other.id, definition="any of them")
    assert not _leave(two, out, asking=True)


def test_learning_that_failed_leaves_nothing_behind(
    two: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out, leo = tmp_path / "codes.csv", two.people.participants()[1]
    assert _leave(two, out)
    agree(two, leo.id, quotes=False)

    def fail(*_of: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(lookout, "Undecided", fail)
        with pytest.raises(MemoryError):
            _leave(two, out)
    assert not _leave(two, out)


def test_what_is_taken_back_is_not_learned(two: Study, tmp_path: Path) -> None:
    out, leo = tmp_path / "codes.csv", two.people.participants()[1]
    agree(two, leo.id, quotes=False)
    assert not _leave(two, out, beside=False)

    with suppress(KeyError), two.step(Op.EDIT_CONSENT):
        agree(two, leo.id)
        assert _leave(two, out, beside=False)
        raise KeyError
    assert not _leave(two, out, beside=False)
    assert not _leave(two, out)
