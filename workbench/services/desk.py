"""What every manager works on: the tables, the journal, and who is at work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from workbench.domain.change import ChangeSet, Op
from workbench.domain.clock import utc_now
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.services.door import Door
from workbench.services.key_states import require
from workbench.storage.database import Database
from workbench.storage.journal import PAUSE, Journal
from workbench.storage.tables import Tables

Subscriber = Callable[[ChangeSet], None]
_log = logging.getLogger(__name__)


def _nothing(_op: Op) -> None:
    return


def _go_on(_share: float) -> bool:
    return False


@dataclass(slots=True)
class Desk:
    """The open study as its managers see it.

    Attributes:
        folder: the study's folder.
        read_only: nothing may be written.
        coder: name of the person at work, kept with every step.
        now: clock.
        before_step: told of each step before it begins.
        afterwards: what waits for the end of the step that is open; forgotten if that fails.
        notices: what people should know of how the study was found when it was opened.
        held: the long step that alone may write now, in words; "" when everybody may.
        beside: this is a study that is open already, once more for a long step.
        alone: it is read without the log beside it, which is a stranger's.
        on_share: told now and then how much of what takes long is done, from 0 to 1; ends it by
            `True`.
        learned: what may serve again, by who learned it; all desks of an open study share it.
        door: what everything passes that leaves the study.
    """

    db: Database
    folder: Path
    tables: Tables
    journal: Journal | None
    coder: str = ""
    now: Callable[[], datetime] = utc_now
    subscribers: list[Subscriber] = field(default_factory=list)
    notices: tuple[WorkbenchError, ...] = ()
    before_step: Callable[[Op], None] = _nothing
    afterwards: list[Callable[[], None]] = field(default_factory=list, init=False)
    held: str = ""
    beside: bool = False
    alone: bool = False
    on_share: Callable[[float], bool] = _go_on
    learned: dict[str, Any] = field(default_factory=dict)
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        """Make the door."""
        self.door = Door(self.folder, partial(require, self.tables.key))

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be written."""
        return self.journal is None

    @property
    def media(self) -> Path:
        """Return the folder of the study's media files."""
        return self.folder / "media"

    @contextmanager
    def step(
        self,
        op: Op,
        *,
        origin: object = None,
        merge_key: str = "",
        pause: timedelta = PAUSE,
    ) -> Iterator[None]:
        """Open a step, or join the one that is open, and tell everybody when it is done.

        Args:
            op: what is done.
            origin: who does it.
            merge_key: steps of one kind with the same key that follow each other are one.
            pause: how long a pause parts them.

        Raises:
            UserError: the study is open for reading only.
        """
        journal = self.writable()
        if journal.recording:
            with journal.nested():
                yield
            return
        self.before_step(op)
        self.afterwards.clear()
        with journal.step(
            op, coder=self.coder, origin=origin, merge_key=merge_key, pause=pause
        ) as told:
            yield
        for then in self.afterwards:
            then()
        self.afterwards.clear()
        for changes in told:
            self.publish(changes)

    def writable(self) -> Journal:
        """Return the journal.

        Raises:
            UserError: the study is open for reading only.
            EnvironmentProblem: a long step is at work, or the study is gone from its place.
        """
        if self.held:
            raise EnvironmentProblem(
                "busy",
                "“{doing}” is still being done, so nothing else can be changed just now.",
                "Wait until it is finished, or cancel it.",
                doing=self.held,
            )
        if self.journal is None:
            raise UserError(
                "read-only",
                "The study is open for reading only, so nothing can be changed.",
                "Close it in the other program and open it here again.",
            )
        if not self.journal.recording:
            self.journal.place.require()
        return self.journal

    def publish(self, changes: ChangeSet) -> None:
        """Tell all subscribers of changes."""
        _log.debug("step %s: %d rows", ", ".join(changes.ops), len(changes.rows))
        for subscriber in tuple(self.subscribers):
            subscriber(changes)

    def stamp(self) -> str:
        """Return the present time as stored: ISO 8601, UTC, seconds."""
        return self.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """Return the present day where the person sits."""
        return self.now().astimezone().date()
