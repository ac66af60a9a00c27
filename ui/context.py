"""What every view is given: the program's shared things, passed on, never looked up.

There are no globals in the window; a test builds a context of its own with dialogs that answer
by themselves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.icons import Icons
from ui.opening import Opening
from ui.theme import Theme
from workbench.domain.clock import utc_now
from workbench.domain.ids import JobId
from workbench.errors import Way
from workbench.settings import SettingsStore

if TYPE_CHECKING:
    from workbench.domain.transcript import Turn
    from workbench.services.keeping.backups import Backup, Backups
    from workbench.services.unsaved import Waiting
    from workbench.speech.protocol import Progress
    from workbench.study import Study

_log = logging.getLogger("workbench.ui.context")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What a person says when a study is created."""

    title: str
    folder: Path


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A speech model as the settings show it: stored name, and words for people."""

    name: str
    label: str


class Leaving(Enum):
    """What becomes of texts that are not saved when their study is to be closed."""

    TRY_AGAIN = auto()
    WITHOUT = auto()
    STAY = auto()


@dataclass(frozen=True, slots=True)
class Opened:
    """A locked study was opened with its passphrase.

    Attributes:
        remember: whether this computer is to remember it; `None` = as before.
    """

    remember: bool | None = None


class Dialogs(Protocol):
    """Everything that stops and asks; tests give their own."""

    def open_files(self, parent: QWidget, title: str, *, filters: str = "") -> list[Path]:
        """Ask for existing files; empty when the person thinks better of it."""

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for an existing folder."""

    def save_file(
        self, parent: QWidget, title: str, *, name: str, filters: str = ""
    ) -> Path | None:
        """Ask where to write a file; `name` is proposed."""

    def ask_text(
        self, parent: QWidget, title: str, question: str, *, accept: str, text: str = ""
    ) -> str | None:
        """Ask for one line of text; `accept` is the verb on the button."""

    def confirm(
        self, parent: QWidget, question: str, *, detail: str = "", accept: str, danger: bool = False
    ) -> bool:
        """Ask whether to go on; `accept` is the verb on the button."""

    def ask_unsaved(self, parent: QWidget, waiting: Sequence[Waiting]) -> Leaving:
        """Ask what becomes of texts that are not saved yet."""

    def ask_new_study(self, parent: QWidget) -> NewStudy | None:
        """Ask for title and place of a new study."""

    def ask_passphrase(self, parent: QWidget, folder: Path) -> Opened | None:
        """Ask for the passphrase of a locked study until it is right; `None` = it is not open."""

    def ask_backup(self, parent: QWidget, backups: Backups) -> Backup | None:
        """Ask which backup to go back to."""

    def show_error(
        self, parent: QWidget | None, error: BaseException, ways: Collection[Way] = ()
    ) -> Way | None:
        """Tell what went wrong and what to do next; return which of the ways out is chosen."""


class LongSteps(Protocol):
    """Does what takes long; `ui.bridge.long_steps` has the real one."""

    def run(
        self,
        study: Study,
        title: str,
        work: Callable[[Study], Any],
        done: Callable[[Any], object],
        *,
        size: int,
        after: Callable[[], None],
        ways: Mapping[Way, Callable[[], None]] | None,
    ) -> None:
        """Do a little at once, and much beside the window; `done` gets what `work` returns."""


class Jobs(Protocol):
    """The queue of recognition as views steer it; `ui.bridge.jobs.JobRunner` is the real one."""

    @property
    def progressed(self) -> SignalInstance:
        """Tell the id of a job whose progress is new."""

    @property
    def peaks_found(self) -> SignalInstance:
        """Tell a source id and the loudness of its recording."""

    @property
    def ended(self) -> SignalInstance:
        """Tell the id of a job that is done, failed or cancelled."""

    def progress(self, job_id: JobId) -> Progress | None:
        """Return how far the job that runs is; `None` for all others."""

    def pause(self, job_id: JobId) -> None:
        """Stop a job after the chunk in work, and hold those behind it."""

    def resume(self, job_id: JobId) -> None:
        """Let a paused job go on."""

    def cancel(self, job_id: JobId) -> None:
        """Give a job up; its words stay."""

    def retry(
        self,
        job_id: JobId,
        *,
        model: str | None = None,
        language: str | None = None,
        translate: bool | None = None,
    ) -> None:
        """Put an ended job into the queue again, perhaps with another model or language."""

    def pause_all(self) -> None:
        """Let all jobs rest."""

    def resume_all(self) -> None:
        """Let all jobs go on."""

    def first(self, job_id: JobId) -> None:
        """Put a waiting job at the head of the queue."""


