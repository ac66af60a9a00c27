"""Files of imports that were undone, and can no longer be redone, are deleted."""

from __future__ import annotations

from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.storage import backups, history


def follow(desk: Desk) -> None:
    """Delete such files from now on, as soon as the study forgets them."""

    def forget(names: frozenset[str]) -> None:
        # What a backup knows stays: to go back to it would else miss the file.
        known = backups.media_known(desk.folder)
        if known is not None:
            intake.remove(desk.media, names - known - history.media_files(desk.db.conn))

    if desk.journal:
        desk.journal.undone.on_files = forget


__all__ = ["follow"]
