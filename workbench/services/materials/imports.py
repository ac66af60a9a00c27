"""What comes into the study: files and their rows, and transcripts of recordings made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, SourceId
from workbench.domain.materials import Attendance, Method, Source, SourceKind
from workbench.domain.observation import Placement
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.exchange import registry
from workbench.exchange.registry import Document
from workbench.services.consent.ledger import Ledger
from workbench.services.consent.letting_in import Gate
from workbench.services.consent.objecting import NEEDED
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.files.attaching import Attached, doubts
from workbench.services.files.chosen import OnRefused
from workbench.services.files.intake import Incoming, OnFile
from workbench.services.materials.materials import Materials
from workbench.services.people import respondents
from workbench.services.texts.arriving import Arrivals

OnNote = Callable[[str, str], None]
"""Told (file name, sentence)."""


class Imports:
    """Brings files into one study.

    Attributes:
        gate: what keeps files out that can be read.
    """

    def __init__(self, desk: Desk, materials: Materials, arrivals: Arrivals) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._materials = materials
        self._arrivals = arrivals
        self.gate = Gate(desk)

    def take_in(
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
            sources = self.add(
                incoming, session_id=session_id, method=method, people=people, title=title,
                date=date, keep_both=keep_both, refused_too=refused_too,
            )  # fmt: skip
        if on_note:
            for item in incoming:
                for note in item.notes:
                    on_note(item.path.name, note)
        return sources

    def add(
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
        """Give files that were taken in their rows, in one step; the rest is as in `take_in`.

        Raises:
            UserError: the study is open for reading only, or holds a file already, or somebody
                does not want to be recorded; the copies are deleted.
            EnvironmentProblem: it cannot be written just now; the copies wait for another try.
        """
        sources, new_session = [], self._materials.add_session
        with self.taking(incoming), self._desk.step(Op.IMPORT_MATERIAL):
            if not keep_both:
                self.gate.require_new(incoming)
            if not refused_too:
                self.gate.require(incoming, session_id, people)
            for item in incoming:
                name = title or item.title
                home = session_id or new_session(method, name, date=date, people=people).id
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
                tracks=item.tracks,
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
            for source in self._materials.sources()
            if source.kind is not SourceKind.TEXT
            and Path(source.original_name).stem.casefold() in stems
        ]
        return found[-1] if registry.is_document(path) and found else None

    def attach(self, source_id: SourceId, path: Path, document: Document | None = None) -> Attached:
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
            transcript = self._arrivals.load(source_id, document.turns, document.language)
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
        source = self._materials.source(source_id)
        if source.kind is SourceKind.TEXT or not registry.is_document(path):
            raise UserError(
                "attach-kind",
                "“{file}” cannot be attached to “{source}”.",
                "Attach a transcript, such as a .vtt, .srt, .docx or .txt, to a recording.",
                ways=(Way.CHOOSE,),
                file=path.name,
                source=source.title,
            )
        Ledger(self._desk).objections.require(
            source.session_id, NEEDED, source.title, "given a transcript"
        )
        return source
