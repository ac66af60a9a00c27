"""Reports: read the study once, then say what it holds, with numbered evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain import moments
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.domain.journey import Track
from workbench.domain.protection import Protection
from workbench.domain.report import (
    ReportModel,
    check,
    lettered,
    references,
)
from workbench.domain.report_parts import is_register, label
from workbench.domain.written import ReportRecord
from workbench.errors import UserError, Way
from workbench.services.coding.codebook import Codebook
from workbench.services.coding.findings import Findings
from workbench.services.coding.observations import Observations
from workbench.services.coding.passages import Passages
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.door import may_leave
from workbench.services.journey.journeys import Journeys
from workbench.services.materials.materials import Materials
from workbench.services.materials.visits import FilledVisit, Visits
from workbench.services.people.people import People
from workbench.services.people.visit_words import VisitWords
from workbench.services.report.register import EvidenceRegister
from workbench.services.texts.transcripts import Transcripts
from workbench.words import said, t

if TYPE_CHECKING:  # what writes a report is loaded when one is written
    from workbench.services.report.data import ReportData


ENDINGS = (".docx", ".html")
"""What a report can be: the usual one first."""


def without_names(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what takes real names, given with their pseudonyms, out of words as a report does."""
    return Protection(names.items()).words


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reports of one study."""

    desk: Desk
    people: People
    materials: Materials
    transcripts: Transcripts
    codebook: Codebook
    observations: Observations
    passages: Passages
    journeys: Journeys
    visits: Visits
    findings: Findings

    @property
    def register(self) -> EvidenceRegister:
        """Return the numbers that are kept, and the reports that were written."""
        return EvidenceRegister(self.desk)

    def model(
        self,
        *,
        kind: ReportKind = ReportKind.FULL,
        audience: Stakeholder | None = None,
        leave_out: Collection[str] = (),
    ) -> ReportModel:
        """Return a report, for a preview or an exporter.

        Evidence that has no number yet is numbered behind the numbers that are kept, as `write`
        would do it now.

        Args:
            kind: how much of it.
            audience: whom a brief is for; `None` = everybody.
            leave_out: ids of sections the researcher does not want; the evidence register
                always stays.

        Raises:
            UserError: an audience is named for what is no brief.
        """
        _require_brief(kind, audience)
        model = _built(self.data(), kind, audience)
        if self.desk.read_only:
            draft = _draft_sentence(self.provisional(model))
            model = replace(model, notice=f"{model.notice} {draft}".strip())
        return without(model, leave_out)

    def provisional(self, model: ReportModel | None = None) -> tuple[int, ...]:
        """Return the numbers of a report, by default today's, that the study does not keep yet."""
        kept = self.register.as_mapping()
        entries = (model or self.model()).register
        return tuple(entry.number for entry in entries if entry.key not in kept)

    def evidence(self) -> list[dict[str, Any]]:
        """Return every number given, as number, observation_id and state, in order.

        Who asks may write the numbers down, so evidence that today's report cites gets its number
        now. In a study open for reading only no number is given: only those kept are returned.
        """
        entries = self.model().register
        if not self.desk.read_only:
            self.register.keep(entries)
        kept = self.register.as_mapping()
        return [
            {"number": e.number, "observation_id": e.key, "state": e.state.value}
            for e in entries
            if e.key in kept
        ]

    def written(self, model: ReportModel | None = None) -> list[ReportRecord]:
        """Return the reports written so far, newest first, and what is different since.

        Args:
            model: today's report, where it is at hand; it takes a while to build.
        """
        return self.register.written((model or self.model()).register)

    def write(
        self,
        out: Path,
        *,
        kind: ReportKind = ReportKind.FULL,
        audience: Stakeholder | None = None,
        template: Path | None = None,
        leave_out: Collection[str] = (),
        replace: bool = False,
    ) -> Path:
        """Write the report, as its ending says, and put it on the list of reports.

        Its numbers are kept before the file is there, so that no paper holds a number that could
        be given away. A study open for reading only can keep nothing: its report says so on the
        title page.

        Args:
            out: the file to write; its ending is one of `ENDINGS`.
            kind: how much of it.
            audience: whom a brief is for; `None` = everybody.
            template: a Word file with the styles of a Word document; `None` = ours.
            leave_out: ids of sections not to write.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: the ending is none of a report, an audience is named for what is no brief,
                the template is not a Word file, or `out` is no place for a report.
            EnvironmentProblem: the folder cannot be written, or the disk is full.
        """
        may_leave(out, replace=replace)
        export = _exporter(out, template)
        model = self.model(kind=kind, audience=audience, leave_out=leave_out)
        fill = partial(export, model)
        if self.desk.read_only:
            return self.desk.door.leave(out, fill, replace=replace)
        written = self.desk.door.leave(
            out, fill, replace=replace, before=lambda: self.register.keep(model.register)
        )
        cited = set(references(model))
        self.register.record(written, [e for e in model.register if e.number in cited])
        return written

    def data(self) -> ReportData:
        """Read what a report is built from; real names are taken out of all free words."""
        from workbench.services.report.data import ReportData

        open_to = Confidential(self.desk)
        people, sessions = self.people.participants(), self.materials.sessions()
        live = {session.id for session in sessions}
        sources = [s for s in self.materials.sources() if s.session_id in live]
        transcripts = [t for s in sources if (t := self.transcripts.of_source(s.id)) is not None]
        insights = self.findings.insights()
        filled = (self.visits.visit(session.id) for session in sessions)
        coders = self.observations.per_coder()
        read = ReportData(
            charter=self.desk.tables.charter.select()[0],
            segments=tuple(self.people.segments()),
            participants=tuple(people),
            agreed=open_to.agreed,
            quotes={person.id: open_to.quotes(person.id) for person in people},
            sessions=tuple(sessions),
            attendance=tuple(row for s in sessions for row in self.materials.roster(s.id)),
            sources=tuple(sources),
            stages=tuple(self.journeys.stages()),
            steps=tuple(self.journeys.stages(Track.COMPANY)),
            codes=tuple(self.codebook.codes()),
            passages=tuple(self.passages.mentions()),
            insights=tuple(insights),
            evidence={i.id: tuple(self.findings.evidence(i.id)) for i in insights},
            opportunities=tuple(self.findings.opportunities()),
            visits=tuple(_spoken(filled, VisitWords(self.desk))),
            coders=len(coders) - (None in coders),
            unsigned=coders.get(None, 0),
            touchpoints=tuple(self.journeys.touchpoints()),
            further=self.passages.further(),
            models=tuple(dict.fromkeys(t.origin for t in transcripts if t.model)),
            date=self.desk.now().date().isoformat(),
            numbers=self.register.as_mapping(),
            cleaned=open_to.words,
        )
        return open_to.of(read)


