"""Files are written whole or not at all, and what leaves never over a study.

What leaves comes to its place as `underway` brings it there, with the rights that the machine gives
to new files; a file of a study is written under a temporary name beside its place and then renamed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench import paths, rights, underway
from workbench.errors import EnvironmentProblem, UserError, Way


def may_leave(out: Path, *, replace: bool = False) -> Path:
    """Return `out` if a file may be written there.

    Whoever exports asks this first, before anything is built or noted of what leaves.

    Args:
        out: where the finished file goes.
        replace: whether somebody said that a file there may go.

    Raises:
        UserError: the folder does not exist or belongs to a study, `out` is a folder, or a file
            is there and nobody said that it may go.
    """
    if not out.parent.is_dir():
        raise UserError(
            "export.no_folder",
            "The folder “{folder}” does not exist.",
            "Create it, or choose another place.",
            ways=(Way.CHOOSE, Way.AGAIN),
            folder=out.parent,
        )
    paths.keep_out_of_studies(out)
    if out.is_dir():
        raise UserError(
            "export.is_folder",
            "“{path}” is a folder.",
            "Choose a file name inside it.",
            ways=(Way.CHOOSE,),
            path=out,
        )
    if not replace and os.path.lexists(out):
        raise UserError(
            "export.exists",
            "“{path}” exists already; it was not touched.",
            "Choose another name; on the command line, “--force” replaces it.",
            ways=(Way.CHOOSE,),
            path=out,
        )
    return out


def keep(out: Path, fill: Callable[[Path], object]) -> Path:
    """Let `fill` write what leaves, and put it in its place when it is complete.

    Args:
        out: where the finished file goes; an existing file there is replaced. It gets the rights
            that the machine gives to new files.
        fill: writes the content to the path it is given.

    Returns:
        `out`.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    with told(out), _begun(out) as begun:
        fill(begun.path)
        begun.put()
    return out


def renew(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a small file of a study anew, all of it or nothing; see `keep`."""
    with told(path), underway.renewed(path) as draft:
        rights.claim(draft, new=True)
        fill(draft)


@contextmanager
def _begun(out: Path) -> Iterator[underway.Draft | underway.Nameless]:
    try:
        begun: underway.Draft | underway.Nameless = underway.Nameless(out)
    except OSError:
        begun = underway.Draft(out, out.suffix)
    with closing(begun):
        if isinstance(begun, underway.Draft):
            begun.path.touch(exist_ok=False)
        yield begun


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Say in a sentence why a file could not be written.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    try:
        yield
    except OSError as problem:
        raise _sentence(out, problem) from problem


def _sentence(out: Path, problem: OSError) -> EnvironmentProblem:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentProblem(
            "export.disk_full",
            "The disk is full; “{file}” was not written.",
            "Free some space or choose another disk, then export again.",
            file=out.name,
        )
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return EnvironmentProblem(
            "export.read_only",
            "“{path}” cannot be written: the folder is read-only or the file is in use.",
            "Choose another folder, or close the file where it is open.",
            path=out,
        )
    return EnvironmentProblem(
        "export.failed",
        "“{path}” could not be written ({reason}).",
        "Choose another folder and export again.",
        path=out,
        reason=problem.strerror or problem,
    )
