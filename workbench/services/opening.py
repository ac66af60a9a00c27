"""Opens the folder of a study: the lock, the connection, the journal over it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from workbench.services.desk import Desk
from workbench.storage import database
from workbench.storage.journal import Journal
from workbench.storage.links import refuse_links
from workbench.storage.lock import StudyLock
from workbench.storage.tables import Tables


def open_desk(
    folder: Path,
    *,
    coder: str,
    now: Callable[[], datetime],
    create: bool = False,
    read_only: bool = False,
) -> tuple[Desk, StudyLock | None]:
    """Open a study's folder, for writing where that is asked for and possible.

    Args:
        folder: the study's folder.
        coder: who works on it.
        now: clock.
        create: make the database.
        read_only: look only; possible while another program writes.

    Returns:
        what the managers work on, and the lock that is held as long as the study is open.

    Raises:
        StudyLocked: another program has it open for writing.
        UserError: not a study, damaged, or of a newer version.
        EnvironmentProblem: it cannot be read or written.
    """
    database.require(folder, create=create)
    refuse_links(folder)
    lock = None
    if not read_only:
        lock = StudyLock(folder / "lock")
        try:
            lock.acquire()
        except OSError as problem:
            raise database.cannot_write(folder, problem) from problem
    with ExitStack() as on_failure:
        if lock:
            on_failure.callback(lock.release)
        db = database.connect(folder, create=create, read_only=read_only)
        on_failure.callback(database.close, db)
        watched = not read_only and not database.is_newer_minor(db)
        journal = Journal(db, now) if watched else None
        desk = Desk(db, folder, Tables(db), journal, coder, now)
        on_failure.pop_all()
    if lock and not watched:
        lock.release()
    return desk, lock
