"""A child process that answers questions, one line for one line, and may be lost at any of them.

What reads files of strangers can run for ever, fill the memory, or crash. In a child all three
cost one answer: the child ends, and the next question starts another.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from types import TracebackType
from typing import IO, Self

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of a console, on Windows
_LONGEST = 1 << 30  # bytes of an answer
_TICK_S = 0.1
_END_S = 10.0
_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


class Helper:
    """Asks one question at a time; the child starts with the first and waits for more.

    Args:
        command: starts the child, which answers until its input ends.
        cancelled: asked while an answer is waited for; the child is ended at a yes.
    """

    def __init__(self, command: Sequence[str], cancelled: Callable[[], bool] = _never) -> None:
        self._command = command
        self._cancelled = cancelled
        self._child: subprocess.Popen[bytes] | None = None
        self._pump: threading.Thread | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return the answer to a line, or `None` where there is none.

        Args:
            question: a line without its end.
            seconds: how long the answer may take.
        """
        if self._cancelled():
            return None
        try:
            stdin = self._ready()
            stdin.write(question + b"\n")
            stdin.flush()
        except OSError:
            self.close()
            return None
        return self.listen(seconds)

    def listen(self, seconds: float) -> bytes | None:
        """Return a further line of an answer that has several, or `None` where there is none.

        Args:
            seconds: how long it may take.
        """
        until = monotonic() + seconds
        while monotonic() < until and not self._cancelled():
            with contextlib.suppress(queue.Empty):
                if line := self._lines.get(timeout=_TICK_S):
                    return line
                break
        self.close()
        return None

    def close(self) -> None:
        """End the child at once."""
        child, self._child = self._child, None
        if child is None:
            return
        if (code := child.poll()) is not None:
            _log.warning("a child ended by itself: %s", code)
        child.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it hangs in a share that is gone
            child.wait(_END_S)
        if self._pump is not None:
            self._pump.join(_END_S)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _ready(self) -> IO[bytes]:
        """Return what the child listens to; it is started if there is none."""
        if self._child is None:
            self._lines = queue.SimpleQueue()
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C is ours
                creationflags=_NO_WINDOW,
            )
            pumped = (self._child.stdout, self._lines)
            _log.debug("a child was started")
            self._pump = threading.Thread(target=_pump, args=pumped, daemon=True, name="answers")
            self._pump.start()
        stdin = self._child.stdin
        assert stdin is not None  # noqa: S101  it was asked for
        return stdin


def _pump(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    while (line := stream.readline(_LONGEST)).endswith(b"\n"):
        lines.put(line)
    lines.put(b"")
