"""Copies of the database, changed where they lie: whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from workbench import rights
from workbench.storage import backups, changing, erasing, migrations, ours
from workbench.storage.damage import UNREADABLE
from workbench.storage.database import writing
from workbench.storage.head import read_version

# What is kept beside the copies because something was wrong with it; nobody can look into that.
_UNREADABLE = re.compile(r"(?:damaged|strange-log)-\d{8}-\d{6}(?:-\d+)?\..+")


def all_of(folder: Path) -> list[Path]:
    """Return the copies of a study, and what the program set aside beside them."""
    place = folder / backups.FOLDER
    found = sorted(place.iterdir()) if place.is_dir() else []
    return [path for path in found if path.suffix == ".sqlite" or _UNREADABLE.fullmatch(path.name)]


def is_rewritable(copy: Path) -> bool:
    """Tell whether a copy can be written anew without what is erased, as far as its head says.

    Those of another version of the program hold words in places that nobody looks into here.
    """
    try:
        return copy.suffix == ".sqlite" and _is_known(read_version(copy), older=False)
    except (*UNREADABLE, OSError):
        return False


def rewrite(copy: Path, change: Callable[[Database], None], *, older: bool = False) -> bool:
    """Change a copy; it is written anew, without a page that nobody uses.

    Args:
        copy: one of `all_of`.
        change: is given the copy in a transaction.
        older: `change` knows what copies of older versions look like.

    Returns:
        false where that cannot be done, as with one that is damaged or of another version.

    Raises:
        OSError: the folder cannot be written.
    """
    partial = copy.with_suffix(".partial")
    try:
        if copy.suffix != ".sqlite" or not _is_known(read_version(copy), older=older):
            return False
        rights.claim(partial)
        shutil.copyfile(copy, partial)
        with closing(changing.opened(partial)) as connection:
            db = Database(connection, execute_plugins=False)
            if ours.foreign(db):
                return False
            connection.execute("PRAGMA trusted_schema = ON")  # our own triggers write to the index
            connection.execute("PRAGMA journal_mode = DELETE")
            with writing(db):
                change(db)
            erasing.shrink(db)
        partial.replace(copy)
    except UNREADABLE:
        return False  # it does not hold what it must, so nobody can tell whose words are in it
    finally:
        for left in (partial, partial.with_name(f"{partial.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return True


def _is_known(version: int, *, older: bool) -> bool:
    newest = migrations.newest()
    return version <= newest if older else version == newest


__all__ = ["all_of", "is_rewritable", "rewrite"]
