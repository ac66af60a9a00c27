"""A study is locked, or made readable by everybody again: all of it, or nothing.

Everything is written anew into a folder of its own beside what is there, and compared with it. Then
one small file is put there, which says what takes whose place: before it, the study is as it was,
and behind it, whoever comes next finishes what was begun, for which no key is needed. So whatever
ends the program, nothing is half.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from workbench import paths, rights
from workbench.errors import EnvironmentProblem, UserError
from workbench.storage import database, drafts, driver, logs
from workbench.storage.head import read_version
from workbench.storage.key import FILE as PEOPLE
from workbench.storage.key import Key
from workbench.storage.lock import StudyLock
from workbench.storage.refusals import NotAStudy, Stopped
from workbench.storage.rollback import ALONE
from workbench.vault import files, keyfile, ring, state
from workbench.vault.keyfile import Made
from workbench.vault.keys import StudyKey

FOLDER = "converting"
_COMMIT = "commit.json"
_GROW = {"recordings": 44, "spool": 0}  # folders of files that grow, and how long their heads are
_PLACES = ("backups", "media", "recordings", "voices", "spool", "cache")
_CLEAR = ("begun.txt",)  # names of recordings, which hold a date and no words
_BLOCK = 1 << 20
_SPARE = 50_000_000  # bytes that stay free on the disk
OnShare = Callable[[float], bool]
"""Told how much is done, from 0 to 1; ends it by `True`."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What was done.

    Attributes:
        files: how many were written anew.
        others: files in the folder that are not the study's, which stay as they are.
    """

    files: int
    others: tuple[str, ...]


def lock(folder: Path, made: Made, on_share: OnShare) -> Converted:
    """Lock a study that is open nowhere.

    Raises:
        UserError: it is locked already.
        StudyLocked: a program has it open.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Stopped: `on_share` said so; the study is as it was.
    """
    with closing(_Work(folder, on_share)) as work:
        if state.of(folder) is not state.State.OPEN:
            raise UserError(
                "study-is-locked",
                "The study “{study}” is locked already.",
                "“workbench passphrase STUDY” changes its passphrase.",
                study=folder.stem,
            )
        _fold_in(folder)
        ring.hold(work.draft, made.key)
        try:
            for name in keyfile.NAMES:
                keyfile.write(work.draft / name, made.content)
            return work.convert(None, made.key, also=keyfile.NAMES)
        finally:
            ring.let_go(work.draft)


def unlock(folder: Path, on_share: OnShare) -> Converted:
    """Make a locked study readable by everybody again; it is open to this process, and closed.

    Raises:
        PassphraseWanted: nobody has said the passphrase.
        UserError: it is not locked.
        StudyLocked: a program has it open.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Stopped: `on_share` said so; the study is as it was.
    """
    with closing(_Work(folder, on_share)) as work:
        key = state.held_key(folder)
        _fold_in(folder)
        ring.hold(work.draft, None)
        try:
            done = work.convert(key, None, gone=keyfile.NAMES)
        finally:
            ring.let_go(work.draft)
        ring.let_go(folder)
        return done


def is_begun(folder: Path) -> bool:
    """Tell whether a study is to be finished being locked or unlocked."""
    return (folder / FOLDER / _COMMIT).is_file()


def settle(folder: Path) -> None:
    """Finish what was begun, and clear what was given up; the study's lock is held.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """
    draft = folder / FOLDER
    try:
        if is_begun(folder):
            told = json.loads((draft / _COMMIT).read_text("utf-8"))
            for name in told["files"]:
                rights.folder((folder / name).parent)
                with suppress(FileNotFoundError):  # it has its place already
                    (draft / name).replace(folder / name)
            for name in told["gone"]:
                (folder / name).unlink(missing_ok=True)
            _to_disk(folder)
            (draft / _COMMIT).unlink()
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem
    shutil.rmtree(draft, ignore_errors=True)


