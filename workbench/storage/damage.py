"""Whether a failure comes of a damaged study: decided here, for window and command line alike.

Damage shows itself as anything: a row that points nowhere is a missing key, a broken letter an
error of decoding, a list cut short one of counting. So a failure nobody foresaw has the study
looked through, and only if that is whole it is a mistake of ours.
"""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path

from sqlite_utils import Database

from workbench.errors import Bug, WorkbenchError
from workbench.storage import maintenance
from workbench.storage.place import Place, StudyGone
from workbench.storage.refusals import DamagedStudy, damaged, is_damage
from workbench.words import t

UNREADABLE = (sqlite3.DatabaseError, WorkbenchError, LookupError, ValueError)
"""What reading a damaged study raises; for those who can do without what they read."""

_TOLD = 3  # faults that a sentence names


def verdict(
    db: Database, file: Path, error: BaseException, place: Place | None = None
) -> DamagedStudy | StudyGone | None:
    """Return what to say of a failure if the study is damaged or gone, `None` if it is whole.

    Args:
        db: the open study; it may be in a transaction.
        file: the study's database.
        error: what nobody foresaw; sentences for people are left alone.
        place: knows whether the file is still the study's.
    """
    if not isinstance(error, Exception) or not _is_unforeseen(error):
        return None
    # What was being read stays half read as long as the frames are there, and hinders writing.
    traceback.clear_frames(error.__traceback__)
    return (place.trouble if place else None) or _damage(db, file, error)


def _damage(db: Database, file: Path, error: Exception) -> DamagedStudy | None:
    if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
        return damaged(file, error.sqlite_errorname)
    try:
        found = [problem.text for problem in maintenance.quick_check(db) if problem.serious]
    except sqlite3.ProgrammingError:
        return None  # the study is closed
    except sqlite3.DatabaseError as problem:
        return damaged(file, getattr(problem, "sqlite_errorname", ""))
    if not found:
        return None
    told = " ".join(found[:_TOLD]).rstrip(".")
    if len(found) > _TOLD:
        told = t("{problems} and {n} more", problems=told, n=len(found) - _TOLD)
    return damaged(file, told)


def _is_unforeseen(error: Exception) -> bool:
    if isinstance(error, WorkbenchError):
        return isinstance(error, Bug)
    return not isinstance(error, (OSError, MemoryError))
