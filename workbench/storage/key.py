"""The key of a study: who people really are, in a file of its own that can lie elsewhere.

The file is one piece of JSON, small enough to be written anew as a whole at each change: as a draft
beside it, forced to the disk, then renamed. It is for its owner alone, says of which study it is
and carries a checksum, so that a letter that a disk changed is seen. The study itself only knows
(`key_mark`) that there is a key, so that one that is missing is missed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench import paths, underway
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Identity
from workbench.storage import key_places
from workbench.vault import files
from workbench.words import t

FILE = "people.key"
_KIND = "workbench-people-key"
_VERSION = 1
_MOST = 64_000_000  # bytes; a file from somewhere else may be of any size
Entries = Mapping[ParticipantId, Identity]


class State(StrEnum):
    """How the key of a study was found.

    Attributes:
        NONE: there is none, and none is needed: nobody has a name in it.
        THERE: it can be read.
        MISSING: there must be one, and it is not where it was.
        DAMAGED: it is not as it was written.
        FOREIGN: it is the key of another study.
        NEWER: a newer version of the program wrote it.
        UNREADABLE: the machine stands in the way.
    """

    NONE = "none"
    THERE = "there"
    MISSING = "missing"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    NEWER = "newer"
    UNREADABLE = "unreadable"

    @property
    def protects(self) -> bool:
        """Tell whether every real name that there is is known."""
        return self in (State.NONE, State.THERE)


@dataclass(frozen=True, slots=True)
class Found:
    """What the key holds.

    Attributes:
        path: where it lies, or would.
        people: by person; empty where it cannot be read.
        reason: why it cannot be read, where the machine says so.
    """

    state: State
    path: Path
    people: Entries = field(default_factory=dict)
    reason: str = ""


class Key:
    """The key of one study, read anew whenever its file is another one.

    Args:
        db: the open study.
        folder: where the study lies; `None` for a copy that is looked into, which has no key.
    """

    def __init__(self, db: Database, folder: Path | None) -> None:
        self._db, self._folder = db, folder
        self._study = ""
        self._seen: tuple[Any, ...] = ()
        self._found: Found | None = None

    @property
    def study(self) -> str:
        """Return the id of the study."""
        if not self._study:
            row = self._db.conn.execute("SELECT id FROM charter").fetchone()
            self._study = str(row[0]) if row else ""
        return self._study

    @property
    def path(self) -> Path:
        """Return where the key lies: in the study, else where this computer remembers."""
        if self._folder is None:
            return Path(FILE)
        default = self._folder / FILE
        if os.path.lexists(default):
            return default
        return key_places.remembered(self.study) or default

    @property
    def is_kept(self) -> bool:
        """Tell whether the study says that there is a key with names in it."""
        if not self._db["key_mark"].exists():  # a study of before, on its way
            return False
        row = self._db.conn.execute("SELECT kept FROM key_mark").fetchone()
        return bool(row and row[0])

    def mark(self, *, kept: bool) -> None:
        """Let the study say so, or not, in the open step."""
        self._db.conn.execute("UPDATE key_mark SET kept = ?1 WHERE kept <> ?1", [int(kept)])

    def read(self) -> Found:
        """Return what the key holds now."""
        path = self.path
        if self._folder is None:
            return Found(State.NONE, path)
        try:
            stamp = (path, *_stamp(path))
            if self._found is None or stamp != self._seen:
                content = _load(path, self._folder)
                self._found, self._seen = _parsed(path, content, self.study), stamp
        except FileNotFoundError:
            # a copy that was put back may be from before there were names
            is_away = path.parent != self._folder and not path.parent.is_dir()
            return Found(State.MISSING if self.is_kept or is_away else State.NONE, path)
        except OSError as problem:
            return Found(State.UNREADABLE, path, {}, problem.strerror or str(problem))
        return self._found

    def write(self, people: Entries, path: Path | None = None) -> Path:
        """Write the key: all of it or nothing, and surely on the disk.

        Args:
            people: everybody who is in it from now on.
            path: where; by default where it lies.

        Returns:
            where it is.

        Raises:
            OSError: it cannot be written.
        """
        path = path or self.path
        _store(path, _packed(self.study, people), self._folder)
        return path

    def look(self, path: Path) -> Found:
        """Read a file that may be the key of this study."""
        try:
            return _parsed(path, _load(path, self._folder), self.study)
        except FileNotFoundError:
            return Found(State.MISSING, path)
        except OSError as problem:
            return Found(State.UNREADABLE, path, {}, problem.strerror or str(problem))


def set_aside(path: Path, now: datetime) -> None:
    """Keep a file that is no key of this study under another name: somebody may know what it is.

    Raises:
        OSError: the folder cannot be written.
    """
    path.replace(path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}.unreadable"))


def _packed(study: str, people: Entries) -> bytes:
    """Return the content of a key file."""
    body = {key: asdict(one) for key, one in sorted(people.items()) if one.is_known}
    head = {"kind": _KIND, "version": _VERSION, "study": study, "sum": _sum(study, body)}
    return json.dumps(head | {"people": body}, ensure_ascii=False, indent=1).encode()


def _parsed(path: Path, content: bytes, study: str) -> Found:
    """Read the content of a key file.

    Args:
        path: where it lies.
        content: what is in it.
        study: the id of the study whose key it must be.
    """
    try:
        raw = json.loads(content)
        if raw["kind"] != _KIND:
            return Found(State.DAMAGED, path)
        if raw["version"] > _VERSION:
            return Found(State.NEWER, path)
        body = raw["people"]
        if raw["sum"] != _sum(raw["study"], body):
            return Found(State.DAMAGED, path)
        people = {
            ParticipantId(key): Identity(
                str(one["real_name"]), str(one["contact"]), tuple(map(str, one["former"]))
            )
            for key, one in body.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Found(State.DAMAGED, path)
    if raw["study"] != study:
        return Found(State.FOREIGN, path)
    return Found(State.THERE, path, people)


def _store(path: Path, content: bytes, study: Path | None) -> None:
    """Write a key file for its owner alone.

    Raises:
        OSError: it cannot be written.
    """
    with _begun(path, study) as draft:
        os.close(os.open(draft, _NEW, 0o600))
        with files.writing(draft, sync=True, of=study) as file:  # of a locked study, it is sealed
            file.write(content)
    _settle(path.parent)


@contextmanager
def _begun(path: Path, study: Path | None) -> Iterator[Path]:
    """Let a draft take the place of the key; in another folder than the study's it is noted."""
    if path.parent == study:
        with underway.renewed(path) as draft:
            yield draft
        return
    with underway.draft(path) as begun:
        yield begun.path
        begun.put()


def _settle(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can be asked for that."""
    with suppress(OSError, AttributeError):
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | paths.NO_LINKS | paths.BINARY


def _load(path: Path, study: Path | None) -> bytes:
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise OSError(errno.EINVAL, t("it is no file"))
    with files.opened(path, of=study) as file:
        content = file.read(_MOST + 1)
    return content if len(content) <= _MOST else b""


def _stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _sum(study: str, body: Any) -> str:
    text = json.dumps([study, body], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["FILE", "Entries", "Found", "Key", "State", "set_aside"]
