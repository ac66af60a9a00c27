"""Which folders are open, and with which key: the key ring of this process.

A key is here and in no file. Whoever opens a file of a study asks by its path, so that nobody has
to hand keys on; where no study is locked, that is one look at an empty table.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from workbench.vault.keys import FileKey, StudyKey

T = TypeVar("T")
_DEPTH = 3  # a file of a study lies in its folder, or in one below it
_studies: dict[str, StudyKey | None] = {}
_files: dict[str, FileKey | None] = {}


def hold(folder: Path, key: StudyKey | None) -> None:
    """Open a folder for this process; `None` says that it is not locked, though it lies in one."""
    _studies[_name(folder)] = key
    _files[_name(folder)] = key.files if key else None


def hold_files(folder: Path, key: str) -> None:
    """Open the files of a folder alone, with a key that came through a pipe; "" opens nothing."""
    if key:
        _files[_name(folder)] = FileKey(bytes.fromhex(key))


def let_go(folder: Path) -> None:
    """Forget the key of a folder."""
    _studies.pop(_name(folder), None)
    _files.pop(_name(folder), None)


def study_key(path: Path) -> StudyKey | None:
    """Return the key of the study that a path is, or lies in, if that is open."""
    return _found(_studies, path) if _studies else None


def file_key(path: Path) -> FileKey | None:
    """Return the key of the files where a path lies, if they are open."""
    return _found(_files, path) if _files else None


def pipe_key(path: Path) -> str:
    """Return what a child process needs to read and write there; "" where nothing is locked."""
    key = file_key(path)
    return key.hex() if key else ""


def _found(keys: dict[str, T | None], path: Path) -> T | None:
    name = _name(path)
    for _ in range(_DEPTH):
        if name in keys:
            return keys[name]
        name = os.path.dirname(name)  # noqa: PTH120  it is asked for every file
    return None


def _name(path: Path) -> str:
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100  links are not followed
