"""Check that a study is whole."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from workbench import paths
from workbench.errors import UserError
from workbench.storage import history, media_names, soundness
from workbench.storage.refusals import Stopped, bounded

_BLOCK = 1 << 20
_LONGEST_S = 1800.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    Attributes:
        code: "integrity", "foreign-key", "schema", "text", "value", "row", "journal",
            "media-missing", "media-unreadable", "media-changed", "media-orphan", "anchor" or
            "search-index".
        text: what is wrong, and with which file or row.
        serious: false for what costs nothing but space.
    """

    code: str
    text: str
    serious: bool = True


def check(
    db: Database, media: Path, on_share: Callable[[float], bool] = lambda _: False
) -> list[Problem]:
    """Return all problems of a study; empty when it is whole.

    Args:
        db: the open study.
        media: its files; they are read whole, which takes longest.
        on_share: told how much of them is read, from 0 to 1; ends it by `True`.

    Raises:
        Stopped: `on_share` said so.
    """
    try:
        with bounded(db, _LONGEST_S, lambda: on_share(0.0)), soundness.any_letters(db):
            found = [*quick_check(db), *_anchors(db), *_search_index(db)]
        with soundness.any_letters(db):
            return found + _media(db, media, on_share)
    except sqlite3.DatabaseError as problem:  # pages too damaged to be read at all
        return [Problem("integrity", str(problem))]


def quick_check(db: Database) -> list[Problem]:
    """Return what is wrong with the file of a study; its media are not looked at."""
    with soundness.any_letters(db):
        return [
            *_integrity(db),
            *_foreign_keys(db),
            *(Problem(fault.code, fault.text) for fault in soundness.faults(db)),
        ]


def _integrity(db: Database) -> list[Problem]:
    rows = db.conn.execute("PRAGMA integrity_check").fetchall()
    return [Problem("integrity", text) for (text,) in rows if text != "ok"]


def _foreign_keys(db: Database) -> list[Problem]:
    rows = db.conn.execute("PRAGMA foreign_key_check").fetchall()
    return [
        Problem("foreign-key", f"A row of {child} points at a missing row of {parent}.")
        for child, _, parent, _ in rows
    ]


def _media(db: Database, media: Path, on_share: Callable[[float], bool]) -> list[Problem]:
    problems: list[Problem] = []
    files: list[tuple[str, Path, str]] = []
    for title, name, sha256 in db.conn.execute("SELECT title, file, sha256 FROM source"):
        try:
            path = paths.within(media, name)
        except UserError as problem:
            problems.append(Problem("value", problem.happened))
            continue
        if not path.is_file():
            problems.append(Problem("media-missing", f"The file of “{title}” is missing: {path}"))
        else:
            files.append((title, path, sha256))
    done, total = 0, max(1, sum(path.stat().st_size for _, path, _ in files))

    def on_block(length: int) -> None:
        nonlocal done
        done += length
        if on_share(done / total):
            raise Stopped

    for title, path, sha256 in files:
        try:
            changed = _sum(path, on_block) != sha256
        except OSError as problem:  # of this file alone: its part of the disk is bad
            said = f"The file of “{title}” cannot be read ({problem.strerror}): {path}"
            problems.append(Problem("media-unreadable", said))
            continue
        if changed:
            problems.append(Problem("media-changed", f"The file of “{title}” has changed: {path}"))
    return problems + [
        Problem("media-orphan", f"No source uses {path}", serious=False)
        for path in orphans(db, media)
    ]


def _sum(path: Path, on_block: Callable[[int], None]) -> str:
    checksum = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum.update(block)
            on_block(len(block))
    return checksum.hexdigest()


def orphans(db: Database, media: Path) -> list[Path]:
    """Return the files in `media` that neither a source nor an undo could need.

    Copies without a row are left out: they are just being written or wait, and what a sudden end
    left of them goes at the next opening.
    """
    known = {name for (name,) in db.conn.execute("SELECT file FROM source")}
    known |= history.remembered_files(db.conn)
    there = sorted(media.iterdir()) if media.is_dir() else []
    return [path for path in there if path.name not in known and not media_names.is_half(path.name)]


def _anchors(db: Database) -> list[Problem]:
    rows = db.conn.execute(
        """
        SELECT observation.words, (
          SELECT group_concat(part, ' ') FROM (
            SELECT CASE
              WHEN first.id = last.id THEN substr(turn.text, start + 1, max(0, "end" - start))
              WHEN turn.id = first.id THEN substr(turn.text, start + 1)
              WHEN turn.id = last.id THEN substr(turn.text, 1, "end")
              ELSE turn.text END AS part
            FROM turn WHERE turn.transcript_id = observation.transcript_id
              AND turn.ordinal BETWEEN first.ordinal AND last.ordinal
            ORDER BY turn.ordinal)) AS found
        FROM observation
        LEFT JOIN turn AS first ON first.id = first_turn_id
        LEFT JOIN turn AS last ON last.id = last_turn_id
        WHERE placement = 'placed'
          AND (found IS NOT observation.words OR trim(found, char(32, 9, 10, 13)) = '')
          OR start NOT BETWEEN 0 AND length(first.text)
          OR "end" NOT BETWEEN 0 AND length(last.text)
        """
    )
    return [
        Problem("anchor", f"An observation is no longer on its words: “{words}”")
        for words, _ in rows
    ]


def _search_index(db: Database) -> list[Problem]:
    problems = []
    for name in ("turn", "memo"):
        try:
            db.conn.execute(
                f"INSERT INTO {name}_fts({name}_fts, rank) VALUES('integrity-check', 1)"
            )
        except sqlite3.DatabaseError as problem:
            if problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                continue  # this check counts as writing
            problems.append(Problem("search-index", f"Search does not find all words of {name}s."))
    return problems
