"""What undo, redo and going back in the history would change of what people have said.

A slip is taken back as any other step is. But a no is a fact about a person, so nobody takes one
back without knowing: whoever plays the history back for people asks here first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.consent import Entry, Standing, Use, standing
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Participant
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.storage import history
from workbench.words import t

_FEW = 6
"""How many answers are named one by one."""


@dataclass(frozen=True, slots=True)
class Turned:
    """An answer that would be another one."""

    person: Participant
    was: Standing
    becomes: Standing

    @property
    def frees(self) -> bool:
        """Tell whether a no, or the end of a yes, would bar nothing any more."""
        return self.was.bars and not self.becomes.bars

    @property
    def sentence(self) -> str:
        """Return “Maya (P01), quotes: refused → given”."""
        name = f"{self.person.pseudonym} ({self.person.code})"
        return t(
            "{name}, {was} → {becomes}",
            name=name,
            was=self.was.sentence,
            becomes=self.becomes.words,
        )


@dataclass(frozen=True, slots=True)
class Unsaid:
    """All answers that would be others."""

    turned: tuple[Turned, ...] = ()

    @property
    def frees(self) -> bool:
        """Tell whether it takes a no back, so that somebody has to say that this is meant."""
        return any(one.frees for one in self.turned)

    @property
    def sentence(self) -> str:
        """Return what changes, in words; "" for nothing."""
        rest = len(self.turned) - _FEW
        said = [one.sentence for one in self.turned[:_FEW]]
        return "; ".join([*said, t("{n} more", n=rest)] if rest > 0 else said)

    def told(self, said: str) -> str:
        """Return a sentence about what was played back, with what changed."""
        return f"{said} ({self.sentence})" if self.turned else said

    def require(self, *, meant: bool) -> None:
        """Make sure that nobody takes a no back by chance.

        Raises:
            UserError: it would be, and nobody said that it is meant.
        """
        if self.frees and not meant:
            raise UserError(
                "consent-unsaid",
                "Nothing was done: it would take back what people have said. {what}.",
                "Say “--unsay” if this is meant.",
                what=self.sentence,
            )


class Unsaying:
    """Looks ahead in the history of one study.

    Args:
        desk: of the study.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def by_undo(self) -> Unsaid:
        """Return what the next undo would change."""
        step = self._desk.journal.next_undo() if self._desk.journal else None
        return self._unsaid([step.id] if step else [])

    def by_redo(self) -> Unsaid:
        """Return what the next redo would change."""
        step = self._desk.journal.next_redo() if self._desk.journal else None
        return self._unsaid([step.id] if step else [])

    def by_rewind(self, step_id: int) -> Unsaid:
        """Return what going back or forth to a step would change."""
        journal = self._desk.journal
        return self._unsaid(journal.on_the_way(step_id)) if journal else Unsaid()

    def _unsaid(self, steps: Iterable[int]) -> Unsaid:
        rows, today = self._desk.tables.consent_entry, self._desk.today().isoformat()
        changed: defaultdict[tuple[ParticipantId, Use], dict[str, Entry | None]] = defaultdict(dict)
        for now, then in history.played(self._desk.db, rows.name, steps):
            for image in filter(None, (now, then)):
                entry = rows.of_image(image)
                of_person = changed[entry.participant_id, entry.use]
                of_person[entry.id] = entry if then else None
        found = []
        for (person_id, use), entries in changed.items():
            person = self._desk.tables.participant.find(person_id)
            said = {one.id: one for one in rows.select(participant_id=person_id, use=use)}
            later = [one for one in (said | entries).values() if one is not None]
            was, becomes = (standing(of, use, today) for of in (said.values(), later))
            if person is not None and was.sentence != becomes.sentence:
                found.append(Turned(person, was, becomes))
        return Unsaid(tuple(sorted(found, key=lambda one: one.person.code)))


__all__ = ["Turned", "Unsaid", "Unsaying"]
