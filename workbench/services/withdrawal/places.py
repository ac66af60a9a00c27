"""Where a person is in a study: every place, how much of it, and where; nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from workbench import paths
from workbench.domain import counts
from workbench.domain.ids import ParticipantId
from workbench.domain.materials import SourceKind
from workbench.domain.report_parts import label
from workbench.domain.withdrawal import Fate, Kind, Place, ReportTouched
from workbench.services.desk import Desk
from workbench.services.files import recording
from workbench.services.keys.keys import identities
from workbench.services.locking import half_typed
from workbench.services.withdrawal import erased_sound
from workbench.services.withdrawal.belongings import Belongings, Heard, belongings
from workbench.services.withdrawal.erased_names import named_contacts, spans_of
from workbench.services.withdrawal.erased_text import ErasedText
from workbench.settings import SettingsStore
from workbench.storage import copies, erasing
from workbench.words import Phrase, t

_TABLES: dict[str, Phrase] = {
    "charter": "the charter",
    "segment": "segments",
    "participant": "notes on other people",
    "session": "sessions",
    "source": "titles and file names of materials",
    "visit_form": "visit forms",
    "form_item": "questions of visit forms",
    "visit": "visits",
    "visit_answer": "answers of visits",
    "speaker": "names of voices",
    "turn": "what others said",
    "recognition": "what was recognised",
    "code": "the codebook",
    "stage": "stages",
    "touchpoint": "touchpoints",
    "observation": "observations",
    "memo": "memos",
    "insight": "insights",
    "opportunity": "opportunities",
    "written_report": "names of reports",
    "let_out": "names of files that left",
    "name_decision": "what was decided about names",
    "consent_entry": "how consent is known",
    "consent_form": "names of consent forms",
    "withdrawal": "what was told of earlier withdrawals",
}


class Places:
    """Looks for one person.

    Args:
        desk: the study.
        person_id: who, be they in the bin.
        unsaved: the keys of texts that are typed and not in the study yet.
    """

    def __init__(
        self, desk: Desk, person_id: ParticipantId, unsaved: Iterable[tuple[str, ...]] = ()
    ) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._person = desk.tables.participant.get(person_id)
        self._unsaved = list(unsaved)
        self.theirs: Belongings = belongings(desk, person_id)

    @cached_property
    def _hindrances(self) -> dict[str, str]:
        """Return why recordings cannot be silenced, of those that cannot."""
        media = self._desk.media
        found = {
            one.source.id: erased_sound.hindrance(media, one.source)
            for one in self.theirs.heard
            if one.is_recording and one.is_touched
        }
        return {key: why for key, why in found.items() if why}

    def all(self) -> list[Place]:
        """Return every place in which something is, in the order of their kinds."""
        found = [
            *self._texts(),
            *self._observations(),
            *self._files(),
            *self._name(),
            *self._memos(),
            *self._typed(),
            *self._inside(),
            *self._outside(),
            *self._open(),
        ]
        order = list(Kind)
        return sorted((one for one in found if one.count), key=lambda one: order.index(one.kind))

    def reports(self) -> list[ReportTouched]:
        """Return the reports already written that cite the person, the newest first."""
        rows = {row.id for row in (*self.theirs.own, *self.theirs.touched)}
        numbers = {
            row.number
            for row in self._tables.evidence_number.select()
            if row.observation_id in rows
        }
        cited: dict[str, list[int]] = {}
        for row in self._tables.citation.select(order="number"):
            if row.number in numbers:
                cited.setdefault(row.report_id, []).append(row.number)
        return [
            ReportTouched(report.file, report.written_at, tuple(cited[report.id]))
            for report in self._tables.written_report.select(order="written_at DESC, rowid DESC")
            if report.id in cited
        ]

    def _texts(self) -> Iterator[Place]:
        for one in self.theirs.heard:
            title, target = one.source.title, ("source", one.source.id)
            yield Place(Kind.WORDS, len(one.turns), t("turns of “{title}”", title=title), target)
            texts = [text.id for text in one.texts if one.is_touched]
            raw = self._tables.recognition.count(transcript_id=texts) if texts else 0
            where = t("turns of “{title}”, of all who speak", title=title)
            yield Place(Kind.RECOGNISED, raw, where, target)
        for visit in self._tables.visit.select(session_id=set(self.theirs.visits)):
            where = t("narrative and answers of a visit they made")
            yield Place(Kind.WORDS, 1, where, ("session", visit.session_id))

    def _observations(self) -> Iterator[Place]:
        first = self.theirs.own[0].id if self.theirs.own else ""
        own, touched = len(self.theirs.own), len(self.theirs.touched)
        where = t("on what the person says")
        yield Place(Kind.OBSERVATIONS, own, where, ("observation", first))
        if self.theirs.touched:
            target = ("observation", str(self.theirs.touched[0].id))
            where = t("with words of the person in them")
            yield Place(Kind.SHARED, touched, where, target)
        rows = {row.id for row in (*self.theirs.own, *self.theirs.touched)}
        claims = {row.id: row.claim for row in self._tables.insight.select()}
        cited = Counter(row.insight_id for row in self._tables.evidence.select(observation_id=rows))
        for insight_id, much in cited.items():
            where = t("of “{title}”", title=claims.get(insight_id, ""))
            yield Place(Kind.INSIGHTS, much, where, ("insight", insight_id))
        for report in self.reports():
            numbers = counts.listed(list(map(label, report.numbers)))
            where = t("{file}: {numbers}", file=report.file, numbers=numbers)
            yield Place(Kind.REPORTS, len(report.numbers), where)

    def _files(self) -> Iterator[Place]:
        folder = self._desk.folder
        for one in self.theirs.heard:
            if not one.is_touched:
                continue
            yield from self._file(one)
            source, target = one.source, ("source", str(one.source.id))
            title = source.title
            prints = int((folder / "voices" / f"{source.sha256}.npz").is_file())
            where = t("of “{title}”, of all who speak", title=title)
            yield Place(Kind.PRINTS, prints, where, target)
            cached = len(cache_files(folder, source.sha256))
            where = t("decoded sound and loudness of “{title}”", title=title)
            yield Place(Kind.CACHE, cached, where)
            jobs = self._tables.job.select(source_id=source.id)
            spooled = sum((folder / "spool" / f"{job.id}.jsonl").is_file() for job in jobs)
            yield Place(Kind.SPOOL, spooled, t("of “{title}”", title=title))
            logs = sum(paths.job_log(job.id).is_file() for job in jobs)
            yield Place(Kind.LOGS, logs, t("of “{title}”; they hold no words", title=title))
        typed = int((folder / half_typed.FILE).is_file())  # of nobody knows whom
        where = t("what stood half typed when the study locked itself")
        yield Place(Kind.CACHE, typed, where)

    def _file(self, one: Heard) -> Iterator[Place]:
        source, target = one.source, ("source", str(one.source.id))
        why = self._hindrances.get(source.id, "")
        fates = erased_sound.fates(one, self.theirs, why)
        if not one.is_recording:
            where = t("the file of “{title}”", title=source.title)
            yield Place(Kind.DOCUMENTS, 1, where, target, fates)
            return
        template: Phrase = "“{title}”, {much}; {why}" if why else "“{title}”, {much}"
        where = t(template, title=source.title, much=t(_how_much(one)), why=t(why))
        if why and not one.alone:
            yield Place(Kind.UNREADABLE, 1, where, target)
            return
        yield Place(Kind.SOUND, 1, where, target, fates)
        if source.kind is SourceKind.VIDEO:
            where = t("the picture of “{title}”", title=source.title)
            yield Place(Kind.PICTURES, 1, where, target)

    def refuse_undecided(self) -> None:
        """Refuse where a recording of several people cannot be silenced.

        Raises:
            UserError: somebody has to decide what becomes of it.
        """
        found = [
            (one.source.title, self._hindrances[one.source.id])
            for one in self.theirs.heard
            if one.source.id in self._hindrances and not one.alone
        ]
        if found:
            raise erased_sound.undecided(found)

    def _name(self) -> Iterator[Place]:
        person, target = self._person, ("participant", str(self._person.id))
        named = int(person.id in identities(self._tables))
        yield Place(Kind.NAME, named, t("real name and contact, in the key"), target)
        where = t(
            "code and pseudonym: {code}, {pseudonym}",
            code=person.code,
            pseudonym=person.pseudonym,
        )
        yield Place(Kind.NAME, 1, where, target)
        yield Place(Kind.NAME, len(self.theirs.voices), t("voices with this name"))
        mask = ErasedText((), spans_of(self._desk, person.id))
        yield from self._masked(Kind.NAME, mask, "the name in {place}")
        others = named_contacts(self._desk, person.id)
        other = ("participant", str(next(iter(others), person.id)))
        where = t("the name in contacts of others, in the key")
        yield Place(Kind.NAME, len(others), where, other)
        said = self._tables.consent_entry.count(participant_id=person.id)
        yield Place(Kind.CONSENT, said, t("answers to what may be done"), target)
        where = t("consent forms of this person alone")
        yield Place(Kind.CONSENT, len(self.theirs.forms), where)

    def _memos(self) -> Iterator[Place]:
        about = {
            "participant": {self._person.id},
            "turn": set(self.theirs.turns),
            "observation": set(self.theirs.observations),
            "session": set(self.theirs.sessions),
        }
        for subject, ids in about.items():
            memos = self._tables.memo.select(subject=subject, subject_id=ids)
            if memos:
                target = (subject, memos[0].subject_id)
                yield Place(Kind.MEMOS, len(memos), t(_SUBJECTS[subject]), target)

    def _typed(self) -> Iterator[Place]:
        mask = ErasedText(self.theirs.words)
        yield from self._masked(Kind.TYPED, mask, "what they say, typed again in {place}")

    def _masked(self, kind: Kind, mask: ErasedText, what: Phrase) -> Iterator[Place]:
        own = {self._person.id, *self.theirs.turns, *self.theirs.observations}
        found = erasing.masked_rows(self._desk.db, mask.column)
        rows = [(table, key) for table, key in found if key not in own]
        for table, much in Counter(table for table, _ in rows).items():
            key = next(key for name, key in rows if name == table)
            target = (table, key) if table in _SHOWN else None
            yield Place(kind, much, t(what, place=t(_TABLES.get(table, table))), target)

    def _inside(self) -> Iterator[Place]:
        ids: set[str] = {self._person.id, *self.theirs.turns, *self.theirs.observations}
        known = {"id": ids, "participant_id": ids, "observation_id": ids, "subject_id": ids}
        images = erasing.images_of(self._desk.db, known)
        yield Place(Kind.HISTORY, images, t("changes, each with the row before and after"))
        yield Place(Kind.SEARCH, len(self.theirs.turns), t("turns"))
        every = copies.all_of(self._desk.folder)
        fit = sum(map(copies.is_rewritable, every))
        kept, gone = (Fate.REWRITTEN, Fate.REWRITTEN), (Fate.DELETED, Fate.DELETED)
        yield Place(Kind.BACKUPS, fit, t("copies in the study’s folder"), None, kept)
        older = t("copies of an earlier version of the program, or damaged ones")
        yield Place(Kind.BACKUPS, len(every) - fit, older, None, gone)
        waiting = sum(bool(ids.intersection(key)) for key in self._unsaved)
        yield Place(Kind.UNSAVED, waiting, t("texts"))

    def _outside(self) -> Iterator[Place]:
        named = recent_named(self._desk, self._person.id, settings())
        yield Place(Kind.RECENT, len(named), t("the name in titles of studies"))

    def _open(self) -> Iterator[Place]:
        for one in self.theirs.heard:
            title, target = one.source.title, ("source", one.source.id)
            if one.unknown:
                where = t(
                    "turns of “{title}” that nobody has been given; say who speaks first",
                    title=title,
                )
                yield Place(Kind.OPEN, len(one.unknown), where, ("turn", one.unknown[0].id))
            if one.is_recording and not one.texts and not one.alone:
                where = t(
                    "“{title}” has no text, so nobody can tell where in it the person speaks",
                    title=title,
                )
                yield Place(Kind.OPEN, 1, where, target)
        for session_id in sorted(self.theirs.visited):
            where = t("narrative and answers of a visit that one of several people made; say who")
            yield Place(Kind.OPEN, 1, where, ("session", session_id))
        for form in self.theirs.shared:
            where = t(
                "“{title}”, a consent form that is also of others; it stays", title=form.title
            )
            yield Place(Kind.OPEN, 1, where, ("participant", self._person.id))
        begun = len(recording.unfinished_names(self._desk.folder))
        yield Place(Kind.OPEN, begun, t("recordings that were never taken into the study"))


def _how_much(one: Heard) -> Phrase:
    """Say how much of a recording is theirs."""
    if any(turn.start_ms is None for turn in one.turns):
        return "all of it, since its text has no times"
    return "of this person alone" if one.alone else "of several people"


_SHOWN = ("participant", "source", "session", "insight", "memo", "code", "observation")
_SUBJECTS: dict[str, Phrase] = {
    "participant": "on the person",
    "turn": "on the person’s turns",
    "observation": "on the person’s observations",
    "session": "on the person’s sessions",
}


def cache_files(folder: Path, sha256: str) -> list[str]:
    """Return the names of the files in the cache that were made of a recording."""
    paths.within(folder / "cache", sha256)
    return sorted(path.name for path in (folder / "cache").glob(f"{sha256}.*"))


def settings() -> SettingsStore:
    """Return the settings of this machine."""
    return SettingsStore(paths.config_dir() / "settings.json")


def recent_named(desk: Desk, person_id: ParticipantId, store: SettingsStore) -> list[str]:
    """Return the paths of recent studies whose title or path holds the person's name."""
    spans = spans_of(desk, person_id)
    return [one.path for one in store.current.recent if spans(one.title) or spans(one.path)]


__all__ = ["Places", "cache_files", "recent_named", "settings"]
