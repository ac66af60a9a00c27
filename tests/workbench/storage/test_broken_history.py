"""A step that is damaged in the file is passed over and said; it does not end undo for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.studies import drafts, recognised
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.storage import sums
from workbench.storage.journal import BrokenStep
from workbench.study import JournalConflict, Study

FLIPS = {
    "op": "UPDATE step SET op = 'eait-codebook' WHERE id = {step}",
    "coder": "UPDATE step SET coder = CAST(x'ff41' AS TEXT) WHERE id = {step}",
    "at": "UPDATE step SET at = '2026x' WHERE id = {step}",
    "after": "UPDATE change SET after = replace(after, 'Two', 'Tvo') WHERE step_id = {step}",
    "no JSON": "UPDATE change SET after = 'x' || after WHERE step_id = {step}",
    "no letters": "UPDATE change SET after = CAST(x'ff' AS TEXT) WHERE step_id = {step}",
    "column": "UPDATE change SET after = replace(after, 'name', 'nane') WHERE step_id = {step}",
    "key": "UPDATE change SET pk = '[\"x\"]' WHERE step_id = {step}",
    "no key": "UPDATE change SET pk = '[' WHERE step_id = {step}",
    "table": "UPDATE change SET tbl = 'kode' WHERE step_id = {step}",
}


@pytest.fixture
def folder(study: Study) -> Path:
    """A study with two steps of a person, of which the newer one is to be damaged."""
    study.codebook.add("One")
    study.codebook.add("Two")
    study.close()
    return study.folder


def _damage(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        (step,) = db.execute("SELECT max(id) FROM step").fetchone()
        assert db.execute(statement.format(step=step)).rowcount == 1


@pytest.mark.parametrize("flip", FLIPS.values(), ids=FLIPS)
def test_a_damaged_step_is_passed_over(folder: Path, flip: str) -> None:
    _damage(folder, flip)
    with Study.open(folder) as study:
        assert [problem.code for problem in study.check()] == ["journal"]
        assert len(study.history()) == 3
        assert study.next_undo is not None
        with pytest.raises(BrokenStep, match="passed over"):
            study.undo()
        assert [code.name for code in study.codebook.codes()] == ["One", "Two"]
        assert study.history()[0].state == "broken"
        assert study.undo() is Op.EDIT_CODEBOOK
        assert [code.name for code in study.codebook.codes()] == ["Two"]
        assert study.redo() is Op.EDIT_CODEBOOK
        study.codebook.add("Three")
        assert study.undo() is Op.EDIT_CODEBOOK
        assert study.undo() is Op.EDIT_CODEBOOK
        assert study.undo() is None
        assert [problem.code for problem in study.check()] == ["journal"]  # not whitewashed


FORGED = {
    "two keys": 'pk = \'["x","y"]\'',
    "key no list": "pk = '{}'",
    "lists in a key": "pk = '[[1]]'",
    "no row": "after = '[1]'",
    "list in a row": "before = json_set(after, '$.name', json('[1]'))",
    "beyond integers": "before = json_set(after, '$.position', 123456789012345678901234567890)",
    "nested for ever": "before = replace(hex(zeroblob(50000)), '0', '[')",
}


def _forge(folder: Path, forgery: str) -> None:
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        db.create_function("checksum", -1, sums.checksum)
        newest = "step_id = (SELECT max(id) FROM step)"
        db.execute(f"UPDATE change SET {forgery} WHERE {newest}")  # noqa: S608
        db.execute(f"UPDATE change SET sum = {sums.OF_CHANGE} WHERE {newest}")  # noqa: S608


@pytest.mark.parametrize("forgery", FORGED.values(), ids=FORGED)
def test_a_forged_step_is_sealed_and_ends_nothing(folder: Path, forgery: str) -> None:
    _forge(folder, forgery)
    with Study.open(folder) as study:
        assert study.next_undo is not None
        with pytest.raises(JournalConflict):
            study.undo()
        study.codebook.add("Three")
        assert study.undo() is Op.EDIT_CODEBOOK
        assert [code.name for code in study.codebook.codes()] == ["One", "Two"]
        study.check()


@pytest.mark.parametrize(
    ("spoil", "how"),
    [
        *(pytest.param(_damage, flip, id=f"damaged {name}") for name, flip in FLIPS.items()),
        *(pytest.param(_forge, forgery, id=f"forged {name}") for name, forgery in FORGED.items()),
    ],
)
def test_the_bin_goes_on_without_what_is_broken_of_a_removal(
    study: Study, spoil: Callable[[Path, str], None], how: str
) -> None:
    for name in ("One", "Two"):
        study.people.remove_segment(study.people.add_segment(name).id)
    study.close()
    spoil(study.folder, how.replace("after", "before"))
    with Study.open(study.folder) as opened:
        found = {item.name: item.id for item in opened.bin.items()}
        assert set(found) <= {"One", "Two"}
        opened.bin.restore([found["One"]])
        assert [segment.name for segment in opened.people.segments()] == ["One"]


def test_a_damaged_step_that_was_undone_is_passed_over(folder: Path) -> None:
    with Study.open(folder) as study:
        study.undo()
        study.undo()
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        db.execute(
            "UPDATE change SET before = replace(before, 'One', 'Ohe') WHERE step_id ="
            " (SELECT min(id) FROM step WHERE state = 'undone')"
        )
    with Study.open(folder) as study:
        with pytest.raises(BrokenStep):
            study.redo()
        assert study.redo() is Op.EDIT_CODEBOOK
        assert [code.name for code in study.codebook.codes()] == ["Two"]


def test_older_steps_that_stand_alone_are_undone_beyond_a_damaged_one(study: Study) -> None:
    other = study.codebook.add("Other")
    code = study.codebook.add("One")
    study.codebook.change(code.id, name="Two")
    study.close()
    _damage(study.folder, "UPDATE change SET after = 'x' WHERE step_id = {step}")
    with Study.open(study.folder) as again:
        with pytest.raises(BrokenStep):
            again.undo()
        with pytest.raises(JournalConflict):  # made “One”, which is “Two” by now
            again.undo()
        again.undo()
        assert other.id not in {one.id for one in again.codebook.codes()}


def test_the_newest_image_is_how_a_row_looks_also_when_the_machine_came_between(
    study: Study,
) -> None:
    """Undo of an edit under the machine's, then new work: what was undone is discarded."""
    transcript = recognised(study, "It tuck weeks.", "How many?")
    first, second = study.transcripts.turns(transcript.id)
    study.corrections.edit(first.id, Edit(4, 1, "o"))
    study.corrections.edit(second.id, Edit(0, 3, "Who"))
    voices = drafts("It tuck weeks.", "How many?", speakers=("S1", "S2"))
    study.arrivals.accept_speakers(transcript.id, voices)
    study.undo()
    study.undo()
    assert study.check() == []
    study.codebook.add("One")  # now what was undone is discarded
    assert study.check() == []