def settle_begun(folder: Path) -> None:
    """Finish what was begun, for whoever only wants to read.

    Raises:
        StudyLocked: it is being done just now.
        EnvironmentProblem: the folder cannot be written.
    """
    if is_begun(folder):
        _Work(folder, lambda _share: False).close()


class _Work:
    """One conversion: the study's lock is held, and the draft goes with it."""

    def __init__(self, folder: Path, on_share: OnShare) -> None:
        self.folder, self.draft = folder, folder / FOLDER
        self._on_share = on_share
        self._done = self._total = 0
        database.require(folder)
        self._lock = StudyLock(folder / "lock")
        try:
            self._lock.acquire()
        except OSError as problem:
            raise database.cannot_write(folder, problem) from problem
        try:
            settle(folder)
            drafts.sweep(folder)
            rights.folder(self.draft)
        except OSError as problem:
            self._lock.release()
            raise database.cannot_write(folder, problem) from problem
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Give up what was not finished."""
        try:
            if not is_begun(self.folder):
                shutil.rmtree(self.draft, ignore_errors=True)
        finally:
            self._lock.release()

    def convert(
        self,
        old: StudyKey | None,
        new: StudyKey | None,
        *,
        also: tuple[str, ...] = (),
        gone: tuple[str, ...] = (),
    ) -> Converted:
        """Write everything anew and put it in its place."""
        names, others = _listed(self.folder)
        self._total = 2 * sum((self.folder / name).stat().st_size for name in names) or 1
        self._require_room()
        try:
            for name in names:
                self._anew(name, old, new)
            left = tuple(f"{database.FILE_NAME}{end}" for end in ("-wal", "-shm", "-journal"))
            self._commit({"files": [*also, *names], "gone": [*gone, *left]})
        except OSError as problem:
            raise database.cannot_write(self.folder, problem) from problem
        settle(self.folder)
        return Converted(len(names), others)

    def _anew(self, name: str, old: StudyKey | None, new: StudyKey | None) -> None:
        source, target = self.folder / name, self.draft / name
        rights.folder(target.parent)
        size = source.stat().st_size
        if source.suffix == ".sqlite" and _is_readable(source):
            with database.told(source):
                if new is not None:
                    driver.sealed(source, target, new)
                else:
                    assert old is not None  # noqa: S101  one of the two is locked
                    driver.unsealed(source, target, old)
                self._tell(size)
                _require_same(source, target)
            with target.open("rb+") as file:
                os.fsync(file.fileno())
            self._tell(size)
        else:
            self._copy(source, target)
        shutil.copymode(source, target)
        paths.copy_times(source, target)
        shutil.copymode(source, target)

    def _copy(self, source: Path, target: Path) -> None:
        head = _GROW.get(source.parent.name)
        before = hashlib.sha256()
        if head is None:
            with files.writing(target, sync=True) as into:
                for block in self._blocks(source, before):
                    into.write(block)
        else:
            with files.opened(source) as file:
                first = file.read(head)
            with closing(files.begin(target, first)) as growing:
                for block in self._blocks(source, before, skip=len(first)):
                    growing.add(block)
                growing.sync()
        after = hashlib.sha256()
        for _ in self._blocks(target, after):
            pass
        if before.digest() != after.digest():
            raise _other(source)

    def _blocks(self, path: Path, checksum: hashlib._Hash, skip: int = 0) -> Iterator[bytes]:
        with files.opened(path) as file:
            checksum.update(file.read(skip))
            while block := file.read(_BLOCK):
                checksum.update(block)
                yield block
                self._tell(len(block))

    def _commit(self, told: dict[str, list[str]]) -> None:
        for folder in (self.draft, *(path for path in self.draft.iterdir() if path.is_dir())):
            _to_disk(folder)
        if self._on_share(1.0):
            raise Stopped
        keyfile.write(self.draft / _COMMIT, json.dumps(told).encode())
        _to_disk(self.draft)

    def _tell(self, length: int) -> None:
        self._done += length
        if self._on_share(min(1.0, self._done / self._total)):
            raise Stopped

    def _require_room(self) -> None:
        needed = self._total // 2 + _SPARE
        if shutil.disk_usage(self.folder).free < needed:
            raise EnvironmentProblem(
                "disk-full",
                "There is no room for the second copy of “{study}” that is needed until the"
                " first can go: about {mb} MB.",
                "Make room on its disk and try again; nothing was changed.",
                study=self.folder.stem,
                mb=needed // 1000000,
            )


def _listed(folder: Path) -> tuple[list[str], tuple[str, ...]]:
    """Return the files that hold words or sound, the database last, and those of somebody else."""
    names: list[str] = []
    others: list[str] = []
    for path in sorted(folder.iterdir()):
        known = (database.FILE_NAME, "lock", PEOPLE, *keyfile.NAMES)
        if path.is_file() and path.name not in known and not path.name.startswith(known[0]):
            aside = path.match("people-*.key.unreadable")  # names may stand in it all the same
            (names if aside else others).append(path.name)
    for place in _PLACES:
        begun = _begun(folder / place) if place == "recordings" else None
        for path in sorted((folder / place).glob("*")):
            if not path.is_file() or path.name in _CLEAR:
                continue
            ours = begun is None or path.name in begun
            (names if ours else others).append(f"{place}/{path.name}")
    if (folder / PEOPLE).is_file():
        names.append(PEOPLE)
    return [*names, database.FILE_NAME], tuple(others)


def _begun(folder: Path) -> list[str]:
    try:
        return (folder / _CLEAR[0]).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []


def _fold_in(folder: Path) -> None:
    """Let the database be one file, which is closed."""
    file = folder / database.FILE_NAME
    read_version(file)
    if logs.look(file) in (logs.Found.STRANGER, logs.Found.MISSING):
        raise UserError(
            "log-strange",
            "Beside “{study}” lies a log that is not its own, or its own is missing.",
            "Open the study once, look through what was done last, close it and try again.",
            study=folder.stem,
        )
    db = database.connect(folder)
    try:
        _require_key_here(folder, Key(db, folder))
    finally:
        database.close(db)


def _require_key_here(folder: Path, people: Key) -> None:
    """Make sure that the key with the real names is converted as well.

    Raises:
        UserError: it lies elsewhere.
    """
    place = people.path
    if place.parent != folder and (people.is_kept or place.exists()):
        raise UserError(
            "key-elsewhere",
            "The key with the real names of “{study}” lies elsewhere, “{place}”.",
            "Bring it back (“workbench key STUDY move STUDY”, “Where is the key…”), then try again;"
            " afterwards it can be moved there once more.",
            study=folder.stem,
            place=place,
        )


def _is_readable(file: Path) -> bool:
    """Tell whether a copy is a database of this program; a damaged one goes along as it is."""
    try:
        read_version(file)
        with database.told(file), closing(driver.connect(file, ALONE)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except NotAStudy:
        if file.name == database.FILE_NAME:
            raise
        return False


def _require_same(one: Path, other: Path) -> None:
    """Make sure that two databases hold the same rows."""
    with closing(driver.connect(one, ALONE)) as a, closing(driver.connect(other, ALONE)) as b:
        ask = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        listed = a.execute(ask).fetchall()
        same = listed == b.execute(ask).fetchall()
        for kind, name, _, sql in listed:
            if same and kind == "table" and not (sql or "").upper().startswith("CREATE VIRTUAL"):
                rows = f'SELECT * FROM "{name}"'
                pairs = zip_longest(a.execute(rows), b.execute(rows))
                same = all(before == after for before, after in pairs)
    if not same:
        raise _other(one)


def _other(file: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "copy-differs",
        "What was written of “{file}” is not what is in it, so nothing was changed.",
        "Check the disk, and “workbench check” the study, then try again.",
        file=file.name,
    )


def _to_disk(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can be asked for that."""
    with suppress(OSError, AttributeError):
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


__all__ = ["FOLDER", "Converted", "OnShare", "is_begun", "lock", "settle", "settle_begun", "unlock"]
