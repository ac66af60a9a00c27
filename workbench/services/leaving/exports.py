"""Exports of the material itself: transcripts, observations, the whole study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.figures import wide_clock
from workbench.domain.ids import SourceId
from workbench.domain.passage import Passage
from workbench.domain.report import Block, Paragraph, ReportModel, Run, Section, text
from workbench.domain.sheets import Value
from workbench.domain.transcript import TRANSLATED, Turn, TurnDraft
from workbench.errors import UserError
from workbench.exchange import export_data, export_text, registry
from workbench.exchange.export_text import TranscriptText
from workbench.exchange.registry import Format
from workbench.services.coding.memos import Memos, Note
from workbench.services.coding.passages import Passages
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.door import Audience, may_leave
from workbench.services.history.bin import Binned, table_of
from workbench.services.history.chronicle import Chronicle
from workbench.services.journey.lanes import FilledMap, fill
from workbench.services.leaving.codebook_files import CodebookFiles
from workbench.services.leaving.marking import with_marks
from workbench.services.leaving.memo_report import (
    MEMO_COLUMNS,
    memo_plain,
    memo_report,
    memo_rows,
    memo_text,
)
from workbench.services.leaving.observation_table import COLUMNS, Names, table
from workbench.services.leaving.sounding import Sounding
from workbench.services.locking.locking import has_key
from workbench.services.materials.materials import Materials
from workbench.services.people.speaking import Speaking
from workbench.services.report.register import EvidenceRegister
from workbench.services.texts.transcripts import Transcripts
from workbench.storage.damage import UNREADABLE
from workbench.words import said, t

if TYPE_CHECKING:  # what writes a report is loaded when one is written
    from workbench.services.report.data import ReportData

Fill = Callable[[Path], object]
"""Writes what leaves to the path it is given."""

_TURN_COLUMNS = ("ordinal", "start", "end", "speaker", "text")


@dataclass(frozen=True, slots=True)
class Exports:
    """What leaves a study besides its report; real names do in JSON alone (see `snapshot.py`).

    Attributes:
        data: reads what a report is built from, as others may read it.
        parts: returns the whole study as plain data, read while one goes through it.
    """

    desk: Desk
    materials: Materials
    transcripts: Transcripts
    speaking: Speaking
    passages: Passages
    codebook: CodebookFiles
    memos: Memos
    register: EvidenceRegister
    data: Callable[[], ReportData]
    parts: Callable[[], Mapping[str, Any]]

    def write(
        self,
        format_name: str,
        out: Path,
        *,
        source_id: SourceId | None = None,
        line_numbers: bool = False,
        notes: Sequence[Note] | None = None,
        working_copy: bool = False,
        replace: bool = False,
    ) -> Path:
        """Write the study, or one source of it, in a format.

        Args:
            format_name: "docx", "txt", "vtt", "srt", "sound", "csv", "xlsx", "json",
                "codebook-csv", "memos-docx", "memos-md", "memos-txt" or "memos-csv".
            out: the file to write.
            source_id: the source whose transcript to write; `None` = all. As a table, a source
                is written turn by turn, the whole study observation by observation.
            line_numbers: whether Word shall number the lines of transcripts.
            notes: the memos to write; `None` = all.
            working_copy: whether transcripts are for the researcher alone, with all names and
                words, and say so on their first line; JSON always is.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: unknown format, nothing transcribed yet, several transcripts for a
                format that holds one, no transcript as a working copy, or `out` is no place
                for it.
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        chosen = registry.format_named(format_name)
        may_leave(out, replace=replace)
        fill: Fill
        audience = Audience.OWN if working_copy else Audience.OTHERS
        if working_copy and not (chosen.transcripts and (source_id or chosen.name != "csv")):
            raise _no_working_copy(chosen)
        match chosen.name:
            case "codebook-csv":
                return self.codebook.write(out, replace=replace)
            case "json":
                fill, audience = partial(export_data.export_json, self.parts()), Audience.OWN
            case "csv":
                fill = self._csv() if source_id is None else self._turns_csv(source_id, audience)
            case "xlsx":
                fill = self._workbook()
            case "sound":
                return self.sound.write(
                    out, source_id, working_copy=working_copy, replace=replace
                ).file
            case "memos-docx" | "memos-md" | "memos-txt" | "memos-csv":
                fill = self._memos(chosen.name, notes)
            case _:
                fill = self._spoken(chosen, source_id, audience, line_numbers=line_numbers)
        return self.desk.door.leave(out, fill, replace=replace, audience=audience)

    def words(self, text: str) -> str:
        """Return free words, such as a name to propose for a file, without real names."""
        return Confidential(self.desk).words(text)

    @property
    def title(self) -> str:
        """Return the study's title as others may read it: on a screen, in a list of studies.

        A locked study says no more than its folder does, nor does a damaged one whose names or
        title cannot be read: what is not known to be no name is not shown.
        """
        if has_key(self.desk.folder):
            return self.desk.folder.stem
        try:
            return self.words(self.desk.tables.charter.select()[0].title)
        except UNREADABLE:
            return self.desk.folder.stem

    def spoken(self, parts: Sequence[tuple[Turn, str]]) -> list[str]:
        """Return parts of the turns of one text as others may read them."""
        texts = self.desk.tables.transcript.select(id={turn.transcript_id for turn, _ in parts})
        source_of = {text.id: text.source_id for text in texts}
        open_to = Confidential(self.desk, within=set(source_of.values()))
        return [
            open_to.spoken(turn.speaker_id or source_of[turn.transcript_id], words, turn.text)
            for turn, words in parts
        ]

    def said(self, passages: Iterable[Passage]) -> list[Passage]:
        """Return passages with the words and the signatures that others may read."""
        return list(map(Confidential(self.desk).said, passages))

    def removed(self, items: Iterable[Binned]) -> list[Binned]:
        """Return what is in the bin under the names that others may read."""
        open_to = Confidential(self.desk)
        return [
            replace(item, name=open_to.named(table_of(item), item.id, item.name)) for item in items
        ]

    @property
    def sound(self) -> Sounding:
        """Return what writes recordings and passages of them."""
        return Sounding(self.desk, self.materials)

    @property
    def chronicle(self) -> Chronicle:
        """Return the history as it is printed."""
        return Chronicle(self.desk, self.memos, Confidential(self.desk))

    def shown(self, filled: FilledMap) -> FilledMap:
        """Return a map as others may see it."""
        return fill(Confidential(self.desk).of(filled.journey))

    def picture(
        self,
        out: Path,
        paint: Callable[[Path], None],
        *,
        drawn: bytes = b"",
        replace: bool = False,
    ) -> Path:
        """Let somebody who paints write a picture.

        Args:
            out: the file to write.
            paint: writes it to the path it is given.
            drawn: for a picture of pixels, the same as SVG, so that its words are looked through.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: `out` is no place for it.
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        return self.desk.door.leave(out, paint, replace=replace, drawn=drawn)

    def _spoken(
        self,
        chosen: Format,
        source_id: SourceId | None,
        audience: Audience,
        *,
        line_numbers: bool,
    ) -> Fill:
        open_to = Confidential(self.desk, audience)
        transcripts = self._transcripts(source_id, open_to, timed=chosen.single, marked=True)
        if chosen.single and len(transcripts) > 1:
            raise UserError(
                "export-one",
                "A {ending} file holds one transcript, and the study has {n}.",
                "Choose the source to export; “workbench show” lists them with their ids.",
                ending=chosen.suffix,
                n=len(transcripts),
            )
        said = open_to.first_line
        if chosen.name == "vtt":
            return partial(export_text.export_vtt, transcripts[0], first_line=said)
        if chosen.name == "srt":
            return partial(export_text.export_srt, transcripts[0], first_line=said)
        if chosen.name == "txt":
            return partial(export_text.export_txt, transcripts, first_line=said)
        from workbench.exchange import export_transcript_docx  # loads slowly, needed rarely

        title = open_to.words(self.desk.tables.charter.select()[0].title)
        report = _as_report(title, transcripts, said)
        return partial(export_transcript_docx.export, report, line_numbers=line_numbers)

    def _memos(self, form: str, notes: Sequence[Note] | None) -> Fill:
        open_to = Confidential(self.desk)
        notes = open_to.notes(self.memos.notes() if notes is None else notes)
        title = open_to.words(self.desk.tables.charter.select()[0].title)
        match form:
            case "memos-md":
                return partial(export_text.write_text, memo_text(title, notes))
            case "memos-txt":
                return partial(export_text.write_text, memo_plain(title, notes))
            case "memos-csv":
                coders = {row.id: row.name for row in self.desk.tables.coder.select()}
                return partial(export_data.export_csv, MEMO_COLUMNS, memo_rows(notes, coders))
        from workbench.exchange.export_docx import export_docx  # loads slowly, needed rarely

        return partial(export_docx, memo_report(title, notes))

    def _transcripts(
        self,
        source_id: SourceId | None,
        open_to: Confidential,
        *,
        timed: bool = False,
        marked: bool = False,
    ) -> list[TranscriptText]:
        listed = (
            self.materials.sources() if source_id is None else [self.materials.source(source_id)]
        )
        found, untimed = [], []
        for source in listed:
            transcript = self.transcripts.of_source(source.id)
            if transcript is None:
                continue
            kept = self.transcripts.turns(transcript.id)
            turns = tuple(
                TurnDraft(
                    number,  # stored ordinals have gaps once a turn was split
                    open_to.spoken(turn.speaker_id or source.id, turn.text),
                    turn.start_ms,
                    turn.end_ms,
                    open_to.signature(turn.speaker_id) if turn.speaker_id else None,
                )
                for number, turn in enumerate(kept)
            )
            spoken = any(turn.end_ms is not None for turn in turns)
            if marked:
                turns = with_marks(turns, kept, self.transcripts.unheard(transcript.id))
            if turns and timed and not spoken:
                untimed.append(source.title)
            elif turns:
                title = open_to.words(source.title)
                if transcript.translated:
                    found.append(TranscriptText(f"{title} ({t(TRANSLATED)})", turns, "en"))
                else:
                    found.append(TranscriptText(title, turns, transcript.language))
        if not found:
            raise _nothing(untimed)
        return found

    def _turns_csv(self, source_id: SourceId, audience: Audience) -> Fill:
        open_to = Confidential(self.desk, audience)
        [transcript] = self._transcripts(source_id, open_to)
        rows = [
            (turn.ordinal, _exact(turn.start_ms), _exact(turn.end_ms), turn.speaker, turn.text)
            for turn in transcript.turns
        ]
        return partial(export_data.export_csv, _TURN_COLUMNS, rows, first_line=open_to.first_line)

    def _csv(self) -> Fill:
        return partial(export_data.export_csv, [column.name for column in COLUMNS], self._rows())

    def _workbook(self) -> Fill:
        from workbench.exchange.export_xlsx import export_xlsx  # loads slowly, needed rarely
        from workbench.services.leaving.workbook import sheets

        return partial(export_xlsx, sheets(self.data(), self._rows()))

    def _rows(self) -> Iterator[list[Value]]:
        """Return the observations as a table for others."""
        names = Names(
            {segment.id: segment.name for segment in self.desk.tables.segment.select()},
            {coder.id: coder.name for coder in self.desk.tables.coder.select()},
            {row.observation_id: row.number for row in self.register.numbers()},
        )
        return table(self.passages.each(), names, Confidential(self.desk))


def _exact(milliseconds: int | None) -> str:
    return "" if milliseconds is None else export_text.stamp(milliseconds)


def _nothing(untimed: Sequence[str]) -> UserError:
    """Return why there is nothing to write; `untimed` are texts that have no times."""
    if untimed:
        return UserError(
            "export-untimed",
            "“{source}” has words but no times, and subtitles need them.",
            "Export it as text or as a Word document.",
            source=untimed[0],
        )
    return UserError(
        "export-nothing",
        "There is no transcript to export yet.",
        "Transcribe a recording or import a text first.",
    )


def _no_working_copy(chosen: Format) -> UserError:
    return UserError(
        "export-working-copy",
        "“{name}” is for others ({label}).",
        "Transcripts, sound and the whole study as JSON can be working copies; of a table, one"
        " source.",
        name=chosen.name,
        label=said(chosen.label),
    )


def _as_report(title: str, transcripts: list[TranscriptText], first_line: str) -> ReportModel:
    sections = tuple(
        Section(str(place), one.title, tuple(map(_turn, one.turns)))
        for place, one in enumerate(transcripts)
    )
    return ReportModel(title, (), sections, kicker=first_line or t("Transcripts"), foot=first_line)


def _turn(turn: TurnDraft) -> Block:
    head = [Run(f"{turn.speaker}  ", bold=True)] if turn.speaker else []
    time = [Run(f"{wide_clock(turn.start_ms)}", tone="quiet")] if turn.start_ms is not None else []
    line = [Run("\n")] if head or time else []
    return Paragraph(text(*head, *time, *line, turn.text))
