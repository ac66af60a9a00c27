"""Check that a study is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    Attributes:
        code: "integrity", "foreign-key", "media-missing", "media-changed", "media-orphan",
            "anchor" or "search-index".
        text: what is wrong, and with which file or row.
        serious: false for what costs nothing but space.
    """

    code: str
    text: str
    serious: bool = True


def check(db: Database, media: Path) -> list[Problem]:
    """Return all problems of a study; empty when it is whole."""
    return [
        *_integrity(db),
        *_foreign_keys(db),
        *_media(db, media),
        *_anchors(db),
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


def _media(db: Database, media: Path) -> list[Problem]:
    problems, known = [], set()
    for title, name, sha256 in db.conn.execute("SELECT title, file, sha256 FROM source"):
        known.add(name)
        path = media / name
        if not path.is_file():
            problems.append(Problem("media-missing", f"The file of “{title}” is missing: {path}"))
        elif _sha256(path) != sha256:
            problems.append(Problem("media-changed", f"The file of “{title}” has changed: {path}"))
    known |= _in_history(db)
    orphans = [path for path in sorted(media.iterdir()) if path.name not in known]
    return problems + [
        Problem("media-orphan", f"No source uses {path}", serious=False) for path in orphans
    ]


def _in_history(db: Database) -> set[str]:
    """Return the media files that an undo or redo could need."""
    images = db.conn.execute("SELECT coalesce(after, before) FROM change WHERE tbl = 'source'")
    return {json.loads(image)["file"] for (image,) in images}


def _anchors(db: Database) -> list[Problem]:
    rows = db.conn.execute(
        "SELECT observation.words FROM observation"
        " JOIN turn ON turn.id = first_turn_id AND first_turn_id = last_turn_id"
        " WHERE placement = 'placed'"
        ' AND substr(turn.text, start + 1, "end" - start) <> observation.words'
    )
    return [
        Problem("anchor", f"An observation is no longer on its words: “{words}”")
        for (words,) in rows
    ]


def _sha256(path: Path) -> str:
    checksum = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum.update(block)
    return checksum.hexdigest()
