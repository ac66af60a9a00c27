"""Materials: sessions, the people who took part in them, and the sources that came of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.ids import ParticipantId, SessionId, SourceId, new_id
from workbench.domain.materials import Attendance, Method, Role, Session, Source
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.files.loudness import Loudness


class Materials:
    """Sessions and sources of one study.

    Attributes:
        loudness: how loud the recordings are over their time.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables
        self.loudness = Loudness(desk.folder / "cache")

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
        vocabulary: tuple[str, ...] = (),
        people: Iterable[ParticipantId] = (),
    ) -> Session:
        """Add a session with its people.

        Raises:
            UserError: the title is empty, or the date cannot be read.
        """
        if not title.strip():
            raise UserError("title-missing", "The session has no title.", "Type a title.")
        session = Session(
            SessionId(new_id()),
            method,
            title.strip(),
            typed.date(date, partial=True),
            place,
            note,
            self._tables.session.count(),
            vocabulary=vocabulary,
        )
        with self._desk.step(Op.ADD_SESSION):
            self._tables.session.add(session)
            self.set_roster(session.id, people)
        return session

    def change_session(
        self, session_id: SessionId, *given: Given[Session], **values: Any
    ) -> Session:
        """Change fields of a session.

        Raises:
            UserError: the title is empty, or the date cannot be read.
        """
        values |= named(*given)
        if not values.get("title", "x").strip():
            raise UserError("title-missing", "The session has no title.", "Type a title.")
        if "date" in values:
            values["date"] = typed.date(values["date"], partial=True)
        with self._desk.step(Op.EDIT_SESSION):
            return self._tables.session.change(session_id, **values)

    def expect(self, session_ids: Collection[SessionId], terms: Iterable[str]) -> None:
        """Add names and terms to those that are expected in the recordings of sessions."""
        terms = tuple(terms)
        with self._desk.step(Op.EDIT_SESSION):
            for session_id in sorted(session_ids):
                known = self.session(session_id).vocabulary
                if more := tuple(term for term in terms if term not in known):
                    self._tables.session.change(session_id, vocabulary=(*known, *more))

    def remove_session(self, session_id: SessionId) -> None:
        """Put a session and its sources into the bin."""
        with self._desk.step(Op.REMOVE_MATERIAL):
            self._tables.session.change(session_id, deleted_at=self._desk.stamp())
            for source in self.sources(session_id):
                self._tables.source.change(source.id, deleted_at=self._desk.stamp())

    def roster(self, session_id: SessionId) -> list[Attendance]:
        """Return who took part in a session."""
        return self._by_code(self._tables.attendance.select(session_id=session_id))

    def rosters(self) -> dict[SessionId, list[ParticipantId]]:
        """Return who took part, for all sessions that have anybody."""
        found: dict[SessionId, list[ParticipantId]] = {}
        for row in self._by_code(self._tables.attendance.select()):
            found.setdefault(row.session_id, []).append(row.participant_id)
        return found

    def _by_code(self, rows: list[Attendance]) -> list[Attendance]:
        """Sort by the people's codes: an undo puts rows back at the end of their table."""
        if len(rows) < 2:
            return rows
        codes = {person.id: person.code for person in self._tables.participant.select()}
        return sorted(rows, key=lambda row: codes[row.participant_id])

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
        of_session: dict[str, Any] = {} if session_id is None else {"session_id": session_id}
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
                "The study has no source “{source}”.",
                "“workbench show” lists the sources with their ids.",
                source=source_id,
            )
        return found

    @property
    def media(self) -> Path:
        """Return the folder of the study's media files."""
        return self._desk.media

    def media_path(self, source: Source) -> Path:
        """Return where the file of a source lies."""
        return paths.within(self._desk.media, source.file)

    def measured(
        self, source_id: SourceId, duration_ms: int, peaks: Sequence[int], tracks: int = 1
    ) -> None:
        """Keep what is known of a recording now that it was decoded: its length and loudness.

        Files are often wrong about their length, or do not tell it.
        """
        source = self.source(source_id)
        if (source.duration_ms, source.tracks) != (duration_ms, tracks):
            with self._desk.step(Op.RECEIVE_TURNS):
                source = self._tables.source.change(
                    source_id, duration_ms=duration_ms, tracks=tracks
                )
        self.loudness.keep(source, peaks)

    def remove_source(self, source_id: SourceId) -> None:
        """Put a source into the bin."""
        with self._desk.step(Op.REMOVE_MATERIAL):
            self._tables.source.change(source_id, deleted_at=self._desk.stamp())
