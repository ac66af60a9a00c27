"""What the program makes can be read by its owner alone, whatever the machine says of new files."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

import pytest

from tests.support import vault
from tests.support.commands import workbench
from workbench import log, paths, rights
from workbench.services.files.recording import WaveWriter, folder_of
from workbench.services.keeping.backups import Backups
from workbench.services.locking import locking
from workbench.settings import SettingsStore
from workbench.speech import speed, spool
from workbench.storage import key_places
from workbench.study import Study
from workbench.vault import keyfile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
OPEN = ("sh", "-c", 'umask 0; exec "$@"', "sh")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def wide(*folders: Path) -> list[str]:
    """Return what somebody else may read or write."""
    found = (path for folder in folders for path in (folder, *folder.rglob("*")))
    return [f"{path}: {S_IMODE(path.stat().st_mode):o}" for path in found if is_wide(path)]


def is_wide(path: Path) -> bool:
    return not path.is_symlink() and bool(S_IMODE(path.stat().st_mode) & 0o077)


def live(folder: Path, recording: Path) -> None:
    """Have everything made that a study has in its folder."""
    note = folder.with_name("note.txt")
    note.write_text("The cake was good.", "utf-8")
    for file in (note, recording):
        file.chmod(0o666)
    with Study.create(folder) as study:
        person = study.people.add(pseudonym="Magdalena", real_name="Ada Byron")
        sources = study.imports.take_in([note, recording], people=[person.id])
        heard = vault.of(sources, recording)
        study.materials.loudness.keep(heard, [1, 2, 3])
        job = study.jobs.add(heard.id, model="fake", speakers=0)
        spool.Spool(spool.path_of(folder / "spool", job.id), "key").close()
        study.keeping.copies.backup()
        study.materials.media_path(heard).unlink()
        study.keeping.lost.bring_back([recording])
    writer = WaveWriter(folder_of(folder), vault.BEGAN)
    writer.write(vault.SOUND)
    writer.close()


def test_everything_of_a_study_is_for_its_owner_alone(
    tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, "COST", 1 << 10)
    folder, copy = tmp_path / "Cake.study", tmp_path / "Copy.study"
    folder.mkdir()
    folder.chmod(0o777)  # an empty one that somebody made
    sound = Path(shutil.copy(jfk, tmp_path))
    with umask(0):
        live(folder, sound)
        with Study.open(folder) as study:
            study.keeping.copy_to(copy).finish(lambda _done, _total: None, lambda: False)
            assert not wide(folder, copy)  # with its lock and logs
        backups = Backups(folder)
        backups.restore(backups.all()[0])
        locking.lock(folder, vault.SAID, lambda _share: False)
        assert not wide(folder)
        locking.open_with(folder, vault.SAID)
        with Study.open(folder) as study:
            study.keeping.copies.backup()
            folder.with_name("note.txt").write_text("There was no more cake.", "utf-8")
            study.imports.take_in([folder.with_name("note.txt")])
            assert not wide(folder)
        locking.unlock(folder, lambda _share: False)
        locking.let_go(folder)
    assert not wide(folder, copy)
    made = {path.relative_to(folder).parts[0] for path in folder.rglob("*")}
    assert made >= {"backups", "cache", "media", "recordings", "spool", "people.key"}
    assert S_IMODE(sound.stat().st_mode) == 0o666


def test_commands_make_files_for_their_owner_alone(
    tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "new" / "home", tmp_path / "One.study"
    elsewhere = tmp_path / "key"
    elsewhere.mkdir()
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    for asked in (
        ("new", folder),
        ("import", folder, jfk),
        ("transcribe", folder, "--model", "fake", "--speakers", "0"),
        ("key", folder, "move", elsewhere),
        ("backups", folder, "--make"),
        ("export", folder, "--format", "json", "--out", tmp_path / "out.json"),
    ):
        done = workbench(*asked, before=OPEN)
        assert done.code == 0, (asked, done.err)
    assert not wide(folder, home)
    assert list((home / "log").iterdir())
    # What leaves is as the machine makes new files: it is meant for others.
    assert is_wide(tmp_path / "out.json")


def test_the_programs_own_files_are_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    root = logging.getLogger("workbench")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(log, "_SIZE", 200)
    with umask(0):
        log.start()
        for number in range(20):
            root.warning("a line that fills the file: %s", number)
        SettingsStore(paths.config_dir() / "settings.json").remember(
            tmp_path / "One.study", title="One", opened=""
        )
        key_places.remember("one", tmp_path / "people.key")
        speed.keep("fake", speed.Measured(60_000, 30_000))
    for handler in root.handlers:
        handler.close()
    assert len(list((tmp_path / "home" / "log").iterdir())) > 1
    assert not wide(tmp_path / "home")


@pytest.mark.parametrize(
    ("of_study", "mask", "folders", "files"),
    [(0o770, 0, 0o770, 0o660), (0o755, 0o022, 0o755, 0o644), (0o755, 0o077, 0o700, 0o600)],
)
def test_a_study_that_was_opened_to_others_stays_so(
    tmp_path: Path, of_study: int, mask: int, folders: int, files: int
) -> None:
    folder = tmp_path / "One.study"
    Study.create(folder).close()
    for path in (folder, *folder.rglob("*")):
        path.chmod(of_study if path.is_dir() else of_study & 0o666)
    before = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    note = tmp_path / "note.txt"
    note.write_text("The cake was good.", "utf-8")
    with umask(mask), Study.open(folder) as study:
        study.imports.take_in([note])
        writer = WaveWriter(folder_of(folder), vault.BEGAN)
        writer.write(vault.SOUND)
        writer.close()
        study.keeping.copy_to(tmp_path / "Copy.study").finish(
            lambda _done, _total: None, lambda: False
        )
    for path in (folder / "recordings", folder / "media", *(folder / "media").iterdir()):
        if path not in before:
            assert S_IMODE(path.stat().st_mode) == (folders if path.is_dir() else files), path
    assert {path: path.stat().st_mode for path in before} == before
    assert not wide(tmp_path / "Copy.study")


def test_what_is_there_keeps_its_rights(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    there.chmod(0o640)
    rights.claim(there)
    assert (there.read_text(), S_IMODE(there.stat().st_mode)) == ("mine", 0o640)
    with pytest.raises(FileExistsError):
        rights.claim(there, new=True)
