"""What becomes of the files in which a person is heard or read: new ones, without them.

A recording keeps its timeline: where the person speaks there is silence, with a margin that ends
where somebody else begins. Of a session of this person alone only what others say in it stays, so
that a cough between two turns goes too. A video becomes sound, for nobody can tell where in its
picture they are. A document becomes the text that stays.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench import paths
from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.domain.materials import SourceKind
from workbench.domain.transcript import Turn
from workbench.domain.withdrawal import ERASED, Deed
from workbench.errors import EnvironmentProblem
from workbench.services.people.casting import Cast
from workbench.services.withdrawal.belongings import Belongings, Heard
from workbench.speech import silencing
from workbench.speech.protocol import Silence
from workbench.vault import files, ring

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class NewFile:
    """What a source is from now on."""

    file: str
    kind: SourceKind
    sha256: str
    size: int


def to_rewrite(theirs: Belongings, deed: Deed) -> list[Heard]:
    """Return the sources that stay, and in whose file something of the person is."""
    gone = theirs.sessions if deed is Deed.EVERYTHING else frozenset()
    return [one for one in theirs.heard if one.is_touched and one.source.session_id not in gone]


def ending_of(one: Heard) -> str:
    """Return the ending of the new file of a source."""
    return ".flac" if one.is_recording else ".txt"


def write(
    one: Heard, deed: Deed, new: Path, cast: Cast, clean: Callable[[str], str]
) -> NewFile | None:
    """Write the new file of a source.

    Args:
        one: the source.
        deed: what is done.
        new: where to; beside the file of before.
        cast: who speaks.
        clean: takes names out of what stays.

    Returns:
        what the source is then; `None` when its file is missing.

    Raises:
        UserError: the recording cannot be read.
        EnvironmentProblem: the folder cannot be written.
    """
    old = paths.within(new.parent, one.source.file)
    if not old.is_file():
        return None
    if one.is_recording:
        spans, within = quiet(one)
        flat = tuple(ms for span in spans for ms in (span.start_ms, span.end_ms))
        key = ring.pipe_key(old)
        silencing.silence(Silence(str(old.absolute()), str(new.absolute()), flat, within, key=key))
    else:
        files.write(new, _text(one, deed, cast, clean).encode())
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    return of_file(new)


def of_file(path: Path) -> NewFile:
    """Return what a new file is, once it is written."""
    kind = SourceKind.TEXT if path.suffix == ".txt" else SourceKind.AUDIO
    return NewFile(path.name, kind, _sum(path), files.size(path))


def quiet(one: Heard) -> tuple[list[TimeSpan], bool]:
    """Return stretches of a recording, and whether silence is within them, else everywhere else.

    Where the person's words have no times nobody can tell where in it they speak: all of it goes.
    """
    if any(turn.start_ms is None or turn.end_ms is None for turn in one.turns):
        return [], False
    theirs = quieting.stretches(one.turns)
    others = quieting.stretches((*one.others, *one.unknown))
    if one.alone:
        return [part for span in others for part in quieting.without(span, theirs)], False
    return quieting.silent(theirs, others), True


def _text(one: Heard, deed: Deed, cast: Cast, clean: Callable[[str], str]) -> str:
    theirs = {turn.id for turn in one.turns}
    present = {text.id for text in one.texts if text.replaced_at is None}
    listed = sorted((*one.turns, *one.others, *one.unknown), key=lambda turn: turn.ordinal)
    lines = []
    for turn in listed:
        if turn.transcript_id not in present:
            continue
        if turn.id not in theirs:
            lines.append(f"{_named(turn, cast, clean)}{clean(turn.text)}")
        elif deed is Deed.WORDS:
            lines.append(ERASED)
    return "\n\n".join([*lines, ""])


def _named(turn: Turn, cast: Cast, clean: Callable[[str], str]) -> str:
    name = cast[turn.speaker_id].who.name if turn.speaker_id else ""
    return f"{clean(name)}: " if name else ""


def _sum(path: Path) -> str:
    checksum = hashlib.sha256()
    with files.opened(path) as file:
        while block := file.read(_BLOCK):
            checksum.update(block)
    return checksum.hexdigest()


def delete(path: Path) -> None:
    """Delete a file, if it is there.

    Raises:
        EnvironmentProblem: it cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-erase",
            f"“{path.name}” could not be deleted ({problem.strerror}).",
            "Close other programs that use it; the rest is done when the study is opened again.",
        ) from problem


__all__ = [
    "NewFile",
    "delete",
    "ending_of",
    "of_file",
    "quiet",
    "to_rewrite",
    "write",
]
