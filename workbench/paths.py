"""Where the program keeps its own files, apart from the studies.

`WORKBENCH_HOME` moves all of it to one folder (portable use, tests).
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs

from workbench.errors import UserError, Way

_APP = "Workbench"
_LEADS_OUT = re.compile(r"[/\\\x00-\x1f]|^.?:")  # a colon behind a letter: a disk of Windows
_STEM = 40  # letters of a name that a draft keeps, so that it is not too long for the disk
_DRAFT = re.compile(r"\.(?P<stem>.*)-[0-9a-f]{12}(?P<end>(?:\.[^.]*)?)", re.DOTALL)
STUDY_FILE = "study.sqlite"
"""What makes a folder a study; nothing that leaves is written into one."""
STUDY_SUFFIX = ".study"

NO_LINKS: int = getattr(os, "O_NOFOLLOW", 0)
"""For `os.open`: a link is refused instead of followed; Windows does not know it."""

BINARY: int = getattr(os, "O_BINARY", 0)
"""For `os.open`: on Windows, bytes are left as they are."""


def leads_out(name: str) -> bool:
    """Tell whether what a study holds as the name of a file is none."""
    return name in {"", ".", ".."} or _LEADS_OUT.search(name) is not None


def within(folder: Path, name: str) -> Path:
    """Return the path of a file directly in a folder, of a name that a study holds.

    A study from somewhere else can hold anything as an id or as the name of a file.

    Raises:
        UserError: the name would lead out of the folder.
    """
    if leads_out(name):
        raise UserError(
            "name-leads-out",
            "The study holds “{name}” where the plain name of a file belongs.",
            "It was changed by another program; nothing was read or written there. Go back to a"
            " backup: “Restore a backup…” in the menu File; “workbench backups” lists them.",
            ways=(Way.RESTORE,),
            name=name[:80],
        )
    return folder / name


def draft_of(path: Path) -> Path:
    """Return where a file is written, beside the place that it takes when it is complete."""
    return path.with_name(f".{path.stem[:_STEM]}-{secrets.token_hex(6)}{path.suffix}")


def is_draft(name: str, of: str) -> bool:
    """Tell whether a name is one of a draft.

    Args:
        name: of a file.
        of: matches the name of what was to be written, as a regular expression.
    """
    found = _DRAFT.fullmatch(name)
    return found is not None and re.fullmatch(of, f"{found['stem']}{found['end']}") is not None


def keep_out_of_studies(place: Path) -> None:
    """Make sure that a place for something new lies in no study, however it is spelled.

    Raises:
        UserError: it does, also where the study's database is missing just now.
    """
    for folder in place.resolve().parents:
        if (folder / STUDY_FILE).exists() or _was_study(folder):
            raise UserError(
                "in-study",
                "“{folder}” is a study; nothing else is written into its folder.",
                "Choose a place outside it.",
                ways=(Way.CHOOSE,),
                folder=folder,
            )


def _was_study(folder: Path) -> bool:
    parts = ("media", "backups", "spool")
    return folder.suffix == STUDY_SUFFIX and all((folder / part).is_dir() for part in parts)


def copy_times(of: Path, to: Path) -> None:
    """Give a copy the times of its original, where its disk keeps those that it is told.

    Its rights are those of new files on this machine.
    """
    with suppress(OSError):
        stat = of.stat()
        os.utime(to, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def data_dir() -> Path:
    """Folder for models and other large files of the program."""
    return _folder("data", platformdirs.user_data_path(_APP, appauthor=False))


def locale_dir() -> Path:
    """Folder for catalogues of one's own, which go before those of the program."""
    return data_dir() / "locale"


def config_dir() -> Path:
    """Folder for settings and recent studies."""
    return _folder("config", platformdirs.user_config_path(_APP, appauthor=False))


def job_log(job: str) -> Path:
    """Return where the worker's log of a recognition job goes."""
    return within(log_dir() / "jobs", f"{job}.log")


def log_dir() -> Path:
    """Folder for the logs of program and jobs; they never hold transcript text."""
    return _folder("log", platformdirs.user_log_path(_APP, appauthor=False))


def cache_dir() -> Path:
    """Folder for what the program can make again at any time."""
    return _folder("cache", platformdirs.user_cache_path(_APP, appauthor=False))


def hold() -> None:
    """Keep all of it where it is, wherever this process goes to work."""
    if home := os.environ.get("WORKBENCH_HOME"):
        os.environ["WORKBENCH_HOME"] = str(Path(home).absolute())


def _folder(name: str, default: Path) -> Path:
    home = os.environ.get("WORKBENCH_HOME")
    return Path(home) / name if home else default
