"""Bringing files in while the window stays alive: looked into and copied in a thread.

Meanwhile everybody may write; the rows (`Materials.add_files`) follow in a step of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from ui.bridge import garbage
from workbench.errors import WorkbenchError
from workbench.services import intake


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that does not come in, and why."""

    path: Path
    why: WorkbenchError


class Intake(QObject):
    """Takes one lot of files in; one that is bad keeps no other out.

    Signals:
        progressed: files done, files in all.
        finished: list of `Incoming`, and list of `Refused`.
        failed: the exception.
        cancelled: nothing was left behind.
    """

    progressed = Signal(int, int)
    finished = Signal(list, list)
    failed = Signal(object)
    cancelled = Signal()
    _taken_in = Signal(list, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._media: Path | None = None
        for ended in (self._taken_in, self.failed, self.cancelled):
            ended.connect(self._on_ended)
        self._taken_in.connect(self._on_taken_in)

    def start(self, paths: Sequence[Path], media: Path | None) -> None:
        """Begin; the study's folder for media must stay. Without one, files are read alone."""
        self._stop.clear()
        self._media = media
        garbage.leave(self)
        self._pool.start(_Task(self, list(paths), media, self._stop))

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

    def _on_taken_in(self, found: list[intake.Incoming], refused: list[Refused]) -> None:
        if self._stop.is_set():
            if self._media is not None:
                intake.discard(self._media, found)
            self.cancelled.emit()
        else:
            self.finished.emit(found, refused)


class _Task(QRunnable):
    def __init__(self, owner: Intake, paths: list[Path], media: Path | None, stop: Event) -> None:
        super().__init__()
        self._owner, self._paths, self._media, self._stop = owner, paths, media, stop

    @override
    def run(self) -> None:
        refused: list[Refused] = []
        # The signals are queued into the window's thread.
        try:
            found = intake.take_in(
                self._paths,
                self._media,
                on_file=self._owner.progressed.emit,
                on_refused=lambda path, why: refused.append(Refused(path, why)),
                cancelled=self._stop.is_set,
            )
        except intake.Cancelled:
            self._owner.cancelled.emit()
        except Exception as problem:  # noqa: BLE001  the window waits for a word, whatever it is
            self._owner.failed.emit(problem)
        else:
            self._owner._taken_in.emit(found, refused)  # noqa: SLF001  its other half
