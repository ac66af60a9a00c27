"""An interview on its way to the disk: whatever ends the program, at most a second is lost.

While somebody speaks, sound goes into a WAV file in the study's folder `recordings`. Its header is
brought up to date every second and the file is flushed to the disk; should the program die in
between, `unfinished` mends the header from the length of the file. What is there at the next start
was never taken into the study.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError

RATE = 48_000
"""Samples per second; one channel, 16 bits each."""

_SAMPLE = 2
_SECOND = RATE * _SAMPLE
_HEADER = 44
_MOST = 0xFFFF_FFFF - _HEADER - _SECOND  # the format counts with 32 bits: 12 hours
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that is not in the study yet."""

    path: Path
    duration_ms: int


class WaveWriter:
    """Writes a recording, second by second.

    Args:
        folder: where the file goes; made if need be.
        began: local time; names the file.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """

    def __init__(self, folder: Path, began: datetime) -> None:
        self.path = _free(folder / f"Recording {began:%Y-%m-%d %H.%M.%S}.wav")
        self._bytes = 0
        self._on_disk = 0
        try:
            folder.mkdir(exist_ok=True)
            self._file = self.path.open("xb")
            self._file.write(_header(0))
            self._keep()
        except OSError as problem:
            raise _problem(self.path, problem) from problem

    @property
    def duration_ms(self) -> int:
        """Return how much is recorded."""
        return self._bytes * 1000 // _SECOND

    def write(self, samples: bytes) -> None:
        """Add sound: 16-bit samples, low byte first.

        Raises:
            EnvironmentProblem: the disk is full or gone; what was written before is kept.
            UserError: the file cannot grow any more.
        """
        if self._bytes + len(samples) > _MOST:
            raise UserError(
                "recording-full",
                "The recording is twelve hours long, and its file cannot grow any more.",
                "What was recorded is kept. Begin another recording.",
            )
        try:
            self._file.write(samples)
            self._bytes += len(samples)
            if self._bytes - self._on_disk >= _SECOND:
                self._keep()
        except OSError as problem:
            raise _problem(self.path, problem) from problem

    def close(self) -> Recorded:
        """Finish the file; harmless when it is finished.

        Raises:
            EnvironmentProblem: the last second could not be written.
        """
        if not self._file.closed:
            try:
                self._keep()
            except OSError as problem:
                raise _problem(self.path, problem) from problem
            finally:
                with contextlib.suppress(OSError):
                    self._file.close()
        return Recorded(self.path, self.duration_ms)

    def _keep(self) -> None:
        """Bring the header up to date and everything to the disk."""
        self._file.seek(0)
        self._file.write(_header(self._bytes))
        self._file.seek(_HEADER + self._bytes)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._on_disk = self._bytes


def folder_of(study: Path) -> Path:
    """Return where recordings of a study lie until they are taken in."""
    return study / "recordings"


def unfinished(study: Path) -> list[Recorded]:
    """Return recordings that were never taken into a study, oldest first.

    Headers that a sudden end left behind the sound are mended; files without any sound are
    deleted. Nobody may be recording at the same time.

    Args:
        study: the study's folder.
    """
    found = []
    for path in sorted(folder_of(study).glob("*.wav")):
        try:
            recorded = _mended(path)
        except OSError as problem:
            _log.warning("a recording cannot be read: %s", problem)
            continue
        if recorded.duration_ms:
            found.append(recorded)
        else:
            path.unlink(missing_ok=True)
    return found


def forget(recorded: Path) -> None:
    """Delete a recording: it is in the study now, or nobody wants it.

    Raises:
        EnvironmentProblem: it cannot be deleted.
    """
    try:
        recorded.unlink(missing_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(
            "recording-stays",
            f"“{recorded.name}” could not be deleted ({problem.strerror}).",
            "Close other programs that use it, then try again.",
        ) from problem


def _mended(path: Path) -> Recorded:
    size = max(0, path.stat().st_size - _HEADER) // _SAMPLE * _SAMPLE
    with path.open("r+b") as file:
        if file.read(_HEADER) != _header(size):
            file.seek(0)
            file.write(_header(size))
            file.truncate(_HEADER + size)
            os.fsync(file.fileno())
    return Recorded(path, size * 1000 // _SECOND)


def _header(size: int) -> bytes:
    """Return the head of a WAV file with so many bytes of sound."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, _SECOND, _SAMPLE, 8 * _SAMPLE)
    return (
        struct.pack("<4sI4s", b"RIFF", _HEADER - 8 + size, b"WAVE")
        + form
        + struct.pack("<4sI", b"data", size)
    )


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def _problem(path: Path, problem: OSError) -> EnvironmentProblem:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        why = "the disk is full"
    else:
        why = problem.strerror or str(problem)
    return EnvironmentProblem(
        "recording-failed",
        f"“{path.name}” cannot be written any more: {why}.",
        "What was recorded before is kept. Make room on the disk, then begin another recording.",
    )
