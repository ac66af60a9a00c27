"""Who speaks: what the rule says of each voice, who is still asked for, and people's answers.

The rule itself is `domain/speaking.py`; answers only change what it goes by: the name of a voice,
the person it was given to, the roster of its session.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, SourceId, SpeakerId, TranscriptId, TurnId
from workbench.domain.materials import Attendance, Role
from workbench.domain.passage import Query
from workbench.domain.people import Participant
from workbench.domain.speaking import Part, Who, is_nameless
from workbench.domain.transcript import Speaker
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.people.casting import Cast
from workbench.services.people.people import People
from workbench.storage import queries


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice of a text, or a text without voices, and who that is.

    Attributes:
        voice: `None` = words that no voice was found for.
        observations: how many live ones begin with this voice.
    """

    source_id: SourceId
    voice: Speaker | None
    who: Who
    observations: int

    @property
    def key(self) -> str:
        """Return the voice key (`services/people/casting.py`)."""
        return self.voice.id if self.voice else self.source_id


class Speaking:
    """Who speaks in the texts of one study."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._people = people

    def cast(self, transcript_id: TranscriptId) -> dict[SpeakerId, Who]:
        """Return who each voice of a transcript is."""
        text = self._tables.transcript.find(transcript_id)
        if text is None:
            return {}
        cast = Cast(self._desk, {text.source_id})
        return {voice.id: cast[voice.id].who for voice in cast.voices(transcript_id)}

    def unvoiced(self, transcript_id: TranscriptId) -> Who | None:
        """Return who says the words of a transcript that no voice was found for."""
        text = self._tables.transcript.find(transcript_id)
        return Cast(self._desk, {text.source_id})[text.source_id].who if text else None

    def behind(self, source_id: SourceId, turn_id: TurnId | None = None) -> ParticipantId | None:
        """Return whose words somebody has in hand.

        Of what the researcher says, or a voice without a name, that is who alone took part; never
        so of what is surely somebody else's, such as who is in the bin.

        Args:
            source_id: in which they stand.
            turn_id: the turn; `None` = the source as a whole.
        """
        turn = self._tables.turn.get(turn_id) if turn_id else None
        if turn is not None:
            who = Cast(self._desk, {source_id})[turn.speaker_id or source_id].who
            if who.person is not None:
                return who.person.id
            unnamed = who.part is Part.UNKNOWN and is_nameless(who.name)
            if who.part is not Part.RESEARCHER and not unnamed:
                return None
        session_id = self._tables.source.get(source_id).session_id
        seats = self._tables.attendance.select(session_id=session_id)
        there = {seat.participant_id for seat in seats if seat.role is not Role.INTERVIEWER}
        here = self._people.participants(there) if there else []
        return here[0].id if len(here) == 1 else None

    def counts(self, source_id: SourceId) -> dict[str, int]:
        """Return by voice key how many live observations of a source begin with each voice."""
        return queries.speaking(self._desk.db, Query(source_id=source_id))

    def heard(self) -> list[Heard]:
        """Return the voices and voiceless texts that have observations, the most heard first."""
        cast = Cast(self._desk)
        counts = queries.speaking(self._desk.db, Query())
        found = [
            Heard(cast.source_of(key), cast.voice(key), cast[key].who, count)
            for key, count in counts.items()
        ]
        return sorted(found, key=lambda one: -one.observations)

    def unknown(self) -> list[Heard]:
        """Return those of `heard` of whom somebody should say who they are."""
        return [one for one in self.heard() if one.who.part.is_open]

    def name(self, speaker_id: SpeakerId, name: str, *, origin: object = None) -> Who:
        """Say what a voice is called; "" takes name and person away.

        A name that means one person (pseudonym, code or real name; those of the session first) is
        that person, as in `assign`. What is kept is the pseudonym.
        """
        name = " ".join(name.split())
        seats = self._tables.attendance.select(session_id=self._session_of(speaker_id))
        directory = Cast(self._desk, ()).directory
        person = directory.only(name, {seat.participant_id for seat in seats}) if name else None
        if person is not None:
            return self.assign(speaker_id, person.id, origin=origin)
        return self._put(speaker_id, name, None, origin)

    def assign(
        self, speaker_id: SpeakerId, participant_id: ParticipantId, *, origin: object = None
    ) -> Who:
        """Give a voice to a person, who then has taken part in the session.

        Raises:
            UserError: the person is in the bin.
        """
        person = self._people.participant(participant_id)
        if person.deleted_at is not None:
            raise UserError(
                "person-removed",
                "“{person}” is in the bin.",
                "Restore the person first, or choose another one.",
                person=person.pseudonym,
            )
        with self._desk.step(Op.NAME_SPEAKER, origin=origin):
            session_id = self._session_of(speaker_id)
            if self._tables.attendance.find(session_id, person.id) is None:
                self._tables.attendance.add(Attendance(session_id, person.id))
            return self._put(speaker_id, person.pseudonym, person.id, origin)

    def become(
        self, speaker_id: SpeakerId, pseudonym: str, *, origin: object = None
    ) -> Participant:
        """Make a person of a voice that is nobody's yet.

        Raises:
            UserError: the name is empty, or somebody else's.
        """
        with self._desk.step(Op.NAME_SPEAKER, origin=origin):
            person = self._people.add(pseudonym=pseudonym)
            self.assign(speaker_id, person.id)
        return person

    def _put(
        self,
        speaker_id: SpeakerId,
        name: str,
        participant_id: ParticipantId | None,
        origin: object,
    ) -> Who:
        with self._desk.step(Op.NAME_SPEAKER, origin=origin):
            voice = self._tables.speaker.change(
                speaker_id, name=name, participant_id=participant_id
            )
        return self.cast(voice.transcript_id)[speaker_id]

    def _session_of(self, speaker_id: SpeakerId) -> SessionId:
        text = self._tables.transcript.get(self._tables.speaker.get(speaker_id).transcript_id)
        return self._tables.source.get(text.source_id).session_id
