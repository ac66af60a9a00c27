"""A document comes again, corrected or continued: its new version takes the place of the old one.

The old file and its text stay in the study, so that the step can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain.change import Op
from workbench.domain.ids import SourceId
from workbench.domain.materials import Attendance, Source, SourceKind
from workbench.domain.survey import SurveyColumns
from workbench.domain.transcript import Transcript
from workbench.errors import UserError
from workbench.exchange import registry
from workbench.services.coding.anchoring import Anchoring
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.files.intake import Incoming
from workbench.services.materials.imports import Imports
from workbench.services.materials.materials import Materials
from workbench.services.people import respondents
from workbench.services.texts.arriving import Arrivals
from workbench.services.texts.transcripts import Transcripts


@dataclass(frozen=True, slots=True)
class Replaced:
    """A new version that took its place.

    Attributes:
        transcript: its text.
        notes: what could not be kept, in whole sentences.
        in_review: observations whose words are not surely in it; they wait with their words.
    """

    transcript: Transcript
    notes: tuple[str, ...]
    in_review: int


class Versions:
    """New versions of the documents of one study."""

    def __init__(
        self, desk: Desk, imports: Imports, arrivals: Arrivals, anchoring: Anchoring
    ) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._materials = Materials(desk)
        self._imports = imports
        self._transcripts = Transcripts(desk)
        self._arrivals = arrivals
        self._anchoring = anchoring

    def replace(
        self, source_id: SourceId, path: Path, columns: SurveyColumns | None = None
    ) -> Replaced:
        """Copy a file into the study as the new version of a document.

        Args:
            source_id: the document.
            path: the file.
            columns: of a table of answers, which columns say what; `None` = as they suggest.

        Raises:
            UserError: it is no document, is bad, or is in the study already.
            EnvironmentProblem: the disk is full, or the folder cannot be written.
        """
        self._desk.writable()
        self.require(self._materials.source(source_id), path)
        wanted = None if columns is None else {path: columns}
        [incoming] = intake.take_in([path], self._desk.media, columns=wanted)
        return self.take(source_id, incoming)

    def require(self, source: Source, path: Path) -> None:
        """Make sure that a file can be the new version of a source.

        Raises:
            UserError: one of the two is no document.
        """
        if source.kind is not SourceKind.TEXT or not registry.is_document(path):
            raise UserError(
                "version-kind",
                "“{file}” cannot be a new version of “{source}”.",
                "Documents are replaced by documents; a recording gets another text by attaching"
                " a transcript to it.",
                file=path.name,
                source=source.title,
            )

    def take(self, source_id: SourceId, incoming: Incoming) -> Replaced:
        """Let a file that was taken in be the new version of a document, in one step.

        Observations stay on their words; those whose words are not surely there wait for review.
        Memos on paragraphs go along.

        Raises:
            UserError: the study holds the file already; the copy is deleted.
        """
        with self._imports.taking([incoming], None):
            source = self._materials.source(source_id)
            self._refuse_same(source, incoming)
            with self._desk.step(Op.REPLACE_SOURCE):
                done = self._take(source, incoming)
                self._desk.afterwards.append(intake.settle(self._desk.media, [incoming]))
            return done

    def _take(self, source: Source, incoming: Incoming) -> Replaced:
        document = incoming.document
        if document is None:
            raise UserError(
                "version-kind",
                "“{file}” is no document.",
                "Choose the new version of the text.",
                file=incoming.path.name,
            )
        self._tables.source.change(
            source.id,
            file=incoming.file,
            original_name=incoming.path.name,
            sha256=incoming.sha256,
            size=incoming.size,
        )
        for person in respondents.add_missing(self._desk, document.people):
            self._tables.attendance.put(Attendance(source.session_id, person))
        before = self._transcripts.of_source(source.id)
        transcript = self._arrivals.load(source.id, document.turns, document.language)
        waiting = 0
        if before is not None:
            waiting = self._anchoring.carry(before.id, transcript.id)
        return Replaced(transcript, document.notes, waiting)

    def _refuse_same(self, source: Source, incoming: Incoming) -> None:
        if incoming.sha256 == source.sha256:
            raise UserError(
                "version-same",
                "“{file}” is what “{source}” holds already, to the byte.",
                "Nothing was changed. Choose the newer file.",
                file=incoming.path.name,
                source=source.title,
            )
        for item, name in self._imports.gate.duplicates([incoming]):
            raise UserError(
                "import-twice",
                "“{file}” is in the study already, as “{name}”; nothing was changed.",
                "Choose another file, or put that one into the bin first.",
                file=item.path.name,
                name=name,
            )