class Signals(QObject):
    """What views tell each other without knowing each other.

    Signals:
        changed: a ChangeSet; for widgets outside the workspaces, which have `refresh`.
        refused: what somebody did could not be kept; show what the study has.
        open_requested: kind, id: show this object wherever it lives.
        play_requested: source id, start ms, end ms (end 0 plays on).
        source_shown: id of the source that is being read, or ""; the player offers it.
        played: source id, ms: where the player is; a reading view follows.
        import_requested: list of paths (empty: ask), for Collect.
        export_requested: for Report.
        status_changed: a line about running jobs for the bottom bar; empty hides it.
        toast_requested: a short sentence that needs no answer.
        told_where: the same, with kind and id of what it is about, "" for nothing.
        picture_changed: source id, QVideoFrame: what the video shows now.
        picture_wanted: whether videos show their picture; the player remembers it.
        models_changed: a speech model came, went, or another one is to be used.
        files_found: files that were missing are there again.
        readying: for the first time something is needed that only works for a study; it is made
            now.
    """

    changed = Signal(object)
    refused = Signal()
    open_requested = Signal(str, str)
    play_requested = Signal(str, int, int)
    source_shown = Signal(str)
    played = Signal(str, int)
    import_requested = Signal(list)
    export_requested = Signal()
    status_changed = Signal(str)
    toast_requested = Signal(str)
    told_where = Signal(str, str, str)
    picture_changed = Signal(str, object)
    picture_wanted = Signal(bool)
    models_changed = Signal()
    files_found = Signal()
    readying = Signal()


def _no_models() -> Sequence[ModelChoice]:
    return ()


def _no_jobs() -> Sequence[str]:
    return ()


def _nothing() -> None:
    return


@dataclass(slots=True)
class AppContext:
    """The shared things.

    Attributes:
        opening: opens and closes studies; who has to do something then says so there.
        jobs: the recognition jobs of the open study; None before `get_ready`, and in tests that
            have no use for them.
        long_steps: does what takes long; None before there is a window.
        models: the speech models on this machine.
        running_jobs: what runs now, in words; asked before closing.
        stop_jobs: ends all jobs; called when the person closes anyway.
        long_doing: says what is done beside the window; "" if nothing is.
        coming_in: says that files are coming in just now, which ends with the study; "" if none do.
        sample: makes a fresh copy of the sample study and returns its folder.
        splitters: sizes by object name, written with the window's state.
        choices: how views show things, by name; likewise.
        now: clock of the studies.
        ready: whether there is all that a study needs; see `get_ready`.
    """

    settings: SettingsStore
    theme: Theme
    icons: Icons
    actions: Actions
    dialogs: Dialogs
    signals: Signals = field(default_factory=Signals)
    opening: Opening = field(default_factory=Opening)
    jobs: Jobs | None = None
    long_steps: LongSteps | None = None
    models: Callable[[], Sequence[ModelChoice]] = _no_models
    running_jobs: Callable[[], Sequence[str]] = _no_jobs
    stop_jobs: Callable[[], None] = _nothing
    coming_in: Callable[[], str] = str
    long_doing: Callable[[], str] = str
    sample: Callable[[], Path] | None = None
    splitters: dict[str, tuple[int, ...]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = utc_now
    ready: bool = False

    @property
    def study(self) -> Study | None:
        """Return the open study; `None` while there is none."""
        return self.opening.study

    def get_ready(self) -> None:
        """Have made what only works for a study; asked before one is shown, or a workspace made.

        The welcome page would wait for all of it to be loaded.
        """
        if not self.ready:
            self.ready = True
            self.signals.readying.emit()

    def run_long(
        self,
        title: str,
        work: Callable[[Study], T],
        done: Callable[[T], object],
        *,
        size: int,
        after: Callable[[], None] = _nothing,
        ways: Mapping[Way, Callable[[], None]] | None = None,
    ) -> None:
        """Do something with the open study; if it is much, the window goes on meanwhile.

        Args:
            title: what is done, for people.
            work: does it with the study it is given, perhaps in another thread.
            done: gets what `work` returns, in the window.
            size: how many rows there are, about.
            after: called at the end in any case.
            ways: ways out when it fails, besides trying just this again.
        """
        if self.study is None:
            return
        if self.long_steps is not None:
            self.long_steps.run(self.study, title, work, done, size=size, after=after, ways=ways)
            return
        try:
            done(work(self.study))
        finally:
            after()

    def spoken(self, parts: Sequence[tuple[Turn, str]]) -> Sequence[str]:
        """Return parts of turns as others may read them."""
        return self.study.exports.spoken(parts) if self.study is not None else ()

    def tell(self, parent: QWidget, error: BaseException, ways: Collection[Way] = ()) -> Way | None:
        """Tell what went wrong; what was pressed in vain must not look as if it were kept.

        Returns:
            which of the ways out was chosen.
        """
        _log.debug("told: %s", error)
        self.signals.refused.emit()
        return self.dialogs.show_error(parent, self.explained(error), ways)

    def explained(self, error: BaseException) -> BaseException:
        """Return what to show of an error nobody foresaw: that the study is damaged, if it is."""
        found = self.study.keeping.damage(error) if self.study is not None else None
        return error if found is None else found

    def remember(self, **values: object) -> None:
        """Change settings; a full disk or a locked folder costs the memory, not the work."""
        try:
            self.settings.change(**values)
        except OSError as problem:
            _log.warning("settings not written: %s", problem)
