"""The register of names: what may be a name, and what the researcher decided about it.

Real names of people are in it by themselves. Whatever takes names out of words asks
`services/keys/protecting.py`, which reads the decisions made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain.change import Op
from workbench.domain.excerpts import around
from workbench.domain.names import Finder, Place, Sort, Wanted, key
from workbench.domain.names.decisions import (
    Decision,
    Entry,
    NameDecision,
    Reason,
    Seen,
    plain_instead,
    typed,
)
from workbench.domain.names.proposing import Known, Proposal, proposals
from workbench.domain.names.reading import Group, Reading, Readings, Text, grouped
from workbench.domain.naming import required
from workbench.domain.protection import free_words
from workbench.domain.speaking import is_asking, is_nameless, shown_name
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.keys.keys import real_names
from workbench.services.keys.protecting import declared_names
from workbench.services.naming import called
from workbench.services.people.casting import Cast
from workbench.services.things import free_answers
from workbench.storage.queries import noted_observations
from workbench.storage.spoken import spoken, spoken_by_source
from workbench.words import said, t

MOST_PLACES = 100
_AROUND = 40  # letters on either side
_FREE = (
    *("charter", "participant", "segment", "session", "source", "stage", "touchpoint", "code"),
    *("insight", "opportunity", "visit"),
)
_KEYS = {"visit": "session_id"}


@dataclass(frozen=True, slots=True)
class Sought:
    """Strings to look for.

    Attributes:
        whole: strings in which they do not count.
        wanted: what is looked for.
    """

    whole: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    def finder(self) -> Finder:
        """Return what finds them."""
        return Finder((), self.whole, self.wanted)


class Names:
    """The names of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = desk.tables.name_decision

    def decisions(self) -> list[NameDecision]:
        """Return what was decided, in the order of the letters."""
        return self._rows.select(order="written, folded")

    def register(self) -> list[Entry]:
        """Return the real names of people, and what was decided, each with where it stands."""
        texts = self._texts()
        return [*self._people(texts), *self._decided(texts)]

    def proposals(self) -> list[Entry]:
        """Return what may be a name and was not decided, the surest first."""
        return self._proposed(self._texts())

    def everything(self) -> list[Entry]:
        """Return what is to be decided, then the register; the study is read once."""
        texts = self._texts()
        return [*self._proposed(texts), *self._decided(texts), *self._people(texts)]

    def looked_up(self, written: str) -> Entry:
        """Return a string that somebody typed, undecided, with where it stands."""
        wanted = [Wanted(written, Sort.OTHER, written)]
        found = _seen(Finder((), (), wanted), self._texts()).get(written, [])
        count, places = _counted(found)
        return replace(typed(written), count=count, places=places)

    def decide(
        self,
        written: str,
        decision: Decision,
        *,
        sort: Sort | None = None,
        instead: str | None = None,
    ) -> NameDecision:
        """Decide about a string, once for everything that leaves the study.

        Args:
            written: however it is written.
            decision: what becomes of it.
            sort: of what it is the name; as it was, if nothing is said.
            instead: what stands in its place; as it was, if nothing is said.

        Raises:
            UserError: there is no letter in it, or it is to be replaced and is declared.
        """
        written = required(written, "string")
        asked = typed(written)
        plain = asked.folded
        if not asked.may_be_name:
            raise UserError(
                "name-empty",
                "“{written}” has no letter or digit.",
                "Type a name or a number.",
                written=written,
            )
        if decision is Decision.REPLACE:
            self._refuse_declared(written, plain)
        old = self._rows.find(plain)
        row = NameDecision(
            plain,
            old.written if old else written,
            sort or (old.sort if old else Sort.OTHER),
            decision,
            plain_instead((old.instead if old else "") if instead is None else instead),
        )
        with self._desk.step(Op.DECIDE_NAME):
            return self._rows.put(row)

    def _refuse_declared(self, written: str, plain: str) -> None:
        """Make sure that nothing the researcher declared is taken out of the words."""
        for what, names in declared_names(self._desk.tables).items():
            if any(key(name) == plain for name in names):
                raise UserError(
                    "name-declared",
                    "“{written}” is a {what} of the study, so it is no real name.",
                    "Give the {what} another name first, or leave the string.",
                    written=written,
                    what=said(what),
                )

    def forget(self, written: str) -> None:
        """Take a decision back; what was decided may be proposed again.

        Raises:
            UserError: nothing was decided about this string.
        """
        plain = key(written)
        if self._rows.find(plain) is None:
            raise UserError(
                "name-undecided",
                "Nothing was decided about “{written}”.",
                "“workbench names STUDY” lists what was.",
                written=written,
            )
        with self._desk.step(Op.DECIDE_NAME):
            self._rows.remove(plain)

    def _people(self, texts: Sequence[Text]) -> list[Entry]:
        """Return the real names; where a part of one or a bent form stands counts as well."""
        tables = self._desk.tables
        people = {person.id: person for person in tables.participant.select(order="code")}
        real = real_names(tables)
        known = [(real[key_], key_) for key_ in people if real.get(key_)]
        seen = _seen(Finder(known), texts)
        return [
            Entry(
                key(name),
                name,
                Sort.PERSON,
                Decision.REPLACE,
                people[key_].pseudonym,
                Reason.PERSON,
                *_counted(seen.get(key_, [])),
                person=people[key_].code,
            )
            for name, key_ in known
        ]

    def _decided(self, texts: Sequence[Text]) -> list[Entry]:
        rows = self.decisions()
        wanted = [Wanted(row.written, row.sort, row.folded) for row in rows]
        seen = _seen(Finder((), (), wanted), texts)
        return [
            Entry(
                row.folded,
                row.written,
                row.sort,
                row.decision,
                row.instead or row.sort.instead,
                Reason.TYPED,
                *_counted(seen.get(row.folded, [])),
            )
            for row in rows
        ]

    def undecided(self, readings: Readings) -> Sought:
        """Return what may be a name and was not decided, as the study writes it.

        Contact data is not looked for: wherever it stands, it is known by its form.

        Args:
            readings: what was read of the study before.
        """
        return self._looked_for(readings.of(self._groups()), self._signed(), but=Reason.FORM)[1]

    def _proposed(self, texts: Sequence[Text]) -> list[Entry]:
        signed = self._signed()
        found, sought = self._looked_for(Readings().of(grouped(texts)), signed)
        seen = _seen(sought.finder(), [*texts, *signed])
        entries = [_entry(one, seen.get(one.written, [])) for one in found]
        return [one for one in entries if one.count]

    def _looked_for(
        self,
        read: Sequence[Reading],
        signed: Iterable[Text],
        but: Reason | None = None,
    ) -> tuple[list[Proposal], Sought]:
        """Return what is to be decided, and what to look for because of it.

        Args:
            read: what stands in the texts of the study.
            signed: names of voices and coders.
            but: what is left out.
        """
        rows = {row.folded: row for row in self.decisions()}
        known = self._known(rows.values(), signed)
        found = [one for one in proposals(read, known) if one.why is not but]
        wanted = tuple(Wanted(one.written, one.sort, one.written) for one in found)
        # What is part of a longer string that is known already does not count.
        whole = (*(name for name, _ in known.people), *(row.written for row in rows.values()))
        return found, Sought(whole, wanted)

    def _known(self, rows: Iterable[NameDecision], signed: Iterable[Text]) -> Known:
        tables = self._desk.tables
        pseudonyms = {person.id: person.pseudonym for person in tables.participant.select()}
        by_table: dict[str, list[str]] = {"source": [], "observation": []}
        for one in signed:
            by_table[one.table].append(one.text)
        return Known(
            [
                (name, pseudonyms[person_id])
                for person_id, name in real_names(tables).items()
                if person_id in pseudonyms
            ],
            [name for listed in declared_names(tables).values() for name in listed],
            frozenset(row.folded for row in rows if row.decision is not Decision.OPEN),
            list(dict.fromkeys(by_table["source"])),
            by_table["observation"],
        )

    def _signed(self) -> list[Text]:
        """Return what signs words: names of voices that are nobody of the study, and of coders.

        A voice stands in its source, a coder at the first observation; what somebody is called who
        only asks or codes, such as “Researcher”, is no name.
        """
        tables, cast = self._desk.tables, Cast(self._desk)
        titles = {source.id: source.title for source in tables.source.select()}
        signed: dict[tuple[str, str], Text] = {}
        for text in tables.transcript.select(replaced_at=None):
            for voice in cast.voices(text.id):
                name = shown_name(voice)
                if cast[voice.id].who.part.is_open and not is_nameless(name) and not voice.number:
                    title = titles.get(text.source_id, "")
                    one = Text("source", text.source_id, title, text.source_id, name)
                    signed.setdefault((text.source_id, name), one)
        for coder in tables.coder.select():
            first = tables.observation.select(coder_id=coder.id, order="created_at", most=1)
            for seen in first if not (is_nameless(coder.name) or is_asking(coder.name)) else ():
                title = t("Coded by {coder}", coder=coder.name)
                signed["", coder.name] = Text("observation", seen.id, title, "", coder.name)
        return list(signed.values())

    def _texts(self) -> list[Text]:
        """Return everything that was said and written in the study."""
        texts = (
            Text("turn", turn, title, source, text)
            for turn, text, source, title in spoken(self._desk.db)
        )
        return [*texts, *self._typed()]

    def _groups(self) -> Iterator[Group]:
        """Return the same texts without where they stand, for whoever only reads them."""
        yield from spoken_by_source(self._desk.db)
        yield from grouped(self._typed())

    def _typed(self) -> Iterator[Text]:
        """Go through everything that was written in the study."""
        for name in _FREE:
            for row in self._desk.tables.named(name).select():
                if getattr(row, "deleted_at", None) is None:
                    yield from _written(name, row)
        yield from self._noted()
        for memo in self._desk.tables.memo.select():
            yield Text(memo.subject, memo.subject_id, t("Memo"), "memo", memo.text)

    def _noted(self) -> Iterator[Text]:
        """Go through what was answered in words about visits, and noted of observations."""
        answers = free_answers(self._desk.tables)
        for session in self._desk.tables.session.select(id=set(answers), deleted_at=None):
            for answer in answers[session.id]:
                yield Text("session", session.id, session.title, "visit", answer)
        for key_, *words in noted_observations(self._desk.db):
            for text in filter(None, words):
                yield Text("observation", key_, t("Observation"), "observation", text)


