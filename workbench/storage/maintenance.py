"""Check that a study is whole.

Nobody who works in it waits: its rows are read as they are at one moment, its files without holding
anything, and what seems wrong with those is held against the rows of then before it is told.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from workbench import paths
from workbench.errors import UserError
from workbench.storage import history, media_names, soundness
from workbench.storage.database import hurried
from workbench.storage.refusals import Stopped, bounded, code_of
from workbench.vault import files
from workbench.words import Phrase, t

_LONGEST_S = 1800.0
_Row = tuple[str, str | None, str, str]
"""What a file was called, of what source it is (a consent form is of none), file and checksum."""
_ROWS = (
    "SELECT original_name, title, file, sha256 FROM source"
    " UNION ALL SELECT original_name, NULL, file, sha256 FROM consent_form"
)
_NOT_FOUND: dict[str, Phrase] = {
    "turn": "Search does not find all words of turns.",
    "memo": "Search does not find all words of memos.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    Attributes:
        code: "integrity", "foreign-key", "schema", "text", "value", "row", "journal",
            "media-missing", "media-unreadable", "media-changed", "media-orphan", "anchor",
            "search-index", "key", "key-pages" or "backup-names".
        text: what is wrong, and with which file or row.
        serious: false for what harms nothing that is in the study.
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
    found: list[Problem] = []
    try:
        with soundness.any_letters(db):
            with bounded(db, _LONGEST_S, lambda: on_share(0.0)), _one_moment(db):
                found += [*quick_check(db), *_anchors(db)]
                rows = db.conn.execute(_ROWS).fetchall()
            suspects = list(_files(rows, media, on_share))
            with (
                bounded(db, _LONGEST_S, lambda: on_share(1.0)),
                _nobody_writing(db, lambda: on_share(1.0)),
            ):
                found += [*_search_index(db), *_still(db, media, suspects), *_spare(db, media)]
    except sqlite3.DatabaseError as problem:  # pages too damaged to be read at all
        found.append(Problem("integrity", str(problem)))
    return found


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
        Problem(
            "foreign-key",
            t("A row of {table} points at a missing row of {other}.", table=child, other=parent),
        )
        for child, _, parent, _ in rows
    ]


@contextmanager
def _one_moment(db: Database) -> Iterator[None]:
    """Read the study as it is now, whatever is written meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


@contextmanager
def _nobody_writing(db: Database, stopped: Callable[[], bool]) -> Iterator[None]:
    """Hold a transaction that keeps others from writing, and write nothing; wait until it is free.

    Looking through the search index counts as writing; and whoever imports gives a file its name
    before its row is there for all.

    Raises:
        Stopped: `stopped` said yes.
    """
    [(shut,)] = db.conn.execute("PRAGMA query_only").fetchall()
    db.conn.execute("PRAGMA query_only = OFF")
    try:
        with hurried(db):
            _wait(db, stopped)
        yield
    finally:
        db.rollback()
        db.conn.execute(f"PRAGMA query_only = {shut}")


def _wait(db: Database, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST_S
    while True:
        try:
            db.conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            if code_of(problem) == sqlite3.SQLITE_READONLY:  # its disk is, so nobody writes
                return
            if code_of(problem) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            if stopped():
                raise Stopped from problem
        else:
            return


def _files(
    rows: Iterable[_Row], media: Path, on_share: Callable[[float], bool]
) -> Iterator[tuple[_Row, Problem]]:
    """Yield what seems wrong with the files that the study knows."""
    there: list[tuple[_Row, Path, int]] = []
    for row in rows:
        try:
            path = paths.within(media, row[2])
        except UserError as problem:
            yield row, Problem("value", problem.happened)
            continue
        try:
            size = path.stat().st_size if path.is_file() else None
        except OSError:  # it went between the two
            size = None
        if size is None:
            yield row, _missing(row, path)
        else:
            there.append((row, path, size))
    done, total = 0, max(1, sum(size for _, _, size in there))

    def on_block(length: int) -> None:
        nonlocal done
        done += length
        if on_share(min(1.0, done / total)):
            raise Stopped

    for row, path, _ in there:
        try:
            changed = files.checksum(path, on_block) != row[3]
        except FileNotFoundError:  # meanwhile
            yield row, _missing(row, path)
        except OSError as problem:  # of this file alone: its part of the disk is bad
            told = t(
                "{what} cannot be read ({reason}): {path}",
                what=_called(row),
                reason=problem.strerror,
                path=path,
            )
            yield row, Problem("media-unreadable", told)
        else:
            if changed:
                told = t("{what} has changed: {path}", what=_called(row), path=path)
                yield row, Problem("media-changed", told)


def _missing(row: _Row, path: Path) -> Problem:
    told = t("{what} is missing: {path}", what=_called(row), path=path)
    return Problem("media-missing", told)


def _called(row: _Row) -> str:
    name, title, *_ = row
    if title is None:
        return t("“{file}”, a consent form", file=name)
    return t("“{file}” of “{title}”", file=name, title=title)


def _still(
    db: Database, media: Path, suspects: Iterable[tuple[_Row, Problem]]
) -> Iterator[Problem]:
    """Yield what is still wrong: a source may have gone since, or its file come back."""
    live = {row[2:] for row in db.conn.execute(_ROWS)}
    for (*_, name, sha256), problem in suspects:
        back = problem.code == "media-missing" and (media / name).is_file()
        if (name, sha256) in live and not back:
            yield problem


def _spare(db: Database, media: Path) -> Iterator[Problem]:
    for path in orphans(db, media):
        yield Problem("media-orphan", t("No source uses {path}", path=path), serious=False)


def orphans(db: Database, media: Path) -> list[Path]:
    """Return the files in `media` that neither the study nor an undo could need.

    Copies without a row are left out: they are just being written or wait, and what a sudden end
    left of them goes at the next opening.
    """
    known = history.media_files(db.conn)
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
        Problem("anchor", t("An observation is no longer on its words: “{words}”", words=words))
        for words, _ in rows
    ]


def _search_index(db: Database) -> list[Problem]:
    problems = []
    for name, text in _NOT_FOUND.items():
        try:
            db.conn.execute(
                f"INSERT INTO {name}_fts({name}_fts, rank) VALUES('integrity-check', 1)"
            )
        except sqlite3.DatabaseError as problem:
            if problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                continue  # this check counts as writing
            problems.append(Problem("search-index", t(text)))
    return problems
