"""What a child that reads files of strangers may take: memory and time, and nothing on the disk.

Unix holds it to that. Windows knows no such limits for a process alone; there the parent's patience
is the only one.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

MEMORY = 3 << 30
"""Bytes. The largest document that may come in takes a third of it."""


def confine() -> None:
    """Give up memory beyond the limit, files that could be written, and traces of a crash."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _lower(what, most)


def is_worn() -> bool:
    """Tell whether this child has grown so much that the next file could find too little memory."""
    if sys.platform == "win32":
        return False
    import resource

    # What the limit counts. Linux adds the parent's to the most that a child ever took.
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * resource.getpagesize() > MEMORY // 3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY // 3  # bytes on macOS


def allow(seconds: int) -> None:
    """Be ended by the system after so much more work, should the parent be there no longer."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds, lift=True)


def _lower(what: int, most: int, *, lift: bool = False) -> None:
    """Set the limit that counts; the highest it could be set to again stays, to `lift` it."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses some
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, hard if lift else most))