def _written(table: str, row: Any) -> Iterator[Text]:
    """Go through the free words of a row."""
    title = called(table, row) if table != "charter" else t("About the study")
    row_id = getattr(row, _KEYS.get(table, "id"))
    for text in free_words(row):
        yield Text("session" if table == "visit" else table, row_id, title, table, text)


def _seen(finder: Finder, texts: Sequence[Text]) -> dict[str, list[tuple[Text, Place]]]:
    """Return where each string stands, by what stands for it."""
    seen: dict[str, list[tuple[Text, Place]]] = {}
    for text in texts if not finder.is_idle else ():
        for place in finder.found(text.text):
            seen.setdefault(place.whose, []).append((text, place))
    return seen


def _counted(found: Sequence[tuple[Text, Place]]) -> tuple[int, tuple[Seen, ...]]:
    return len(found), tuple(_place(text, place) for text, place in found[:MOST_PLACES])


def _place(text: Text, place: Place) -> Seen:
    before, after = around(text.text, place.start, place.end, _AROUND)
    words = (before, text.text[place.start : place.end], after)
    return Seen(text.table, text.id, text.title, place.start, place.end, words)


def _entry(one: Proposal, found: Sequence[tuple[Text, Place]]) -> Entry:
    instead = one.instead or one.sort.instead
    bare = Entry(key(one.written), one.written, one.sort, Decision.OPEN, instead, one.why)
    count, places = _counted(found)
    return replace(bare, count=count, places=places)
