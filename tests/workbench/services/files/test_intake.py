"""Files come in whole or not at all, and the queue of recognition keeps its order."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.analysis.coverage import coverage
from workbench.domain.jobs import JobState
from workbench.domain.materials import Method, SourceKind
from workbench.errors import UserError
from workbench.services.files import intake
from workbench.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.create(tmp_path / "here.study") as study:
        yield study


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "First_evening.md"
    path.write_text("She put the router on the floor.\n", encoding="utf-8")
    return path


def test_a_recording_and_a_note_come_in_as_two_sessions(
    study: Study, jfk: Path, note: Path
) -> None:
    told: list[tuple[int, int]] = []
    sources = study.imports.take_in(
        [jfk, note], method=Method.FIELD_NOTE, on_file=lambda *at: told.append(at)
    )
    assert [source.kind for source in sources] == [SourceKind.AUDIO, SourceKind.TEXT]
    assert sources[0].duration_ms == 11_000
    assert [session.title for session in study.materials.sessions()] == ["jfk", "First evening"]
    assert told == [(1, 2), (2, 2)]
    assert study.check() == []


def test_one_bad_file_keeps_all_out(study: Study, jfk: Path, tmp_path: Path) -> None:
    fake = tmp_path / "text.wav"
    fake.write_text("not sound", encoding="utf-8")
    with pytest.raises(UserError):
        study.imports.take_in([jfk, fake])
    assert study.materials.sources() == []
    assert list(study.materials.media.iterdir()) == []


def test_a_cancelled_intake_leaves_no_copies(study: Study, note: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(note, tmp_path / "second.md"))
    done: list[int] = []
    with pytest.raises(intake.Cancelled):
        intake.take_in(
            [note, other],
            study.materials.media,
            on_file=lambda number, _all: done.append(number),
            cancelled=lambda: bool(done),
        )
    assert done == [1]
    assert list(study.materials.media.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
@pytest.mark.parametrize("name", ["Call 3.11. 10:30", "maya.wav\n", f"maya.{'x' * 230}"])
def test_a_copy_has_a_name_that_can_be_used_whatever_its_file_is_called(
    study: Study, jfk: Path, tmp_path: Path, name: str
) -> None:
    path = Path(shutil.copy(jfk, tmp_path / name))
    [source] = study.imports.take_in([path])
    assert study.materials.media_path(source).read_bytes() == jfk.read_bytes()
    assert source.original_name == name
    assert study.check() == []
    study.undo()
    study.codebook.add("Delay")  # so that nothing can be redone
    assert list(study.materials.media.iterdir()) == []


def test_what_is_on_its_way_in_is_not_cleaned_up(study: Study, note: Path) -> None:
    incoming = intake.take_in([note], study.materials.media)
    assert study.check() == []
    assert study.keeping.mend().files == ()
    assert len(study.imports.add(incoming)) == 1
    assert study.check() == []


def test_what_is_in_the_study_stays_whatever_fails_when_it_is_told(
    study: Study, note: Path, tmp_path: Path
) -> None:
    def fail(_changes: object) -> None:
        raise LookupError("of somebody who shows it")

    end = study.subscribe(fail)
    with pytest.raises(LookupError):
        study.imports.take_in([note])
    [source] = study.materials.sources()
    newer = Path(shutil.copy(note, tmp_path / "newer.md"))
    newer.write_text("She put it on the shelf.\n", encoding="utf-8")
    with pytest.raises(LookupError):
        study.versions.replace(source.id, newer)
    end()
    source = study.materials.source(source.id)
    assert study.materials.media_path(source).read_bytes() == newer.read_bytes()
    assert study.check() == []


def test_files_that_find_no_place_are_deleted(study: Study, note: Path) -> None:
    incoming = intake.take_in([note], study.materials.media)
    study.close()
    with Study.open(study.folder, read_only=True) as other, pytest.raises(UserError):
        other.imports.add(incoming)
    assert list(study.materials.media.iterdir()) == []


def test_queue_can_be_reordered_and_taken_up_again(study: Study, jfk: Path, tmp_path: Path) -> None:
    names = [Path(shutil.copy(jfk, tmp_path / f"{name}.flac")) for name in "abc"]
    sources = study.imports.take_in(names, keep_both=True)
    one, two, three = [study.jobs.add(source.id, model="fake") for source in sources]
    study.jobs.queue.first(three.id)
    assert [job.id for job in study.jobs.queue.waiting()] == [three.id, one.id, two.id]
    study.jobs.change(three.id, state=JobState.FAILED, reason="The disk is full.")
    again = study.jobs.retry(three.id)
    assert (again.state, again.reason) == (JobState.WAITING, "")
    assert [job.id for job in study.jobs.queue.waiting()] == [one.id, two.id, three.id]
    study.materials.remove_source(one.source_id)
    assert [job.id for job in study.jobs.queue.waiting()] == [two.id, three.id]
    assert study.jobs.newest()[two.source_id].id == two.id


def test_coverage_shows_holes(study: Study) -> None:
    renters, owners = study.people.add_segment("Renters"), study.people.add_segment("Owners")
    maya = study.people.add(pseudonym="Maya", segment_id=renters.id)
    omar = study.people.add(pseudonym="Omar", segment_id=renters.id)
    study.materials.add_session(Method.FOCUS_GROUP, "Evening", people=[maya.id, omar.id])
    study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    rows = coverage(
        study.materials.sessions(),
        study.materials.rosters(),
        study.people.participants(),
        study.people.segments(),
    )
    assert [row.segment for row in rows] == [renters, owners, None]
    assert rows[0].sessions[Method.FOCUS_GROUP] == 1
    assert set(rows[1].sessions.values()) == {0}
    assert rows[2].sessions[Method.MYSTERY_VISIT] == 1


def test_a_visit_begins_with_the_form_we_bring(study: Study) -> None:
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    study.visits.begin(session.id)
    filled = study.visits.visit(session.id)
    assert filled is not None
    assert filled.score.score is None
    study.visits.answer(session.id, filled.items[0].id, value=True)
    study.visits.begin(session.id)
    filled = study.visits.visit(session.id)
    assert filled is not None
    assert filled.score.score == 100
    assert len(study.visits.forms()) == 1
