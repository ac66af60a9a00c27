"""Steps that could be redone, when they no longer can: what they alone knew is told."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from workbench.storage import history

OnFiles = Callable[[frozenset[str]], None]


def _nothing(_files: frozenset[str]) -> None:
    return


class Undone:
    """Discards undone steps, and tells afterwards which media files they knew.

    Args:
        db: the writing connection.

    Attributes:
        on_files: told of the names, once the steps are gone for good.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._files: set[str] = set()
        self.on_files: OnFiles = _nothing

    def discard(self) -> None:
        """Forget all undone steps; inside a transaction."""
        self._files |= history.remembered_files(self._db.conn, undone=True)
        self._db.conn.execute("DELETE FROM step WHERE state = 'undone'")

    def tell(self) -> None:
        """Tell what was forgotten; after the transaction."""
        if files := frozenset(self._files):
            self._files.clear()
            self.on_files(files)


__all__ = ["Undone"]
