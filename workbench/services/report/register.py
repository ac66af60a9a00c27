"""The register of a study: the numbers its evidence has for ever, and the reports that cite them.

A number is given when it leaves the program: when a report is written, or when a command is asked
for the numbers. The preview shows what writing would give, so that drafts on the screen, which
nobody holds in hand, leave no gaps in the first report. Once given, a number stays with its
observation. Giving numbers is a step of the machine: undo passes it over, and an observation that
is gone, into the bin or for good, leaves a number that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from workbench.domain.change import Op
from workbench.domain.ids import ObservationId, ReportId, new_id
from workbench.domain.report import EvidenceEntry, EvidenceState
from workbench.domain.written import Citation, EvidenceNumber, ReportRecord, WrittenReport
from workbench.services.desk import Desk


class EvidenceRegister:
    """Numbers and reports of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def numbers(self) -> list[EvidenceNumber]:
        """Return the numbers given so far, in order."""
        return self._tables.evidence_number.select(order="number")

    def as_mapping(self) -> dict[str, int]:
        """Return observation id -> number of all numbers given so far."""
        return {row.observation_id: row.number for row in self.numbers()}

    def keep(self, entries: Iterable[EvidenceEntry]) -> None:
        """Give the numbers of a register for ever; those given before are left as they are."""
        known = self.as_mapping()
        now = self._desk.stamp()
        with self._desk.step(Op.NUMBER_EVIDENCE):
            self._tables.evidence_number.add_all(
                EvidenceNumber(entry.number, ObservationId(entry.key), now)
                for entry in entries
                if entry.key not in known
            )

    def record(self, file: Path, cited: Iterable[EvidenceEntry]) -> WrittenReport:
        """Put a report that was written on the list.

        Args:
            file: the report; its checksum is kept.
            cited: the lines of the numbers it cites, which have been kept.
        """
        report = WrittenReport(
            ReportId(new_id()),
            self._desk.stamp(),
            file.name,
            hashlib.sha256(file.read_bytes()).hexdigest(),
            self._desk.coder,
        )
        with self._desk.step(Op.WRITE_REPORT):
            self._tables.written_report.add(report)
            self._tables.citation.add_all(
                Citation(report.id, entry.number, entry.content) for entry in cited
            )
        return report

    def written(self, register: Iterable[EvidenceEntry]) -> list[ReportRecord]:
        """Return the reports written so far, newest first, and what is different since.

        Args:
            register: the lines of today.
        """
        today = {entry.number: entry for entry in register}
        return [_seen(report, cited, today) for report, cited in self._cited()]

    def reports(self) -> list[tuple[WrittenReport, list[int]]]:
        """Return the reports written so far, newest first, each with the numbers it cites."""
        return [(report, [row.number for row in cited]) for report, cited in self._cited()]

    def _cited(self) -> list[tuple[WrittenReport, list[Citation]]]:
        cited: dict[ReportId, list[Citation]] = {}
        for row in self._tables.citation.select(order="number"):
            cited.setdefault(row.report_id, []).append(row)
        reports = self._tables.written_report.select(order="written_at DESC, rowid DESC")
        return [(report, cited.get(report.id, [])) for report in reports]


def _seen(
    report: WrittenReport, cited: list[Citation], today: Mapping[int, EvidenceEntry]
) -> ReportRecord:
    gone = [row.number for row in cited if today[row.number].state is EvidenceState.REMOVED]
    other = [row.number for row in cited if today[row.number].content != row.content]
    return ReportRecord(
        report,
        tuple(row.number for row in cited),
        changed=tuple(number for number in other if number not in gone),
        removed=tuple(number for number in gone if number in other),
    )
