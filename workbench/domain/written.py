"""What is kept of reports: the numbers of evidence, and which report cites which of them."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import ObservationId, ReportId


@dataclass(frozen=True, slots=True)
class EvidenceNumber:
    """The number of an observation: given once, never to another one."""

    number: int
    observation_id: ObservationId
    given_at: str


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that was written.

    Attributes:
        file: name of the file, without its folder.
        sha256: checksum of that file, lower-case hex.
        coder: who wrote it, "" when the person at work gave no name.
    """

    id: ReportId
    written_at: str
    file: str
    sha256: str
    coder: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A number that a written report cites.

    Attributes:
        content: short checksum of what the report said of the observation, to see what changed.
    """

    report_id: ReportId
    number: int
    content: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A written report, seen from today.

    Attributes:
        numbers: those it cites.
        changed: those whose observation is another one now: words, person, place, codes, ratings.
        removed: those whose observation is no longer in the study.
    """

    report: WrittenReport
    numbers: tuple[int, ...]
    changed: tuple[int, ...]
    removed: tuple[int, ...]
