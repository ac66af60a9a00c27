"""A study as everybody uses it: open, change in steps, undo, listen, close.

with Study.create(folder, title="Moving home") as study:
    study.people.add(pseudonym="Maya")
    study.undo()
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from workbench.domain.change import ChangeSet, Op, Step
from workbench.domain.charter import Charter
from workbench.domain.clock import utc_now
from workbench.domain.ids import StudyId, new_id
from workbench.services.coding.anchoring import Anchoring
from workbench.services.coding.codebook import Codebook
from workbench.services.coding.coders import Coders
from workbench.services.coding.findings import Findings
from workbench.services.coding.memos import Memos
from workbench.services.coding.observations import Observations
from workbench.services.coding.passages import Passages
from workbench.services.coding.recoding import Recoding
from workbench.services.coding.searching import Searching
from workbench.services.confidential.names import Names
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk, Subscriber
from workbench.services.history.bin import Bin
from workbench.services.history.chronicle import Chronicle, Told
from workbench.services.history.unsaying import Unsaying
from workbench.services.journey.journeys import Journeys
from workbench.services.keeping.aside import Aside
from workbench.services.keeping.keeping import Keeping
from workbench.services.keeping.opening import folder_of, open_desk, with_suffix
from workbench.services.keys.keys import Keys
from workbench.services.leaving.codebook_files import CodebookFiles
from workbench.services.leaving.exports import Exports
from workbench.services.leaving.snapshot import Snapshot
from workbench.services.lookout.letting_out import LettingOut
from workbench.services.materials.imports import Imports
from workbench.services.materials.materials import Materials
from workbench.services.materials.versions import Versions
from workbench.services.materials.visits import Visits
from workbench.services.people.people import People
from workbench.services.people.speaking import Speaking
from workbench.services.recognition.jobs import Jobs
from workbench.services.recognition.recognition import Recognition
from workbench.services.recognition.voice_prints import VoicePrints
from workbench.services.recognition.voices import Voices
from workbench.services.report.reporting import Reporting
from workbench.services.texts.arriving import Arrivals
from workbench.services.texts.correcting import Corrections
from workbench.services.texts.regrouping import Regrouping
from workbench.services.texts.transcripts import Transcripts
from workbench.services.unsaved import Unsaved
from workbench.services.withdrawal.withdrawal import Withdrawals
from workbench.storage import database, maintenance, migrations, ours
from workbench.storage.database import NotAStudy
from workbench.storage.journal import Journal, JournalConflict
from workbench.storage.lock import LockedElsewhere, StudyLock, StudyLocked
from workbench.storage.maintenance import Problem
from workbench.storage.place import StudyGone
from workbench.storage.search import Hit, search
from workbench.storage.tables import Tables

SUFFIX = database.SUFFIX
EVERY_STEP = -1


class Study:
    """An open study with its managers.

    Attributes:
        folder: where the study lies.
        keeping: its place, its copies.
        keys: real names, which are not in it.
        people, names, ledger, materials, imports, versions, transcripts, arrivals, corrections,
            voices, speaking, jobs, recognition, coders, codebook, codebook_files, recoding,
            observations, passages, searching, journeys, visits, findings, memos, chronicle, bin,
            reports, exports, letting_out: the use cases, one manager each.
        unsaved: what people have typed and the study does not have yet.
        unsaying: what going back in the history changes of what people have said.
        withdrawal: what goes at a person's wish.
        aside: long steps in another thread.
    """

    def __init__(self, desk: Desk, lock: StudyLock | None) -> None:
        self._desk, self._lock, self._closed = desk, lock, False
        self.keeping, self.unsaved = Keeping(desk), Unsaved(desk)
        self.withdrawal = Withdrawals(desk, self.unsaved)
        self.unsaying = Unsaying(desk)
        self.aside = Aside(desk, lambda other: Study(other, None))
        anchoring = Anchoring(desk)
        self.people, self.names, self.ledger = People(desk), Names(desk), Ledger(desk)
        self.keys = Keys(desk)
        self.transcripts = Transcripts(desk)
        self.arrivals = Arrivals(desk, anchoring, self.transcripts)
        self.corrections = Corrections(desk, anchoring, self.transcripts)
        self.materials = Materials(desk)
        self.imports = Imports(desk, self.materials, self.arrivals)
        self.versions = Versions(desk, self.imports, self.arrivals, anchoring)
        prints = VoicePrints(desk, self.materials)
        regrouping = Regrouping(desk, anchoring)
        self.voices = Voices(desk, prints, self.transcripts, self.corrections, regrouping)
        self.speaking = Speaking(desk, self.people)
        self.jobs = Jobs(desk, self.materials, self.arrivals)
        self.recognition = Recognition(desk, self.jobs, self.materials, self.arrivals, prints)
        self.coders, self.codebook = Coders(desk), Codebook(desk)
        self.recoding = Recoding(desk, self.codebook)
        self.observations, self.passages = Observations(desk, anchoring), Passages(desk)
        self.codebook_files = CodebookFiles(desk, self.codebook)
        self.searching = Searching(desk, self.observations, self.codebook)
        self.journeys = Journeys(desk, self.passages)
        self.visits, self.findings, self.memos = Visits(desk), Findings(desk), Memos(desk)
        self.chronicle = Chronicle(desk, self.memos)
        self.bin = Bin(desk, self.memos, anchoring)
        self.letting_out = LettingOut(desk)
        self.reports = Reporting(
            desk, self.people, self.materials, self.transcripts, self.codebook,
            self.observations, self.passages, self.journeys, self.visits, self.findings,
        )  # fmt: skip
        self._snapshot = Snapshot(
            self.people, self.ledger, self.materials, self.transcripts, self.speaking,
            self.visits, self.codebook, self.journeys, self.passages, self.findings,
            self.memos, self.coders, self.reports.register, self.jobs,
        )  # fmt: skip
        self.exports = Exports(
            desk, self.materials, self.transcripts, self.speaking, self.passages,
            self.codebook_files, self.memos, self.reports.register, self.reports.data,
            lambda: self._snapshot.parts(self.charter),
        )  # fmt: skip

    # --- open and close

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        title: str = "",
        coder: str = "",
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Make a new, empty study.

        Args:
            folder: its folder; “.study” is added when missing.
            title: default is the folder's name.
            coder: who works on it.
            now: clock.

        Raises:
            UserError: the folder exists and is not empty.
            EnvironmentProblem: it cannot be written.
        """
        folder = with_suffix(folder.absolute())
        database.create_folder(folder)
        with ExitStack() as on_failure:
            on_failure.callback(database.remove_folder, folder)
            study = cls(*open_desk(folder, coder=coder, now=now, create=True))
            on_failure.callback(study.close)
            study.begin(title or folder.stem)
            on_failure.pop_all()
        return study

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        read_only: bool = False,
        coder: str = "",
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open a study; words that a dying program left in spool files are taken over.

        Args:
            folder: the study's folder, or the `study.sqlite` in it.
            read_only: look only; possible while another program writes.
            coder: who works on it.
            now: clock.

        Raises:
            StudyLocked: another program has it open for writing.
            UserError: not a study, damaged, or of a newer version.
            EnvironmentProblem: it cannot be read or written.
        """
        folder = folder_of(folder)
        study = cls(*open_desk(folder, coder=coder, now=now, read_only=read_only))
        with ExitStack() as on_failure:
            on_failure.callback(study.close)
            if study.read_only:
                study.withdrawal.finish()  # which says what has to wait
            else:
                with study.keeping.told():
                    study.begin(folder.stem)
                    study.withdrawal.finish()
                    study.recognition.recover()
                    study.voices.forget()
            on_failure.pop_all()
        return study

    def begin(self, title: str) -> None:
        """Write the charter where there is none: `create` and an interrupted creation."""
        if not self._desk.tables.charter.count():
            with self.step(Op.CREATE_STUDY):
                self._desk.tables.charter.add(Charter(StudyId(new_id()), title))

    @staticmethod
    def rehearse() -> None:
        """Prepare for the first study, which would else take longer to open than all others."""
        Tables.rehearse()
        ours.expected(len(migrations.STEPS))

    def get_ready(self) -> None:
        """Prepare for the first step, which would else take a little longer than all others."""
        if self._desk.journal:
            self._desk.journal.get_ready()

    def close(self) -> None:
        """Close the study; harmless when it is closed already."""
        if self._closed:
            return
        self._closed = True
        try:
            self.keeping.copies.close()
            self.keeping.leave()
        finally:
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        try:
            self.keeping.tell(problem)
        finally:
            self.close()

    # --- what it is

    @property
    def folder(self) -> Path:
        """Return the study's folder."""
        return self._desk.folder

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be written."""
        return self._desk.read_only

    @property
    def charter(self) -> Charter:
        """Return the study's charter."""
        return self._desk.tables.charter.select()[0]

    @property
    def title(self) -> str:
        """Return the study's title."""
        return self.charter.title

    @property
    def coder(self) -> str:
        """Return who is at work; kept with every step."""
        return self._desk.coder

    @coder.setter
    def coder(self, name: str) -> None:
        self._desk.coder = name

    def edit_charter(self, **values: Any) -> Charter:
        """Change fields of the charter."""
        with self.step(Op.EDIT_CHARTER):
            return self._desk.tables.charter.change(self.charter.id, **values)

    # --- steps

    def step(
        self, op: Op, *, origin: object = None, merge_key: str = ""
    ) -> AbstractContextManager[None]:
        """Open a step; everything the managers do inside is undone as one.

        Args:
            op: what is done.
            origin: who does it; comes back in the `ChangeSet`, so that an editor can ignore its
                own echo.
            merge_key: steps of one kind with the same key become one while nobody pauses.
        """
        return self._desk.step(op, origin=origin, merge_key=merge_key)

    def undo(self) -> Op | None:
        """Undo the newest step, also of an earlier day; return what it was.

        Raises:
            JournalConflict: the step's rows have changed since.
        """
        return self._played(self._desk.writable().undo())

    def redo(self) -> Op | None:
        """Bring back the step undone last; return what it was.

        Raises:
            JournalConflict: the step's rows have changed since.
        """
        return self._played(self._desk.writable().redo())

    def rewind(self, step_id: int) -> int:
        """Undo or redo until a step of the history is the newest one done.

        Args:
            step_id: the step after which the study shall be as it was.

        Returns:
            How many steps were undone or redone.

        Raises:
            JournalConflict: a step on the way can no longer be reversed; those before it are.
        """
        self.keeping.copies.before_rewind()
        journal, played = self._desk.writable(), 0
        while (step := journal.next_undo()) is not None and step.id > step_id:
            self.undo()
            played += 1
        while (step := journal.next_redo()) is not None and step.id <= step_id:
            self.redo()
            played += 1
        return played

    @property
    def undo_label(self) -> str:
        """Return what `undo` would undo, "" when there is nothing."""
        step = self._desk.journal.next_undo() if self._desk.journal else None
        return step.op.label if step else ""

    @property
    def redo_label(self) -> str:
        """Return what `redo` would bring back, "" when there is nothing."""
        step = self._desk.journal.next_redo() if self._desk.journal else None
        return step.op.label if step else ""

    @property
    def next_undo(self) -> Told | None:
        """Tell what `undo` would undo, and where it is."""
        step = self._desk.journal.next_undo() if self._desk.journal else None
        return self.chronicle.told(step) if step else None

    @property
    def next_redo(self) -> Told | None:
        """Tell what `redo` would bring back, and where it is."""
        step = self._desk.journal.next_redo() if self._desk.journal else None
        return self.chronicle.told(step) if step else None

    def history(self, limit: int = 1000) -> list[Step]:
        """Return what was done, newest first; `EVERY_STEP` is a limit that leaves nothing out."""
        return Journal.read_history(self._desk.db, limit)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Hear of every change; returns what ends the subscription."""
        self._desk.subscribers.append(callback)
        return lambda: self._desk.subscribers.remove(callback)

    def _played(self, changes: ChangeSet | None) -> Op | None:
        if changes is None:
            return None
        self._desk.publish(changes)
        return changes.ops[-1]

    # --- the whole

    def search(self, text: str, limit: int = 50) -> list[Hit]:
        """Return the places where words occur, best first."""
        return search(self._desk.db, text, limit)

    def show(self) -> dict[str, Any]:
        """Return the whole study as plain data, without real names."""
        return self._snapshot.read(self.charter)

    def check(self) -> list[Problem]:
        """Return what is not as it should be; empty when the study is whole."""
        notices = (one for one in self.keeping.notices if not one.code.startswith("key-"))
        found = [*(Problem(one.code, one.happened) for one in notices), *self.keys.problems()]
        return found + maintenance.check(self._desk.db, self._desk.media, self._desk.on_share)


__all__ = [
    "EVERY_STEP",
    "SUFFIX",
    "JournalConflict",
    "LockedElsewhere",
    "NotAStudy",
    "Study",
    "StudyGone",
    "StudyLocked",
    "with_suffix",
]
