"""`check` finds what is broken, and is silent when nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from tests.support.studies import observe, recognised, recording, written
from workbench.study import Study


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


def test_the_file_of_an_import_that_was_undone_is_no_orphan(study: Study) -> None:
    source = recording(study)
    study.undo()
    assert study.materials.media_path(source).exists()
    assert study.check() == []
    study.redo()
    assert study.check() == []


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
