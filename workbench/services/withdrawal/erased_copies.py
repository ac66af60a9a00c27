"""The same deed in copies of the database: each is written anew, or removed where that fails.

A copy may know less of who spoke than the study does now. Of the texts in which the person is heard
only what others say there today stays in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workbench.domain.ids import ParticipantId
from workbench.domain.materials import Source
from workbench.domain.withdrawal import Deed
from workbench.errors import EnvironmentProblem
from workbench.services.desk import Desk
from workbench.services.withdrawal import erased_rows
from workbench.services.withdrawal.belongings import Belongings, Knowledge, belongings
from workbench.services.withdrawal.erased_files import NewFile, delete
from workbench.services.withdrawal.erased_names import spans_of
from workbench.services.withdrawal.erased_text import ErasedText
from workbench.services.withdrawal.plan import Plan
from workbench.storage import copies, erasing
from workbench.storage.database import Database
from workbench.storage.erasing import Scope
from workbench.storage.tables import Tables


class ErasedCopies:
    """Rewrites the copies of the database of one study."""

    def __init__(self, desk: Desk, plan: Plan, theirs: Belongings, new: dict[str, NewFile]) -> None:
        self._desk, self._plan = desk, plan
        self._new = new
        self._known: Knowledge = theirs.knowledge
        self._words = theirs.words
        self._names = spans_of(desk, theirs.person_id)
        self._live = {source.id for source in desk.tables.source.select()}

    def go(self, copy: Path) -> None:
        """Rewrite a copy, or remove it where that cannot be done; the plan knows which."""
        told = self._plan.told
        if copy.name in told["rewritten"]:
            return
        try:
            if copies.rewrite(copy, self._erase):
                told["rewritten"].append(copy.name)
            else:
                delete(copy)
                told["removed"].append(copy.name)
        except OSError as problem:
            raise EnvironmentProblem(
                "cannot-write",
                "The backup “{file}” cannot be written ({reason}).",
                "Make room on the disk, and try again.",
                file=copy.name,
                reason=problem.strerror,
            ) from problem

    def _erase(self, db: Database) -> None:
        tables = Tables(db)
        deed = self._plan.deed
        desk = replace(self._desk, db=db, tables=tables, journal=None, subscribers=[])
        theirs = belongings(desk, ParticipantId(self._plan.person), self._known)
        words = (*self._words, *theirs.words)
        mask = ErasedText(words, self._names) if deed is Deed.EVERYTHING else ErasedText(words)
        with erasing.noting(db):
            erase_from(db, theirs, deed, self._new, mask.column)
            for one in theirs.heard:
                if one.is_touched and one.source.id not in self._live:
                    tables.source.remove(one.source.id)  # a recording that only copies know
            erasing.forget(db, scope_of(theirs, mask.column))


def erase_from(
    db: Database,
    theirs: Belongings,
    deed: Deed,
    new: dict[str, NewFile],
    masked: Callable[[str, str, str], str],
) -> None:
    """Erase from the rows of a study or a copy of it."""
    tables = Tables(db)
    erased_rows.erase(tables, theirs, deed)
    for source_id, file in new.items():
        source = tables.source.find(source_id)
        if source is not None:
            tables.source.put(_with_file(source, file))
    for row in tables.name_decision.select():
        if masked("name_decision", "written", row.written) != row.written:
            tables.name_decision.remove(row.folded)  # it is about the name that goes
    erasing.mask_rows(db, masked)


def _with_file(source: Source, file: NewFile) -> Source:
    return replace(source, file=file.file, kind=file.kind, sha256=file.sha256, size=file.size)


def scope_of(theirs: Belongings, masked: Callable[[str, str, str], str]) -> Scope:
    """Return what the history may not know any more."""
    return Scope(theirs.sources, theirs.visits, masked)


__all__ = ["ErasedCopies", "erase_from", "scope_of"]
