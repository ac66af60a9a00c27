"""A study from elsewhere may hold links; none of them leads this program out of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import EnvironmentProblem, UserError
from workbench.services.keeping.backups import Backups
from workbench.storage.lock import StudyLock
from workbench.study import Study

PLACES = ("lock", "study.sqlite", "study.sqlite-wal", "media", "recordings", "backups", "cache",
          "spool", "voices", "media/call.wav", "spool/job.jsonl", "cache/sound.pcm")  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_link_in_a_study_is_refused_and_what_it_leads_to_is_left_alone(
    tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "a.study"
    Study.create(folder).close()
    inside = folder / place
    outside = tmp_path / "outside"
    if inside.exists():
        inside.rename(outside)
    else:
        outside.write_text("a letter")
    inside.symlink_to(outside, target_is_directory=outside.is_dir())
    before = outside.is_dir() or outside.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError) as caught:
            Study.open(folder, read_only=read_only)
        assert caught.value.code == "study-link"
        assert f"“{inside}” is a link" in caught.value.happened
    with pytest.raises(UserError, match="link"):
        Backups(folder).numbered(1)
    assert inside.is_symlink()
    assert before == (outside.is_dir() or outside.read_bytes())


def test_a_study_may_be_reached_by_a_link(tmp_path: Path) -> None:
    Study.create(tmp_path / "a.study").close()
    (tmp_path / "b.study").symlink_to(tmp_path / "a.study", target_is_directory=True)
    with Study.open(tmp_path / "b.study") as study:
        study.codebook.add("Delay")
    with Study.open(tmp_path / "a.study") as study:
        assert [code.name for code in study.codebook.codes()] == ["Delay"]


def test_the_lock_alone_follows_no_link_either(tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear diary")
    (tmp_path / "lock").symlink_to(letter)
    with pytest.raises((OSError, EnvironmentProblem)):
        StudyLock(tmp_path / "lock").acquire()
    assert letter.read_text() == "Dear diary"
