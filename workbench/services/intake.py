"""Files on their way into a study: looked into, probed and copied before any row is written.

This is the slow part of an import. It knows no database, so the window runs it in a thread while
the study stays usable; the rows follow in one quick step (`Materials.add_files`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.ids import SourceId, new_id
from workbench.domain.materials import SourceKind
from workbench.domain.survey import SurveyColumns
from workbench.errors import EnvironmentProblem, UserError
from workbench.exchange import registry
from workbench.exchange.registry import Document
from workbench.speech import client
from workbench.speech.protocol import Probed

OnFile = Callable[[int, int], None]
"""Told (files done, files in all)."""

DOCUMENTS = tuple(registry.IMPORTERS)
"""Endings of the files that come in as texts, for file dialogs."""

_BLOCK = 1 << 20


class Cancelled(Exception):
    """The person thought better of it; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file whose copy lies in the media folder, without a row yet.

    Attributes:
        path: where it came from.
        file: its name in the media folder.
        document: its turns, for a text.
        duration_ms: its length, for a recording.
    """

    source_id: SourceId
    path: Path
    kind: SourceKind
    file: str
    sha256: str
    size: int
    document: Document | None = None
    duration_ms: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what could not be kept, or had to be guessed, in whole sentences."""
        return self.document.notes if self.document else ()

    @property
    def title(self) -> str:
        """Return the name a person would give it: the file's, without its ending."""
        return self.path.stem.replace("_", " ")


def _never() -> bool:
    return False


def take_in(
    paths: Sequence[Path],
    media: Path,
    *,
    columns: SurveyColumns | None = None,
    on_file: OnFile | None = None,
    cancelled: Callable[[], bool] = _never,
) -> list[Incoming]:
    """Look into files and copy them into the media folder: all of them or none.

    Args:
        paths: recordings and documents.
        media: the study's media folder.
        columns: for tables of answers, which columns say what; `None` = as their names suggest.
        on_file: told as files are done; called in the thread of the caller.
        cancelled: asked between files and between blocks of a file.

    Raises:
        UserError: a file is missing, empty, or not what its name says.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Cancelled: `cancelled` said yes.
    """
    for path in paths:
        require(path)
    documents = {p: registry.read_document(p, columns) for p in paths if registry.is_document(p)}
    probes = _probe([path for path in paths if path not in documents])
    copied: list[Incoming] = []
    try:
        for path in paths:
            copied.append(_copy(path, media, documents.get(path), probes.get(path), cancelled))
            if on_file:
                on_file(len(copied), len(paths))
    except BaseException:
        discard(media, copied)
        raise
    return copied


def discard(media: Path, incoming: Iterable[Incoming]) -> None:
    """Delete copies that found no place in the study."""
    for item in incoming:
        (media / item.file).unlink(missing_ok=True)


def require(path: Path) -> None:
    """Make sure that there is a file with something in it.

    Raises:
        UserError: there is none, or it is empty.
    """
    if not path.is_file():
        raise UserError(
            "file-missing", f"There is no file “{path}”.", "Check the name and the folder."
        )
    if path.stat().st_size == 0:
        raise UserError(
            "file-empty",
            f"“{path.name}” is empty (0 bytes).",
            "Copy the file again from the recorder or its sender.",
        )


def _probe(recordings: Sequence[Path]) -> dict[Path, Probed]:
    found: dict[Path, Probed] = {}
    if recordings:
        for path, answer in zip(recordings, client.probe(recordings), strict=True):
            if isinstance(answer, Exception):
                raise answer
            found[path] = answer
    return found


def _copy(
    path: Path,
    media: Path,
    document: Document | None,
    probe: Probed | None,
    cancelled: Callable[[], bool],
) -> Incoming:
    source_id = SourceId(new_id())
    file = f"{source_id}{path.suffix.lower()}"
    kind = SourceKind.TEXT
    if probe is not None:
        kind = SourceKind.VIDEO if probe.has_video else SourceKind.AUDIO
    partial = media / f"{file}.partial"
    try:
        sha256, size = _write(path, partial, cancelled)
        partial.replace(media / file)
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-copy",
            f"“{path.name}” could not be copied into the study ({problem.strerror}).",
            "Check that the disk has space and that you may write there; nothing was changed.",
        ) from problem
    finally:
        partial.unlink(missing_ok=True)
    length = probe.duration_ms if probe else None
    return Incoming(source_id, path, kind, file, sha256, size, document, length)


def _write(path: Path, partial: Path, cancelled: Callable[[], bool]) -> tuple[str, int]:
    """Copy block by block; return checksum and size."""
    checksum, size = hashlib.sha256(), 0
    with path.open("rb") as read, partial.open("wb") as write:
        while block := read.read(_BLOCK):
            if cancelled():
                raise Cancelled
            checksum.update(block)
            size += len(block)
            write.write(block)
        write.flush()
        os.fsync(write.fileno())
    shutil.copystat(path, partial)
    return checksum.hexdigest(), size
