"""Materials: sessions, their people, and the files that are copied into the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.ids import ParticipantId, SessionId, SourceId, new_id
from workbench.domain.materials import Attendance, Method, Role, Session, Source, SourceKind
from workbench.domain.observation import Placement
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.exchange import registry
from workbench.exchange.registry import Document
from workbench.services.consent.ledger import NEEDED, Ledger
from workbench.services.consent.letting_in import Gate
from workbench.services.desk import Desk
from workbench.services.files import intake, loudness
from workbench.services.files.attaching import Attached, doubts
from workbench.services.files.chosen import OnRefused
from workbench.services.files.intake import Incoming, OnFile
from workbench.services.people import respondents
from workbench.services.texts.arriving import Arrivals
from workbench.services.texts.transcripts import Transcripts

OnNote = Callable[[str, str], None]
"""Told (file name, sentence)."""


class Materials:
    """Sessions and sources of one study.

    Attributes:
        gate: what keeps files out that can be read.
    """

    def __init__(self, desk: Desk, transcripts: Transcripts, arrivals: Arrivals) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._transcripts = transcripts
        self._arrivals = arrivals
        self.gate = Gate(desk)

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
        )
        with self._desk.step(Op.EDIT_SESSION):
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

    def peaks(self, source: Source) -> tuple[int, ...]:
        """Return the loudness over a recording, 0…100; empty as long as it is unknown."""
        return loudness.overview(self._cache, source.sha256)

    def detail(self, source: Source, start_ms: int, end_ms: int, count: int) -> tuple[int, ...]:
        """Return the loudness of a stretch of a recording, finer than `peaks` tells it.

        Only that stretch is read, so it takes a moment however long the recording is.

        Args:
            source: the recording.
            start_ms: where the stretch begins.
            end_ms: where it ends.
            count: how many numbers, 0…100 as in `peaks`.

        Returns:
            the numbers; empty where they are not known.
        """
        return loudness.detail(self._cache, source.sha256, start_ms, end_ms, count)

    def keep_peaks(self, source: Source, peaks: Sequence[int]) -> None:
        """Keep the loudness over a recording, as the worker measured it."""
        loudness.keep_overview(self._cache, source.sha256, peaks)

    @property
    def _cache(self) -> Path:
        return self._desk.folder / "cache"

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
        columns: SurveyColumns | Mapping[Path, SurveyColumns] | None = None,
        keep_both: bool = False,
        refused_too: bool = False,
        on_file: OnFile | None = None,
        on_note: OnNote | None = None,
        on_refused: OnRefused | None = None,
    ) -> list[Source]:
        """Copy files into the study, in one step.

        Args:
            paths: recordings and documents.
            session_id: session they belong to; `None` = a new session for each file.
            method: method of new sessions.
            people: who took part in new sessions.
            title: title of the new session; default is the file's name.
            date: of new sessions, as people type dates.
            columns: of tables of answers, which columns say what, of all or of each; of others, as
                they suggest. What is not taken over is stored nowhere in the study.
            keep_both: take in what the study holds already.
            refused_too: take in recordings of people who do not want to be recorded.
            on_file: told (files done, files in all).
            on_note: told (file name, sentence) about what could not be kept or was guessed.
            on_refused: told of files that do not come in, while the others do; `None` = the first
                of them keeps all out.

        Raises:
            UserError: a file is missing, empty, not what its name says, or in the study already;
                or somebody does not want to be recorded.
            EnvironmentProblem: the disk is full, or the folder cannot be written.
        """
        self._desk.writable()
        typed.date(date, partial=True)  # refused before hours of sound are copied
        if not refused_too:
            self.gate.require(paths, session_id, people)
        if isinstance(columns, SurveyColumns):
            columns = dict.fromkeys(paths, columns)
        incoming = intake.take_in(
            paths, self._desk.media, columns=columns, on_file=on_file, on_refused=on_refused
        )
        if on_refused and not keep_both:
            self.gate.leave_out_twice(incoming, on_refused)
        with self.taking(incoming, None):
            sources = self.add_files(
                incoming, session_id=session_id, method=method, people=people, title=title,
                date=date, keep_both=keep_both, refused_too=refused_too,
            )  # fmt: skip
        if on_note:
            for item in incoming:
                for note in item.notes:
                    on_note(item.path.name, note)
        return sources

    def add_files(
        self,
        incoming: Sequence[Incoming],
        *,
        session_id: SessionId | None = None,
        method: Method = Method.INTERVIEW,
        people: Sequence[ParticipantId] = (),
        title: str = "",
        date: str = "",
        keep_both: bool = False,
        refused_too: bool = False,
    ) -> list[Source]:
        """Give files that were taken in their rows, in one step; the rest is as in `import_files`.

        Raises:
            UserError: the study is open for reading only, or holds a file already, or somebody
                does not want to be recorded; the copies are deleted.
            EnvironmentProblem: it cannot be written just now; the copies wait for another try.
        """
        sources = []
        with self.taking(incoming), self._desk.step(Op.IMPORT_MATERIAL):
            if not keep_both:
                self.gate.require_new(incoming)
            if not refused_too:
                self.gate.require(incoming, session_id, people)
            for item in incoming:
                name = title or item.title
                home = session_id or self.add_session(method, name, date=date, people=people).id
                sources.append(self._add(item, home, name if len(incoming) == 1 else ""))
            self._desk.afterwards.append(intake.settle(self._desk.media, incoming))
        return sources

    def taking(
        self, incoming: Sequence[Incoming], but: type[Exception] | None = EnvironmentProblem
    ) -> AbstractContextManager[None]:
        """Return what looks after copies while a step writes their rows.

        They are deleted when something goes wrong before the study has their rows; when it just
        cannot be written now (`but`), they wait, and a sudden end of the program leaves none.
        """
        media, rows, kinds = self._desk.media, self._tables.source, (but,) if but else ()
        return intake.discarding(media, incoming, lambda f: rows.count(file=f) > 0, kinds)

    def _add(self, item: Incoming, session_id: SessionId, title: str) -> Source:
        source = self._tables.source.add(
            Source(
                id=item.source_id,
                session_id=session_id,
                kind=item.kind,
                title=title or item.title,
                file=item.file,
                original_name=item.path.name,
                sha256=item.sha256,
                size=item.size,
                duration_ms=item.duration_ms,
                imported_at=self._desk.stamp(),
            )
        )
        if item.document:
            for person in respondents.add_missing(self._desk, item.document.people):
                self._tables.attendance.put(Attendance(session_id, person))
            self._arrivals.load(source.id, item.document.turns, item.document.language)
        return source

    def survey_columns(self, path: Path) -> tuple[Column, ...] | None:
        """Return the columns of a table of answers, as `intake.columns_of`; else `None`."""
        return intake.columns_of([path]).get(path)

    def recording_for(self, path: Path) -> Source | None:
        """Return the recording a transcript seems to belong to: “call.vtt” goes with “call.mp3”.

        A language between name and ending, as in “call.en.vtt”, does not matter.
        """
        stems = {path.stem.casefold(), Path(path.stem).stem.casefold()}
        found = [
            source
            for source in self.sources()
            if source.kind is not SourceKind.TEXT
            and Path(source.original_name).stem.casefold() in stems
        ]
        return found[-1] if registry.is_document(path) and found else None

    def attach_transcript(
        self, source_id: SourceId, path: Path, document: Document | None = None
    ) -> Attached:
        """Make a transcript file the present transcript of a recording.

        The one before is kept; observations move to where their words are now, and those whose
        words are not found surely wait for review. `document`: what the file holds, if it was read.

        Raises:
            UserError: the source is no recording, the file holds no text, or somebody of the
                session did not agree to a transcript.
            EnvironmentProblem: the file cannot be read.
        """
        source = self.require_attachable(source_id, path)
        document = document or intake.read(path)
        with self._desk.step(Op.ATTACH_TRANSCRIPT):
            before = self._transcripts.of_source(source_id)
            transcript = self._arrivals.load(source_id, document.turns, document.language)
            if before is not None:
                self._tables.transcript.change(before.id, replaced_at=self._desk.stamp())
            self._arrivals.finish(transcript.id, document.language)
        waiting = self._tables.observation.count(
            source_id=source_id, placement=Placement.REVIEW, deleted_at=None
        )
        return Attached(transcript, (*document.notes, *doubts(source, document)), waiting)

    def require_attachable(self, source_id: SourceId, path: Path) -> Source:
        """Return a recording, if a file can be its transcript.

        Raises:
            UserError: the source is no recording, the file no document, or somebody of the
                session did not agree to a transcript, whoever makes it.
        """
        source = self.source(source_id)
        if source.kind is SourceKind.TEXT or not registry.is_document(path):
            raise UserError(
                "attach-kind",
                "“{file}” cannot be attached to “{source}”.",
                "Attach a transcript, such as a .vtt, .srt, .docx or .txt, to a recording.",
                ways=(Way.CHOOSE,),
                file=path.name,
                source=source.title,
            )
        Ledger(self._desk).require(source.session_id, NEEDED, source.title, "given a transcript")
        return source
