"""A study stays where it was opened; one that was moved or replaced must not be written into."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.errors import EnvironmentProblem


class StudyGone(EnvironmentProblem):
    """The open study is no longer where it was opened; it can still be read and copied."""


class Place:
    """Watches that the files of an open study are those that were opened.

    SQLite holds files, not names: it would go on writing into one that nobody can find any more.

    Args:
        file: the database, which is open.
    """

    def __init__(self, file: Path) -> None:
        self._opened: dict[Path, os.stat_result] = {}
        self.watch(file)

    def watch(self, file: Path) -> None:
        """Remember which file this is; one that is not there yet is not watched."""
        try:
            self._opened[file] = file.stat()
        except FileNotFoundError:
            return

    def require(self) -> None:
        """Make sure that all is still in its place; what was put back is.

        Raises:
            StudyGone: something was moved, deleted or replaced.
        """
        for file, before in self._opened.items():
            try:
                now = file.stat()
            except OSError:
                raise _gone(file) from None
            if not os.path.samestat(before, now):
                raise StudyGone(
                    "study-replaced",
                    f"“{file.name}” of the study “{file.parent.stem}” was replaced by another file"
                    " while the study was open, as programs do that synchronise folders.",
                    "Save a copy of what is open; nothing more can be kept in this place.",
                )


def _gone(file: Path) -> StudyGone:
    return StudyGone(
        "study-gone",
        f"“{file}” is no longer there: it was moved, renamed or deleted while the study was open,"
        " or its disk was taken away.",
        "Put it back, or save a copy of what is open; until then nothing more can be kept.",
    )


__all__ = ["Place", "StudyGone"]
