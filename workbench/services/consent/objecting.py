"""What must not be begun, for somebody who takes part stands against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.consent import Standing, Standings, Use
from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.people import Participant
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.words import Phrase, said

NEEDED = (Use.RECORD, Use.TRANSCRIBE)
"""What it takes to make text of a recording, and to tell its voices apart."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something must not be begun: what somebody said, or that it has ended."""

    person: Participant
    standing: Standing

    @property
    def sentence(self) -> str:
        """Return “Maya (P01) – recording: refused”."""
        return f"{self.person.pseudonym} ({self.person.code}) – {self.standing.sentence}"


class Objections:
    """What the people of one study said against what is about to begin.

    Args:
        desk: of the study.
        standings: tells how a person stands to every use today.
    """

    def __init__(self, desk: Desk, standings: Callable[[ParticipantId], Standings]) -> None:
        self._tables = desk.tables
        self._standings = standings

    def of(self, session_id: SessionId, uses: Sequence[Use]) -> list[Objection]:
        """Return who of a session stands against a use, each with the first of the uses."""
        seats = self._tables.attendance.select(session_id=session_id)
        return self.among((seat.participant_id for seat in seats), uses)

    def among(self, people: Iterable[ParticipantId], uses: Sequence[Use]) -> list[Objection]:
        """Return who of some people stands against a use, each with the first of the uses."""
        found = []
        for person in self._tables.participant.select(id=set(people), order="code"):
            said = self._standings(person.id)
            against = next((said[use] for use in uses if said[use].bars), None)
            if against is not None:
                found.append(Objection(person, against))
        return found

    def require(
        self, session_id: SessionId, uses: Sequence[Use], title: str, doing: Phrase
    ) -> None:
        """Make sure that nobody of a session stands against what is about to begin.

        Args:
            session_id: the session.
            uses: what it takes.
            title: what it would be done with.
            doing: what would be done: “transcribed”.

        Raises:
            UserError: somebody does; it says who, and what to do.
        """
        against = self.of(session_id, uses)
        if against:
            raise _refused(against, title, doing)


def joined(refused: Sequence[UserError]) -> UserError:
    """Return one error for recordings that were not begun, as `require` refused them."""
    if len(refused) == 1:
        return refused[0]
    each = "\n".join(one.happened for one in refused)
    happened = said(
        "{n} recordings are not transcribed, for somebody in them did not agree.\n{each}",
        n=len(refused),
        each=each,
    )
    todo = said("“Consent…” and “workbench consent STUDY” show who agreed to what.")
    return UserError(refused[0].code, happened, todo)


def _refused(against: Sequence[Objection], title: str, doing: Phrase) -> UserError:
    first = against[0]
    return UserError(
        "consent-refused",
        "“{title}” is not {doing}, for somebody who takes part did not agree: {who}.",
        "If that has changed, enter it under “Consent…” of {person}, or with “{command}”. Who is"
        " not in it can be taken off the session’s list of people.",
        title=title,
        doing=said(doing),
        who="; ".join(one.sentence for one in against),
        person=first.person.pseudonym,
        command=f"workbench consent STUDY set {first.person.code} {first.standing.use}=given",
    )
