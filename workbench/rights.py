"""Who may read what the program makes: one rule for studies and for the program's own files.

A new study, a copy, and the program's own folders are for their owner alone. What is made inside
may be read by those who may enter the folder it is made in: in a study that somebody opened to
colleagues, they can read new recordings too. Nothing is ever wider than the machine makes new
files, and the rights of what is there already are not touched. Windows keeps rights its own way;
there, people's folders are private already.
"""

from __future__ import annotations

import os
from pathlib import Path

from workbench.paths import BINARY, NO_LINKS

_OWN_FOLDER = 0o700
_ANYBODY = 0o777
_NOT_RUN = 0o666  # nothing in a study is a program


def own_folder(path: Path) -> None:
    """Make a folder for its owner alone, and likewise those above it that are missing.

    Raises:
        OSError: it cannot be made.
    """
    for above in (*reversed(path.parents), path):
        if not above.is_dir():
            above.mkdir(mode=_OWN_FOLDER, exist_ok=True)


def folder(path: Path) -> None:
    """Make a folder in one that is there, for those who may enter that; harmless if it exists.

    Raises:
        OSError: it cannot be made.
    """
    if not path.is_dir():
        path.mkdir(mode=_of(path.parent), exist_ok=True)


def claim(path: Path, *, new: bool = False) -> None:
    """Make an empty file for those who may enter its folder, before anything is written into it.

    Args:
        path: the file; one that is there stays as it is.
        new: refuse what is there already.

    Raises:
        OSError: it cannot be made.
    """
    how = os.O_EXCL | NO_LINKS if new else 0
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | BINARY | how, of_file(path)))


def of_file(path: Path) -> int:
    """Return the rights of a file that is about to be made, for `os.open`."""
    return _of(path.parent) & _NOT_RUN


def _of(parent: Path) -> int:
    return parent.stat().st_mode & _ANYBODY | _OWN_FOLDER


__all__ = ["claim", "folder", "of_file", "own_folder"]
