"""The program's own log: a small rotating file that never holds transcript text."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from workbench import paths

_SIZE = 1 << 20


def start() -> None:
    """Write warnings and errors of the program to `workbench.log` in the log folder.

    A folder that cannot be written must not keep anybody from work: then there is no log.
    """
    root = logging.getLogger("workbench")
    if root.handlers:
        return
    try:
        folder = paths.log_dir()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "workbench.log", maxBytes=_SIZE, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
