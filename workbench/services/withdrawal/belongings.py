"""What of a study is a person's: their words, their stretches of sound, what was made of them.

Whose words are whose is the rule of `domain/speaking.py`, asked through `people/casting.py`.
Where nobody can tell, it depends on who could have spoken: in a session of this person alone,
whatever is not the researcher's is theirs; of a text that another has replaced, whatever is not
surely somebody else's. In the present text of a session of several people, words that nobody has
been given are left, counted, and said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workbench.domain.consent import ConsentForm
from workbench.domain.ids import ObservationId, ParticipantId, SessionId, SourceId, TurnId
from workbench.domain.materials import Role, Source, SourceKind
from workbench.domain.observation import Observation
from workbench.domain.speaking import Part
from workbench.domain.transcript import Speaker, Transcript, Turn
from workbench.services.desk import Desk
from workbench.services.people.casting import Cast
from workbench.services.people.visit_words import VisitWords


@dataclass(frozen=True, slots=True)
class Heard:
    """A source in which a person is heard.

    Attributes:
        alone: nobody else of the people takes part in the session.
        texts: all its texts, those too that another has replaced.
        turns: the person's, of all texts.
        others: the turns of others in all texts, in order.
        unknown: turns of the present text that nobody has been given, in a session of several.
    """

    source: Source
    alone: bool
    texts: tuple[Transcript, ...] = ()
    turns: tuple[Turn, ...] = ()
    others: tuple[Turn, ...] = ()
    unknown: tuple[Turn, ...] = ()

    @property
    def counted(self) -> bool:
        """Tell whether the times of its present text count samples."""
        return any(text.counted for text in self.texts if text.replaced_at is None)

    @property
    def track(self) -> int:
        """The only track of sound that its present text heard; 0 = all."""
        return next((text.track for text in self.texts if text.replaced_at is None), 0)

    @property
    def is_touched(self) -> bool:
        """Tell whether anything in it is the person's, rather than perhaps."""
        return self.alone or bool(self.turns)

    @property
    def is_recording(self) -> bool:
        """Tell whether there is sound."""
        return self.source.kind is not SourceKind.TEXT

    @property
    def said(self) -> tuple[str, ...]:
        """Return what others say, to the letter."""
        return tuple(turn.text for turn in (*self.others, *self.unknown))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What another moment of the study knows; a copy of it may know less of who spoke.

    Attributes:
        sources: ids of the sources in which the person is heard.
        alone: of those whose session is the person's alone.
        sessions: ids of sessions that are the person's alone.
        said: what others say, by source.
        visits: ids of sessions in whose visit forms the person wrote.
    """

    sources: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()
    said: dict[str, frozenset[str]] = field(default_factory=dict)
    visits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Belongings:
    """What of a study is a person's.

    Attributes:
        sessions: those of this person alone.
        attended: all in which the person took part.
        heard: the sources in which they are heard, or could be.
        voices: theirs.
        forms: consent forms that show what this person agreed to, and nobody else.
        shared: those that show what others agreed to as well.
        own: observations that begin with their words.
        touched: observations of others that run over words of theirs.
        visits: sessions whose visit form holds their words.
        visited: those whose form holds words of them or of others, nobody can tell which.
    """

    person_id: ParticipantId
    sessions: frozenset[SessionId]
    attended: frozenset[SessionId]
    heard: tuple[Heard, ...]
    voices: tuple[Speaker, ...]
    forms: tuple[ConsentForm, ...]
    shared: tuple[ConsentForm, ...]
    own: tuple[Observation, ...]
    touched: tuple[Observation, ...]
    visits: frozenset[SessionId]
    visited: frozenset[SessionId]

    @property
    def sources(self) -> frozenset[SourceId]:
        """Return the ids of the sources in which something is theirs."""
        return frozenset(one.source.id for one in self.heard if one.is_touched)

    @property
    def turns(self) -> frozenset[TurnId]:
        """Return the ids of their turns."""
        return frozenset(turn.id for one in self.heard for turn in one.turns)

    @property
    def observations(self) -> frozenset[ObservationId]:
        """Return the ids of their observations."""
        return frozenset(one.id for one in self.own)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what they said, turn by turn."""
        return tuple(turn.text for one in self.heard for turn in one.turns)

    @property
    def knowledge(self) -> Knowledge:
        """Return what copies have to know."""
        return Knowledge(
            frozenset(self.sources),
            frozenset(one.source.id for one in self.heard if one.alone),
            frozenset(self.sessions),
            {one.source.id: frozenset(one.said) for one in self.heard if one.is_touched},
            frozenset(self.visits),
        )


def belongings(desk: Desk, person_id: ParticipantId, known: Knowledge | None = None) -> Belongings:
    """Return what is a person's, be they in the bin.

    Args:
        desk: the study, or a copy of it.
        person_id: who; a copy may not know them.
        known: what the study knows, where this is a copy.
    """
    return _Finding(desk, person_id, known).found()


