"""Backups of a study that is closed: it may be damaged, so that nothing of it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workbench.domain.clock import utc_now
from workbench.errors import WorkbenchError
from workbench.storage import backups, database
from workbench.storage.backups import Backup, Reason, Restored
from workbench.storage.head import read_version
from workbench.storage.refusals import NotAStudy


class Backups:
    """The backups of one study, by its folder.

    Args:
        folder: the study's folder.
        now: clock.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._folder = folder
        self._now = now

    @property
    def are_needed(self) -> bool:
        """Tell whether the study is missing or damaged, as far as its first bytes show."""
        try:
            database.require(self._folder)
            read_version(self._folder / database.FILE_NAME)
        except NotAStudy:
            return True
        except WorkbenchError:  # of a newer program, or not for us to read
            return False
        return False

    def all(self) -> list[Backup]:
        """Return what there is, the newest first."""
        return backups.listed(self._folder)

    def holds(self, backup: Backup) -> dict[str, int]:
        """Return what one holds, how much of each; empty where it is damaged."""
        return backups.holds(backup.file)

    def numbered(self, number: int) -> Backup:
        """Return a backup by the number it has now.

        Raises:
            UserError: there is none, or a link is in the folder.
        """
        return backups.numbered(self._folder, number)

    def restore(self, chosen: Backup) -> Restored:
        """Put a backup in the place of the study; what people have said does not go back.

        Raises:
            UserError: it is damaged itself.
            StudyLocked: a program has the study open.
            EnvironmentProblem: the folder cannot be written, or the key not be read.
        """
        return backups.restore(self._folder, chosen, self._now())


__all__ = ["Backup", "Backups", "Reason", "Restored"]
