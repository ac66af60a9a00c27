"""Files that were chosen, dropped or named: found in folders, there, with something in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError, Way, WorkbenchError

OnRefused = Callable[[Path, WorkbenchError], None]
"""Told of a file that does not come in, and why."""

_LITTER = frozenset({"thumbs.db", "desktop.ini"})  # what systems leave in folders


def files_in(paths: Iterable[Path], *, on_refused: OnRefused) -> list[Path]:
    """Return files as they are, and in the place of a folder all files in it.

    Args:
        paths: what was dropped, chosen or named.
        on_refused: told of folders that cannot be read, or hold nothing.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = list(_inside(path, on_refused))
            if not inside:
                nothing = UserError(
                    "folder-empty",
                    "There are no files in “{folder}”.",
                    "Choose the folder that holds them.",
                    folder=path.name,
                )
                on_refused(path, nothing)
            found += inside
        else:
            found.append(path)
    return found


def _inside(folder: Path, on_refused: OnRefused) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        on_refused(Path(problem.filename or folder), unreadable(folder, problem))

    for at, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f[-6:] != ".study")
        for name in sorted(names):
            if not name.startswith(".") and name.casefold() not in _LITTER:
                yield Path(at) / name


def require(path: Path) -> None:
    """Make sure that there is a file with something in it.

    Raises:
        UserError: there is none, or it is empty.
    """
    try:
        found, size = path.is_file(), path.stat().st_size if path.exists() else 0
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if not found:
        raise UserError(
            "file-missing",
            "There is no file “{path}”.",
            "Check the name and the folder.",
            ways=(Way.CHOOSE, Way.AGAIN),
            path=path,
        )
    if size == 0:
        raise UserError(
            "file-empty",
            "“{file}” is empty (0 bytes).",
            "Copy the file again from the recorder or its sender.",
            file=path.name,
        )


def unreadable(path: Path, problem: OSError) -> UserError:
    """Return why a file does not come in."""
    return UserError(
        "cannot-read",
        "“{file}” cannot be read ({reason}).",
        "Check that you may read it, or copy it to this computer first.",
        ways=(Way.AGAIN, Way.CHOOSE),
        file=path.name,
        reason=problem.strerror,
    )


def cannot_copy(path: Path, problem: OSError) -> EnvironmentProblem:
    """Return why a file does not get into the study's folder."""
    return EnvironmentProblem(
        "cannot-copy",
        "“{file}” could not be copied into the study ({reason}).",
        "Check that the disk has space and that you may write there; nothing was changed.",
        file=path.name,
        reason=problem.strerror,
    )
