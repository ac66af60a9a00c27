"""Whether a study is locked: told by its key files, and by marks in it where those are gone.

A damaged study is never taken for a locked one: that its database is no database says nothing.
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import chain, islice
from pathlib import Path

from workbench.paths import STUDY_FILE
from workbench.vault import blocks, keyfile, ring
from workbench.vault.keys import StudyKey
from workbench.vault.refusals import key_lost, not_locked, wanted

CLEAR_HEAD = 112
"""Bytes of a locked database that stay readable: how it is written, how often, by which program."""
_SQLITE = b"SQLite format 3\0"
_APART = 20  # the byte that says how much of each page is set apart, as only a locked file needs
_OURS = slice(68, 72)
_LOOKED_AT = 20  # files in which a mark is looked for


class State(Enum):
    """How a study lies on the disk.

    Attributes:
        OPEN: as it is read by everybody.
        LOCKED: with a passphrase.
        KEYLESS: locked, but no key file can be read.
    """

    OPEN = auto()
    LOCKED = auto()
    KEYLESS = auto()


def of(folder: Path) -> State:
    """Tell whether a study is locked."""
    if keyfile.is_there(folder):
        return State.LOCKED if keyfile.is_readable(folder) else State.KEYLESS
    return State.KEYLESS if _is_marked(folder) else State.OPEN


def require_key(folder: Path) -> None:
    """Make sure that a study can be read by this process.

    Raises:
        PassphraseWanted: it is locked, and nobody has said its passphrase.
        KeyLost: it is locked, and its key files are gone.
    """
    if ring.study_key(folder) is not None:
        return
    state = of(folder)
    if state is State.LOCKED:
        raise wanted(folder)
    if state is State.KEYLESS:
        raise key_lost(folder)


def held_key(folder: Path) -> StudyKey:
    """Return the key of a locked study that is open to this process.

    Raises:
        PassphraseWanted: nobody has said its passphrase.
        KeyLost: its key files are gone.
        UserError: it is not locked.
    """
    require_key(folder)
    key = ring.study_key(folder)
    if key is None:
        raise not_locked(folder)
    return key


def is_locked_database(path: Path) -> bool:
    """Tell whether a file is the database of a locked study, by its first bytes."""
    head = _head(path)
    return _is_database(head) and head[_APART] != 0


def _is_marked(folder: Path) -> bool:
    """Tell whether something in a folder can be of a locked study only."""
    head = _head(folder / STUDY_FILE)
    if _is_database(head):
        return head[_APART] != 0
    copies = sorted((folder / "backups").glob("*.sqlite"), reverse=True)
    if any(is_locked_database(path) for path in islice(copies, _LOOKED_AT)):
        return True
    media = chain((folder / "media").glob("*"), (folder / "recordings").glob("*.wav"))
    return any(_head(path).startswith(blocks.SIGN) for path in islice(media, _LOOKED_AT))


def _is_database(head: bytes) -> bool:
    return len(head) == CLEAR_HEAD and head.startswith(_SQLITE) and any(head[_OURS])


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(CLEAR_HEAD)
    except OSError:
        return b""