def _require_brief(kind: ReportKind, audience: Stakeholder | None) -> None:
    if audience is not None and kind is not ReportKind.BRIEF:
        raise UserError(
            "report-audience",
            "The full report is for everybody, not for {audience} alone.",
            "Ask for a brief (“--kind brief”), or leave the audience out.",
            audience=said(audience.label),
        )


def _built(data: ReportData, kind: ReportKind, audience: Stakeholder | None) -> ReportModel:
    if kind is ReportKind.FULL:
        return build_report(data)
    from workbench.services.report.brief import brief

    return brief(data, audience)


def _exporter(out: Path, template: Path | None) -> Callable[[ReportModel, Path], object]:
    """Return what writes a report to a file with such an ending; it loads slowly, needed rarely.

    Raises:
        UserError: nothing does.
    """
    match out.suffix.lower():
        case ".docx":
            from workbench.exchange.export_docx import export_docx

            return partial(export_docx, template=template)
        case ".html":
            from workbench.exchange.export_html import export_html

            return export_html
    raise UserError(
        "report-ending",
        "“{file}” cannot be a report.",
        "Let its name end in {endings}.",
        ways=(Way.CHOOSE,),
        file=out.name,
        endings=" or ".join(ENDINGS),
    )


def _spoken(filled: Iterable[FilledVisit | None], written: VisitWords) -> Iterator[FilledVisit]:
    """Yield visits with the words that others may read."""
    for visit in filled:
        if visit is not None:
            why = written.silence(visit.visit)
            withheld = why is not None and why.withholds
            yield visit.without_words(why.instead) if why and withheld else visit


def _draft_sentence(provisional: Sequence[int]) -> str:
    """Say what a report cannot promise that was made without a way to keep its numbers."""
    made = t(
        "Made while the study was open for reading only: this report is not on the study’s list."
    )
    if not provisional:
        return made
    first, last = label(provisional[0]), label(provisional[-1])
    if first == last:
        numbers = t("{number} is provisional and may come to mean something else.", number=first)
    else:
        numbers = t(
            "{first} to {last} are provisional and may come to mean something else.",
            first=first,
            last=last,
        )
    return f"{made} {numbers}"


def without(model: ReportModel, ids: Collection[str]) -> ReportModel:
    """Return the report without some of its sections."""
    kept = (s for s in model.sections if s.id not in ids or is_register(s))
    return replace(model, sections=lettered(kept))


def build_report(data: ReportData) -> ReportModel:
    """Return the whole report of a study.

    Args:
        data: one reading of the study.

    Returns:
        the report; every reference in it has its line in the register.
    """
    from workbench.services.report import chapters
    from workbench.services.report.evidence import Citations
    from workbench.services.report.sentences import consent_sentence

    cite = Citations(data)
    sections = chapters.written(data, cite)
    charter = data.charter
    model = ReportModel(
        title=charter.title,
        kicker=t("Customer journey study"),
        subtitle=tuple(line for line in (charter.client, moments.day(data.date)) if line),
        sections=lettered(sections),
        register=cite.register(),
        notice=consent_sentence(data),
        foot=t("Participants appear under pseudonyms") if data.participants else "",
    )
    check(model)
    return model