class _Finding:
    """Looks for what is a person's."""

    def __init__(self, desk: Desk, person_id: ParticipantId, known: Knowledge | None) -> None:
        self._desk = desk
        self._tables = tables = desk.tables
        self._person = person_id
        self._known = known
        self._cast = Cast(desk, present=person_id)
        self._keys = set(self._cast.keys(person_id) or ())
        self._roster: defaultdict[SessionId, set[ParticipantId]] = defaultdict(set)
        for seat in tables.attendance.select():
            if seat.role is not Role.INTERVIEWER:
                self._roster[seat.session_id].add(seat.participant_id)

    def found(self) -> Belongings:
        """Return what is the person's."""
        attended = {key for key, people in self._roster.items() if self._person in people}
        heard = tuple(
            one
            for source in self._tables.source.select(order="imported_at, rowid")
            if (one := self._heard(source)) is not None
        )
        own, touched = self._observations(heard)
        shared = {one.source.session_id for one in heard if not one.alone}
        alone = {key for key in attended if self._is_alone(key)} - shared
        voices = (self._cast.voice(key) for key in sorted(self._keys))
        return Belongings(
            self._person,
            frozenset(alone | set(map(SessionId, self._known.sessions if self._known else ()))),
            frozenset(attended),
            heard,
            tuple(voice for voice in voices if voice is not None),
            *self._forms(),
            tuple(own),
            tuple(touched),
            *self._visits(),
        )

    def _visits(self) -> tuple[frozenset[SessionId], frozenset[SessionId]]:
        """Return the visits with words of the person, and those with words of theirs perhaps."""
        written = VisitWords(self._desk, self._person)
        known = self._known.visits if self._known else frozenset()
        mine: set[SessionId] = set()
        perhaps: set[SessionId] = set()
        for visit in self._tables.visit.select():
            authors = written.authors(visit)
            if authors == {self._person} or visit.session_id in known:
                mine.add(visit.session_id)
            elif self._person in authors:
                perhaps.add(visit.session_id)
        return frozenset(mine), frozenset(perhaps)

    def _forms(self) -> tuple[tuple[ConsentForm, ...], tuple[ConsentForm, ...]]:
        """Return the forms of the person alone, and those that others share."""
        entries = [row for row in self._tables.consent_entry.select() if row.form_id is not None]
        others = {row.form_id for row in entries if row.participant_id != self._person}
        ids = {row.form_id for row in entries if row.participant_id == self._person}
        forms = self._tables.consent_form.select(id=ids, order="added_at, id")
        return (
            tuple(form for form in forms if form.id not in others),
            tuple(form for form in forms if form.id in others),
        )

    def _is_alone(self, session_id: SessionId) -> bool:
        return self._roster[session_id] == {self._person}

    def _heard(self, source: Source) -> Heard | None:
        """Return what is heard of the person in a source; `None` if they are not there."""
        known = self._known is not None and source.id in self._known.sources
        there = self._person in self._roster[source.session_id]
        texts = self._tables.transcript.select(source_id=source.id, order="created_at, rowid")
        keys = {source.id, *(voice.id for text in texts for voice in self._cast.voices(text.id))}
        if not (known or there or keys & self._keys):
            return None
        alone = self._is_alone(source.session_id) and not any(map(self._is_another, keys))
        if known and self._known is not None and source.id in self._known.alone:
            alone = True
        turns: list[Turn] = []
        others: list[Turn] = []
        unknown: list[Turn] = []
        rows = {text.id: text for text in texts}
        for turn in self._tables.turn.select(
            transcript_id=list(rows), order="transcript_id, ordinal"
        ):
            key = turn.speaker_id or source.id
            present = rows[turn.transcript_id].replaced_at is None
            kind = self._whose(key, turn, source, alone=alone, present=present)
            kind_of = {"theirs": turns, "others": others, "unknown": unknown}[kind]
            kind_of.append(turn)
        if not (turns or there or known):
            return None
        return Heard(source, alone, tuple(texts), tuple(turns), tuple(others), tuple(unknown))

    def _whose(self, key: str, turn: Turn, source: Source, *, alone: bool, present: bool) -> str:
        """Tell whether a turn is theirs, of others, or nobody knows whose."""
        if self._known is not None and source.id in self._known.sources:
            said = self._known.said.get(source.id, frozenset())
            return "others" if turn.text in said else "theirs"
        if key in self._keys:
            return "theirs"
        part = self._cast[key].who.part
        if not part.is_open:
            return "others"
        return "theirs" if alone or not present else "unknown"

    def _is_another(self, key: str) -> bool:
        """Tell whether a voice key is another participant's."""
        who = self._cast[key].who
        if who.part is Part.REMOVED:
            return True
        return who.person is not None and who.person.id != self._person

    def _observations(self, heard: Sequence[Heard]) -> tuple[list[Observation], list[Observation]]:
        own: list[Observation] = []
        touched: list[Observation] = []
        by_source = {one.source.id: one for one in heard}
        theirs = {turn.id for one in heard for turn in one.turns}
        ordered = {one.source.id: _in_order(one) for one in heard}
        for row in self._tables.observation.select(
            source_id=list(by_source), order="created_at, id"
        ):
            turns = under(row, ordered[row.source_id])
            if not turns:
                if _may_be_theirs(row, by_source[row.source_id]):
                    own.append(row)
            elif turns[0].id in theirs:
                own.append(row)
            elif any(turn.id in theirs for turn in turns):
                touched.append(row)
        return own, touched


def under(observation: Observation, turns: Iterable[Turn]) -> list[Turn]:
    """Return the turns that an observation runs over, of all turns of its source in order."""
    ordinals = {turn.id: (turn.transcript_id, turn.ordinal) for turn in turns}
    first = ordinals.get(observation.first_turn_id) if observation.first_turn_id else None
    last = ordinals.get(observation.last_turn_id) if observation.last_turn_id else None
    if first is None or last is None:
        return []
    return [
        turn
        for turn in turns
        if turn.transcript_id == first[0] and first[1] <= turn.ordinal <= last[1]
    ]


def _in_order(one: Heard) -> list[Turn]:
    turns = (*one.turns, *one.others, *one.unknown)
    return sorted(turns, key=lambda turn: (turn.transcript_id, turn.ordinal))


def _may_be_theirs(row: Observation, one: Heard) -> bool:
    """Tell whether words that stand nowhere any more can be theirs."""
    return one.alone or not any(row.words and row.words in said for said in one.said)


__all__ = ["Belongings", "Heard", "Knowledge", "belongings", "under"]
