"""An interview on its way to the disk: whatever ends the program, at most a second is lost.

While somebody speaks, sound goes into a WAV file in the study's folder `recordings`. Its header is
brought up to date every second, and the disk is told to keep it, for which nobody waits; should the
program die in between, `unfinished` mends the header from the length of the file. What is there at
the next start was never taken into the study.

A list beside the recordings says which of them this program began. Whatever else somebody puts into
the folder is theirs: it is neither mended nor deleted.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import stat
import struct
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from workbench import rights
from workbench.errors import EnvironmentProblem, UserError
from workbench.exchange import atomic
from workbench.paths import NO_LINKS
from workbench.vault import files
from workbench.words import t

RATE = 48_000
"""Samples per second; one channel, 16 bits each."""

_SAMPLE = 2
_SECOND = RATE * _SAMPLE
_HEADER = 44
_BEGUN = "begun.txt"
_MOST = 0xFFFF_FFFF - _HEADER - _SECOND  # the format counts with 32 bits: 12 hours
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that is not in the study yet."""

    path: Path
    duration_ms: int


class _Disk:
    """Tells the disk to keep a file, and does not wait for it.

    A disk that is busy takes seconds now and then. Whoever listens would be held up for as long,
    and what was said meanwhile would be lost.
    """

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._problem: OSError | None = None

    def keep(self, number: int) -> None:
        """Have a file kept; while the disk is at it, the next time does for this one too.

        Args:
            number: the file's, as the system knows it.

        Raises:
            OSError: it could not be kept the time before.
        """
        if self._thread is None or not self._thread.is_alive():
            self.wait()
            work = partial(self._sync, os.dup(number))  # the file may be closed meanwhile
            self._thread = threading.Thread(target=work, name="recording-to-disk", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait until the disk has done what it was told.

        Raises:
            OSError: it could not.
        """
        if self._thread is not None:
            self._thread.join()
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem

    def _sync(self, number: int) -> None:
        try:
            os.fsync(number)
        except OSError as problem:
            self._problem = problem
        finally:
            os.close(number)


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
        self._kept = 0
        self._closed = False
        self._disk = _Disk()
        try:
            rights.folder(folder)
            _note(self.path)  # first: what is not in the list is never mended
            self._file = files.begin(self.path, _header(0), new=True)
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
            self._file.add(samples)
            self._bytes += len(samples)
            if self._bytes - self._kept >= _SECOND:
                self._keep()
        except OSError as problem:
            raise _problem(self.path, problem) from problem

    def close(self) -> Recorded:
        """Finish the file; harmless when it is finished. Without any sound there is none.

        Raises:
            EnvironmentProblem: the last second could not be written.
        """
        if not self._closed:
            self._closed = True
            try:
                self._keep()
                self._disk.wait()
                self._file.sync()
            except OSError as problem:
                raise _problem(self.path, problem) from problem
            finally:
                with contextlib.suppress(OSError):
                    self._file.close()
            if not self._bytes:
                forget(self.path)
        return Recorded(self.path, self.duration_ms)

    def _keep(self) -> None:
        """Bring the header up to date, and have everything kept."""
        self._file.set_head(_header(self._bytes))
        self._disk.keep(self._file.flush())
        self._kept = self._bytes


def folder_of(study: Path) -> Path:
    """Return where recordings of a study lie until they are taken in."""
    return study / "recordings"


def unfinished(study: Path) -> list[Recorded]:
    """Return recordings of this program that were never taken into a study, oldest first.

    Headers that a sudden end left behind the sound are mended. Nobody may be recording at the same
    time.

    Args:
        study: the study's folder.
    """
    folder, found = folder_of(study), []
    for name in sorted(_begun(folder)):
        try:
            recorded = _mended(folder / name)
        except OSError as problem:
            _log.warning("a recording cannot be read: %s", problem)
            continue
        if recorded is not None:
            found.append(recorded)
    return found


def unfinished_names(study: Path) -> list[str]:
    """Return the names of recordings that were never taken into a study; nothing is mended."""
    folder = folder_of(study)
    return sorted(name for name in _begun(folder) if (folder / name).is_file())


def forget(recorded: Path) -> None:
    """Delete a recording of this program: it is in the study now, or nobody wants it.

    Raises:
        EnvironmentProblem: it cannot be deleted.
    """
    folder = recorded.parent
    try:
        recorded.unlink(missing_ok=True)
        left = [name for name in _begun(folder) if (folder / name).exists()]
        names = "".join(f"{name}\n" for name in left)
        atomic.renew(folder / _BEGUN, lambda path: _write(path, names))
        if not left:
            (folder / _BEGUN).unlink()
    except OSError as problem:
        raise EnvironmentProblem(
            "recording-stays",
            "“{file}” could not be deleted ({reason}).",
            "Close other programs that use it, then try again.",
            file=recorded.name,
            reason=problem.strerror,
        ) from problem


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _note(recording: Path) -> None:
    """Put a recording on the list of those that this program began."""
    place = recording.with_name(_BEGUN)
    how = os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_LINKS
    file = os.open(place, how, rights.of_file(place))
    try:
        os.write(file, f"{recording.name}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def _begun(folder: Path) -> list[str]:
    """Return the names of the recordings this program began; none leads out of the folder."""
    try:
        names = (folder / _BEGUN).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    return [name for name in dict.fromkeys(names) if name and Path(name).name == name]


def _mended(path: Path) -> Recorded | None:
    """Bring the header of a recording up to date; `None` when it is not ours, or without sound."""
    if not path.exists() or not stat.S_ISREG(path.lstat().st_mode):
        return None
    with contextlib.closing(files.go_on(path, _HEADER)) as found:
        size = found.length // _SAMPLE * _SAMPLE
        if not 0 < size <= _MOST or (found.head and not _ours(found.head, size)):
            return None
        if found.head != _header(size):
            found.cut(size)
            found.set_head(_header(size))
            found.sync()
    return Recorded(path, size * 1000 // _SECOND)


def _ours(head: bytes, size: int) -> bool:
    """Tell whether a header is one that was written here, at a time when there was less sound."""
    counted = int.from_bytes(head[40:44], "little")
    return counted <= size and head == _header(counted)


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
        why = t("the disk is full")
    else:
        why = problem.strerror or str(problem)
    return EnvironmentProblem(
        "recording-failed",
        "“{file}” cannot be written any more: {why}.",
        "What was recorded before is kept. Make room on the disk, then begin another recording.",
        file=path.name,
        why=why,
    )
