"""The study as the rule of who spoke needs it (`domain/speaking.py`): read once, asked often.

Whose words are whose is asked by a *voice key*: the id of the voice or, for words without one, of
the source they are in. `queries.VOICE` is the same in SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain import quoting
from workbench.domain.consent import Standing, Use
from workbench.domain.ids import ParticipantId, SegmentId, SessionId, SourceId, TranscriptId
from workbench.domain.materials import Role
from workbench.domain.naming import folded
from workbench.domain.people import Participant
from workbench.domain.quoting import Silence
from workbench.domain.speaking import Directory, Scene, Who, shown_name
from workbench.domain.transcript import Speaker
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk
from workbench.services.keys.keys import real_names
from workbench.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Voiced:
    """Who a voice key is.

    Attributes:
        silence: why the words of this voice may not be printed; `None` = they may.
    """

    who: Who
    silence: Silence | None


class Cast:
    """Who speaks in a study, or in some of its sources.

    Args:
        desk: of the study.
        source_ids: read only what is needed for these sources; `None` = all.
        present: somebody who counts as being in the study, also from the bin.
    """

    def __init__(
        self,
        desk: Desk,
        source_ids: Collection[SourceId] | None = None,
        present: ParticipantId | None = None,
    ) -> None:
        tables = desk.tables
        some: dict[str, Any] = {} if source_ids is None else {"id": set(source_ids)}
        sources = tables.source.select(**some)
        self._session_of = {source.id: source.session_id for source in sources}
        self.directory = directory_of(tables, present)
        self._agreements = agreements(desk)
        self._read_texts(tables, restricted=source_ids is not None)
        self._scenes = self._read_scenes(tables)
        self._found: dict[str, Voiced] = {}

    def __getitem__(self, key: str) -> Voiced:
        """Return who a voice key is.

        Raises:
            KeyError: neither a voice nor a source of what was read.
        """
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def voices(self, transcript_id: TranscriptId) -> list[Speaker]:
        """Return the voices of a transcript, in no order."""
        return self._voices[transcript_id]

    def voice(self, key: str) -> Speaker | None:
        """Return the voice of a voice key; `None` = it stands for words without one."""
        return self._voice.get(key)

    def carried_by(self, participant_id: ParticipantId) -> list[Speaker]:
        """Return the voices that were given to a person, or are called so."""

        def is_carried(voice: Speaker) -> bool:
            person = self[voice.id].who.person
            if person is None or person.id != participant_id:
                return voice.participant_id == participant_id
            return voice.participant_id is not None or person in self.directory.called(
                shown_name(voice), [person.id]
            )

        return [voice for voice in self._voice.values() if is_carried(voice)]

    def silence(self, keys: Sequence[str]) -> Silence | None:
        """Return why words in which these voices are heard may not be printed.

        Args:
            keys: at least one; the first is whose words they begin with.
        """
        return quoting.together(self[keys[0]].silence, (self[key].silence for key in keys))

    def source_of(self, key: str) -> SourceId:
        """Return the source in which a voice key is heard."""
        voice = self._voice.get(key)
        return self._source_of[voice.transcript_id] if voice else SourceId(key)

    def people(self) -> dict[str, ParticipantId]:
        """Return the person behind each voice key that is a participant's."""
        keys = [*self._voice, *self._session_of]
        return {key: who.person.id for key in keys if (who := self[key].who).person is not None}

    def keys(
        self, participant_id: ParticipantId | None = None, segment_id: SegmentId | None = None
    ) -> list[str] | None:
        """Return the voice keys of a person, of a segment, or of both; `None` = no limit."""
        if participant_id is None and segment_id is None:
            return None
        known = self.directory.people
        return [
            key
            for key, person_id in self.people().items()
            if participant_id in (None, person_id)
            and segment_id in (None, known[person_id].segment_id)
        ]

    def _find(self, key: str) -> Voiced:
        voice = self._voice.get(key)
        source_id = self._source_of[voice.transcript_id] if voice else SourceId(key)
        text = voice.transcript_id if voice else self._present.get(source_id)
        who = self.directory.who_spoke(voice, self._scene(source_id, text))
        if who.person is not None:
            return Voiced(who, self._agreements.get(who.person.id, Silence.NOT_ASKED))
        method = self._scenes[self._session_of[source_id]].method
        return Voiced(who, quoting.of_nobody(who.part, method))

    def _scene(self, source_id: SourceId, text: TranscriptId | None) -> Scene:
        bare = self._scenes[self._session_of[source_id]]
        voices = tuple(self._voices[text]) if text else ()
        return Scene(bare.method, bare.roster, bare.askers, voices, bare.shopper)

    def _read_texts(self, tables: Tables, *, restricted: bool) -> None:
        wanted: dict[str, Any] = {"source_id": set(self._session_of)} if restricted else {}
        texts = tables.transcript.select(order="created_at, rowid", **wanted)
        self._source_of = {text.id: text.source_id for text in texts}
        self._present = {text.source_id: text.id for text in texts if text.replaced_at is None}
        said: dict[str, Any] = {"transcript_id": set(self._source_of)} if restricted else {}
        self._voices: defaultdict[TranscriptId, list[Speaker]] = defaultdict(list)
        self._voice: dict[str, Speaker] = {}
        for voice in tables.speaker.select(**said):
            self._voices[voice.transcript_id].append(voice)
            self._voice[voice.id] = voice

    def _read_scenes(self, tables: Tables) -> dict[SessionId, Scene]:
        held = set(self._session_of.values())
        there: defaultdict[SessionId, list[ParticipantId]] = defaultdict(list)
        asking: defaultdict[SessionId, set[ParticipantId]] = defaultdict(set)
        for seat in tables.attendance.select(session_id=held):
            if seat.role is Role.INTERVIEWER:
                asking[seat.session_id].add(seat.participant_id)
            else:
                there[seat.session_id].append(seat.participant_id)
        shoppers = {row.session_id: row.shopper for row in tables.visit.select(session_id=held)}
        return {
            session.id: Scene(
                session.method,
                tuple(there[session.id]),
                frozenset(asking[session.id]),
                shopper=shoppers.get(session.id, ""),
            )
            for session in tables.session.select(id=held)
        }


def directory_of(tables: Tables, present: ParticipantId | None = None) -> Directory:
    """Return the people of a study by everything they are called; see `Cast` for `present`."""
    return Directory(
        [
            replace(person, deleted_at=None) if person.id == present else person
            for person in tables.participant.select()
        ],
        real_names(tables),
        [coder.name for coder in tables.coder.select()],
    )


def agreements(desk: Desk) -> dict[ParticipantId, Silence | None]:
    """Return of everybody in the study why they may not be quoted today; `None` = they agree."""
    said = Ledger(desk).of_use(Use.QUOTE)
    present = desk.tables.participant.select(deleted_at=None)
    never = Standing(Use.QUOTE)
    return {person.id: quoting.of_consent(said.get(person.id, never)) for person in present}


def give_voices(
    tables: Tables, voices: Iterable[Speaker], person: Participant, old_names: Iterable[str]
) -> None:
    """Give voices to a person, under the pseudonym, in the open step.

    Args:
        tables: of the study.
        voices: the voices.
        person: as the study knows them now.
        old_names: what they were called; a label that says so says the pseudonym from now on.
    """
    old = {folded(name) for name in old_names}
    for voice in voices:
        label = person.pseudonym if folded(voice.label) in old else voice.label
        given = replace(voice, label=label, name=person.pseudonym, participant_id=person.id)
        tables.speaker.put(given)
