"""The ledger of consent: what everybody said to every use.

The rules are `domain/consent.py`; whatever quotes, transcribes or shows asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.consent import (
    Entry,
    Standing,
    Standings,
    State,
    Use,
    in_order,
    standing,
    standings,
)
from workbench.domain.ids import EntryId, FormId, ParticipantId, SourceId, new_id
from workbench.domain.materials import SourceKind
from workbench.domain.people import Participant
from workbench.errors import UserError
from workbench.services.consent import forms
from workbench.services.consent.forms import Forms
from workbench.services.consent.objecting import Objections
from workbench.services.desk import Desk
from workbench.services.files.intake import Incoming
from workbench.storage import queries
from workbench.words import said, t

Spoken = tuple[SourceId, int]
"""A recording in which somebody says it, and the millisecond."""


@dataclass(frozen=True, slots=True)
class Due:
    """A person of whom something was given until a day that is over."""

    person: Participant
    ended: tuple[Standing, ...]


class Ledger:
    """The consent of the people of one study.

    Attributes:
        forms: what shows that somebody agreed.
        objections: what must not be begun.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables
        self.forms = Forms(desk)
        self.objections = Objections(desk, self.standings)

    # --- asking

    def standing(self, person_id: ParticipantId, use: Use) -> Standing:
        """Return how a person stands to a use today."""
        found = self._tables.consent_entry.select(participant_id=person_id, use=use)
        return standing(found, use, self._today)

    def standings(self, person_id: ParticipantId) -> Standings:
        """Return how a person stands to every use today."""
        return standings(self._tables.consent_entry.select(participant_id=person_id), self._today)

    def all(self) -> dict[ParticipantId, Standings]:
        """Return how everybody stands to every use today, those in the bin too."""
        said: dict[ParticipantId, list[Entry]] = {
            person.id: [] for person in self._tables.participant.select()
        }
        for entry in self._tables.consent_entry.select():
            said.setdefault(entry.participant_id, []).append(entry)
        return {person_id: standings(found, self._today) for person_id, found in said.items()}

    def of_use(self, use: Use) -> dict[ParticipantId, Standing]:
        """Return how everybody who said anything to a use stands to it today."""
        said: dict[ParticipantId, list[Entry]] = {}
        for entry in self._tables.consent_entry.select(use=use):
            said.setdefault(entry.participant_id, []).append(entry)
        return {person_id: standing(found, use, self._today) for person_id, found in said.items()}

    def allows(self, person_id: ParticipantId, use: Use) -> bool:
        """Tell whether a person has given a use, and it holds today."""
        return self.standing(person_id, use).allows

    def entries(self, person_id: ParticipantId, use: Use | None = None) -> list[Entry]:
        """Return what a person said, to all uses or to one, the newest first."""
        some: dict[str, Any] = {} if use is None else {"use": use}
        return in_order(self._tables.consent_entry.select(participant_id=person_id, **some))

    def due(self) -> list[Due]:
        """Return the people of whom something has ended, also those in the bin, by code."""
        some = queries.perhaps_ended(self._desk.db, self._today)
        listed = (
            Due(person, tuple(one for one in self.standings(person.id).values() if one.ended))
            for person in self._tables.participant.select(id=some, order="code")
        )
        return [one for one in listed if one.ended]

    # --- entering

    def set(
        self,
        people: Iterable[ParticipantId],
        answers: Mapping[Use, State],
        *,
        date: str = "",
        until: str = "",
        how: str = "",
        form: Path | Incoming | FormId | None = None,
        spoken: Spoken | None = None,
    ) -> list[Entry]:
        """Enter what people said; what stands there already just so is not entered again.

        Args:
            people: who said it.
            answers: what they said to which use.
            date: the day they said it, as people type dates; “today” is one.
            until: the last day it holds, for what is given; "" = for good.
            how: in words, how it is known.
            form: a file that shows it, which is copied into the study, or one that is there.
            spoken: where in a recording it is said.

        Returns:
            the new entries.

        Raises:
            UserError: a date cannot be read, nothing is given that could end, or the place is none
                in a recording.
            EnvironmentProblem: the form cannot be copied.
        """
        self._desk.writable()
        said = self._dated(date, "Date"), self._dated(until, "Until")
        if said[1] and State.GIVEN not in answers.values():
            raise _nothing_to_end()
        if said[1] and said[0] > said[1]:
            raise UserError(
                "consent-dates",
                "It would end on {date}, before it was said.",
                "Check both dates.",
                date=typed.show_date(said[1]),
            )
        place = self._place(spoken)
        taken = forms.take_in(form, self._desk.media) if isinstance(form, Path) else form
        new = taken if isinstance(taken, Incoming) else None
        with self._desk.step(Op.EDIT_CONSENT), forms.kept(self._desk, new) as kept:
            form_id = kept.id if kept else None if isinstance(taken, Incoming) else taken
            return self._enter(
                self._draft(person_id, use, state)
                | {"date": said[0], "until": said[1] if state is State.GIVEN else ""}
                | {"how": " ".join(how.split()), "form_id": form_id}
                | {"source_id": place and place[0], "at_ms": place and place[1]}
                for person_id in dict.fromkeys(people)
                for use, state in answers.items()
            )

    def extend(
        self,
        people: Iterable[ParticipantId],
        until: str,
        uses: Iterable[Use] = tuple(Use),
        *,
        how: str = "",
    ) -> list[Entry]:
        """Let what people have given hold until another day; "" = for good.

        Args:
            people: who gave it.
            until: as people type dates.
            uses: of these, those that were given and not taken back, be they over.
            how: how it is known; "" = as before.

        Raises:
            UserError: the date cannot be read, or they have given nothing of it.
        """
        day, wanted = self._dated(until, "Until"), tuple(uses)
        given = [
            one.entry
            for person_id in dict.fromkeys(people)
            for one in self.standings(person_id).values()
            if one.use in wanted and one.state is State.GIVEN and one.entry
        ]
        if not given:
            raise _nothing_to_end()
        with self._desk.step(Op.EDIT_CONSENT):
            return self._enter(
                _values(entry) | {"until": day, "how": how or entry.how} for entry in given
            )

    def let_end(self, people: Iterable[ParticipantId]) -> list[Entry]:
        """Settle what has ended and is not extended: it is as if it was never asked for."""
        with self._desk.step(Op.EDIT_CONSENT):
            return self._enter(
                self._draft(person_id, one.use, State.NOT_ASKED)
                | {"date": self._today, "how": t("{answer}, not extended", answer=one.words)}
                for person_id in dict.fromkeys(people)
                for one in self.standings(person_id).values()
                if one.ended
            )

    def withdraw(
        self, person_id: ParticipantId, *, date: str = "today", how: str = ""
    ) -> list[Entry]:
        """Enter that a person takes back everything."""
        every = dict.fromkeys(Use, State.WITHDRAWN)
        return self.set([person_id], every, date=date, how=how)

    # ---

    @property
    def _today(self) -> str:
        return self._desk.today().isoformat()

    def _dated(self, text: str, name: str) -> str:
        return typed.date(text, name, today=self._desk.today())

    def _place(self, spoken: Spoken | None) -> Spoken | None:
        """Return a place of a recording, if it is one.

        Raises:
            UserError: the study has no such recording, or it is not so long.
        """
        if spoken is None:
            return None
        source_id, ms = spoken
        source = self._tables.source.find(source_id)
        if source is None or source.kind is SourceKind.TEXT:
            happened = said(
                "“{source}” is no recording of the study.",
                source=source.title if source else source_id,
            )
            todo = said("Give the recording in which it is said, and the second.")
            raise UserError("consent-spoken", happened, todo)
        if ms < 0 or (source.duration_ms is not None and ms > source.duration_ms):
            happened = said("“{source}” has no such second.", source=source.title)
            todo = said("Give a place within the recording, as 0:12.")
            raise UserError("consent-spoken", happened, todo)
        return spoken

    def _draft(self, person_id: ParticipantId, use: Use, state: State) -> dict[str, object]:
        return {"participant_id": person_id, "use": use, "state": state}

    def _enter(self, drafts: Iterable[dict[str, object]]) -> list[Entry]:
        return list(self._entered(list(drafts)))

    def _entered(self, drafts: Sequence[dict[str, object]]) -> Iterator[Entry]:
        rows = self._tables.consent_entry
        last = rows.select(order="number DESC", most=1)
        number = last[0].number if last else 0
        stamp = self._desk.stamp()
        for values in drafts:
            entry = Entry(
                EntryId(new_id()),
                number + 1,
                coder=self._desk.coder,
                entered_at=stamp,
                **values,  # type: ignore[arg-type]
            )
            before = self.standing(entry.participant_id, entry.use).entry
            if entry.said != (before.said if before else _NEVER):
                number += 1
                yield rows.add(entry)


_NEVER = Entry(EntryId(""), 0, ParticipantId(""), Use.RECORD, State.NOT_ASKED).said


def _values(entry: Entry) -> dict[str, object]:
    """Return what an entry says, for another one that says it again."""
    names = ("participant_id", "use", "state", "date", "until", "how", "form_id")
    return {name: getattr(entry, name) for name in (*names, "source_id", "at_ms")}


def _nothing_to_end() -> UserError:
    todo = said("Say also what is given, as quote=given.")
    return UserError("consent-nothing-given", "Nothing is given that could end on a day.", todo)
