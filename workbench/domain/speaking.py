"""Who spoke: the one rule by which a voice is somebody's.

It decides at every reading, not while importing, so that a roster, a name or a person that comes
later is heard too. In this order:

1. A voice that was given to a person is that person's.
2. A voice whose typed name, or else the label its file gave it, is the pseudonym, code or real name
   of one person of the study is that person's; those who took part in the session come first, also
   from the bin. When two people are meant it is nobody's: nothing tells which of them agreed to be
   quoted.
3. A voice named as the one who asks (Interviewer, Moderator, “I:”, a coder of the study, whoever is
   on the roster as interviewer) is the researcher's and no participant.
4. A voice without a name is the participant's if the session has exactly one and every other voice
   of the text is the researcher's. Of two unnamed voices neither is: the question must never be
   quoted as hers. A text without voices is the one participant's too. Nobody on the roster of a
   mystery visit means that the shopper speaks, of a field note the researcher. The shopper of a
   visit whose form names somebody of the study is that person.
5. All others are unknown: counted, never quoted, and asked for (“Who is this?”).

A person in the bin keeps the voice, so that nobody else is taken for it, but is no voice of the
study: not counted as a person, not quoted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.change import TableName
from workbench.domain.ids import ParticipantId
from workbench.domain.materials import Method
from workbench.domain.naming import folded
from workbench.domain.people import Participant
from workbench.domain.transcript import Speaker

TABLES: tuple[TableName, ...] = (
    "speaker", "attendance", "participant", "consent_entry", "session", "source", "transcript",
    "visit", "coder", "key",
)  # fmt: skip
"""Who spoke, and whether they may be quoted, comes from these tables."""


class Part(StrEnum):
    """What somebody who speaks is to the study."""

    PERSON = "person"
    REMOVED = "removed"  # a person in the bin
    RESEARCHER = "researcher"
    SHOPPER = "shopper"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"  # several people have this name

    @property
    def is_open(self) -> bool:
        """Tell whether somebody should say who this is."""
        return self in (Part.UNKNOWN, Part.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Who:
    """Who a voice is.

    Attributes:
        name: as shown beside the words; never a real name.
        person: the participant; `None` for everybody who is none, or is in the bin.
    """

    part: Part
    name: str = ""
    person: Participant | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a voice is heard.

    Attributes:
        method: of the session.
        roster: who took part in it, those in the bin too, but not those who asked.
        askers: who is on the roster as interviewer.
        voices: all voices of the text.
        shopper: who made the visit, as its form names them.
    """

    method: Method
    roster: tuple[ParticipantId, ...] = ()
    askers: frozenset[ParticipantId] = frozenset()
    voices: tuple[Speaker, ...] = ()
    shopper: str = ""


_NUMBER = r"[\s_.-]*\d*"
_ASKS = re.compile(
    r"(?:i|iv|int|mod|q|interviewer(?:in)?|interviewende?r?|moderator(?:in)?|moderation|facilitator"
    r"|researcher|host|forscher(?:in)?|enquêt(?:eur|rice)|intervieweuse|modérat(?:eur|rice)"
    rf"|entrevistadora?|moderadora?|intervistat(?:ore|rice)){_NUMBER}[:.]?"
)
# What files call somebody whose name they do not tell.
_NAMELESS = re.compile(
    r"(?:s|v|p|r|a|b|speaker|voice|sprecher(?:in)?|unknown|participant|interviewee|respondent"
    rf"|customer|befragte[r]?|proband(?:in)?|teilnehmer(?:in)?){_NUMBER}[:.]?"
)
_SHOPS = re.compile(rf"(?:mystery )?shopper{_NUMBER}[:.]?")


