"""What keeps an open study: copies of it in the background, a copy elsewhere, and its place.

A copy is a snapshot: it shows the moment at which it was begun, however long writing takes, and
nobody waits for it. It is made when an hour has gone by with new work in it, and before what
changes much at once.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from workbench.domain.change import Op
from workbench.errors import EnvironmentProblem, WorkbenchError
from workbench.services.desk import Desk
from workbench.services.files import intake, undone_imports
from workbench.services.files.lost_files import LostFiles
from workbench.services.keeping import copying
from workbench.services.keeping.copying import StudyCopy
from workbench.storage import backups, damage, database, history, mending, soundness
from workbench.storage.backups import Reason
from workbench.storage.maintenance import Problem
from workbench.storage.mending import Mended
from workbench.storage.refusals import Stopped
from workbench.storage.snapshots import Snapshot

__all__ = ["Keeping", "Mended", "Problem"]
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


class Keeping:
    """Keeps one open study.

    Args:
        desk: the study; steps that change much tell it before they begin.

    Attributes:
        lost: the files that are missing, and their way back.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lost = LostFiles(desk)
        self._thread: Thread | None = None
        self._stop = Event()
        self._dispensable = False
        self._problem: WorkbenchError | None = None
        desk.before_step = self.before
        undone_imports.follow(desk)

    # --- its place

    @property
    def notices(self) -> tuple[WorkbenchError, ...]:
        """Return what people should know of how the study was found when it was opened."""
        return self._desk.notices

    def require_in_place(self) -> None:
        """Make sure that the study is still where it was opened.

        Raises:
            StudyGone: it was moved, deleted, replaced or written over; what is open can
                still be read and copied, as far as it is left.
        """
        if self._desk.journal:
            self._desk.journal.place.require()

    def damage(self, error: BaseException) -> WorkbenchError | None:
        """Return what to say of a failure nobody foresaw if the study is damaged, or gone.

        `None` where the study is whole, so that it is a mistake of ours, and for what has its
        sentence already.
        """
        place = self._desk.journal.place if self._desk.journal else None
        return damage.verdict(self._desk.db, self._desk.folder / database.FILE_NAME, error, place)

    def mend(self) -> Mended:
        """Put right what can be put right, and delete copies of files that nobody uses.

        Rows that something changed behind the program's back are again as the history has them;
        what points at nothing does no longer. Both are one step, which can be undone.

        Raises:
            UserError: the study is open for reading only.
        """
        db = self._desk.db
        with soundness.any_letters(db), self._desk.step(Op.MEND):
            mended, spare = mending.mend(db, self._desk.media)
        # Only now that the step is kept: nobody can take it back.
        intake.remove(self._desk.media, (path.name for path in spare))
        return mended

    def mendable(self) -> bool:
        """Tell whether `mend` would do anything; nobody who writes waits for it."""
        return not self._desk.read_only and mending.possible(self._desk.db, self._desk.media)

    def foresee(self) -> Mended:
        """Return what `mend` would do; nothing is changed."""
        if self._desk.read_only:
            return Mended()
        return mending.foresee(self._desk.db, self._desk.media, self._desk.step(Op.MEND))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell of damage what comes of damage.

        Raises:
            UserError: the study is damaged.
        """
        try:
            yield
        except Exception as error:
            self.tell(error)
            raise

    def tell(self, error: BaseException | None) -> None:
        """Say of a failure that it comes of damage, if it does.

        Raises:
            UserError: the study is damaged.
        """
        found = self.damage(error) if error else None
        if found is not None:
            raise found from error

    @property
    def in_place(self) -> bool:
        """Tell whether the study is still where it was opened."""
        return self._desk.journal is None or self._desk.journal.place.trouble is None

    # --- copies in its folder

    def backup(self) -> Path:
        """Write a verified copy of the database into `backups/` now, and return its path."""
        target = backups.free_name(self._desk.folder, self._name(Reason.BY_HAND))
        database.backup(self._desk.db, target)
        return target

    def copy_to(self, target: Path, *, with_key: bool = False) -> StudyCopy:
        """Begin a copy of the whole study elsewhere; its `finish` copies the files.

        The key with the real names goes along only where that is asked for.

        Raises:
            UserError: something is there already, or the place lies in the study.
            EnvironmentProblem: it cannot be written, or what is open was written over and is not
                left whole.
        """
        return copying.begin(self._desk, target, with_key=with_key)

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

    def leave(self) -> None:
        """Close the file of the study; one that is no longer ours is left as it is."""
        desk = self._desk
        if desk.beside or desk.journal is None:
            database.close(desk.db, in_place=not desk.beside)
            return
        place = desk.journal.place
        if whole := place.trouble is None:
            place.let_go()
        database.close(desk.db, in_place=whole)
        place.leave()

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
