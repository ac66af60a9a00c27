"""Whether the rollback journal beside a study is its own.

SQLite plays back whatever journal has the right name: one that an older copy left behind would
spoil a newer file. It also deletes the file that a journal names as the one above it, wherever
that lies; those of this program never name one, since they are of a single file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from workbench.storage import driver

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_NUMBERS = (8, 12, 16, 20, 24)  # records, seed, pages before, size of the head, size of a page
ALONE = "mode=ro&immutable=1"
"""How SQLite opens a file without what lies beside it."""
_COUNTER = slice(24, 28)  # of the file's first page: grows with each change


def journal_of(file: Path) -> Path:
    """Return where SQLite keeps what a file was before an unfinished change."""
    return file.with_name(f"{file.name}-journal")


def is_strange(file: Path) -> bool:
    """Tell whether there is a journal that must not be played back; nothing is written."""
    try:
        with journal_of(file).open("rb") as opened:
            head = opened.read(28)
            size = opened.seek(0, 2)
            opened.seek(max(0, size - len(_MAGIC)))
            names_another = opened.read() == _MAGIC and size > len(_MAGIC)
            if not size or head[0] == 0:  # which it has until its first pages are on the disk
                return False  # SQLite does not look into it
            if names_another or len(head) < 28 or not head.startswith(_MAGIC):
                return True
            _, _, pages, start, width = (
                int.from_bytes(head[at : at + 4], "big") for at in _NUMBERS
            )
            opened.seek(start)
            before = opened.read(4 + width)
    except OSError:  # none, or none that could be read
        return False
    with file.open("rb") as opened:
        now = opened.read(100)
    if before[:4] != (1).to_bytes(4, "big"):  # what it kept first is not the first page
        return size > start and fits_together(file, ALONE)
    earlier, present = (int.from_bytes(page[_COUNTER], "big") for page in (before[4:], now))
    same = pages == int.from_bytes(before[32:36], "big")
    return not (same and present - earlier in {0, 1} and before[72:76] == now[68:72])


def fits_together(file: Path, how: str) -> bool:
    """Tell whether the pages of a file fit together, opened so that nothing is written.

    Args:
        file: a database.
        how: `ALONE`, or with what lies beside it.
    """
    try:
        with closing(driver.connect(file, how)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


__all__ = ["ALONE", "fits_together", "is_strange", "journal_of"]
