"""Where the program keeps its own files, apart from the studies.

`WORKBENCH_HOME` moves all of it to one folder (portable use, tests).
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "Workbench"
STUDY_FILE = "study.sqlite"
"""What makes a folder a study; nothing that leaves is written into one."""

NO_LINKS: int = getattr(os, "O_NOFOLLOW", 0)
"""For `os.open`: a link is refused instead of followed; Windows does not know it."""

BINARY: int = getattr(os, "O_BINARY", 0)
"""For `os.open`: on Windows, bytes are left as they are."""


def data_dir() -> Path:
    """Folder for models and other large files of the program."""
    return _folder("data", platformdirs.user_data_path(_APP, appauthor=False))


def config_dir() -> Path:
    """Folder for settings and recent studies."""
    return _folder("config", platformdirs.user_config_path(_APP, appauthor=False))


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
