"""Files appear whole or not at all: written under a temporary name, then renamed."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError


def write(out: Path, fill: Callable[[Path], None]) -> Path:
    """Let `fill` write a file beside `out` and put it in its place when it is complete.

    Args:
        out: where the finished file goes; an existing file there is replaced.
        fill: writes the content to the path it is given.

    Returns:
        `out`.

    Raises:
        UserError: the folder does not exist, or `out` is a folder.
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    if not out.parent.is_dir():
        raise UserError(
            "export.no_folder",
            f"The folder “{out.parent}” does not exist.",
            "Create it, or choose another place.",
        )
    if out.is_dir():
        raise UserError(
            "export.is_folder", f"“{out}” is a folder.", "Choose a file name inside it."
        )
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.stem}-", suffix=out.suffix, dir=out.parent)
        os.close(handle)
        temporary = Path(name)
        fill(temporary)
        temporary.chmod(0o644)
        temporary.replace(out)
    except OSError as problem:
        raise _sentence(out, problem) from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return out


def write_text(out: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a whole text file; line ends stay as they are in `text`."""
    return write_bytes(out, text.encode(encoding))


def write_bytes(out: Path, data: bytes) -> Path:
    """Write a whole file."""

    def fill(path: Path) -> None:
        path.write_bytes(data)

    return write(out, fill)


def _sentence(out: Path, problem: OSError) -> EnvironmentProblem:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentProblem(
            "export.disk_full",
            f"The disk is full; “{out.name}” was not written.",
            "Free some space or choose another disk, then export again.",
        )
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return EnvironmentProblem(
            "export.read_only",
            f"“{out}” cannot be written: the folder is read-only or the file is in use.",
            "Choose another folder, or close the file where it is open.",
        )
    return EnvironmentProblem(
        "export.failed",
        f"“{out}” could not be written ({problem.strerror or problem}).",
        "Choose another folder and export again.",
    )
