"""The one room for confidentiality: what of a study may be shown to others, and why not.

Whatever leaves a study, and every view of what will leave, asks here. The rules are pure:
`domain/quoting.py` says whose words may be printed, `domain/speaking.py` whose they are,
`domain/protection.py` takes out names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from workbench.domain import quoting
from workbench.domain.codebook import Code
from workbench.domain.consent import Standing, State, Use, answered
from workbench.domain.ids import ObservationId, ParticipantId, SourceId
from workbench.domain.names import Place
from workbench.domain.passage import Passage, Said
from workbench.domain.protection import Protection
from workbench.domain.quoting import WORKING_COPY, Silence
from workbench.domain.speaking import Part, Who, is_nameless
from workbench.services.coding.memos import Note
from workbench.services.coding.passages import Passages
from workbench.services.confidential.quotes import Quotes
from workbench.services.confidential.unsaid import OpenCodes
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk
from workbench.services.door import Audience
from workbench.services.keys.protecting import protection
from workbench.services.people.casting import Cast, agreements
from workbench.words import Phrase, t

T = TypeVar("T")

_DECLARED = frozenset({"participant", "segment", "stage", "touchpoint"})
"""Tables whose rows are called by names that the researcher declared."""
_SPOKEN = frozenset({"turn", "observation"})

SOMEBODY: Phrase = "a participant"
"""Signs words of somebody whose name, as it was typed, may be a real one."""


class Confidential:
    """The answers for one study as it is now; built once for an export, a preview, a view.

    Args:
        desk: of the study.
        audience: who reads it; in the researcher's own working copy everything stands as it is.
        within: ask only about the voices of these sources; `None` = all.
    """

    def __init__(
        self,
        desk: Desk,
        audience: Audience = Audience.OTHERS,
        within: Collection[SourceId] | None = None,
    ) -> None:
        self._desk = desk
        self._within = within
        self._own = audience is Audience.OWN
        self._protect = Protection(()) if self._own else protection(desk.tables)
        self._known: dict[int, tuple[object, object]] = {}  # by id, and why that stays theirs
        self._signatures: dict[str, str] = {}

    @property
    def first_line(self) -> str:
        """Return what stands before everything else; "" = nothing."""
        return t(WORKING_COPY) if self._own else ""

    @cached_property
    def agreed(self) -> frozenset[ParticipantId]:
        """Return the people of the study who have agreed to be quoted."""
        return frozenset(key for key, why in self._agreements.items() if why is None)

    def quotes(self, person_id: ParticipantId) -> str:
        """Return what somebody of the study said to being quoted: “quotes: refused”."""
        why = self._agreements.get(person_id, Silence.NOT_ASKED)
        return why.mark if why else answered(Use.QUOTE, t(State.GIVEN.label))

    @cached_property
    def _agreements(self) -> dict[ParticipantId, Silence | None]:
        return agreements(self._desk)

    @cached_property
    def _cast(self) -> Cast:
        return Cast(self._desk, self._within)

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self._desk, self._protect)

    @cached_property
    def codes(self) -> OpenCodes:
        """Return the codes as others may read them."""
        return OpenCodes(self._desk, self.words)

    def words(self, text: str) -> str:
        """Return free words without real names."""
        return self._protect.words(text)

    def of(self, value: T) -> T:
        """Return a value, whatever it holds, with all its free words without real names."""
        return self._protect.of(value, self._quotes.all())

    def silence(self, key: str) -> Silence | None:
        """Return why the words of a voice key may not be quoted; `None` = they may."""
        return self._cast[key].silence

    def unheard(self, key: str) -> str:
        """Return why others may not hear a voice key; "" = they may."""
        voiced = self._cast[key]
        person = voiced.who.person
        said = self._clips.get(person.id, Standing(Use.VOICE)) if person else None
        return quoting.unheard(voiced.silence, said)

    @cached_property
    def _clips(self) -> dict[ParticipantId, Standing]:
        return Ledger(self._desk).of_use(Use.VOICE)

    def names_in(self, text: str) -> list[Place]:
        """Return where real names stand in free words that others may not read or hear."""
        return self._protect.replaced(text)

    def spoken(self, key: str, text: str, whole: str = "") -> str:
        """Return what others may read of the words of a voice key, or what stands instead.

        Args:
            key: of the voice.
            text: its words.
            whole: the turn of which they are a part, in which names may begin before it.
        """
        at = whole.find(text)
        within = self._protect.within(whole, at, at + len(text)) if at >= 0 and whole else ""
        return self._instead(self.silence(key)) or within or self.words(text)

    def said(self, passage: Passage) -> Passage:
        """Return a passage with the words and the signature that others may read."""
        return self._read(passage, lambda code: code)

    def coded(self, passage: Passage) -> Passage:
        """Return a passage as others may read it, with its codes."""
        return self._read(passage, self.codes.shown)

    def _read(self, passage: Passage, shown: Callable[[Code], Code]) -> Passage:
        seen, instead = self._protect.of(passage.observation), self._instead(passage.silence)
        words = instead or self._quotes.words(passage.observation)
        return replace(
            passage,
            observation=seen if words == seen.words else replace(seen, words=words),
            codes=tuple(self._around(shown(code)) for code in passage.codes),
            stage=self._around(passage.stage),
            touchpoint=self._around(passage.touchpoint),
            source=self._around(passage.source),
            session=self._around(passage.session),
            person=self._around(passage.person),
            speaker=self.signed(passage),
            memo=self.words(passage.memo),
        )

    def _around(self, thing: T) -> T:
        """Return what `of` does, once for what many passages have in common."""
        if id(thing) not in self._known:
            self._known[id(thing)] = thing, self._protect.of(thing)
        return cast("T", self._known[id(thing)][1])

    def notes(self, notes: Iterable[Note]) -> list[Note]:
        """Return memos as others may read them; what they are about keeps its declared name."""
        listed = list(notes)
        why = self.silences((note.memo.subject, note.memo.subject_id) for note in listed)
        quotes = self._quotes.some(why)

        def title(note: Note) -> str:
            instead = self._instead(why.get(note.memo.subject_id))
            if note.memo.subject == "code":
                return self.codes.name(note.memo.subject_id, note.title)
            if note.memo.subject in _DECLARED:
                return instead or note.title
            seen = quotes.get(ObservationId(note.memo.subject_id))
            return instead or seen or self.words(note.title)

        return [
            replace(
                note, memo=replace(note.memo, text=self.words(note.memo.text)), title=title(note)
            )
            for note in listed
        ]

    def named(self, table: str, key: str, name: str) -> str:
        """Return the name of a row of the study that others may read, or what stands instead.

        Args:
            table: of the row.
            key: its id.
            name: its name or its words.
        """
        if not name or table in _DECLARED:
            return name
        if table == "code":
            return self.codes.name(key, name)
        if table == "speaker":
            return self.signature(key) if self._cast.voice(key) is not None else t(SOMEBODY)
        if table in _SPOKEN:  # of words that are gone for good nobody knows whose they were
            why = self.silences([(table, key)]).get(key, Silence.UNKNOWN)
            seen = self._quotes.some([key]).get(ObservationId(key))
            return self._instead(why) or seen or self.words(name)
        return self.words(name)

    def silences(self, things: Iterable[tuple[str, str]]) -> dict[str, Silence | None]:
        """Return by id why the words of turns and observations may not be quoted.

        Args:
            things: table and id; those of other tables are left out.
        """
        ids: dict[str, list[str]] = {}
        for table, key in things:
            ids.setdefault(table, []).append(key)
        passages = Passages(self._desk).read([ObservationId(k) for k in ids.get("observation", ())])
        turns = self._desk.tables.turn.select(id=ids.get("turn", ()))
        texts = self._desk.tables.transcript.select(id={turn.transcript_id for turn in turns})
        source_of = {text.id: text.source_id for text in texts}
        return {passage.id: passage.silence for passage in passages} | {
            turn.id: self.silence(turn.speaker_id or source_of[turn.transcript_id])
            for turn in turns
        }

    def signature(self, key: str) -> str:
        """Return what is written beside the words of a voice key."""
        if key not in self._signatures:
            self._signatures[key] = self._signed(self._cast[key].who)
        return self._signatures[key]

    def signed(self, passage: Said) -> str:
        """Return what is written beside the words of a passage."""
        if passage.person is not None:
            return passage.person.pseudonym
        return self._signed(Who(passage.part, passage.speaker))

    def _instead(self, why: Silence | None) -> str:
        """Return what stands in the place of words that are withheld; "" = they are not."""
        withheld = why is not None and why.withholds and not self._own
        return why.instead if why is not None and withheld else ""

    def _signed(self, who: Who) -> str:
        if who.part in (Part.PERSON, Part.REMOVED):
            return who.name
        if who.part.is_open and not is_nameless(who.name) and not self._own:
            return t(SOMEBODY)
        return self.words(who.name)
