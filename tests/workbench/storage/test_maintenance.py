"""`check` finds what is broken, and is silent when nothing is."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.studies import observe, recognised, recording, written
from workbench.domain.change import Op
from workbench.storage.refusals import Stopped
from workbench.study import JournalConflict, Study


@pytest.fixture
def behind(study: Study) -> Callable[[str], None]:
    """Write around the journal, as another program or a broken disk would."""

    def write(statement: str) -> None:
        connection = sqlite3.connect(study.folder / "study.sqlite", isolation_level=None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.close()

    return write


def _codes(study: Study) -> list[str]:
    return [problem.code for problem in study.check()]


def test_a_whole_study_has_no_problems(study: Study) -> None:
    transcript = recognised(study, "It took three", "long weeks, 🙂 and", "more.")
    observe(study, transcript.id, "three long weeks, 🙂 and more")
    observe(study, transcript.id, "🙂")
    written(study, "Plain.")
    assert study.check() == []
    with Study.open(study.folder, read_only=True) as reader:
        assert reader.check() == []


def test_files_that_are_missing_changed_or_unknown(study: Study) -> None:
    missing, changed = recording(study, title="Missing"), recording(study, title="Changed")
    study.materials.media_path(missing).unlink()
    study.materials.media_path(changed).write_bytes(b"other")
    (study.materials.media / "stray.wav").write_bytes(b"?")
    problems = {problem.code: problem for problem in study.check()}
    assert set(problems) == {"media-missing", "media-changed", "media-orphan"}
    assert "“Missing”" in problems["media-missing"].text
    assert "“Changed”" in problems["media-changed"].text
    assert "stray.wav" in problems["media-orphan"].text
    assert not problems["media-orphan"].serious
    assert problems["media-missing"].serious


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_looked_at(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, changed = recording(study, title="Bad"), recording(study, title="Changed")
    study.materials.media_path(changed).write_bytes(b"other")
    opened = Path.open

    def failing(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == bad.file:  # as where the disk is damaged
            raise OSError(errno.EIO, "Input/output error", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", failing)
    found = {problem.code: problem.text for problem in study.check()}
    assert set(found) == {"media-unreadable", "media-changed"}
    assert "“Bad”" in found["media-unreadable"]


def test_the_file_of_an_import_that_was_undone_is_no_orphan(study: Study) -> None:
    source = recording(study)
    study.undo()
    assert study.materials.media_path(source).exists()
    assert study.check() == []
    study.redo()
    assert study.check() == []


def test_what_happens_while_files_are_read_is_no_fault_of_the_study(
    study: Study, tmp_path: Path
) -> None:
    kept, lost, changed, gone = (
        recording(study, title=name) for name in ("Kept", "Lost", "Changed", "Gone")
    )
    study.materials.media_path(changed).write_bytes(b"other")
    place = study.materials.media_path(lost)
    place.rename(tmp_path / "lost.wav")
    (study.materials.media / "stray.wav").write_bytes(b"?")
    shares: list[float] = []
    step = ExitStack()

    def on_share(share: float) -> bool:
        """Work once the first file was read; be in the middle of a step when all are."""
        if not shares:
            study.undo()  # the last import
            study.materials.change_session(kept.session_id, title="Renamed")
            assert not study.materials.media_path(gone).exists()
            study.keeping.lost.bring_back([tmp_path / "lost.wav"])
            recording(study, title="New")
            step.enter_context(study.step(Op.IMPORT_MATERIAL))
            recording(study, title="Newest")
        elif share == 1.0:
            step.close()
        shares.append(share)
        return False

    study.aside.get_ready()
    with study.aside.open(lambda _written: False, on_share) as beside:
        found = beside.check()
    assert shares[-1] == 1.0
    assert [problem.code for problem in found] == ["media-changed", "media-orphan"]
    assert "stray.wav" in found[1].text
    assert study.check() == found


def test_a_check_that_waits_for_a_step_can_be_cancelled(study: Study) -> None:
    with (
        study.step(Op.EDIT_CODEBOOK),
        study.aside.open(lambda _written: False, lambda share: share == 1.0) as beside,
        pytest.raises(Stopped),
    ):
        beside.check()


def test_the_whole_media_folder_is_gone(study: Study) -> None:
    source = recording(study)
    study.materials.media_path(source).unlink()
    study.materials.media.rmdir()
    assert _codes(study) == ["media-missing"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE turn SET text = 'Something else.' WHERE ordinal = 0",
        "UPDATE turn SET text = 'Something else.' WHERE ordinal = 1",
        "UPDATE observation SET start = start + 1",
        'UPDATE observation SET "end" = 0',
        "UPDATE observation SET words = 'never said'",
        "UPDATE observation SET first_turn_id = NULL",
        "UPDATE observation SET placement = 'review', \"end\" = 99",
        "UPDATE observation SET first_turn_id = last_turn_id, last_turn_id = first_turn_id",
    ],
)
def test_observations_off_their_words(
    study: Study, behind: Callable[[str], None], damage: str
) -> None:
    transcript = recognised(study, "It took", "three", "long weeks.")
    observe(study, transcript.id, "took three long")
    behind(damage)
    assert _codes(study) == ["row", "anchor"]


def test_a_row_that_points_nowhere(study: Study, behind: Callable[[str], None]) -> None:
    recording(study)
    behind("UPDATE source SET session_id = 'nowhere'")
    found = study.check()
    assert [problem.code for problem in found] == ["foreign-key", "row"]
    assert "source" in found[0].text


@pytest.mark.parametrize("name", ["turn", "memo"])
def test_a_search_index_that_lost_words(
    study: Study, behind: Callable[[str], None], name: str
) -> None:
    written(study, "It took weeks.")
    code = study.codebook.add("Delay")
    study.memos.write("code", code.id, "Weeks.")
    behind(f"INSERT INTO {name}_fts({name}_fts) VALUES('delete-all')")
    assert _codes(study) == ["search-index"]
    study.close()
    with Study.open(study.folder) as again:
        assert _codes(again) == ["search-index"]  # also of a study in which nothing was done yet
    behind(f"INSERT INTO {name}_fts({name}_fts) VALUES('rebuild')")
    with Study.open(study.folder) as again:
        assert again.check() == []


def test_mending_puts_back_what_the_history_knows(
    study: Study, behind: Callable[[str], None]
) -> None:
    transcript = recognised(study, "It took", "three", "long weeks.")
    observe(study, transcript.id, "took three long")
    study.codebook.add("Delay")
    shown = study.show()
    study.close()
    behind("UPDATE code SET name = 'Dekay'")
    behind("UPDATE turn SET text = CAST(x'ff41' AS TEXT) WHERE ordinal = 1")
    behind("DELETE FROM session")
    with Study.open(study.folder) as again:
        assert "row" in _codes(again)
        mended = again.keeping.mend()
        assert (mended.rows, mended.pointers, mended.files) == (3, 0, ())
        assert again.check() == []
        assert again.show() == shown
        with pytest.raises(JournalConflict):  # what was there were no letters
            again.undo()
        assert again.show() == shown


def test_mending_puts_back_rows_whatever_came_first(
    study: Study, behind: Callable[[str], None]
) -> None:
    source = recording(study)
    study.materials.change_session(source.session_id, title="Later than what hangs on it")
    shown = study.show()
    study.close()
    behind("DELETE FROM source")
    behind("DELETE FROM session")
    with Study.open(study.folder) as again:
        assert again.keeping.foresee().rows >= 2
        assert again.keeping.mend().rows >= 2
        assert again.check() == []
        assert again.show() == shown


def test_mending_lets_go_of_what_points_at_nothing(
    study: Study, behind: Callable[[str], None]
) -> None:
    stage = study.journeys.add_stage("Wait")
    transcript = recognised(study, "It took weeks.")
    found = observe(study, transcript.id, "weeks", stage_id=stage.id)
    study.close()
    behind("DELETE FROM change WHERE tbl = 'stage'")
    behind("DELETE FROM stage")
    with Study.open(study.folder) as again:
        assert again.keeping.mend().pointers == 1
        assert again.observations.get(found.id).stage_id is None
        assert "foreign-key" not in _codes(again)


def test_mending_deletes_only_copies_of_ours(study: Study) -> None:
    kept = study.materials.media_path(recording(study))
    mine = study.materials.media / "my notes.wav"
    mine.write_bytes(b"mine")
    stray = study.materials.media / "0b2c7b0e-93a4-4a6f-9a51-0a1b2c3d4e5f.wav"
    stray.write_bytes(b"?")
    assert study.keeping.mend().files == (stray.name,)
    assert mine.exists()
    assert kept.exists()
    assert not stray.exists()
    assert _codes(study) == ["media-orphan"]
