"""Exports of the material itself: transcripts, observations, the whole study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.domain.figures import wide_clock
from workbench.domain.ids import SourceId
from workbench.domain.report import Block, Paragraph, ReportModel, Run, Section, text
from workbench.domain.transcript import TRANSLATED, TurnDraft
from workbench.errors import UserError
from workbench.exchange import atomic, export_data, export_text, registry
from workbench.exchange.export_text import TranscriptText
from workbench.exchange.registry import Format
from workbench.services.codebook_files import CodebookFiles
from workbench.services.desk import Desk
from workbench.services.evidence_register import EvidenceRegister
from workbench.services.materials import Materials
from workbench.services.memo_report import (
    MEMO_COLUMNS,
    memo_plain,
    memo_report,
    memo_rows,
    memo_text,
)
from workbench.services.memos import Memos, Note
from workbench.services.observation_table import COLUMNS, Names, table
from workbench.services.observations import Observations
from workbench.services.protecting import protected_name, protected_notes, protection
from workbench.services.speaking import Speaking
from workbench.services.transcripts import Transcripts

_TURN_COLUMNS = ("ordinal", "start", "end", "speaker", "text")


@dataclass(frozen=True, slots=True)
class Exports:
    """What leaves a study besides its report; real names do in JSON alone (see `snapshot.py`).

    Attributes:
        parts: returns the whole study as plain data, read while one goes through it.
    """

    desk: Desk
    materials: Materials
    transcripts: Transcripts
    speaking: Speaking
    observations: Observations
    codebook: CodebookFiles
    memos: Memos
    register: EvidenceRegister
    parts: Callable[[], Mapping[str, Any]]

    def write(
        self,
        format_name: str,
        out: Path,
        *,
        source_id: SourceId | None = None,
        line_numbers: bool = False,
        notes: Sequence[Note] | None = None,
        replace: bool = False,
    ) -> Path:
        """Write the study, or one source of it, in a format.

        Args:
            format_name: "docx", "txt", "vtt", "srt", "csv", "json", "codebook-csv", "memos-docx",
                "memos-md", "memos-txt" or "memos-csv".
            out: the file to write.
            source_id: the source whose transcript to write; `None` = all. As a table, a source
                is written turn by turn, the whole study observation by observation.
            line_numbers: whether Word shall number the lines of transcripts.
            notes: the memos to write; `None` = all.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: unknown format, nothing transcribed yet, several transcripts for a
                format that holds one, or `out` is no place for it.
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        chosen = registry.format_named(format_name)
        atomic.may_leave(out, replace=replace)
        match chosen.name:
            case "json":
                return export_data.export_json(self.parts(), out)
            case "csv":
                return self._csv(out) if source_id is None else self._turns_csv(out, source_id)
            case "codebook-csv":
                return self.codebook.write(out, replace=True)
            case "memos-docx" | "memos-md" | "memos-txt" | "memos-csv":
                return self._memos(chosen.name, out, notes)
        return self._spoken(chosen, out, source_id, line_numbers=line_numbers)

    def picture(self, out: Path, paint: Callable[[Path], None], *, replace: bool = False) -> Path:
        """Let somebody who paints write a picture.

        Args:
            out: the file to write.
            paint: writes it to the path it is given.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: `out` is no place for it.
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        return atomic.write(atomic.may_leave(out, replace=replace), paint)

    def _spoken(
        self, chosen: Format, out: Path, source_id: SourceId | None, *, line_numbers: bool
    ) -> Path:
        transcripts = self._transcripts(source_id, timed=chosen.single)
        if chosen.single and len(transcripts) > 1:
            raise UserError(
                "export-one",
                f"A {chosen.suffix} file holds one transcript, and the study has "
                f"{len(transcripts)}.",
                "Choose the source to export; “workbench show” lists them with their ids.",
            )
        if chosen.name == "vtt":
            return export_text.export_vtt(transcripts[0], out)
        if chosen.name == "srt":
            return export_text.export_srt(transcripts[0], out)
        if chosen.name == "txt":
            return export_text.export_txt(transcripts, out)
        from workbench.exchange import export_transcript_docx  # loads slowly, needed rarely

        report = _as_report(self._title(), transcripts)
        return export_transcript_docx.export(report, out, line_numbers=line_numbers)

    def _title(self) -> str:
        return protection(self.desk.tables).words(self.desk.tables.charter.select()[0].title)

    def _memos(self, form: str, out: Path, notes: Sequence[Note] | None) -> Path:
        protect = protection(self.desk.tables)
        notes = protected_notes(protect, self.memos.notes() if notes is None else notes)
        title = self._title()
        match form:
            case "memos-md":
                return atomic.write_text(out, memo_text(title, notes))
            case "memos-txt":
                return atomic.write_text(out, memo_plain(title, notes))
            case "memos-csv":
                coders = {row.id: row.name for row in self.desk.tables.coder.select()}
                return export_data.export_csv(MEMO_COLUMNS, memo_rows(notes, coders), out)
        from workbench.exchange.export_docx import export_docx  # loads slowly, needed rarely

        return export_docx(memo_report(title, notes), out)

    def _transcripts(self, source_id: SourceId | None, *, timed: bool) -> list[TranscriptText]:
        listed = (
            self.materials.sources() if source_id is None else [self.materials.source(source_id)]
        )
        protect = protection(self.desk.tables)
        found, untimed = [], []
        for source in listed:
            transcript = self.transcripts.of_source(source.id)
            if transcript is None:
                continue
            cast = self.speaking.cast(transcript.id)
            voices = {key: protected_name(protect, who) for key, who in cast.items()}
            turns = tuple(
                TurnDraft(
                    number,  # stored ordinals have gaps once a turn was split
                    protect.words(turn.text),
                    turn.start_ms,
                    turn.end_ms,
                    voices.get(turn.speaker_id) if turn.speaker_id else None,
                )
                for number, turn in enumerate(self.transcripts.turns(transcript.id))
            )
            spoken = any(turn.end_ms is not None for turn in turns)
            if turns and timed and not spoken:
                untimed.append(source.title)
            elif turns:
                title = protect.words(source.title)
                if transcript.translated:
                    found.append(TranscriptText(f"{title} ({TRANSLATED})", turns, "en"))
                else:
                    found.append(TranscriptText(title, turns, transcript.language))
        if not found:
            raise _nothing(untimed)
        return found

    def _turns_csv(self, out: Path, source_id: SourceId) -> Path:
        [transcript] = self._transcripts(source_id, timed=False)
        rows = [
            (turn.ordinal, _exact(turn.start_ms), _exact(turn.end_ms), turn.speaker, turn.text)
            for turn in transcript.turns
        ]
        return export_data.export_csv(_TURN_COLUMNS, rows, out)

    def _csv(self, out: Path) -> Path:
        names = Names(
            {segment.id: segment.name for segment in self.desk.tables.segment.select()},
            {coder.id: coder.name for coder in self.desk.tables.coder.select()},
            {row.observation_id: row.number for row in self.register.numbers()},
        )
        rows = table(map(protection(self.desk.tables).of, self.observations.each()), names)
        return export_data.export_csv([column.name for column in COLUMNS], rows, out)


def _exact(milliseconds: int | None) -> str:
    return "" if milliseconds is None else export_text.stamp(milliseconds)


def _nothing(untimed: Sequence[str]) -> UserError:
    """Return why there is nothing to write; `untimed` are texts that have no times."""
    if untimed:
        return UserError(
            "export-untimed",
            f"“{untimed[0]}” has words but no times, and subtitles need them.",
            "Export it as text or as a Word document.",
        )
    return UserError(
        "export-nothing",
        "There is no transcript to export yet.",
        "Transcribe a recording or import a text first.",
    )


def _as_report(title: str, transcripts: list[TranscriptText]) -> ReportModel:
    sections = tuple(Section(t.title, tuple(map(_turn, t.turns))) for t in transcripts)
    return ReportModel(title, (), sections, kicker="Transcripts")


def _turn(turn: TurnDraft) -> Block:
    head = [Run(f"{turn.speaker}  ", bold=True)] if turn.speaker else []
    time = [Run(f"{wide_clock(turn.start_ms)}", tone="quiet")] if turn.start_ms is not None else []
    line = [Run("\n")] if head or time else []
    return Paragraph(text(*head, *time, *line, turn.text))
