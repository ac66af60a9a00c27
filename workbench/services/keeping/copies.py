"""Copies of an open study in its own folder, made in the background.

A copy is a snapshot: it shows the moment at which it was begun, however long writing takes, and
nobody waits for it. It is made when an hour has gone by with new work in it, and before what
changes much at once.
"""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, WorkbenchError
from workbench.services.desk import Desk
from workbench.storage import backups, database, history
from workbench.storage.backups import Reason
from workbench.storage.refusals import Stopped
from workbench.storage.snapshots import Snapshot

_ROUTINE = timedelta(hours=1)
_OFTEN = timedelta(minutes=10)  # one that is so young serves before a big change, too
_SPARE = 50_000_000  # bytes that stay free on the disk
_log = logging.getLogger(__name__)

_BEFORE = {
    Op.IMPORT_MATERIAL: Reason.IMPORT, Op.IMPORT_CODEBOOK: Reason.IMPORT,
    Op.REPLACE_SOURCE: Reason.IMPORT, Op.ATTACH_TRANSCRIPT: Reason.IMPORT,
    Op.MERGE_CODES: Reason.MERGE, Op.MERGE_VOICES: Reason.MERGE, Op.RECODE: Reason.MERGE,
    Op.RECLUSTER_VOICES: Reason.MERGE, Op.REPLACE_WORDS: Reason.MERGE,
    Op.REMOVE_PERSON: Reason.REMOVAL, Op.REMOVE_MATERIAL: Reason.REMOVAL,
}  # fmt: skip


class Copies:
    """The copies that one open study makes of itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._thread: Thread | None = None
        self._stop = Event()
        self._dispensable = False
        self._problem: WorkbenchError | None = None

    def backup(self) -> Path:
        """Write a verified copy of the database into `backups/` now, and return its path."""
        target = backups.free_name(self._desk.folder, self._name(Reason.BY_HAND))
        database.backup(self._desk.db, target)
        return target

    def routine(self) -> None:
        """Begin a copy in the background if there is an hour's work in none.

        Not while a long step is at work: it may be one that erases.
        """
        if not self._desk.held:
            self._begin(Reason.ROUTINE, _ROUTINE)

    def before(self, op: Op) -> None:
        """Begin a copy in the background before a step that changes much at once."""
        if op in _BEFORE:
            self._begin(_BEFORE[op], _OFTEN)

    def before_rewind(self) -> None:
        """Begin a copy in the background before many steps are undone."""
        self._begin(Reason.REWIND, _OFTEN)

    def take_problem(self) -> WorkbenchError | None:
        """Return what kept the last copy from being made, once."""
        problem, self._problem = self._problem, None
        return problem

    def finish(self) -> None:
        """Let the copy in work be written to its end."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def close(self) -> None:
        """Let the copy in work be finished, or end it where it was only the hour's."""
        if self._dispensable:
            self._stop.set()
        self.finish()

    def _begin(self, reason: Reason, age: timedelta) -> None:
        journal = self._desk.journal
        if journal is None or not self._due(age) or not self._has_room():
            return
        if self._thread is not None and self._thread.is_alive():
            self._dispensable &= reason is Reason.ROUTINE
            return  # what is being written is of just now
        self._dispensable = reason is Reason.ROUTINE
        self._stop.clear()
        try:
            journal.place.require()
            journal.get_ready()  # with a log, nobody waits for who reads
            target = backups.free_name(self._desk.folder, self._name(reason))
            snapshot = Snapshot(self._desk.folder / database.FILE_NAME)
        except WorkbenchError as problem:
            self._fail(problem)
            return
        # No daemon: a program that ends waits for `close`, so that no file is left half-written.
        self._thread = Thread(target=self._write, args=(snapshot, target), name="backup")
        self._thread.start()

    def _write(self, snapshot: Snapshot, target: Path) -> None:
        try:
            snapshot.write(target, self._stop)
            backups.thin(self._desk.folder, self._desk.now())
        except Stopped:
            return
        except WorkbenchError as problem:
            self._fail(problem)

    def _fail(self, problem: WorkbenchError) -> None:
        _log.warning("no backup: %s", problem.code)
        self._problem = problem

    def _due(self, age: timedelta) -> bool:
        """Tell whether there is work that is in no copy, and the newest copy has an age."""
        now = self._desk.now()
        worked = history.worked(self._desk.db, now.astimezone(UTC).isoformat())
        if worked is None:
            return False
        first, last = map(_time, worked)
        made = (_time(copy.at) for copy in backups.listed(self._desk.folder))
        # Times to come are of a clock that was wrong: they must not stop copies until then.
        copies = [at for at in made if at <= now]
        if not copies:
            return now - first >= age
        newest = max(copies)
        return last > newest and now - newest >= age

    def _has_room(self) -> bool:
        folder = self._desk.folder
        try:
            size = (folder / database.FILE_NAME).stat().st_size
            free = shutil.disk_usage(folder).free
        except OSError:
            return False  # it is gone, which the next step says
        if free > 2 * size + _SPARE:
            return True
        self._fail(
            EnvironmentProblem(
                "backup-no-room",
                "The disk with “{folder}” is almost full, so no backup was made.",
                "Make room on the disk. The study itself is saved as always.",
                folder=folder.name,
            )
        )
        return False

    def _name(self, reason: Reason) -> str:
        return reason.file_name(self._desk.now())


def _time(stamp: str) -> datetime:
    """Return a stored time."""
    found = datetime.fromisoformat(stamp)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
