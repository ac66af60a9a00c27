"""Withdrawal: at a person's wish their words, or they themselves, go for good.

It is one deed of several stages, each of which can be done again: new files first, then the copies
of the database, then the rows with their history in one transaction, then what is left outside. A
plan on the disk says what was begun; whatever ends the program, the next opening finishes it before
anything else is done. Where a stage that erases nothing yet fails, nothing was done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.domain.change import ChangeSet, Op
from workbench.domain.consent import State, Use
from workbench.domain.ids import JobId, ParticipantId, new_id
from workbench.domain.jobs import JobState
from workbench.domain.people import Participant
from workbench.domain.report import ReportModel
from workbench.domain.withdrawal import Deed, Place, ReportTouched, Unreadable, Withdrawal
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.keys.keys import Keys
from workbench.services.keys.protecting import protection
from workbench.services.unsaved import Key, Unsaved
from workbench.services.withdrawal import certificate, erased_files
from workbench.services.withdrawal.belongings import Belongings, belongings
from workbench.services.withdrawal.erased_copies import ErasedCopies, erase_from, scope_of
from workbench.services.withdrawal.erased_names import named_contacts, spans_of
from workbench.services.withdrawal.erased_text import ErasedText
from workbench.services.withdrawal.new_files import FOLDERS, WithdrawalFiles
from workbench.services.withdrawal.places import Places, recent_named, settings
from workbench.services.withdrawal.plan import Plan
from workbench.settings import SettingsStore
from workbench.storage import backups, copies, erasing, history
from workbench.storage.refusals import Stopped
from workbench.words import Sentence, said

_PATIENCE_S = 30.0
_MOMENT_S = 0.1
_SHOWING = (Use.QUOTE, Use.VOICE, Use.PHOTO)
_log = logging.getLogger(__name__)


class Withdrawals:
    """The withdrawals of one study.

    Args:
        desk: the study.
        unsaved: what is typed and not in it yet.
    """

    def __init__(self, desk: Desk, unsaved: Unsaved) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._unsaved = unsaved
        self._keys = Keys(desk)
        self._files = WithdrawalFiles(desk)

    @property
    def waiting(self) -> list[Key]:
        """Return the places of texts that are typed and not in the study yet."""
        return [one.spot.key for one in self._unsaved.waiting]

    def places(self, person_id: ParticipantId, waiting: Sequence[Key] | None = None) -> list[Place]:
        """Return every place in which something of a person is; nothing is changed.

        Args:
            person_id: who, be they in the bin.
            waiting: places of texts not saved yet, where this is the study once more.

        Raises:
            KeyError: there is no such person.
        """
        return Places(self._desk, person_id, self.waiting if waiting is None else waiting).all()

    def let_go(self, person_id: ParticipantId) -> None:
        """Let go of texts that wait to be saved where nothing will be any more."""
        if self._unsaved.waiting:
            theirs = belongings(self._desk, person_id)
            self._unsaved.forget({person_id, *theirs.turns, *theirs.observations})

    def recent(self, person_id: ParticipantId, store: SettingsStore) -> list[str]:
        """Return the paths of recent studies that name a person in their title or place."""
        return recent_named(self._desk, person_id, store)

    def people(self) -> list[Participant]:
        """Return everybody who can withdraw, those in the bin too, by code."""
        return self._tables.participant.select(order="code")

    def certify(self, withdrawal: Withdrawal, out: Path, *, replace: bool = False) -> Path:
        """Write the certificate of a withdrawal, as Word or as text.

        Raises:
            UserError: the file ends otherwise, or is no place for it.
            EnvironmentProblem: the folder cannot be written.
        """
        model = self.certificate(withdrawal)
        door, by = self._desk.door, withdrawal.coder
        return certificate.write(door, model, out, replace=replace, signed=by)

    def certificate(self, withdrawal: Withdrawal) -> ReportModel:
        """Return the certificate of a withdrawal, to be shown."""
        title = self._tables.charter.select()[0].title
        return certificate.certificate(withdrawal, title, protection(self._tables).words)

    def done(self, code: str = "") -> list[Withdrawal]:
        """Return the withdrawals so far, or those of a code; the newest first."""
        found = self._tables.withdrawal.select(order="at DESC, rowid DESC")
        return [one for one in found if code in ("", one.code)]

    def erase(
        self, person_id: ParticipantId, deed: Deed, unreadable: Unreadable | None = None
    ) -> Withdrawal:
        """Do what a person wishes; of what erases, nothing brings it back.

        Args:
            person_id: whose wish it is.
            deed: the wish.
            unreadable: what becomes of recordings of several people in which this one cannot be
                silenced.

        Raises:
            UserError: a recording of theirs is being recognised just now; or one of several people
                cannot be silenced, and nobody has decided what becomes of it.
            EnvironmentProblem: the folder cannot be written, or the key with their name not be
                read. Once rows have changed, the next opening goes on.
        """
        self._desk.writable()
        self._require_name(deed)
        places = Places(self._desk, person_id, self.waiting)
        self._refuse_running(places.theirs)
        person = self._tables.participant.get(person_id)
        if deed.erases and unreadable is None:
            places.refuse_undecided()
        plan = Plan(new_id(), self._desk.stamp(), person_id, person.code, deed, self._desk.coder)
        plan.unreadable = unreadable
        counts: dict[str, int] = {}
        for place in places.all():
            counts[place.kind] = counts.get(place.kind, 0) + place.count
        plan.told = {"places": counts, "rewritten": [], "removed": [], "files": []}
        if not deed.erases:
            return self._withdraw(plan)
        self.let_go(person_id)
        plan.keep(self._desk.folder)
        try:
            return self._carry_out(plan)
        except BaseException:
            self._give_up(plan)
            raise

    def finish(self) -> Withdrawal | None:
        """Finish what was begun before the program ended; `None` when nothing was.

        Where it cannot be done now, as when nothing may be written, it is tried again at the next
        opening, and said.
        """
        plan = Plan.read(self._desk.folder)
        if plan is None:
            return None
        if self._desk.read_only:
            self._say_begun(plan, said("the study is open for reading only."))
            return None
        try:
            return self._carry_out(plan)
        except WorkbenchError as problem:
            if isinstance(problem, UserError):
                self._give_up(plan)
            _log.warning("a withdrawal waits: %s", problem.code)
            self._say_begun(plan, problem.said)
            return None

    def _say_begun(self, plan: Plan, why: Sentence) -> None:
        told = EnvironmentProblem(
            "withdrawal-waits",
            "The withdrawal of {person_code} was begun and is not finished: {why}",
            "Until then, what was to be erased is still there. It is tried again whenever the"
            " study is opened for writing.",
            person_code=plan.code,
            why=why,
        )
        self._desk.notices = (*self._desk.notices, told)

    # --- the stages

    def _carry_out(self, plan: Plan) -> Withdrawal:
        if self._tables.withdrawal.find(plan.id) is None:
            self._require_name(plan.deed)
            self._prepare(plan)
            self._change_rows(plan)
        self._clear_up(plan)
        return self._tables.withdrawal.get(plan.id)

    def _prepare(self, plan: Plan) -> None:
        """Write the new files, then the copies of the database; rows are as they were."""
        theirs = belongings(self._desk, ParticipantId(plan.person))
        new = self._files.write(plan, theirs, self._mask(plan, theirs), self._go_on)
        self._go_on(0.5)
        rewriting = ErasedCopies(self._desk, plan, theirs, new)
        for copy in copies.all_of(self._desk.folder):
            rewriting.go(copy)
        plan.keep(self._desk.folder)
        self._go_on(0.7)

    def _change_rows(self, plan: Plan) -> None:
        """Erase from rows, history and search index, all or nothing."""
        desk, person_id = self._desk, ParticipantId(plan.person)
        desk.db.conn.set_progress_handler(None, 0)  # from here on there is no way back
        theirs = belongings(self._desk, person_id)
        new = {
            key: erased_files.of_file(place)
            for key, name in plan.files.items()
            if (place := paths.within(desk.media, name)).is_file()
        }
        plan.told["reports"] = self._reports(person_id)
        recent = recent_named(desk, person_id, settings())
        with desk.step(Op.WITHDRAW):
            masked = self._mask(plan, theirs).column
            with erasing.noting(desk.db):
                erase_from(desk.db, theirs, plan.deed, new, masked)
                changes = erasing.forget(
                    desk.db, scope_of(theirs, masked), erasing.own_step(desk.db)
                )
            desk.writable().undone.discard()
            if plan.deed is Deed.WORDS:
                withdraw_consent(desk, person_id, (*_SHOWING, Use.RECORD, Use.TRANSCRIBE))
            self._stop_jobs(theirs)
            self._tables.withdrawal.add(plan.record())
        desk.publish(ChangeSet((Op.WITHDRAW,), None, changes))
        desk.on_share(0.8)
        if plan.deed is Deed.EVERYTHING:
            forget_recent(recent)

    def _clear_up(self, plan: Plan) -> None:
        """Leave nothing in free pages, in the log, in files, in copies made meanwhile."""
        folder = self._desk.folder
        for place, names in plan.leave.items():
            for name in names if place in FOLDERS else ():
                erased_files.delete(paths.within(folder / place, name))
        for job in plan.logs:
            erased_files.delete(paths.job_log(JobId(job)))
        if plan.deed is Deed.EVERYTHING:  # until here their name told what to erase
            person = ParticipantId(plan.person)
            self._keys.forget(person, named_contacts(self._desk, person))
        self._remove_copies_made_meanwhile(plan)
        self._shrink()
        known = backups.media_known(folder)
        if known is not None:
            there = {path.name for path in self._desk.media.glob("*")}
            intake.remove(self._desk.media, there - known - history.media_files(self._desk.db.conn))
        Plan.forget(folder)
        self._desk.on_share(1.0)

    def _shrink(self) -> None:
        """Write the file without free pages, and empty its log.

        Raises:
            EnvironmentProblem: somebody else reads an older moment of the study.
        """
        journal, until = self._desk.writable(), time.monotonic() + _PATIENCE_S
        journal.get_ready()
        with journal.place.changing():
            erasing.shrink(self._desk.db)
        while not journal.marks.empty():
            if time.monotonic() > until:
                raise EnvironmentProblem(
                    "study-read",
                    "Another program reads the study, so what was erased is still in its log.",
                    "Close the study in the other program; the rest is done when it is opened"
                    " again.",
                )
            time.sleep(_MOMENT_S)

    def _remove_copies_made_meanwhile(self, plan: Plan) -> None:
        """Remove the copies that are not rewritten; one that is being written is waited for."""
        place, until = self._desk.folder / backups.FOLDER, time.monotonic() + _PATIENCE_S
        while any(place.glob("*.partial")) and time.monotonic() < until:
            time.sleep(_MOMENT_S)
        for copy in copies.all_of(self._desk.folder):
            if copy.name not in plan.told["rewritten"]:
                erased_files.delete(copy)

    # --- inside

    def _go_on(self, share: float) -> None:
        """Tell how far it is.

        Raises:
            Stopped: nobody wants it any more.
        """
        if self._desk.on_share(share):
            raise Stopped

    def _withdraw(self, plan: Plan) -> Withdrawal:
        plan.told["reports"] = self._reports(ParticipantId(plan.person))
        with self._desk.step(Op.WITHDRAW):
            withdraw_consent(self._desk, ParticipantId(plan.person), _SHOWING)
            return self._tables.withdrawal.add(plan.record())

    def _reports(self, person_id: ParticipantId) -> list[dict[str, Any]]:
        """Return the reports that cite the person, without their name."""
        names = ErasedText((), spans_of(self._desk, person_id))
        cited = Places(self._desk, person_id).reports()
        return [_nameless(report, names) for report in cited]

    def _require_name(self, deed: Deed) -> None:
        """Make sure that a name that is to go is known."""
        if deed is Deed.EVERYTHING:
            self._keys.require()

    def _mask(self, plan: Plan, theirs: Belongings) -> ErasedText:
        if plan.deed is Deed.EVERYTHING:
            return ErasedText(theirs.words, spans_of(self._desk, theirs.person_id))
        return ErasedText(theirs.words)

    def _refuse_running(self, theirs: Belongings) -> None:
        jobs = self._tables.job
        for one in (one.source for one in theirs.heard if one.is_touched):
            if jobs.count(source_id=one.id, state=JobState.RUNNING):
                happened = said("“{source}” is being recognised just now.", source=one.title)
                todo = said("Cancel that in Transcribe, or wait until it is finished.")
                raise UserError("withdraw-running", happened, todo)

    def _stop_jobs(self, theirs: Belongings) -> None:
        jobs = self._tables.job.select(
            source_id=set(theirs.sources), state=[JobState.WAITING, JobState.PAUSED]
        )
        for job in jobs:
            self._tables.job.change(job.id, state=JobState.CANCELLED)

    def _give_up(self, plan: Plan) -> None:
        """Take back what was prepared, unless rows have changed: then it has to be finished."""
        self._desk.db.conn.set_progress_handler(None, 0)  # whoever cancelled stops not this, too
        if self._tables.withdrawal.find(plan.id) is not None:
            return
        for name in plan.files.values():
            erased_files.delete(paths.within(self._desk.media, name))
        Plan.forget(self._desk.folder)


def _nameless(report: ReportTouched, names: ErasedText) -> dict[str, Any]:
    return asdict(replace(report, file=names.without_names(report.file)))


def withdraw_consent(desk: Desk, person_id: ParticipantId, uses: Iterable[Use]) -> None:
    """Note that consent is withdrawn, within the step that is open."""
    Ledger(desk).set(
        [person_id],
        dict.fromkeys(uses, State.WITHDRAWN),
        date=desk.stamp()[:10],
        how="withdrawn",
    )


def forget_recent(named: list[str]) -> None:
    """Take studies off the list of recent ones, of which the title holds the name."""
    store = settings()
    for path in named:
        with suppress(OSError):
            store.forget(path)


__all__ = ["Withdrawals"]
