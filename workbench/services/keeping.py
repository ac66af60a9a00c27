"""What keeps an open study: its place is watched, and copies of it are made."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.services.desk import Desk
from workbench.storage import backups, database
from workbench.storage.place import StudyGone


class Keeping:
    """Keeps one open study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def notices(self) -> tuple[WorkbenchError, ...]:
        """Return what people should know of how the study was found when it was opened."""
        return self._desk.notices

    def require_in_place(self) -> None:
        """Make sure that the study is still where it was opened.

        Raises:
            StudyGone: it was moved, deleted or replaced; it can still be read and copied.
        """
        if self._desk.journal:
            self._desk.journal.require_in_place()

    @property
    def in_place(self) -> bool:
        """Tell whether the study is still where it was opened."""
        try:
            self.require_in_place()
        except StudyGone:
            return False
        return True

    def backup(self) -> Path:
        """Write a verified copy of the database into `backups/` and return its path."""
        target = backups.free_name(self._desk.folder, f"{self._desk.now():%Y%m%d-%H%M%S}")
        database.backup(self._desk.db, target)
        return target
