"""Long steps beside whoever works in the study: on a connection of their own, in another thread.

SQLite lets others read what was there before while a step is written. Only one may write, so
writing here is held meanwhile and refused with a sentence; what people type waits (`unsaved.py`).
For what only reads, nothing is held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from workbench.domain.change import ChangeSet
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.storage import database
from workbench.storage.journal import Journal
from workbench.storage.refusals import Stopped
from workbench.storage.tables import Tables

__all__ = ["Aside", "Stopped", "one_at_a_time"]
_OFTEN = 500  # instructions of SQLite between two looks at whether to go on
T = TypeVar("T")


class Aside(Generic[T]):
    """Has long steps of one open study done, one at a time.

    Args:
        desk: the study as the window has it.
        made: makes a study of a desk.
    """

    def __init__(self, desk: Desk, made: Callable[[Desk], T]) -> None:
        self._desk = desk
        self._made = made

    @property
    def doing(self) -> str:
        """Return what is being done; "" when nothing is."""
        return self._desk.held

    def hold(self, title: str) -> None:
        """Let nobody write from now on but the long step.

        Raises:
            UserError: another long step is at work.
            StudyGone: the study is no longer where it was opened.
        """
        if self._desk.held:
            raise one_at_a_time(self._desk.held)
        self.get_ready()
        self._desk.held = title

    def get_ready(self) -> None:
        """Prepare for the other connection, which opens what is there now.

        Raises:
            StudyGone: the study is no longer where it was opened.
        """
        if self._desk.journal is not None:
            self._desk.journal.place.require()
            self._desk.journal.get_ready()  # with a log, nobody waits for who reads

    def open(
        self, on_work: Callable[[int], bool], on_share: Callable[[float], bool] = lambda _: False
    ) -> T:
        """Return the study once more, for the thread that calls; close it there.

        Args:
            on_work: told now and then how many rows were written; ends the step by `True`.
            on_share: told likewise how much is done of what tells that, from 0 to 1.
        """
        desk = self._again()
        connection = desk.db.conn
        connection.set_progress_handler(lambda: on_work(connection.total_changes), _OFTEN)
        return self._made(replace(desk, beside=True, on_share=on_share))

    def release(self, changes: Sequence[ChangeSet]) -> None:
        """Let everybody write again, and tell what has changed."""
        self._desk.held = ""
        for one in changes:
            self._desk.publish(one)

    def _again(self) -> Desk:
        desk, own = self._desk, self._desk.journal
        db = database.connect(desk.folder, again=True, read_only=desk.read_only, alone=desk.alone)
        journal = Journal(db, desk.now, own.place) if own else None
        tables = Tables(db, desk.folder)
        return replace(desk, db=db, tables=tables, journal=journal, subscribers=[], held="")


def one_at_a_time(doing: str) -> UserError:
    """Return why something is not begun while another of its kind is at work."""
    return UserError(
        "one-at-a-time",
        "“{doing}” is still being done.",
        "Wait until it is finished, or cancel it.",
        doing=doing,
    )
