"""No link in a study is followed: one from elsewhere could lead to files that are not its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.errors import UserError


def refuse_links(folder: Path) -> None:
    """Make sure that all of a study lies in its folder; the folder itself may be reached by a link.

    Raises:
        UserError: a file or folder in it is a link.
    """
    for place in (folder, *(found for found in _entries(folder) if found.is_dir())):
        for entry in _entries(place):
            if entry.is_symlink() or _is_junction(entry):
                raise UserError(
                    "study-link",
                    "“{path}” is a link elsewhere, and links in a study are not followed.",
                    "Put the folder or file itself in its place, then open the study again.",
                    path=entry.path,
                )


def _entries(place: os.PathLike[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as found:
            return list(found)
    except OSError:  # missing, or not for us to read: whoever needs it says so
        return []


if sys.platform == "win32":
    import stat

    def _is_junction(entry: os.DirEntry[str]) -> bool:
        tag = entry.stat(follow_symlinks=False).st_reparse_tag
        return tag == stat.IO_REPARSE_TAG_MOUNT_POINT
else:

    def _is_junction(_entry: os.DirEntry[str]) -> bool:
        return False


__all__ = ["refuse_links"]
