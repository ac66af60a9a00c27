"""Materials: sessions, their people, and the files that are copied into the study."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, SourceId, new_id
from workbench.domain.materials import Attendance, Method, Role, Session, Source, SourceKind
from workbench.errors import EnvironmentProblem, UserError
from workbench.exchange import registry
from workbench.exchange.registry import Document
from workbench.services.desk import Desk
from workbench.services.transcripts import Transcripts
from workbench.speech import client

OnFile = Callable[[int, int], None]
_BLOCK = 1 << 20


class Materials:
    """Sessions and sources of one study."""

    def __init__(self, desk: Desk, transcripts: Transcripts) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._transcripts = transcripts

    def sessions(self) -> list[Session]:
        """Return all sessions that are not in the bin, in their order."""
        return self._tables.session.select(deleted_at=None, order="position")

    def session(self, session_id: SessionId) -> Session:
        """Return one session."""
        return self._tables.session.get(session_id)

    def add_session(
        self,
        method: Method,
        title: str,
        *,
        date: str = "",
        place: str = "",
        note: str = "",
        people: Iterable[ParticipantId] = (),
    ) -> Session:
        """Add a session with its people."""
        if not title.strip():
            raise UserError("title-missing", "The session has no title.", "Type a title.")
        session = Session(
            SessionId(new_id()),
            method,
            title.strip(),
            date,
            place,
            note,
            self._tables.session.count(),
        )
        with self._desk.step(Op.EDIT_SESSION):
            self._tables.session.add(session)
            self.set_roster(session.id, people)
        return session

    def change_session(self, session_id: SessionId, **values: Any) -> Session:
        """Change fields of a session."""
        with self._desk.step(Op.EDIT_SESSION):
            return self._tables.session.change(session_id, **values)

    def remove_session(self, session_id: SessionId) -> None:
        """Put a session and its sources into the bin."""
        with self._desk.step(Op.REMOVE_MATERIAL):
            self._tables.session.change(session_id, deleted_at=self._desk.stamp())
            for source in self.sources(session_id):
                self._tables.source.change(source.id, deleted_at=self._desk.stamp())

    def roster(self, session_id: SessionId) -> list[Attendance]:
        """Return who took part in a session."""
        return self._tables.attendance.select(session_id=session_id, order="rowid")

    def set_roster(
        self,
        session_id: SessionId,
        people: Iterable[ParticipantId],
        role: Role = Role.PARTICIPANT,
    ) -> None:
        """Say who took part in a session."""
        wanted = list(dict.fromkeys(people))
        with self._desk.step(Op.EDIT_SESSION):
            for row in self.roster(session_id):
                if row.participant_id not in wanted:
                    self._tables.attendance.remove(session_id, row.participant_id)
            for person in wanted:
                self._tables.attendance.put(Attendance(session_id, person, role))

    def sources(self, session_id: SessionId | None = None) -> list[Source]:
        """Return the sources of a session, or all, that are not in the bin."""
        of_session = {} if session_id is None else {"session_id": session_id}
        return self._tables.source.select(deleted_at=None, order="imported_at, rowid", **of_session)

    def source(self, source_id: SourceId) -> Source:
        """Return one source.

        Raises:
            UserError: there is none with this id.
        """
        found = self._tables.source.find(source_id)
        if found is None:
            raise UserError(
                "source-unknown",
                f"The study has no source “{source_id}”.",
                "“workbench show” lists the sources with their ids.",
            )
        return found

    def media_path(self, source: Source) -> Path:
        """Return where the file of a source lies."""
        return self._desk.media / source.file

    def remove_source(self, source_id: SourceId) -> None:
        """Put a source into the bin."""
        with self._desk.step(Op.REMOVE_MATERIAL):
            self._tables.source.change(source_id, deleted_at=self._desk.stamp())

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        session_id: SessionId | None = None,
        method: Method = Method.INTERVIEW,
        people: Sequence[ParticipantId] = (),
        title: str = "",
        date: str = "",
        on_file: OnFile | None = None,
    ) -> list[Source]:
        """Copy files into the study; all of them or, on bad input, none.

        Args:
            paths: recordings and documents.
            session_id: session they belong to; `None` = a new session for each file.
            method: method of new sessions.
            people: who took part in new sessions.
            title: title of the new session; default is the file's name.
            date: ISO date of new sessions.
            on_file: told (files done, files in all).

        Raises:
            UserError: a file is missing, empty, or not what its name says.
            EnvironmentProblem: the disk is full, or the folder cannot be written.
        """
        self._desk.writable()
        found = [_inspect(path) for path in paths]
        _probe_recordings(found)
        sources = []
        with self._desk.step(Op.IMPORT_MATERIAL):
            for number, item in enumerate(found):
                home = session_id or self._new_session(item, method, title, date, people).id
                sources.append(self._store(item, home, title if len(found) == 1 else ""))
                if on_file:
                    on_file(number + 1, len(found))
        return sources

    def _new_session(
        self,
        item: _Incoming,
        method: Method,
        title: str,
        date: str,
        people: Sequence[ParticipantId],
    ) -> Session:
        name = title or item.path.stem.replace("_", " ")
        return self.add_session(method, name, date=date, people=people)

    def _store(self, item: _Incoming, session_id: SessionId, title: str) -> Source:
        source_id = SourceId(new_id())
        file = f"{source_id}{item.path.suffix.lower()}"
        sha256, size = self._copy(item.path, file)
        source = self._tables.source.add(
            Source(
                id=source_id,
                session_id=session_id,
                kind=item.kind,
                title=title or item.path.stem.replace("_", " "),
                file=file,
                original_name=item.path.name,
                sha256=sha256,
                size=size,
                duration_ms=item.duration_ms,
                imported_at=self._desk.stamp(),
            )
        )
        if item.document:
            self._transcripts.load(source_id, item.document.turns, item.document.language)
        return source

    def _copy(self, path: Path, name: str) -> tuple[str, int]:
        """Copy a file into the media folder under a temporary name, then rename it."""
        partial = self._desk.media / f"{name}.partial"
        checksum, size = hashlib.sha256(), 0
        try:
            with path.open("rb") as read, partial.open("wb") as write:
                while block := read.read(_BLOCK):
                    checksum.update(block)
                    size += len(block)
                    write.write(block)
                write.flush()
                os.fsync(write.fileno())
            shutil.copystat(path, partial)
            partial.replace(self._desk.media / name)
        except OSError as problem:
            partial.unlink(missing_ok=True)
            raise EnvironmentProblem(
                "cannot-copy",
                f"“{path.name}” could not be copied into the study ({problem.strerror}).",
                "Check that the disk has space and that you may write there; nothing was changed.",
            ) from problem
        return checksum.hexdigest(), size


class _Incoming:
    """A file on its way in."""

    def __init__(self, path: Path, document: Document | None) -> None:
        self.path = path
        self.document = document
        self.kind = SourceKind.TEXT if document else SourceKind.AUDIO
        self.duration_ms: int | None = None


def _inspect(path: Path) -> _Incoming:
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
    is_document = registry.is_document(path)
    return _Incoming(path, registry.read_document(path) if is_document else None)


def _probe_recordings(found: Sequence[_Incoming]) -> None:
    recordings = [item for item in found if item.document is None]
    if not recordings:
        return
    for item, probe in zip(
        recordings, client.probe([item.path for item in recordings]), strict=True
    ):
        if isinstance(probe, Exception):
            raise probe
        item.duration_ms = probe.duration_ms
        item.kind = SourceKind.VIDEO if probe.has_video else SourceKind.AUDIO
