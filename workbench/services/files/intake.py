"""Files on their way into a study: looked into, probed and copied before any row is written.

This is the slow part of an import. It knows no database, so the window runs it in a thread while
the study stays usable; the rows follow in one quick step (`Imports.add`).
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from workbench.domain.ids import SourceId, new_id
from workbench.domain.materials import SourceKind
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import UserError, WorkbenchError
from workbench.exchange import reading, registry
from workbench.exchange.reading import Reader
from workbench.exchange.registry import Document
from workbench.paths import copy_times
from workbench.services.files.chosen import OnRefused, cannot_copy, require, unreadable
from workbench.speech import client
from workbench.speech.protocol import Probed
from workbench.storage import media_names
from workbench.vault import files

OnFile = Callable[[int, int], None]
"""Told (files done, files in all)."""

DOCUMENTS = tuple(registry.IMPORTERS)
"""Endings of the files that come in as texts, for file dialogs."""

BLOCK = 1 << 20
_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The person thought better of it; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file whose copy lies in the media folder, without a row yet.

    Attributes:
        path: where it came from.
        file: its name in the media folder; "" before it is copied. The copy of a table holds the
            columns that were taken over, and no others.
        document: its turns, for a text.
        duration_ms: its length, for a recording.
        tracks: how many tracks of sound it has.
    """

    source_id: SourceId
    path: Path
    kind: SourceKind
    file: str
    sha256: str
    size: int
    document: Document | None = None
    duration_ms: int | None = None
    tracks: int = 1

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
    media: Path | None,
    *,
    columns: Mapping[Path, SurveyColumns] | None = None,
    on_file: OnFile | None = None,
    on_refused: OnRefused | None = None,
    cancelled: Callable[[], bool] = _never,
) -> list[Incoming]:
    """Look into files and copy them into the media folder.

    Args:
        paths: recordings and documents.
        media: the study's media folder; `None` = they are read alone, and not copied.
        columns: of tables of answers, which columns say what; of others, as they suggest.
        on_file: told as files are done; called in the thread of the caller.
        on_refused: told of files that do not come in, while the others do; `None` = the first of
            them keeps all out.
        cancelled: asked between files and between blocks of a file.

    Raises:
        UserError: a file is missing, empty, or not what its name says.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Cancelled: `cancelled` said yes.
    """
    documents: dict[Path, Document] = {}
    probes: dict[Path, Probed] = {}
    copied: list[Incoming] = []
    refuse = on_refused or _keep_all_out
    with _undone(media, copied), reading.reader(cancelled) as reader:
        good = []
        for path in paths:
            try:
                require(path)
                if registry.is_document(path):
                    documents[path] = _read(path, reader, (columns or {}).get(path), cancelled)
                good.append(path)
            except WorkbenchError as problem:
                refuse(path, problem)
        recordings = [path for path in good if path not in documents]
        answers = client.probe(recordings, cancelled)
        if cancelled():
            raise Cancelled
        for path, answer in zip(recordings, answers, strict=True):
            if isinstance(answer, Exception):
                refuse(path, answer)
                good.remove(path)
            else:
                probes[path] = answer
        done = len(paths) - len(good)
        for path in good:
            try:
                item = _looked_into(path, documents.get(path), probes.get(path))
                copied.append(_copy(item, media, cancelled) if media is not None else item)
            except UserError as problem:
                refuse(path, problem)
            done += 1
            if on_file:
                on_file(done, len(paths))
    return copied


def read(path: Path) -> Document:
    """Read one document, without copying it anywhere.

    Raises:
        UserError: it is missing, empty, bad, or no document.
        EnvironmentProblem: it cannot be read.
    """
    require(path)
    with reading.reader() as reader:
        return reader.read(path)


def columns_of(
    paths: Iterable[Path],
    cancelled: Callable[[], bool] = _never,
    on_refused: OnRefused | None = None,
) -> dict[Path, tuple[Column, ...]]:
    """Return the columns of tables of answers, with what becomes of each; nothing is stored.

    Files without columns that could be chosen are not in what is returned.

    Args:
        paths: files of any kind.
        cancelled: asked while a table is read.
        on_refused: told of tables that cannot be read; `None` = the first of them is raised.

    Raises:
        UserError: a table is missing, empty or bad.
        EnvironmentProblem: it cannot be read.
        Cancelled: `cancelled` said yes.
    """
    found: dict[Path, tuple[Column, ...]] = {}
    refuse = on_refused or _keep_all_out
    with reading.reader(cancelled) as reader:
        for path in filter(is_table, paths):
            try:
                require(path)
                if columns := reader.read_columns(path):
                    found[path] = columns
            except WorkbenchError as problem:
                if not cancelled():  # which ends the reading too
                    refuse(path, problem)
            if cancelled():
                raise Cancelled
    return found


def is_table(path: Path) -> bool:
    """Tell whether a file is a table by its ending."""
    return path.suffix.lower() in registry.TABLES


def _read(
    path: Path,
    reader: Reader,
    columns: SurveyColumns | None,
    cancelled: Callable[[], bool],
) -> Document:
    if cancelled():
        raise Cancelled
    try:
        return reader.read(path, columns)
    except UserError:
        if cancelled():  # which ends the reading too
            raise Cancelled from None
        raise


def _keep_all_out(_path: Path, problem: WorkbenchError) -> None:
    raise problem


@contextmanager
def _undone(media: Path | None, copied: list[Incoming]) -> Iterator[None]:
    """Delete what was copied when something stops all of it."""
    try:
        yield
    except BaseException:
        if media is not None:
            discard(media, copied)
        raise


