"""What is undone, killed or done leaves no file behind; what may come back keeps its file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.programs import program, says
from workbench.domain.jobs import JobState
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.files import decoded, intake
from workbench.speech.protocol import Done
from workbench.storage import database
from workbench.study import Study


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("She waited.\n")
    return path


def _media(study: Study) -> list[Path]:
    return sorted((study.folder / "media").iterdir())


def test_an_undone_import_keeps_its_file_as_long_as_it_can_be_redone(
    study: Study, note: Path
) -> None:
    [source] = study.imports.take_in([note])
    path = study.materials.media_path(source)
    study.undo()
    assert _media(study) == [path]
    study.close()
    with Study.open(study.folder) as again:
        again.redo()
        assert again.check() == []
        again.undo()
        mine = study.folder / "media" / "mine.txt"
        mine.write_text("put here by somebody")
        again.codebook.add("something else")
        assert _media(again) == [mine]
        assert again.redo_label == ""


def test_a_file_that_a_backup_knows_stays(study: Study, note: Path) -> None:
    [source] = study.imports.take_in([note])
    study.keeping.copies.backup()
    study.undo()
    study.codebook.add("something else")
    assert _media(study) == [study.materials.media_path(source)]


def test_a_study_whose_empty_folders_were_not_copied_takes_files(study: Study, note: Path) -> None:
    study.close()
    for name in ("media", "backups", "cache", "spool"):
        (study.folder / name).rmdir()
    with Study.open(study.folder, read_only=True):
        assert not (study.folder / "media").exists()
    with Study.open(study.folder) as again:
        again.imports.take_in([note])
        again.keeping.copies.backup()
        assert again.check() == []


def test_an_import_that_was_removed_by_hand_keeps_its_file(study: Study, note: Path) -> None:
    [source] = study.imports.take_in([note])
    study.materials.remove_source(source.id)
    study.undo()
    study.codebook.add("something else")
    assert _media(study) == [study.materials.media_path(source)]
    assert study.check() == []


_KILLED = """
import sys
from pathlib import Path
from workbench.services.files import intake
from workbench.study import Study
study = Study.open(Path(sys.argv[1]))
copied = intake.take_in([Path(sys.argv[2])], study.folder / "media")
print("copied", flush=True)
sys.stdin.read()
"""


def test_a_copy_whose_program_died_before_its_rows_leaves_nothing(
    tmp_path: Path, note: Path
) -> None:
    folder = tmp_path / "a.study"
    Study.create(folder).close()
    with program(_KILLED, folder, note) as child:
        assert says(child) == "copied"
        assert len(list((folder / "media").iterdir())) == 1
    with Study.open(folder) as study:
        assert _media(study) == []
        assert study.check() == []


_KILLED_AT_THE_END = """
import sys
from pathlib import Path
from workbench.domain.change import Op
from workbench.services.files import intake
from workbench.study import Study
study = Study.open(Path(sys.argv[1]))
after = sys.argv[3] == "after"
def settled(media, names):
    print("told", flush=True)
    sys.stdin.read()
if after:  # the row is written, and the copy has both its names
    intake._settled = settled
with study.step(Op.IMPORT_MATERIAL):
    study.imports.take_in([Path(sys.argv[2])])
    if not after:  # the copy has its name, and its row is not written
        print("told", flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_program_that_died_as_the_rows_were_written_leaves_all_or_nothing(
    tmp_path: Path, note: Path, when: str
) -> None:
    folder = tmp_path / "a.study"
    Study.create(folder).close()
    with program(_KILLED_AT_THE_END, folder, note, when) as child:
        assert says(child) == "told"
        assert any(path.suffix == ".txt" for path in (folder / "media").iterdir())
    with Study.open(folder) as study:
        sources = study.materials.sources()
        assert len(sources) == (when == "after")
        assert _media(study) == [study.materials.media_path(source) for source in sources]
        assert study.check() == []


def test_of_a_damaged_study_nothing_goes_when_it_is_opened(study: Study, note: Path) -> None:
    [source] = study.imports.take_in([note])
    copy = study.materials.media_path(source)
    os.link(copy, copy.with_name(f"{copy.name}.partial"))  # it ended before it took that away
    study.close()
    file = study.folder / "study.sqlite"
    with closing(sqlite3.connect(file)) as db:
        [(page,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'source'")
    with file.open("rb+") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"\xff" * 4096)
    with Study.open(study.folder) as again:
        assert [one.code for one in again.check() if one.code != "media-orphan"]
    assert copy.exists()


def test_a_copy_comes_in_where_a_file_can_have_one_name_only(
    study: Study, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as sticks do

    monkeypatch.setattr(os, "link", refuse)
    [source] = study.imports.take_in([note])
    assert _media(study) == [study.materials.media_path(source)]


def test_a_copy_that_waits_for_a_lock_leaves_nothing_when_the_program_dies(
    study: Study, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_MS", 1)
    study.get_ready()
    other = sqlite3.connect(study.folder / "study.sqlite", isolation_level=None)
    incoming = intake.take_in([note], study.folder / "media")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentProblem):
        study.imports.add(incoming)
    other.execute("ROLLBACK")
    other.close()
    [waiting] = _media(study)
    study.close()  # as if killed: nobody has told it to let go
    copy = waiting.read_bytes()
    with Study.open(study.folder) as again:
        assert _media(again) == []
        waiting.write_bytes(copy)
        again.imports.add(incoming)  # and without a sudden end it comes in after all
        [source] = again.materials.sources()
        assert _media(again) == [again.materials.media_path(source)]


def test_no_row_is_written_for_a_copy_that_was_let_go(study: Study, note: Path) -> None:
    incoming = intake.take_in([note], study.folder / "media")
    intake.discard(study.folder / "media", incoming)
    before = study.materials.sources()
    with pytest.raises(UserError, match="no longer there"):
        study.imports.add(incoming)
    assert study.materials.sources() == before
    assert study.check() == []


def test_decoded_sound_goes_when_its_recording_is_done(study: Study, jfk: Path) -> None:
    [source] = study.imports.take_in([jfk])
    job = study.jobs.add(source.id, model="base")
    cache = study.folder / "cache"
    needed, old = cache / f"{source.sha256}.pcm", cache / f"{'0' * 64}.pcm"
    kept = [cache / f"{source.sha256}.peaks", cache / "notes.pcm"]
    for path in (needed, old, *kept):
        path.write_bytes(b"\0" * 1000)
    study.jobs.change(job.id, state=JobState.RUNNING)
    study.close()
    with Study.open(study.folder) as again:
        assert sorted(cache.iterdir()) == sorted([needed, *kept])
        again.recognition.accept(job.id, Done("en", 900, 0, 11_000, "base"))
        assert sorted(cache.iterdir()) == sorted(kept)


def test_decoded_sound_that_waits_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoded, "MOST_BYTES", 2_500)
    names = [str(number) * 64 for number in range(5)]
    for name in names:
        (tmp_path / f"{name}.pcm").write_bytes(b"\0" * 1000)
    decoded.forget(tmp_path, running=names[:1], waiting=names)
    left = {path.stem for path in tmp_path.iterdir()}
    assert names[0] in left
    assert len(left) in (2, 3)
