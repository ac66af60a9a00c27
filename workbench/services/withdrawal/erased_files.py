"""What becomes of the files in which a person is heard or read: new ones, without them.

A recording is written by `erased_sound.py`. A document becomes the text that stays, also where its
file is missing: the one of before must not come back.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.materials import SourceKind
from workbench.domain.transcript import Turn
from workbench.domain.withdrawal import ERASED, Deed, Fate, Unreadable
from workbench.errors import EnvironmentProblem
from workbench.services.people.casting import Cast
from workbench.services.withdrawal import erased_sound
from workbench.services.withdrawal.belongings import Belongings, Heard
from workbench.vault import files


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
    one: Heard,
    new: Path,
    text: Callable[[Heard], str],
    unreadable: Unreadable | None = None,
) -> Fate:
    """Write the new file of a source that stays.

    Args:
        one: the source.
        new: where to; beside the file of before.
        text: returns what stays of a document.
        unreadable: what was decided for recordings that cannot be silenced.

    Returns:
        what became of it; with `Fate.LEFT` there is no new file.

    Raises:
        UserError: a recording of several people cannot be silenced, and nobody has decided.
        EnvironmentProblem: the folder cannot be written.
    """
    if one.is_recording:
        fate = erased_sound.write(one, new, unreadable)
    else:
        files.write(new, text(one).encode())
        fate = Fate.REWRITTEN
    if fate is not Fate.LEFT:
        with new.open("rb+") as file:
            os.fsync(file.fileno())
    return fate


def of_file(path: Path) -> NewFile:
    """Return what a new file is, once it is written."""
    kind = SourceKind.TEXT if path.suffix == ".txt" else SourceKind.AUDIO
    return NewFile(path.name, kind, files.checksum(path), files.size(path))


def text_of(one: Heard, deed: Deed, cast: Cast, clean: Callable[[str], str]) -> str:
    """Return what stays of a document.

    Args:
        one: the document.
        deed: what is done.
        cast: who speaks.
        clean: takes names out of what stays.
    """
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
            "“{file}” could not be deleted ({reason}).",
            "Close other programs that use it; the rest is done when the study is opened again.",
            file=path.name,
            reason=problem.strerror,
        ) from problem


__all__ = [
    "NewFile",
    "delete",
    "ending_of",
    "of_file",
    "text_of",
    "to_rewrite",
    "write",
]
