"""The ledger of consent: what everybody said to every use, and what must not be begun.

The rules are `domain/consent.py`; whatever quotes, transcribes or shows asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.consent import (
    ConsentForm,
    Entry,
    Standing,
    Standings,
    State,
    Use,
    in_order,
    standing,
    standings,
)
from workbench.domain.ids import EntryId, FormId, ParticipantId, SessionId, SourceId, new_id
from workbench.domain.materials import SourceKind
from workbench.domain.people import Participant
from workbench.errors import UserError
from workbench.services.consent import forms
from workbench.services.desk import Desk
from workbench.services.door import Audience
from workbench.services.files.intake import Incoming
from workbench.storage import queries
from workbench.vault import files
from workbench.words import Phrase, said

Spoken = tuple[SourceId, int]
"""A recording in which somebody says it, and the millisecond."""
NEEDED = (Use.RECORD, Use.TRANSCRIBE)
"""What it takes to make text of a recording, and to tell its voices apart."""


@dataclass(frozen=True, slots=True)
class Due:
    """A person of whom something was given until a day that is over."""

    person: Participant
    ended: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something must not be begun: what somebody said, or that it has ended."""

    person: Participant
    standing: Standing

    @property
    def sentence(self) -> str:
        """Return “Maya (P01) – recording: refused”."""
        return f"{self.person.pseudonym} ({self.person.code}) – {self.standing.sentence}"


class Ledger:
    """The consent of the people of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

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

    def form(self, form_id: FormId) -> ConsentForm:
        """Return a consent form.

        Raises:
            KeyError: there is none with this id.
        """
        return self._tables.consent_form.get(form_id)

    def form_path(self, form: ConsentForm) -> Path:
        """Return where the copy of a consent form lies."""
        return paths.within(self._desk.media, form.file)

    def is_sealed(self, form: ConsentForm) -> bool:
        """Tell whether the study is locked, so that no other program can read a form in it."""
        return files.is_sealed(self.form_path(form))

    def form_content(self, form: ConsentForm) -> bytes:
        """Return what is in a consent form, which a locked study opens in memory alone.

        Raises:
            UserError: it is missing.
            OSError: it cannot be read.
        """
        return forms.read(form, self.form_path(form))

    def save_form(self, form: ConsentForm, out: Path, *, replace: bool = True) -> Path:
        """Write a copy of a consent form that every program can read; it is the researcher's own.

        Args:
            form: the form.
            out: where it goes.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: `out` is no place for it, or it is missing.
            OSError: it cannot be read.
            EnvironmentProblem: it cannot be written.
        """
        content = self.form_content(form)  # else it would be said that it cannot be written
        fill = partial(Path.write_bytes, data=content)
        return self._desk.door.leave(out, fill, replace=replace, audience=Audience.OWN)

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
                | {"date": self._today, "how": f"{one.words}, not extended"}
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

    # --- what must not be begun

    def objections(self, session_id: SessionId, uses: Sequence[Use]) -> list[Objection]:
        """Return who of a session stands against a use, each with the first of the uses."""
        seats = self._tables.attendance.select(session_id=session_id)
        return self.against((seat.participant_id for seat in seats), uses)

    def against(self, people: Iterable[ParticipantId], uses: Sequence[Use]) -> list[Objection]:
        """Return who of some people stands against a use, each with the first of the uses."""
        found = []
        for person in self._tables.participant.select(id=set(people), order="code"):
            said = self.standings(person.id)
            against = next((said[use] for use in uses if said[use].bars), None)
            if against is not None:
                found.append(Objection(person, against))
        return found

    def require(self, session_id: SessionId, uses: Sequence[Use], title: str, doing: str) -> None:
        """Make sure that nobody of a session stands against what is about to begin.

        Args:
            session_id: the session.
            uses: what it takes.
            title: what it would be done with.
            doing: what would be done: “transcribed”.

        Raises:
            UserError: somebody does; it says who, and what to do.
        """
        against = self.objections(session_id, uses)
        if against:
            raise _refused(against, title, doing)

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
