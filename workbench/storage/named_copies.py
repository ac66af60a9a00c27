"""Copies of the database from before there was a key: real names stand in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from workbench.errors import WorkbenchError
from workbench.storage import copies, driver, migrations
from workbench.storage.head import read_version
from workbench.storage.nameless import holds_names, without_names
from workbench.storage.rollback import ALONE

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of the copies in which real names stood.

    Attributes:
        rewritten: those without names now.
        left: those that cannot be rewritten, since they are damaged or nobody can look into them.
    """

    rewritten: tuple[Path, ...]
    left: tuple[Path, ...]


def named(folder: Path, names: Collection[str]) -> list[Path]:
    """Return the copies of a study in which real names stand.

    Args:
        folder: of the study.
        names: those that are known: a file that is damaged, or a log, is searched for their bytes.
    """
    sought = [name.encode(form) for name in names for form in ("utf-8", "utf-16-le")]
    return [path for path in copies.all_of(folder) if _holds(path, sought)]


def clear(found: Collection[Path]) -> Cleared:
    """Write copies anew without names; else they stay what they are, as old as they are.

    Args:
        found: what `named` returned.

    Raises:
        OSError: the folder cannot be written.
    """
    done: dict[bool, list[Path]] = {True: [], False: []}
    for path in found:
        done[copies.rewrite(path, without_names, older=True)].append(path)
    return Cleared(tuple(done[True]), tuple(done[False]))


def _holds(path: Path, sought: Collection[bytes]) -> bool:
    try:
        if read_version(path) >= migrations.version(migrations.NAMELESS):
            return False
        with closing(driver.connect(path, ALONE)) as copy:
            return holds_names(Database(copy, execute_plugins=False))
    except (WorkbenchError, sqlite3.DatabaseError):
        return _is_in(path, sought)


def _is_in(path: Path, sought: Collection[bytes]) -> bool:
    """Tell whether bytes stand in a file, also across the ends of what is read at once."""
    longest = max(map(len, sought), default=1)
    try:
        with path.open("rb") as file:
            rest = b""
            while block := file.read(_BLOCK):
                held = rest + block
                if any(one in held for one in sought):
                    return True
                rest = held[-longest:]
    except OSError:
        return False
    return False


__all__ = ["Cleared", "clear", "named"]
