"""What the first bytes of a database say, read before SQLite may open the file."""

from __future__ import annotations

from pathlib import Path

from workbench import paths
from workbench.errors import EnvironmentProblem
from workbench.storage import migrations
from workbench.storage.refusals import NewerStudy, NotAStudy, damaged

APPLICATION_ID = 0x574B4244  # "WKBD"
_HEAD = 100  # bytes of SQLite's file header


def read_version(path: Path) -> int:
    """Read the version from the first bytes of the file: SQLite itself could already write.

    Raises:
        NotAStudy: it is damaged or of another program.
        NewerStudy: a newer major version wrote it.
        EnvironmentProblem: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-read",
            "“{path}” cannot be read ({reason}).",
            "Check that you may read it and that its disk is connected.",
            path=path,
            reason=problem.strerror,
        ) from problem
    if len(head) < _HEAD or not head.startswith(b"SQLite format 3\0"):
        raise damaged(path, "file is not a database")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAStudy(
            "not-a-study",
            "“{path}” is an SQLite file, but not one of Workbench.",
            "Choose a folder whose name ends in {ending}.",
            path=path,
            ending=paths.STUDY_SUFFIX,
        )
    found = int.from_bytes(head[60:64], "big")
    if found >> 16 > migrations.MAJOR:
        raise NewerStudy(
            "study-newer",
            "The study “{study}” was written by a newer version of Workbench.",
            "Update Workbench on this machine; the study was not touched.",
            study=path.parent.stem,
        )
    return found
