"""A copy of a study somewhere else, made while it is open; also where its folder is gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench import paths, rights
from workbench.domain.consent import ConsentForm
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.files.intake import Cancelled
from workbench.services.files.lost_files import LostFiles
from workbench.services.key_states import require
from workbench.storage import content, conversion, database, key, maintenance, media_names
from workbench.storage.links import refuse_links
from workbench.storage.lock import StudyLock
from workbench.storage.maintenance import Problem
from workbench.underway import Draft
from workbench.vault import keyfile, ring

_FOLDERS = ("media", "recordings", "voices", "spool")  # no backups, and nothing made again at will

OnBytes = Callable[[int, int], None]
"""Told (bytes done, bytes in all)."""


@dataclass(frozen=True, slots=True)
class StudyCopy:
    """A copy on its way: the database is written, the files follow, perhaps in another thread.

    Attributes:
        target: where it will be.
        missing: titles of the materials and forms whose file is not there any more.
    """

    target: Path
    missing: tuple[str, ...]
    _draft: Draft
    _files: tuple[tuple[Path, Path], ...]

    def finish(self, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> None:
        """Copy the files and put the whole in its place; else nothing is left of it.

        Raises:
            Cancelled: `cancelled` said yes.
            UserError: a file cannot be read.
            EnvironmentProblem: the copy cannot be written.
        """
        try:
            total, done = sum(_size(path) for path, _ in self._files), 0

            def on_block(length: int) -> None:
                nonlocal done
                if cancelled():
                    raise Cancelled
                done += length
                on_bytes(done, total)

            for path, place in self._files:
                _copy(path, place, on_block)
            if cancelled():
                raise Cancelled
            self._draft.put()
        except OSError as problem:
            raise database.cannot_write(self.target, problem) from problem
        finally:
            self._draft.close()


def begin(desk: Desk, target: Path, *, with_key: bool = False) -> StudyCopy:
    """Write the database of a study into the draft of a copy; `finish` does the rest.

    Args:
        desk: the open study.
        target: the folder of the copy; nothing may be there.
        with_key: let the key with the real names go along, into the folder of the copy.

    Raises:
        UserError: something is there already, or the place lies in a study.
        EnvironmentProblem: it cannot be written, what is open is not left whole, or the key that
            shall go along cannot be read.
    """
    begun = _begun(desk.folder, target)
    draft = begun.path
    ring.hold(draft, ring.study_key(desk.folder))  # what is locked stays locked
    try:
        _write(desk, draft / database.FILE_NAME)
        files = _keys(desk.folder, draft) + _files(desk.folder, draft)
        if with_key and (people := require(desk.tables.key).people):
            _write_key(desk, people, draft)
        lost = LostFiles(desk).all()
        missing = tuple(
            one.title for one in lost if isinstance(one, ConsentForm) or one.deleted_at is None
        )
    except BaseException:
        begun.close()
        raise
    finally:
        ring.let_go(draft)
    return StudyCopy(target, missing, begun, files)


def of_closed(folder: Path, target: Path) -> StudyCopy:
    """Begin a copy of a study that is open nowhere, as it lies in its folder; see `begin`.

    Raises:
        StudyLocked: a program has it open.
    """
    refuse_links(folder)
    conversion.settle_begun(folder)
    with suppress(OSError):  # where there can be no lock, nobody writes either
        lock = StudyLock(folder / "lock")
        lock.acquire()
        lock.release()
    begun = _begun(folder, target)
    draft = begun.path
    names = [f"{database.FILE_NAME}{ending}" for ending in ("", "-wal", "-journal")]
    own = tuple((folder / name, draft / name) for name in names if (folder / name).is_file())
    own += _keys(folder, draft)
    return StudyCopy(target, (), begun, own + _files(folder, draft))


def _begun(folder: Path, target: Path) -> Draft:
    """Make the folder in which a copy is built."""
    if folder.resolve() in (target.resolve(), *target.resolve().parents):
        raise UserError(
            "copy-inside",
            "A study cannot be copied into itself.",
            "Choose a folder outside of the study.",
        )
    if target.exists():
        raise UserError(
            "study-exists",
            "“{target}” exists already.",
            "Choose another name; nothing is replaced.",
            target=target,
        )
    paths.keep_out_of_studies(target)
    begun = Draft(target)
    try:
        rights.own_folder(begun.path)
        for name in database.FOLDERS:
            rights.folder(begun.path / name)
    except OSError as problem:
        begun.close()
        raise database.cannot_write(target.parent, problem) from problem
    return begun


def _files(folder: Path, draft: Path) -> tuple[tuple[Path, Path], ...]:
    return tuple(
        (path, draft / name / path.name)
        for name in _FOLDERS
        for path in sorted((folder / name).glob("*"))
        if path.is_file() and not media_names.is_half(path.name)
    )


def _keys(folder: Path, draft: Path) -> tuple[tuple[Path, Path], ...]:
    there = (name for name in keyfile.NAMES if (folder / name).is_file())
    return tuple((folder / name, draft / name) for name in there)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone, or not to be read, which copying it says
        return 0


def _copy(path: Path, place: Path, on_block: Callable[[int], None]) -> None:
    """Copy a file, and tell the length of each block.

    One that is gone by now is left out: a recording was taken in, or a recognition finished, since
    the copy was begun.
    """
    rights.folder(place.parent)
    try:
        rights.claim(place, new=True)
        with place.open("r+b") as write:
            for block in intake.blocks(path, _as_it_lies):
                on_block(len(block))
                write.write(block)
            write.flush()
            os.fsync(write.fileno())
    except UserError:
        if path.exists():
            raise
        place.unlink()
    else:
        paths.copy_times(path, place)


def _as_it_lies(path: Path) -> BinaryIO:
    """Open a file of a locked study without opening its lock: the copy has the same key."""
    return path.open("rb")


def _write_key(desk: Desk, people: key.Entries, draft: Path) -> None:
    try:
        desk.tables.key.write(people, draft / key.FILE)
    except OSError as problem:
        raise database.cannot_write(draft, problem) from problem


def _write(desk: Desk, file: Path) -> None:
    """Write a copy of the database, which must be all of it.

    Where another program has written into the file, some of what is open may be left in no place.
    """
    place = desk.journal.place if desk.journal else None
    if place is None or not place.overwritten:
        database.backup(desk.db, file)
        return
    try:
        database.backup(desk.db, file)
        whole = place.holds_all(content.of_file(file)) and not _faults(file)
    except (EnvironmentProblem, UserError) as problem:
        if problem.code in ("disk-full", "cannot-write"):
            raise
        whole = False
    if not whole:
        raise EnvironmentProblem(
            "copy-not-whole",
            "What was open of “{study}” is no longer there as a whole, since its file was"
            " written over; no copy was made.",
            "Go back to one of its backups. What is in its place now is kept as a backup, too.",
            ways=(Way.RESTORE,),
            study=desk.folder.stem,
        )


def _faults(file: Path) -> list[Problem]:
    db = database.connect(file.parent, read_only=True)
    try:
        return maintenance.quick_check(db)
    finally:
        db.close()


__all__ = ["Cancelled", "OnBytes", "StudyCopy", "begin", "of_closed"]
