"""People of a study: participants under pseudonyms, and segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.domain.change import Op
from workbench.domain.consent import Use
from workbench.domain.declaring import Given, named
from workbench.domain.ids import ParticipantId, SegmentId, new_id
from workbench.domain.naming import called, folded, required, unused
from workbench.domain.people import Participant, Segment
from workbench.domain.protection import Clash
from workbench.errors import UserError
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk
from workbench.services.keys.keys import Keys
from workbench.services.keys.protecting import name_clashes
from workbench.services.people.casting import Cast, give_voices
from workbench.words import Phrase, said


class People:
    """Participants and segments of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._keys = Keys(desk)

    def segments(self) -> list[Segment]:
        """Return all segments in their order."""
        return self._tables.segment.select(order="position, name")

    def add_segment(self, name: str, *, persona: str = "") -> Segment:
        """Add a segment.

        Raises:
            UserError: the name is empty, or a segment has it.
        """
        name = unused(name, "segment", self.segments())
        with self._desk.step(Op.EDIT_PEOPLE):
            position = self._tables.segment.count()
            return self._tables.segment.add(Segment(SegmentId(new_id()), name, persona, position))

    def segment_called(self, name: str) -> Segment:
        """Return the segment of this name; one that is not there yet is added."""
        return called(name, self.segments()) or self.add_segment(name)

    def change_segment(
        self, segment_id: SegmentId, *given: Given[Segment], **values: Any
    ) -> Segment:
        """Change fields of a segment."""
        values |= named(*given)
        with self._desk.step(Op.EDIT_PEOPLE):
            return self._tables.segment.change(segment_id, **values)

    def name_segment(self, segment_id: SegmentId, name: str) -> Segment:
        """Name a segment anew; one that is called like another one becomes part of it.

        Returns:
            the segment that has the name now, with the people of both.

        Raises:
            UserError: the name is empty.
        """
        name = required(name, "segment")
        same = called(name, (one for one in self.segments() if one.id != segment_id))
        if same is None:
            return self.change_segment(segment_id, name=name)
        gone = self._tables.segment.get(segment_id)
        with self._desk.step(Op.EDIT_PEOPLE):
            for person in self._tables.participant.select(segment_id=segment_id):
                self._tables.participant.change(person.id, segment_id=same.id)
            self._tables.segment.remove(segment_id)
            return self._tables.segment.change(same.id, persona=same.persona or gone.persona)

    def remove_segment(self, segment_id: SegmentId) -> None:
        """Remove a segment; its people stay, without one."""
        with self._desk.step(Op.EDIT_PEOPLE):
            self._tables.segment.remove(segment_id)

    def participants(self, ids: Iterable[ParticipantId] | None = None) -> list[Participant]:
        """Return the participants that are not in the bin, by code; all, or some of them."""
        some: dict[str, Any] = {} if ids is None else {"id": set(ids)}
        return self._tables.participant.select(deleted_at=None, order="code", **some)

    def participant(self, participant_id: ParticipantId) -> Participant:
        """Return one participant.

        Raises:
            KeyError: unknown id.
        """
        return self._tables.participant.get(participant_id)

    def called(self, code: str) -> Participant:
        """Return the participant with this code; who is not there yet comes with it as name."""
        found = self._tables.participant.select(code=code.strip(), deleted_at=None)
        return found[0] if found else self.add(code=code, pseudonym=code)

    def add(
        self,
        *,
        code: str = "",
        pseudonym: str,
        segment_id: SegmentId | None = None,
        note: str = "",
        real_name: str = "",
    ) -> Participant:
        """Add a participant, who has given nothing yet: `Ledger` takes what they say to what.

        Args:
            code: short unique code; empty = the next free one (P01, P02 …).
            pseudonym: the name in everything that is shown or exported.
            segment_id: the group the person stands for.
            note: anything worth knowing.
            real_name: kept in the key, apart from the study.
        """
        code = code.strip() or self._next_code()
        person = Participant(
            ParticipantId(new_id()), code, required(pseudonym, "person"), segment_id, note
        )
        self._refuse_taken(person.id, "code", code)
        self._refuse_taken(person.id, "pseudonym", person.pseudonym)
        with self._desk.step(Op.EDIT_PEOPLE):
            self._tables.participant.add(person)
            if real_name:
                self.set_real_name(person.id, real_name)
        return person

    def change(
        self, participant_id: ParticipantId, *given: Given[Participant], **values: Any
    ) -> Participant:
        """Change fields of a participant; the voices called so go along with a new name.

        Raises:
            UserError: code or pseudonym is empty, or somebody else is called so.
        """
        values |= named(*given)
        before = self.participant(participant_id)
        old = {"code": before.code, "pseudonym": before.pseudonym}
        new = {what: required(values[what], "person") for what in old.keys() & values.keys()}
        for what, name in new.items():
            if folded(name) != folded(old[what]):
                self._refuse_taken(participant_id, what, name)
        values |= new
        renamed = old != old | new
        with self._desk.step(Op.EDIT_PEOPLE):
            voices = Cast(self._desk).carried_by(participant_id) if renamed else []
            person = self._tables.participant.change(participant_id, **values)
            give_voices(self._tables, voices, person, before.names)
        return person

    def remove(self, participant_id: ParticipantId) -> None:
        """Put a participant into the bin."""
        with self._desk.step(Op.REMOVE_PERSON):
            self._tables.participant.change(participant_id, deleted_at=self._desk.stamp())

    def may_quote(self, participant_id: ParticipantId) -> bool:
        """Tell whether reports may quote this person today."""
        return Ledger(self._desk).allows(participant_id, Use.QUOTE)

    def real_name(self, participant_id: ParticipantId) -> str:
        """Return the real name that is in the key; empty when it was never given."""
        return self._keys.of(participant_id).real_name

    def set_real_name(self, participant_id: ParticipantId, real_name: str) -> None:
        """Keep the real name in the key, apart from the study; undo does not take it back.

        Voices that a file called so are called by the pseudonym from now on.

        Raises:
            EnvironmentProblem: the key cannot be read or written.
        """
        person = self.participant(participant_id)
        with self._desk.step(Op.EDIT_PEOPLE):
            real_name = self._keys.set(participant_id, real_name=real_name).real_name
            called = [
                voice
                for voice in Cast(self._desk).carried_by(participant_id)
                if real_name and folded(real_name) in {folded(voice.name), folded(voice.label)}
            ]
            give_voices(self._tables, called, person, [real_name])

    def clashes(self) -> list[Clash]:
        """Return the declared names that share a word with a real name, or mean two people."""
        return name_clashes(self._tables)

    def _refuse_taken(self, participant_id: ParticipantId, what: Phrase, name: str) -> None:
        """Make sure that a code or pseudonym means nobody else of the study."""
        for person in self.participants():
            if person.id != participant_id and folded(name) in map(folded, person.names):
                raise UserError(
                    f"{what}-taken",
                    "“{name}” is {person} ({person_code}) already.",
                    "Choose another {what}: nobody could tell whose words are whose.",
                    name=name,
                    person=person.pseudonym,
                    person_code=person.code,
                    what=said(what),
                )

    def _next_code(self) -> str:
        """Return a code that nobody has, nor had who is gone: certificates name them by it."""
        taken = {person.code for person in self._tables.participant.select()}
        taken |= {done.code for done in self._tables.withdrawal.select()}
        number = 1
        while f"P{number:02}" in taken:
            number += 1
        return f"P{number:02}"
