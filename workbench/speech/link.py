"""The worker's end of the line to the app."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from io import FileIO
from time import monotonic
from typing import BinaryIO

from workbench.speech import protocol
from workbench.speech.protocol import (
    Cancel,
    Decoder,
    Heartbeat,
    Message,
    Order,
    Pause,
    Resume,
    State,
)

HEARTBEAT_S = 5.0


class Stopped(Exception):
    """The app wants no more."""


class Link:
    """The line to the app: messages out under a lock, pause and cancel in on a thread.

    `stdin` must be unbuffered: a buffered stream waits for more than one message, and its lock
    would still be held by the listening thread when the process ends.
    """

    def __init__(self, stdin: FileIO, stdout: BinaryIO) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._lock = threading.Lock()
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._ended = threading.Event()
        self.on_pause: Callable[[bool], object] = bool  # told when a pause begins and ends
        self._rested_s = 0.0

    def open(self) -> None:
        """Start to listen and to beat."""
        threading.Thread(target=self._listen, daemon=True, name="listen").start()
        threading.Thread(target=self._beat, daemon=True, name="heartbeat").start()

    def close(self) -> None:
        """Stop to beat."""
        self._ended.set()

    def send(self, message: Message) -> None:
        """Write a message.

        Raises:
            Stopped: nobody reads any more.
        """
        try:
            with self._lock:
                self._stdout.write(protocol.encode(message))
                self._stdout.flush()
        except (OSError, ValueError) as error:
            raise Stopped from error

    def job(self) -> Order:
        """Wait for the job.

        Raises:
            Stopped: the app closed the line or cancelled first.
        """
        while True:
            message = self._inbox.get()
            if isinstance(message, Order):
                return message
            if isinstance(message, Cancel):
                raise Stopped

    def clock(self) -> float:
        """Return the seconds of a steady clock that stands still while the job is paused."""
        return monotonic() - self._rested_s

    def check(self) -> None:
        """Obey what has come in: wait while paused.

        Raises:
            Stopped: cancelled, or the app has gone.
        """
        paused, since = False, monotonic()
        while paused or not self._inbox.empty():
            message = self._inbox.get()
            if isinstance(message, Cancel):
                raise Stopped
            if isinstance(message, Pause | Resume) and paused != isinstance(message, Pause):
                paused = not paused
                self.on_pause(paused)
                self.send(State("paused" if paused else "running"))
                if not paused:
                    self._rested_s += monotonic() - since

    def _listen(self) -> None:
        decoder = Decoder()
        with contextlib.suppress(OSError, ValueError):
            while data := self._stdin.read(65_536):
                for message in decoder.feed(data):
                    self._inbox.put(message)
        self._inbox.put(Cancel())

    def _beat(self) -> None:
        with contextlib.suppress(Stopped):
            while not self._ended.wait(HEARTBEAT_S):
                self.send(Heartbeat())
