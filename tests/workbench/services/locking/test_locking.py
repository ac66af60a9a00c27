"""A locked study: nobody reads it without its key, and whoever has that notices nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import program, run, says
from tests.support.vault import (
    BEGAN,
    SAID,
    SOUND,
    WORD,
    cheap_keys,
    contents,
    fill,
    not_installed,
    readable,
)
from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.door import Door
from workbench.services.files import intake, recording
from workbench.services.files.recording import WaveWriter, folder_of
from workbench.services.keeping.backups import Backups
from workbench.services.locking import locking
from workbench.speech import client
from workbench.storage import conversion, key_places
from workbench.storage.refusals import DamagedStudy, Stopped
from workbench.study import Study, StudyLocked
from workbench.vault import keyfile, ring, state
from workbench.vault.refusals import KeyLost, PassphraseWanted, WrongPassphrase
from workbench.vault.state import State


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield
        assert not any(ring._studies.values()), "a key is left in this process"


def on(_share: float) -> bool:
    return False


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """A study with something in every corner; to be copied."""
    folder = tmp_path_factory.mktemp("full") / "Cake.study"
    fill(folder, jfk)
    return folder


@pytest.fixture(scope="module")
def sealed(full: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same study locked, and the key of its sheet; to be copied."""
    folder = shutil.copytree(full, tmp_path_factory.mktemp("sealed") / full.name)
    with cheap_keys():
        _, sheet = locking.lock(folder, SAID, on)
    return folder, sheet


@pytest.fixture
def plain(full: Path, tmp_path: Path) -> Path:
    """A study that can be read by everybody."""
    return Path(shutil.copytree(full, tmp_path / full.name))


@pytest.fixture
def locked(sealed: tuple[Path, str], tmp_path: Path) -> Iterator[Path]:
    """A locked study, of which nobody has said the passphrase."""
    folder = Path(shutil.copytree(sealed[0], tmp_path / "locked" / sealed[0].name))
    yield folder
    locking.let_go(folder)


def shown(folder: Path) -> object:
    with Study.open(folder, read_only=True) as study:
        return study.show()


def test_everything_is_locked_and_comes_back_as_it_was(full: Path, plain: Path) -> None:
    assert list(readable(plain))
    said = shown(plain)
    done, sheet = locking.lock(plain, SAID, on)
    assert not list(readable(plain))
    assert done.others == ()
    assert set(contents(full)) | set(keyfile.NAMES) == set(contents(plain))
    assert not (plain / conversion.FOLDER).exists()
    locking.open_with(plain, sheet)
    assert shown(plain) == said
    locking.unlock(plain, on)
    assert not locking.is_locked(plain)
    before, after = contents(full), contents(plain)
    assert set(before) == set(after)
    sames = {name for name in before if before[name] == after[name]}
    assert {name for name in before if not name.endswith(".sqlite")} <= sames
    assert shown(plain) == said
    with Study.open(plain) as study:
        assert study.check() == []


def test_nothing_is_readable_while_it_is_open_and_worked_in(locked: Path, jfk: Path) -> None:
    locking.open_with(locked, SAID)
    writer = WaveWriter(folder_of(locked), BEGAN)
    with Study.open(locked) as study:
        [job] = study.jobs.queue.unfinished()
        turns = study.transcripts.turns(job.transcript_id)
        assert [turn.text for turn in turns] == [f"I like {WORD}"]  # from the spool
        with study.step(Op.EDIT_CHARTER):
            study.edit_charter(title=f"More {WORD}")
        note = locked.with_name("more.txt")
        note.write_text(f"Again the {WORD}. A third paragraph.", "utf-8")
        study.imports.take_in([note])
        study.keeping.copies.backup()
        writer.write(SOUND * 30)
        assert (locked / "study.sqlite-wal").stat().st_size > 0
        assert not list(readable(locked))
        assert study.check() == []
        assert study.search("third")
        study.undo()
    assert writer.close().duration_ms == 3_000
    assert not list(readable(locked))
    ours = sorted(recording.unfinished(locked), key=lambda one: one.duration_ms)
    assert [one.duration_ms for one in ours] == [2_500, 3_000]
    [probed] = client.probe([ours[1].path])
    assert not isinstance(probed, Exception)
    assert probed.duration_ms == 3_000
    with Study.open(locked) as study:
        [source] = study.imports.take_in([ours[1].path])
        sound = b"".join(intake.blocks(study.materials.media_path(source)))
    assert sound[44:] == SOUND * 30
    assert not list(readable(locked))


WORK = """
import sys
from datetime import datetime
from pathlib import Path
from tests.support.vault import SAID, SOUND, WORD
from workbench.domain.change import Op
from workbench.services.locking import locking
from workbench.services.files.recording import WaveWriter, folder_of
from workbench.study import Study
folder = Path(sys.argv[1])
locking.open_with(folder, SAID)
study = Study.open(folder)
writer = WaveWriter(folder_of(folder), datetime(2026, 9, 13))
for number, _ in enumerate(sys.stdin):
    with study.step(Op.EDIT_CHARTER):
        study.edit_charter(title=f"{number} {WORD}")
    writer.write(SOUND)
    if number % 5 == 0:
        study.keeping.copies.backup()
    print(number, flush=True)
"""


