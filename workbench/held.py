"""Whether somebody still has a file: the system lets go of it with the process, however that dies.

Shares without such locks hold nothing; whoever asks says what that means.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.paths import NO_LINKS

if sys.platform == "win32":
    import msvcrt

    def take(file: int) -> None:
        """Hold an open file; it is held until it is closed.

        Raises:
            OSError: somebody has it, or there are no locks here.
        """
        # Beyond the text, which other programs must still be able to read.
        os.lseek(file, 4096, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

    def is_held(path: Path) -> bool:
        """Tell whether a process holds a file."""
        try:
            file = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            take(file)
        except OSError:
            return True
        finally:
            os.close(file)
        return False
else:
    import fcntl

    def take(file: int) -> None:
        """Hold an open file; it is held until it is closed.

        Raises:
            OSError: somebody has it, or there are no locks here.
        """
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def is_held(path: Path) -> bool:
        """Tell whether a process holds a file."""
        try:
            file = os.open(path, os.O_RDONLY | NO_LINKS)
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            os.close(file)
        return False


__all__ = ["is_held", "take"]