class Directory:
    """The people of a study, by everything they are called.

    Args:
        people: all of them, those in the bin too.
        real_names: as far as they are known.
        coders: names of those who work on the study.
    """

    def __init__(
        self,
        people: Iterable[Participant],
        real_names: Mapping[ParticipantId, str] | None = None,
        coders: Iterable[str] = (),
    ) -> None:
        real_names = real_names or {}
        self.people = {person.id: person for person in people}
        self._real = {folded(name) for name in real_names.values()} - {""}
        self._coders = {folded(name) for name in coders} - {""}
        self._called: dict[str, list[Participant]] = {}
        for person in self.people.values():
            names = (person.pseudonym, person.code, real_names.get(person.id, ""))
            for name in {folded(text) for text in names} - {""}:
                self._called.setdefault(name, []).append(person)

    def called(self, name: str, first: Collection[ParticipantId] = ()) -> list[Participant]:
        """Return the people a name can mean; those in the bin only when nobody else is meant.

        Args:
            name: pseudonym, code or real name.
            first: if some of these are called so, only they are meant, be they in the bin: who
                took part and is gone must not be taken for a namesake who agreed to be quoted.
        """
        found = self._called.get(folded(name), [])
        meant = [person for person in found if person.id in first] or found
        return [person for person in meant if person.deleted_at is None] or meant

    def only(self, name: str, first: Collection[ParticipantId] = ()) -> Participant | None:
        """Return the one person of the study that a name means; `None` if it is none or several."""
        found = [person for person in self.called(name, first) if person.deleted_at is None]
        return found[0] if len(found) == 1 else None

    def who_spoke(self, voice: Speaker | None, scene: Scene) -> Who:
        """Return whose a voice is; `None` stands for words that no voice was found for."""
        if voice is None:
            return _unknown("") if scene.voices else self._only_one(scene, "", spoken=False)
        who = self._said(voice, scene)
        if who is not None:
            return who
        name = shown_name(voice)
        others = (self._said(other, scene) for other in scene.voices if other.id != voice.id)
        if not all(other and other.part is Part.RESEARCHER for other in others):
            return _unknown(self._public(name))
        if is_nameless(name) or (scene.method is Method.MYSTERY_VISIT and not scene.roster):
            return self._only_one(scene, name, spoken=True)
        return _unknown(self._public(name))

    def _said(self, voice: Speaker, scene: Scene) -> Who | None:
        """Return who a voice is by what somebody, or a file, said of it; `None` = nothing."""
        if voice.participant_id in self.people:
            return self._as(self.people[voice.participant_id], scene)
        machine = not voice.name and voice.number > 0  # such a label is nobody's code
        said = "" if machine else voice.name or voice.label
        found = self.called(said, scene.roster) if said else []
        if len(found) == 1:
            return self._as(found[0], scene)
        if found:
            return Who(Part.AMBIGUOUS, self._public(said))
        name = folded(said)
        if _SHOPS.fullmatch(name) or (name and name == folded(scene.shopper)):
            visit = scene.method is Method.MYSTERY_VISIT
            return self._shopper(scene, said) if visit else self._researcher(said)
        return self._researcher(said) if is_asking(name) or name in self._coders else None

    def _only_one(self, scene: Scene, name: str, *, spoken: bool) -> Who:
        """Return who speaks where only one can; `spoken` = it is a voice, not just a text."""
        if len(scene.roster) == 1 and scene.roster[0] in self.people:
            return self._as(self.people[scene.roster[0]], scene)
        if not scene.roster and scene.method is Method.MYSTERY_VISIT:
            return self._shopper(scene, name)
        if not scene.roster and scene.method is Method.FIELD_NOTE and not spoken:
            return self._researcher(name)
        return _unknown(self._public(name))

    def _shopper(self, scene: Scene, name: str) -> Who:
        """Return who made a visit: somebody of the study, if its form names them."""
        found = self.called(scene.shopper, scene.roster) if scene.shopper else []
        if len(found) == 1:
            return self._as(found[0], scene)
        return Who(Part.AMBIGUOUS if found else Part.SHOPPER, self._public(name))

    def _researcher(self, name: str) -> Who:
        return Who(Part.RESEARCHER, self._public(name))

    def _as(self, person: Participant, scene: Scene) -> Who:
        if person.deleted_at is not None:
            return Who(Part.REMOVED, person.pseudonym)
        if person.id in scene.askers:
            return Who(Part.RESEARCHER, person.pseudonym)
        return Who(Part.PERSON, person.pseudonym, person)

    def _public(self, name: str) -> str:
        return "" if folded(name) in self._real else name


def is_nameless(name: str) -> bool:
    """Tell whether a name is what files call somebody whose name they do not tell."""
    return not name or _NAMELESS.fullmatch(folded(name)) is not None


def is_asking(name: str) -> bool:
    """Tell whether a name says that somebody asks, such as “Interviewer”, and not who."""
    return _ASKS.fullmatch(folded(name)) is not None


def shown_name(voice: Speaker) -> str:
    """Return what is written beside the words of a voice that is nobody's."""
    return voice.name or voice.label


def _unknown(name: str) -> Who:
    return Who(Part.UNKNOWN, name)
