"""The key of a study: real names and contact, and where they lie.

Everybody who needs a real name asks here. Names are not in the study: no step, no history, no
backup and no copy has them, and so undo does not reach them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench.domain.change import ChangeSet, Op, RowChange
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Identity
from workbench.errors import UserError, WorkbenchError
from workbench.services.desk import Desk
from workbench.services.key_states import refusal, require, wrong
from workbench.services.keys import moving
from workbench.storage import backups, key_leaving, named_copies
from workbench.storage.database import cannot_write
from workbench.storage.key import Found, Key, State
from workbench.storage.maintenance import Problem
from workbench.storage.named_copies import Cleared
from workbench.storage.rows import as_stored
from workbench.storage.tables import Tables
from workbench.words import Sentence, counted, plural, t

_MOST_FORMER = 20
TABLE = "key"
"""Under this name views hear of changes in the key, as they do of tables."""


def identities(tables: Tables) -> Mapping[ParticipantId, Identity]:
    """Return who the people of a study are, also those in the bin, as far as that is known."""
    return tables.key.read().people


def real_names(tables: Tables) -> dict[ParticipantId, str]:
    """Return the real names that are known, also of people in the bin."""
    return {person: one.real_name for person, one in identities(tables).items() if one.real_name}


class Keys:
    """The key of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._key: Key = desk.tables.key

    @property
    def found(self) -> Found:
        """Return where the key lies, how it was found, and what it holds."""
        return self._key.read()

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the key lies outside the study's folder."""
        return self._key.path.parent != self._desk.folder

    @property
    def sentence(self) -> str:
        """Say where the key is, and for how many people."""
        found = self.found
        if found.state is State.NONE:
            return t("Nobody has a real name yet. The key will be “{path}”.", path=found.path)
        return str(wrong(found)) or plural(
            len(found.people),
            "The key is “{path}”, with {n} person.",
            "The key is “{path}”, with {n} people.",
            path=found.path,
        )

    def of(self, person_id: ParticipantId) -> Identity:
        """Return who somebody is, as far as that is known."""
        return self.found.people.get(person_id, Identity())

    def set(
        self,
        person_id: ParticipantId,
        *,
        real_name: str | None = None,
        contact: str | None = None,
    ) -> Identity:
        """Keep who somebody is; what is `None` stays as it was. Undo does not take it back.

        Raises:
            UserError: the study is open for reading only.
            EnvironmentProblem: the key cannot be read or written.
        """
        old = require(self._key).people.get(person_id, Identity())
        name = old.real_name if real_name is None else _plain(real_name)
        new = Identity(
            name, old.contact if contact is None else _plain(contact), _former(old, name)
        )
        if new != old:
            self._put({person_id: new})
        return new

    def forget(
        self, person_id: ParticipantId, others: Mapping[ParticipantId, Identity] | None = None
    ) -> bool:
        """Take somebody out of the key, for good; tell whether they were in it.

        Args:
            person_id: who goes.
            others: those of whom less is known from now on, since it named who goes.

        Raises:
            EnvironmentProblem: the key cannot be read or written.
        """
        if person_id not in require(self._key).people:
            return False
        self._put({**(others or {}), person_id: Identity()})
        return True

    def require(self) -> None:
        """Make sure that all real names are known.

        Raises:
            EnvironmentProblem: there is a key, and it cannot be read.
        """
        require(self._key)

    # --- where it lies

    def move(self, folder: Path) -> Path:
        """Let the key lie in another folder from now on, such as that of a stick.

        Args:
            folder: where; the study's own brings it back.

        Returns:
            where it is now.

        Raises:
            UserError: there is no such folder, it belongs to another study, or a key is there.
            EnvironmentProblem: the key cannot be read, or one of the places not be written.
        """
        self._desk.writable()
        found = require(self._key)
        target = moving.target(self._key, self._desk.folder, folder.absolute())
        if target != found.path:
            moving.move(self._key, self._desk.folder, found, target)
            self._tell()
        return target

    def find(self, file: Path) -> Path:
        """Take a file for the key of this study, wherever it lies now.

        Args:
            file: the key, or the folder with it.

        Raises:
            UserError: it is no key of this study, or the key of the study can be read.
        """
        place = moving.find(self._key, self._desk.folder, file.absolute(), self._desk.now())
        self.mark()
        self._tell()
        return place

    def begin_anew(self) -> None:
        """Let go of a key that is lost; real names that were only in it stay unknown.

        Raises:
            UserError: the key can be read.
        """
        self._desk.writable()
        if self.found.state.protects:
            raise UserError(
                "key-there", self.sentence, "Nothing is lost, so nothing has to be begun anew."
            )
        moving.let_go(self._key, self._desk.folder, self._desk.now())
        with self._desk.step(Op.EDIT_PEOPLE):
            self._key.mark(kept=False)
        self._tell()

    # --- what is not as it should be

    def mark(self) -> None:
        """Let the study know that there is a key with names, so that it will be missed."""
        if self._desk.journal is not None and self.found.people and not self._key.is_kept:
            with self._desk.step(Op.EDIT_PEOPLE):
                self._key.mark(kept=True)

    def notices(self, *, moved: bool) -> tuple[WorkbenchError, ...]:
        """Return what people should know as the study is opened.

        Args:
            moved: whether real names may have left the file of the study just now.
        """
        problem = refusal(self.found)
        if problem is not None:
            return (problem,)
        if not moved or not self.found.people:
            return ()
        older = self.named_copies()
        return (
            WorkbenchError(
                "key-made",
                "Real names lie in a file of their own from now on: “{path}”. The history and new"
                " backups hold none. {older}"
                if older
                else "Real names lie in a file of their own from now on: “{path}”. The history and"
                " new backups hold none.",
                "“Where is the key…” in the menu File puts it elsewhere, and takes names out of"
                " those backups."
                if older
                else "“Where is the key…” in the menu File puts it elsewhere.",
                path=self._key.path,
                older=_about(older),
            ),
        )

    def problems(self) -> list[Problem]:
        """Return what the check of the study says of its key, and of copies with names."""
        found = []
        if (problem := refusal(self.found)) is not None:
            found.append(Problem("key", problem.happened))
        if not key_leaving.is_swept(self._desk.db):
            unswept = t(
                "Pages of the file in which real names stood are still to be written anew; the"
                " next opening does it."
            )
            found.append(Problem("key-pages", unswept, serious=False))
        if older := self.named_copies():
            todo = t("“workbench backups STUDY --without-names” writes them anew without names.")
            found.append(Problem("backup-names", f"{_about(older)} {todo}", serious=False))
        return found

    def named_copies(self) -> list[Path]:
        """Return the backups from before there was a key, in which real names stand."""
        known = list(real_names(self._desk.tables).values())
        return named_copies.named(self._desk.folder, known)

    def clear_copies(self) -> Cleared:
        """Write the backups in which real names stand anew, without them.

        Raises:
            EnvironmentProblem: the folder cannot be written.
        """
        self._desk.writable()
        try:
            return named_copies.clear(self.named_copies())
        except OSError as problem:
            raise cannot_write(self._desk.folder / backups.FOLDER, problem) from problem

    # --- inside

    def _put(self, changed: Mapping[ParticipantId, Identity]) -> None:
        """Write some people; who else writes in the study waits meanwhile."""
        with self._desk.step(Op.EDIT_PEOPLE):
            people = {**require(self._key).people, **changed}
            try:
                self._key.write(people)
            except OSError as problem:
                raise cannot_write(self._key.path, problem) from problem
            self._key.mark(kept=any(one.is_known for one in people.values()))
            self._desk.afterwards.append(lambda: self._tell(*changed))

    def _tell(self, *people: str) -> None:
        rows = tuple(RowChange(TABLE, (one,), "updated") for one in people or ("",))
        self._desk.publish(ChangeSet((Op.EDIT_PEOPLE,), None, rows))


def _former(old: Identity, name: str) -> tuple[str, ...]:
    """Return what was typed before; who has no name any more had none."""
    past = dict.fromkeys(one for one in old.names if one != name)
    return tuple(past)[-_MOST_FORMER:] if name else ()


def _plain(text: str) -> str:
    return " ".join(as_stored(text).split())


def _about(copies: list[Path]) -> Sentence:
    """Say that there are older backups with names, at least one."""
    return counted(
        len(copies),
        "{n} backup from before holds real names still, or may: {first}.",
        "{n} backups from before hold real names still, or may: {first} …",
        first=copies[0].name if copies else "",
    )


__all__ = ["TABLE", "Cleared", "Found", "Keys", "identities", "real_names"]
