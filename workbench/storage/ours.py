"""What the file of a study consists of, and whether a file consists of that.

A file from somewhere else can hold a view that never ends, a trigger that runs with our next
change, a column that computes. Nothing of the kind is ever run: it is refused when a study is
opened, before anything but the list of what is in the file has been read.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import blank, driver, migrations
from workbench.storage.refusals import WAY_BACK, NotAStudy, bounded
from workbench.words import Phrase, said, t

# Made by SQLite or a library in its own words, which differ from version to version.
_THEIRS = ("turn_fts_", "memo_fts_", "sqlite_", "_sqlite_")
_HIDING = re.compile(r"\bAS\s*\(|\bVIRTUAL\b|\bCHECK\b|\bDEFAULT\b")
_NAMED: dict[str, Phrase] = {
    "table": "table {name}",
    "index": "index {name}",
    "trigger": "trigger {name}",
    "view": "view {name}",
}
_LOOK_S = 20.0  # within which the list of what is in a file is read
_LIST = "SELECT type, name, tbl_name, sql FROM sqlite_master"
Objects = dict[str, tuple[str, str, str]]
"""Kind, table and text of what is in a file, by name."""


def objects(db: Database) -> Objects:
    """Return what is in the file of a study; nothing of it is run."""
    return {
        name: (kind, table, _plain(kind, name, sql))
        for kind, name, table, sql in db.conn.execute(_LIST)
        if not name.startswith("sqlite_stat")
    }


def foreign(db: Database) -> list[str]:
    """Return what a program of ours never put into a file, as “trigger x”."""
    found, minor = objects(db), _minor(db)
    if minor > len(migrations.STEPS):  # of a later version: what it added is not run for reading
        tables = [name for name, (kind, *_) in expected(len(migrations.STEPS)).items()]
        return [
            _named(kind, name)
            for name, (kind, *_) in found.items()
            if kind == "view" or (name in tables and kind not in {"table", "index", "trigger"})
        ]
    ours = expected(minor)
    return [
        _named(kind, name)
        for name, (kind, table, text) in found.items()
        if ours.get(name) != (kind, table, text)
    ]


def require(db: Database, path: Path) -> None:
    """Refuse a file with things in it that could run, before any of them can.

    Raises:
        NotAStudy: it holds what this program never made.
    """
    with bounded(db, _LOOK_S):
        found = foreign(db)
    if found:
        raise NotAStudy(
            "study-foreign",
            "“{study}” holds what Workbench never made: {found}. It could run on this computer, so"
            " the study was not opened.",
            "Ask whoever gave it to you for a copy made with Workbench. {way_back}",
            study=path.parent.stem,
            found=", ".join(found[:3]),
            way_back=said(WAY_BACK),
        )


def missing(db: Database) -> list[str]:
    """Return what a file of a study of this version must hold and does not, as “index x”."""
    found = objects(db)
    ours = expected(min(_minor(db), len(migrations.STEPS)))
    return [_named(kind, name) for name, (kind, *_) in ours.items() if name not in found]


@cache
def expected(minor: int) -> Objects:
    """Return what the file of a study of a version holds, made by its migrations."""
    if minor == len(migrations.STEPS):
        with blank.opened() as now:
            return objects(now)
    db = Database(driver.memory(), execute_plugins=False)
    try:
        steps = migrations.build()
        later = [step.name for step in steps.pending(db)][minor:]
        steps.apply(db, stop_before=later)
        return objects(db)
    finally:
        db.close()


def _named(kind: str, name: str) -> str:
    return t(_NAMED[kind], name=name) if kind in _NAMED else f"{kind} {name}"


def _minor(db: Database) -> int:
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0]) & 0xFFFF


@lru_cache(maxsize=1024)  # each opening asks for the same again
def _plain(kind: str, name: str, sql: str | None) -> str:
    """Return the text of an object; of what SQLite makes by itself only what it could hide."""
    words = " ".join((sql or "").split())
    if kind != "table" or not name.startswith(_THEIRS):
        return words
    return " ".join(sorted(set(_HIDING.findall(words.upper()))))
