"""The worker's own record of a job: every turn is on the disk before anybody hears of it.

A chunk's turns and its "chunk" line are written in one piece and forced to the disk. A job
that was killed goes on behind the last "chunk" line; what stands after it is done again. The
app replays spools it has not seen to the end, by ordinal, so twice is the same as once.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbench import paths, rights
from workbench.domain.transcript import TurnDraft
from workbench.errors import EnvironmentProblem
from workbench.speech import protocol
from workbench.speech.protocol import (
    ChunkDone,
    Done,
    HeardAgain,
    LanguageFound,
    Message,
    Note,
    Plan,
    Speakers,
    SpokenHere,
    TurnFound,
)
from workbench.vault import files


@dataclass(slots=True)
class SpoolContent:
    """What a spool file holds.

    Attributes:
        key: identity of recording, model and settings; "" when the file has no head.
        turns: by ordinal, as recognised, before the voices were told apart.
        notes: what was worth telling.
        language: the main language, `None` = not found yet.
        spoken: the language of each stretch.
        chunk: the last committed chunk, `None` = none yet.
        again: the transcript after the second hearing, if there was one.
        chunk_of: by ordinal of a turn, the number of its chunk.
        speakers: the last regrouping by voice, if there was one.
        done: the end of the job, if it was reached.
        committed: bytes of the file up to the last line that closes something.
    """

    key: str = ""
    turns: dict[int, TurnDraft] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    language: LanguageFound | None = None
    spoken: list[SpokenHere] = field(default_factory=list)
    chunk: ChunkDone | None = None
    again: HeardAgain | None = None
    chunk_of: dict[int, int] = field(default_factory=dict)
    speakers: Speakers | None = None
    done: Done | None = None
    committed: int = 0

    def close_chunk(self, chunk: ChunkDone) -> None:
        """Take the turns that no chunk has yet for those of this one."""
        self.chunk = chunk
        for ordinal in self.turns:
            self.chunk_of.setdefault(ordinal, chunk.index)

    def final_turns(self) -> list[TurnDraft]:
        """Return the transcript as it stands: by voice if they were told apart."""
        return list(self.speakers.turns) if self.speakers is not None else self.said()

    def said(self) -> list[TurnDraft]:
        """Return all that was recognised, in order, before the voices were told apart."""
        if self.again is not None:
            return list(self.again.turns)
        return [self.turns[ordinal] for ordinal in sorted(self.turns)]


def path_of(folder: Path, job: str) -> Path:
    """Return where the spool of a job lies."""
    return paths.within(folder, f"{job}.jsonl")


def read(path: Path) -> SpoolContent:
    """Read a spool; a half last line and lines that are no messages are ignored.

    Returns:
        everything found, empty when the file does not exist.
    """
    content = SpoolContent()
    if not path.exists():
        return content
    position = 0
    with files.opened(path) as file:
        for line in file:
            position += len(line)
            if line.endswith(b"\n"):
                _take(content, protocol.decode(line), position)
    return content


def _take(content: SpoolContent, message: Message | None, position: int) -> None:
    match message:
        case Plan():
            content.key = message.key
        case TurnFound():
            content.turns[message.turn.ordinal] = message.turn
            return
        case Note():
            content.notes.append(message)
            return
        case SpokenHere():
            content.spoken.append(message)
            return
        case LanguageFound():
            content.language = message
        case ChunkDone():
            content.close_chunk(message)
        case HeardAgain():
            content.again = message
        case Speakers():
            content.speakers = message
        case Done():
            content.done = message
        case _:
            return
    content.committed = position


class Spool:
    """The spool file of one running job."""

    def __init__(self, path: Path, key: str) -> None:
        """Open the spool and keep what belongs to the same plan; see `content`.

        Raises:
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        self.path = path
        with _disk(path):
            rights.folder(path.parent)
            if path.exists():
                committed = read(path).committed
                with contextlib.closing(files.go_on(path)) as file:
                    file.cut(committed)
            self.content = read(path)
            if self.content.key != key:
                _start(path, key)
                self.content = SpoolContent(key=key)
            self._file = files.go_on(path)

    def restart(self) -> None:
        """Forget everything and begin anew, under the same key.

        Raises:
            EnvironmentProblem: the disk is full or gone.
        """
        key = self.content.key
        with _disk(self.path):
            self._file.close()
            _start(self.path, key)
            self.content = SpoolContent(key=key)
            self._file = files.go_on(self.path)

    def append(self, messages: Iterable[Message]) -> None:
        """Write messages in one piece and force them to the disk.

        Raises:
            EnvironmentProblem: the disk is full or gone.
        """
        with _disk(self.path):
            self._file.add(b"".join(protocol.encode(message) for message in messages))
            self._file.sync()

    def close(self) -> None:
        """Close the file."""
        with _disk(self.path):
            self._file.close()


def _start(path: Path, key: str) -> None:
    temporary = path.with_suffix(".tmp")
    with contextlib.closing(files.begin(temporary)) as file:
        file.add(protocol.encode(Plan(key)))
    temporary.replace(path)


@contextlib.contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_problem(path, error) from error


def disk_problem(path: Path, error: OSError) -> EnvironmentProblem:
    """Return the error to raise when a file of ours cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentProblem(
            "disk-full",
            "The disk with “{folder}” is full.",
            "Make room and resume; everything recognised so far is kept.",
            folder=path.parent,
        )
    return EnvironmentProblem(
        "not-writable",
        "“{path}” cannot be written ({reason}).",
        "Check the folder’s permissions and resume; everything recognised so far is kept.",
        path=path,
        reason=error.strerror,
    )