def test_nothing_is_readable_after_a_kill_and_work_goes_on(locked: Path) -> None:
    with program(WORK, locked) as child:
        assert child.stdin is not None
        for _ in range(26):  # a search for each step, or the study grows faster than it is searched
            print(file=child.stdin, flush=True)
            assert not list(readable(locked))
            says(child)
        child.stdin.write("\n" * 99)
        child.stdin.flush()
    assert not list(readable(locked))
    locking.open_with(locked, SAID)
    with Study.open(locked) as study:
        assert int(study.title.split()[0]) >= 25
        assert [problem for problem in study.check() if problem.serious] == []
    assert recording.unfinished(locked)[-1].duration_ms >= 1_000
    assert not list(readable(locked))


CONVERT = """
import os, signal, sys
from pathlib import Path
from tests.support.vault import SAID
from workbench.services.locking import locking
from workbench.vault import keyfile
keyfile.COST = 1 << 10
folder, way, end = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
count = 0
def traced(before):
    def told(self, *rest, **more):
        global count
        found = before(self, *rest, **more)
        count += 1
        if count >= end:
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    return told
for name in ("replace", "unlink", "mkdir", "touch"):
    setattr(Path, name, traced(getattr(Path, name)))
os.fsync = traced(os.fsync)
if way == "lock":
    locking.lock(folder, SAID, lambda share: False)
else:
    locking.open_with(folder, SAID)
    locking.unlock(folder, lambda share: False)
print("done", count)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed there as here")
@pytest.mark.parametrize("way", ["lock", "unlock"])
def test_whatever_ends_it_a_study_is_as_before_or_as_wanted(
    way: str, full: Path, sealed: tuple[Path, str], tmp_path: Path
) -> None:
    said, seen = shown(full), set()
    whole = tmp_path / "whole.study"
    shutil.copytree(full if way == "lock" else sealed[0], whole)
    [told] = run(CONVERT, whole, way, "inf")
    steps = int(told.split()[1])
    assert steps > 20
    for end in range(1, steps + 1, max(1, steps // 7)):
        folder = tmp_path / f"{end}.study"
        shutil.copytree(full if way == "lock" else sealed[0], folder)
        with program(CONVERT, folder, way, end) as child:
            assert child.wait() == -signal.SIGKILL
        conversion.settle_begun(folder)
        now = state.of(folder)
        seen.add(now)
        if now is State.LOCKED:
            locking.open_with(folder, SAID)
        assert shown(folder) == said
        with Study.open(folder) as study:
            assert study.check() == []
        assert not (folder / conversion.FOLDER).exists()
        assert bool(list(readable(folder))) is (now is State.OPEN)
        locking.let_go(folder)
    assert seen == {State.OPEN, State.LOCKED}


def test_whoever_thinks_better_of_it_has_the_study_as_it_was(plain: Path) -> None:
    before = contents(plain)
    for end in (0.0, 0.3, 0.9, 1.0):
        with pytest.raises(Stopped):
            locking.lock(plain, SAID, lambda share, end=end: share >= end)
        assert contents(plain) == before


def test_a_study_that_is_open_somewhere_is_not_locked(plain: Path) -> None:
    with Study.open(plain), pytest.raises(StudyLocked):
        locking.lock(plain, SAID, on)
    assert not locking.is_locked(plain)


def test_a_full_disk_is_said_before(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_SPARE", 1 << 60)
    before = contents(plain)
    with pytest.raises(EnvironmentProblem, match="no room"):
        locking.lock(plain, SAID, on)
    assert contents(plain) == before


def test_files_of_somebody_else_stay_and_are_told(plain: Path) -> None:
    (plain / "theirs.txt").write_text("mine")
    (plain / "recordings" / "theirs.wav").write_text("mine")
    (plain / "people-20260912-101530.key.unreadable").write_text(WORD)
    done, _ = locking.lock(plain, SAID, on)
    assert done.others == ("theirs.txt", "recordings/theirs.wav")
    assert (plain / "theirs.txt").read_text() == "mine"
    assert not list(readable(plain))


def test_the_passphrase_is_wanted_and_a_wrong_one_is_a_sentence(locked: Path) -> None:
    with pytest.raises(PassphraseWanted, match="locked with a passphrase"):
        Study.open(locked)
    with pytest.raises(PassphraseWanted):
        Study.open(locked, read_only=True)
    with pytest.raises(WrongPassphrase, match="does not open"):
        locking.open_with(locked, "wrong")
    with pytest.raises(PassphraseWanted):
        Study.open(locked)
    with pytest.raises(UserError, match="at least 8"):
        locking.lock(locked, "short", on)


def test_a_damaged_file_is_not_a_locked_one(plain: Path, locked: Path) -> None:
    garbage = os.urandom(20_000)
    (plain / "study.sqlite").write_bytes(garbage)
    assert state.of(plain) is State.OPEN
    with pytest.raises(DamagedStudy, match="damaged"):
        Study.open(plain)
    assert Backups(plain).are_needed
    (locked / "study.sqlite").write_bytes(garbage)
    with pytest.raises(PassphraseWanted):
        Study.open(locked)
    locking.open_with(locked, SAID)
    with pytest.raises(DamagedStudy, match="damaged"):
        Study.open(locked)
    backups = Backups(locked)
    assert backups.are_needed
    good = next(one for one in backups.all() if backups.holds(one))
    assert backups.holds(good)["sources"] == 2
    backups.restore(good)
    with Study.open(locked) as study:
        assert study.title == f"About {WORD}"
    assert not list(readable(locked))


@pytest.mark.parametrize("gone", [(), ("study.sqlite",), ("study.sqlite", "backups")])
def test_a_locked_study_without_key_files_is_known(locked: Path, gone: tuple[str, ...]) -> None:
    for name in keyfile.NAMES:
        (locked / name).unlink()
    for name in gone:
        if (locked / name).is_dir():
            shutil.rmtree(locked / name)
        else:
            (locked / name).write_bytes(os.urandom(9_000))
    assert state.of(locked) is State.KEYLESS
    with pytest.raises(KeyLost, match="not damaged"):
        Study.open(locked)


def test_a_changed_page_is_damage(locked: Path) -> None:
    file = locked / "study.sqlite"
    pages = bytearray(file.read_bytes())
    for page in range(4096, len(pages), 4096):
        pages[page + 200] ^= 1
    file.write_bytes(pages)
    locking.open_with(locked, SAID)
    with pytest.raises(UserError, match="damaged"), Study.open(locked) as study:
        study.show()


def test_a_copy_has_the_same_passphrase(locked: Path, sealed: tuple[Path, str]) -> None:
    locking.open_with(locked, SAID)
    target = locked.with_name("Copy.study")
    with Study.open(locked) as study:
        study.keeping.copy_to(target, with_key=True).finish(
            lambda _done, _total: None, lambda: False
        )
    assert not list(readable(target))
    with pytest.raises(PassphraseWanted):
        Study.open(target)
    locking.open_with(target, sealed[1])
    with Study.open(target) as study:
        assert study.check() == []
    locking.let_go(target)


def test_what_leaves_is_never_in_clear_in_the_study(locked: Path, tmp_path: Path) -> None:
    locking.open_with(locked, SAID)

    def fill(path: Path) -> None:
        path.write_text(WORD)
        assert not list(readable(locked))

    Door(locked).leave(tmp_path / "out.txt", fill)
    assert (tmp_path / "out.txt").read_text() == WORD


def test_real_names_that_lie_elsewhere_are_not_left_locked(locked: Path, tmp_path: Path) -> None:
    locking.open_with(locked, SAID)
    with Study.open(locked) as study:
        place = tmp_path / "elsewhere.key"
        (locked / "people.key").rename(place)
        key_places.remember(study.charter.id, place)
    with pytest.raises(UserError, match="lies elsewhere"):
        locking.unlock(locked, on)
    place.rename(locked / "people.key")
    locking.unlock(locked, on)
    assert WORD in (locked / "people.key").read_text("utf-8")


def test_another_passphrase(locked: Path) -> None:
    with pytest.raises(PassphraseWanted):
        locking.change(locked, passphrase="another one")
    locking.open_with(locked, SAID)
    with pytest.raises(UserError, match="at least 8"):
        locking.change(locked, passphrase="short")
    assert locking.change(locked, passphrase="another one") == ""
    locking.let_go(locked)
    with pytest.raises(WrongPassphrase):
        locking.open_with(locked, SAID)
    locking.open_with(locked, "another one")


def test_without_the_libraries_it_is_said_what_to_install(plain: Path, locked: Path) -> None:
    with not_installed():
        with pytest.raises(EnvironmentProblem, match=r"fieldwork-workbench\[private\]"):
            locking.open_with(locked, SAID)
        with pytest.raises(EnvironmentProblem, match=r"fieldwork-workbench\[private\]"):
            locking.lock(plain, SAID, on)
        assert shown(plain)  # what is not locked needs none of them


@pytest.mark.skipif(os.name == "nt", reason="rights are in the folder there")
@pytest.mark.parametrize("name", ["sheet.docx", "sheet.txt"])
def test_a_recovery_sheet_is_its_owners_alone(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    out.write_text("old")
    out.chmod(0o644)
    locking.write_sheet(out, "Moving home", "AB12-CD34", replace=True)
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.stat().st_size > len("old")
