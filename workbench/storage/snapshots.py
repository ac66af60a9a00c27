"""A moment of an open study, copied while work goes on."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

from workbench.storage import database, driver
from workbench.storage.refusals import Stopped

_PAGES = 512  # at a time, so that it can be stopped


class Snapshot:
    """The study as it is when this is made; another thread may write it.

    Args:
        file: the database, of which a log is kept.

    Raises:
        EnvironmentProblem: it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        with database.told(file), ExitStack() as on_failure:
            self._db = driver.connect(
                file, "mode=ro", isolation_level=None, check_same_thread=False
            )
            on_failure.callback(self._db.close)
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on
            on_failure.pop_all()

    def write(self, target: Path, stop: Event) -> None:
        """Write the snapshot to a file and verify it; once.

        Raises:
            Stopped: `stop` was set.
            EnvironmentProblem: it could not be written, or is damaged.
        """

        def go_on(_status: int, _left: int, _pages: int) -> None:
            if stop.is_set():
                raise Stopped

        with closing(self._db):
            database.backup_connection(self._db, target, pages=_PAGES, progress=go_on)
