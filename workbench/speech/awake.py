"""Keep the computer from falling asleep while it recognises; the screen may go dark.

The wish ends with the process that has it, even if that is killed: Windows forgets it, and the
helper programs of macOS and Linux end when their parent does.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys

_CONTINUOUS, _SYSTEM_REQUIRED = 0x8000_0000, 0x0000_0001
_END_S = 5.0


class Awake:
    """Holds the computer awake between `hold` and `release`; both may be called twice."""

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """Ask for no sleep; nothing happens where nobody can be asked."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
            return
        command = helper_command(sys.platform, os.getpid())
        if command is None or self._helper is not None:
            return
        with contextlib.suppress(OSError):
            self._helper = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def release(self) -> None:
        """Let the computer sleep again."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)
            return
        helper, self._helper = self._helper, None
        if helper is None:
            return
        if helper.stdin is not None:
            helper.stdin.close()
        helper.terminate()
        try:
            helper.wait(_END_S)
        except subprocess.TimeoutExpired:
            helper.kill()
            helper.wait()


def helper_command(platform: str, pid: int) -> list[str] | None:
    """Return the program that holds off sleep on this system, `None` = there is none.

    Args:
        platform: as in `sys.platform`.
        pid: the process with whose end the wish ends.
    """
    if platform == "darwin":
        found = shutil.which("caffeinate")
        return [found, "-i", "-w", str(pid)] if found else None
    found, reader = shutil.which("systemd-inhibit"), shutil.which("cat")
    if not found or not reader:
        return None
    # “cat” ends when our end of its input is closed, by us or by our death.
    why = ["--what=idle:sleep", "--mode=block", "--who=Workbench", "--why=Recognising speech"]
    return [found, *why, reader]
