"""Citing: every passage that a report uses gets a number and a line in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from workbench.analysis.ratings import is_shopper
from workbench.analysis.telling import tidy
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Said
from workbench.domain.report import (
    Cell,
    EvidenceEntry,
    EvidenceNumbers,
    EvidenceRef,
    EvidenceState,
    Inline,
    Quote,
    Run,
    Tone,
)
from workbench.services.report.data import ReportData
from workbench.services.report.wording import SHOPPER, speaker, time_of
from workbench.words import Phrase, t

REMOVED: Phrase = "Removed from the study after it was cited."
_CHECKSUM = 12  # hex digits: enough to see a change, too few to guess erased words from


class Citations:
    """Numbers the passages of one report: as the study keeps them, then as they are cited."""

    def __init__(self, data: ReportData) -> None:
        self._numbers = EvidenceNumbers(data.numbers)
        self._passages = {p.id: p for p in data.passages}

    def find(self, observation_id: ObservationId) -> Said | None:
        """Return a live passage by the id of its observation."""
        return self._passages.get(observation_id)

    def ref(self, passage: Said) -> EvidenceRef:
        """Return the reference to a passage."""
        return self._numbers.cite(passage.id)

    def removed(self, observation_id: ObservationId) -> EvidenceRef:
        """Return the reference to evidence that is in the bin; it leads to a tombstone."""
        return self._numbers.cite(observation_id)

    def refs(self, passages: Iterable[Said]) -> tuple[Inline, ...]:
        """Return references side by side."""
        runs: list[Inline] = []
        for passage in passages:
            runs += [Run(" "), self.ref(passage)] if runs else [self.ref(passage)]
        return tuple(runs)

    def quote(self, passage: Said) -> Quote:
        """Return a passage as a quotation; only for those who may be quoted."""
        return Quote(
            words=tidy(passage.words),
            person=speaker(passage),
            source=passage.session.title,
            time=time_of(passage),
            evidence=self.ref(passage).number,
        )

    def inline(self, passage: Said, *, name: bool = True) -> tuple[Inline, ...]:
        """Return a passage as running text: its words, or that they are not quoted."""
        if not passage.quotable:
            return (
                Run(f"{t('A voice that is not quoted')} ", italic=True, tone="quiet"),
                self.ref(passage),
            )
        person = f" {speaker(passage)}" if name else ""
        words = Run(f"“{tidy(passage.words)}”", italic=True)
        return (words, Run(f"{person} ", tone="quiet"), self.ref(passage))

    def cell(self, passages: Iterable[Said], *, tone: Tone = "", most: int = 99) -> Cell:
        """Return passages below each other in one table cell."""
        runs: list[Inline] = []
        listed = list(passages)
        for passage in listed[:most]:
            if runs:
                runs.append(Run("\n"))
            runs += self.inline(passage)
        return Cell(tuple(runs), tone if runs else "")

    def register(self) -> tuple[EvidenceEntry, ...]:
        """Return the line of every number, tombstones included."""
        return tuple(self._entry(number, key) for number, key in self._numbers)

    def _entry(self, number: int, key: str) -> EvidenceEntry:
        passage = self.find(ObservationId(key))
        if passage is None:
            return EvidenceEntry(number, key, EvidenceState.REMOVED, why_not=t(REMOVED))
        quotable = passage.quotable
        return EvidenceEntry(
            number,
            key,
            EvidenceState.QUOTED if quotable else EvidenceState.WITHHELD,
            words=tidy(passage.words) if quotable else "",
            person=speaker(passage),
            source=passage.session.title,
            time=time_of(passage),
            stage=passage.stage.name if passage.stage else "",
            why_not=passage.silence.sentence if passage.silence else "",
            content=_content(passage, quotable=quotable),
        )


def _content(p: Said, *, quotable: bool) -> str:
    """Return a short checksum of what a report says of a passage, to see later what changed."""
    voice = SHOPPER if is_shopper(p) else ""  # the same in every language
    said = (
        *(quotable, p.words, p.person.pseudonym if p.person else voice, p.session.title),
        time_of(p),
        *(p.stage and p.stage.id, p.touchpoint and p.touchpoint.id, p.moment_of_truth),
        *(p.effectiveness, p.ease, p.emotion, p.expectation, p.promise),
        *sorted(code.id for code in p.codes),
    )
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:_CHECKSUM]