@contextmanager
def discarding(
    media: Path,
    incoming: Iterable[Incoming],
    is_kept: Callable[[str], bool],
    but: tuple[type[Exception], ...] = (),
) -> Iterator[None]:
    """Delete copies when something goes wrong; `but` after which they wait for another try.

    What the study has by then (`is_kept`) stays: it may have gone wrong where the step is told.
    """
    try:
        yield
    except BaseException as problem:
        left = [item for item in incoming if not is_kept(item.file)]
        if isinstance(problem, but):
            for item in left:
                _back(media, item.file)
        else:
            discard(media, left)
        raise


def discard(media: Path, incoming: Iterable[Incoming]) -> None:
    """Delete copies that found no place in the study."""
    for item in incoming:
        if item.file:
            (media / item.file).unlink(missing_ok=True)
            _waiting(media, item.file).unlink(missing_ok=True)


def settle(media: Path, incoming: Sequence[Incoming]) -> Callable[[], None]:
    """Give copies their names, when their rows are written and the step is about to end.

    They keep those of half-written files besides until it has ended: a copy with both names tells
    the next opening of a sudden end, and whether its row was written can be looked up.

    Returns:
        what is to be called when the step has ended.

    Raises:
        UserError: a copy was let go meanwhile.
        EnvironmentProblem: the folder cannot be written.
    """
    for item in incoming:
        waiting = _waiting(media, item.file)
        if item.file and waiting.exists():
            try:
                _name(waiting, media / item.file)
            except OSError as problem:
                raise cannot_copy(item.path, problem) from problem
        elif item.file and not (media / item.file).exists():
            raise UserError(
                "copy-gone",
                "The copy of “{file}” is no longer there.",
                "Choose the file again.",
                file=item.path.name,
            )
    return lambda: _settled(media, [item.file for item in incoming if item.file])


def _name(waiting: Path, path: Path) -> None:
    try:
        os.link(waiting, path)
    except FileExistsError:
        return
    except OSError:  # a disk that knows no second name for a file, as sticks have
        waiting.replace(path)


def _settled(media: Path, names: Iterable[str]) -> None:
    for name in names:
        with suppress(OSError):  # the next opening does
            _waiting(media, name).unlink(missing_ok=True)


def _back(media: Path, file: str) -> None:
    """Leave a copy only the name of a half-written file, for its row was not written."""
    if file and (media / file).exists():
        try:
            if _waiting(media, file).exists():
                (media / file).unlink()
            else:
                (media / file).replace(_waiting(media, file))
        except OSError as problem:  # `check` tells of it if it finds no place in the end
            _log.warning("a copy that waits keeps its name: %s", problem.strerror)


def remove(media: Path, names: Iterable[str]) -> None:
    """Delete files that nobody knows any more; only those whose names this program gave."""
    for name in names:
        if media_names.is_copy(name):
            try:
                (media / name).unlink(missing_ok=True)
            except OSError as problem:  # `check` tells of it
                _log.warning("a file that nobody uses stays: %s", problem.strerror)


def _waiting(media: Path, file: str) -> Path:
    return media / f"{file}{media_names.HALF}"


def _looked_into(path: Path, document: Document | None, probe: Probed | None) -> Incoming:
    """Return what is known of a file before it is copied."""
    source_id = SourceId(new_id())
    kind = SourceKind.TEXT
    if probe is not None:
        kind = SourceKind.VIDEO if probe.has_video else SourceKind.AUDIO
    if probe is None:
        return Incoming(source_id, path, kind, "", "", 0, document)
    length, tracks = probe.duration_ms, probe.tracks
    return Incoming(source_id, path, kind, "", "", 0, document, length, tracks=tracks)


def _copy(item: Incoming, media: Path, cancelled: Callable[[], bool]) -> Incoming:
    path, file = item.path, media_names.name_of(item.source_id, item.path)
    partial = _waiting(media, file)
    kept = item.document.kept if item.document else None
    try:
        sha256, size = write(path, partial, cancelled, kept)
    except BaseException as problem:
        partial.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise cannot_copy(path, problem) from problem
        raise
    document = replace(item.document, kept=None) if item.document else None
    return replace(item, file=file, sha256=sha256, size=size, document=document)


def write(
    path: Path, partial: Path, cancelled: Callable[[], bool], kept: str | None = None
) -> tuple[str, int]:
    """Copy block by block, or `kept` where that is all to be kept; return checksum and size."""
    checksum, size = hashlib.sha256(), 0
    with files.writing(partial, sync=True) as write:
        for block in blocks(path) if kept is None else [kept.encode("utf-8-sig", "replace")]:
            if cancelled():
                raise Cancelled
            checksum.update(block)
            size += len(block)
            write.write(block)
    copy_times(path, partial)
    return checksum.hexdigest(), size


def twice(item: Incoming, name: str) -> UserError:
    """Return what keeps a file out that the study holds already under a name."""
    return UserError(
        "import-twice",
        "“{file}” is in the study already, as “{name}”.",
        "If you want it twice, import it again and say to keep both.",
        file=item.path.name,
        name=name,
    )


def blocks(path: Path, opened: Callable[[Path], BinaryIO] = files.opened) -> Iterator[bytes]:
    """Yield what a file holds; a fault of it is not one of the place where a copy goes.

    Raises:
        UserError: it cannot be read.
    """
    try:
        with opened(path) as read:
            while block := read.read(BLOCK):
                yield block
    except OSError as problem:
        raise unreadable(path, problem) from problem
