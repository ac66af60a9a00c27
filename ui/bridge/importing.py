"""Bringing files in while the window stays alive: looked into and copied in a thread.

Meanwhile everybody may write; the rows (`Imports.add`) follow in a step of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance
from typing_extensions import override

from ui.bridge import garbage
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import WorkbenchError
from workbench.services.files import intake


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that does not come in, and why."""

    path: Path
    why: WorkbenchError


class Intake(QObject):
    """Takes one lot of files in; one that is bad keeps no other out.

    Signals:
        looked: path -> columns, of tables whose columns can be chosen.
        progressed: files done, files in all.
        finished: list of `Incoming`, and list of `Refused`.
        failed: the exception.
        cancelled: nothing was left behind.
    """

    looked = Signal(object)
    progressed = Signal(int, int)
    finished = Signal(list, list)
    failed = Signal(object)
    cancelled = Signal()
    _seen = Signal(object)
    _taken_in = Signal(list, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._media: Path | None = None
        for ended in (self._seen, self._taken_in, self.failed, self.cancelled):
            ended.connect(self._on_ended)
        self._seen.connect(self._on_seen)
        self._taken_in.connect(self._on_taken_in)

    def look(self, paths: Sequence[Path]) -> None:
        """Look for columns that can be chosen; bad tables are told of when they are taken in."""

        def work() -> tuple[object, ...]:
            return (intake.columns_of(paths, self._stop.is_set, lambda _path, _why: None),)

        self._begin(work, self._seen)

    def start(
        self,
        paths: Sequence[Path],
        media: Path | None,
        columns: Mapping[Path, SurveyColumns] | None = None,
    ) -> None:
        """Take files in; the study's folder for media must stay.

        Args:
            paths: the files.
            media: where copies go; without it, files are read alone.
            columns: of tables of answers, which columns say what; of others, as they suggest.
        """
        refused: list[Refused] = []

        def work() -> tuple[object, ...]:
            found = intake.take_in(
                paths,
                media,
                columns=columns,
                on_file=self.progressed.emit,
                on_refused=lambda path, why: refused.append(Refused(path, why)),
                cancelled=self._stop.is_set,
            )
            return found, refused

        self._media = media
        self._begin(work, self._taken_in)

    def _begin(self, work: Callable[[], tuple[object, ...]], told: SignalInstance) -> None:
        self._stop.clear()
        garbage.leave(self)
        self._pool.start(_Task(self, work, told))

    def cancel(self) -> None:
        """Ask to stop; `cancelled` or `finished` follows."""
        self._stop.set()

    def end(self) -> None:
        """Stop and wait; for a study that closes. What was copied is deleted."""
        self._stop.set()
        self._pool.waitForDone()
        self._on_ended()

    def _on_ended(self) -> None:
        garbage.search_again(self)

    def _on_seen(self, found: dict[Path, tuple[Column, ...]]) -> None:
        if self._stop.is_set():
            self.cancelled.emit()
        else:
            self.looked.emit(found)

    def _on_taken_in(self, found: list[intake.Incoming], refused: list[Refused]) -> None:
        if self._stop.is_set():
            if self._media is not None:
                intake.discard(self._media, found)
            self.cancelled.emit()
        else:
            self.finished.emit(found, refused)


class _Task(QRunnable):
    def __init__(
        self, owner: Intake, work: Callable[[], tuple[object, ...]], told: SignalInstance
    ) -> None:
        super().__init__()
        self._owner, self._work, self._told = owner, work, told

    @override
    def run(self) -> None:
        # The signals are queued into the window's thread.
        try:
            found = self._work()
        except intake.Cancelled:
            self._owner.cancelled.emit()
        except Exception as problem:  # noqa: BLE001  the window waits for a word, whatever it is
            self._owner.failed.emit(problem)
        else:
            self._told.emit(*found)
