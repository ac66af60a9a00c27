"""Let recognition rest from the keyboard: Enter pauses it, Ctrl+Z stops the program in order.

Ctrl+Z alone would stop this program and leave its worker at work, which nobody wants who asks for
the processor. So the worker is told first, and the program stops when the piece in work is kept.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Self

from workbench.cli import output
from workbench.speech.client import Workers
from workbench.speech.jobstate import FINAL, RunState

_LOOK_S = 0.3


class Rest:
    """Hears, as long as the block lasts, what somebody at the keyboard wants of the job at work.

    Args:
        workers: those who do it.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._asked = False
        self._stopping = False
        self._told = False
        self._ended = threading.Event()
        self._before: Callable[[int, FrameType | None], object] | int | None = None

    def __enter__(self) -> Self:
        if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTSTP, self._on_stop)
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        if sys.platform != "win32" and self._before is not None:
            signal.signal(signal.SIGTSTP, self._before)

    def follow(self, state: RunState, title: str) -> None:
        """Take note of a state that the job at work has entered.

        Args:
            state: the new one.
            title: of its recording.
        """
        if state is RunState.STARTING and not self._told:
            self._offer()
        if state is RunState.STARTING and self._asked:
            self._workers.pause()  # it was asked of the job before, which was done first
        elif state is RunState.PAUSED and self._asked:
            output.progress("{title}: paused; Enter goes on", title=title)
        elif state is RunState.RUNNING and not self._asked:
            self._stopping = False
        if self._stopping and (state is RunState.PAUSED or state in FINAL):
            self._stop()

    def _offer(self) -> None:
        self._told = True
        if sys.stdin is not None and sys.stdin.isatty():
            output.progress(
                "Enter pauses and goes on; Ctrl+C ends, and what was recognised is kept."
            )
            threading.Thread(target=self._listen, daemon=True, name="keyboard").start()

    def _on_stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self._stopping:  # a second time: at once
            self._stop()
            return
        self._stopping = True
        self._workers.pause()

    def _stop(self) -> None:
        self._stopping = False
        if sys.platform != "win32":
            os.kill(os.getpid(), signal.SIGSTOP)
        if not self._asked:  # here it goes on, when it is told to
            self._workers.resume()

    def _listen(self) -> None:
        while not self._ended.is_set():
            if _enter_pressed(self._ended):
                self._asked = not self._asked
                if self._asked:
                    output.progress("The piece in work is heard to its end, then it rests.")
                    self._workers.pause()
                else:
                    self._workers.resume()


def _enter_pressed(ended: threading.Event) -> bool:
    """Look for a moment whether a line has been typed; the terminal may be somebody else's now."""
    if sys.platform == "win32":
        import msvcrt

        ended.wait(_LOOK_S)
        return bool(msvcrt.kbhit()) and msvcrt.getwch() in "\r\n"
    import select

    try:
        keyboard = sys.stdin.fileno()
        if not select.select([keyboard], [], [], _LOOK_S)[0]:
            return False
        if os.tcgetpgrp(keyboard) == os.getpgrp() and os.read(keyboard, 1024):
            return True
    except (OSError, ValueError):  # the terminal has gone
        ended.set()
        return False
    ended.wait(_LOOK_S)
    return False
