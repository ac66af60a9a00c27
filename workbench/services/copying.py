"""A copy of a study somewhere else, made while it is open; also where its folder is gone."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench import paths
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.intake import Cancelled
from workbench.storage import database

_FOLDERS = ("media", "recordings", "voices", "spool")  # no backups, and nothing made again at will
_BLOCK = 1 << 20

OnBytes = Callable[[int, int], None]
"""Told (bytes done, bytes in all)."""


@dataclass(frozen=True, slots=True)
class StudyCopy:
    """A copy on its way: the database is written, the files follow, perhaps in another thread.

    Attributes:
        target: where it will be.
        missing: titles of the materials whose file is not there any more.
    """

    target: Path
    missing: tuple[str, ...]
    _draft: Path
    _files: tuple[tuple[Path, Path], ...]

    def finish(self, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> None:
        """Copy the files and put the whole in its place; else nothing is left of it.

        Raises:
            Cancelled: `cancelled` said yes.
            EnvironmentProblem: it cannot be written.
        """
        try:
            total, done = sum(path.stat().st_size for path, _ in self._files), 0
            for path, place in self._files:
                place.parent.mkdir(exist_ok=True)
                with path.open("rb") as read, place.open("xb") as write:
                    while block := read.read(_BLOCK):
                        if cancelled():
                            raise Cancelled
                        write.write(block)
                        done += len(block)
                        on_bytes(done, total)
                    write.flush()
                    os.fsync(write.fileno())
                paths.copy_times(path, place)
            if cancelled():
                raise Cancelled
            self._draft.rename(self.target)
        except OSError as problem:
            raise database.cannot_write(self.target, problem) from problem
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)


def begin(desk: Desk, target: Path) -> StudyCopy:
    """Write the database of a study into the draft of a copy; `finish` does the rest.

    Args:
        desk: the open study.
        target: the folder of the copy; nothing may be there.

    Raises:
        UserError: something is there already, or the place lies in a study.
        EnvironmentProblem: it cannot be written.
    """
    if desk.folder.resolve() in (target.resolve(), *target.resolve().parents):
        raise UserError(
            "copy-inside",
            "A study cannot be copied into itself.",
            "Choose a folder outside of the study.",
        )
    if target.exists():
        raise UserError(
            "study-exists",
            f"“{target}” exists already.",
            "Choose another name; nothing is replaced.",
        )
    paths.keep_out_of_studies(target)
    try:
        draft = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(6)}")
        draft.mkdir()
    except OSError as problem:
        raise database.cannot_write(target.parent, problem) from problem
    try:
        for name in database.FOLDERS:
            (draft / name).mkdir()
        database.backup(desk.db, draft / database.FILE_NAME)
        files = tuple(
            (path, draft / folder / path.name)
            for folder in _FOLDERS
            for path in sorted((desk.folder / folder).glob("*"))
            if path.is_file() and path.suffix != ".partial"
        )
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    missing = tuple(
        source.title
        for source in desk.tables.source.select(deleted_at=None)
        if not (desk.media / source.file).is_file()
    )
    return StudyCopy(target, missing, draft, files)


__all__ = ["Cancelled", "OnBytes", "StudyCopy", "begin"]
