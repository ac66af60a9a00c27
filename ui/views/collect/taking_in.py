"""One lot of files on its way in: columns are asked for, files copied, rows written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt, tell
from ui.bridge.importing import Intake, Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.collect.columns_step import ColumnsStep
from ui.views.collect.left_out import LeftOut
from ui.views.collect.objections import keeps_both
from ui.views.collect.storing import Lot, Stored, put
from ui.views.widgets.progress import ProgressLine
from workbench.domain.ids import SessionId
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import Way
from workbench.services.files.intake import Incoming, discard, is_table
from workbench.study import Study

Store = Callable[[Study, list[Incoming], bool], Stored]
"""Writes the rows of files that were taken in; true keeps what the study holds already."""
More = Callable[[SessionId, Sequence[Path]], None]
"""Takes files into a session."""


@dataclass(frozen=True, slots=True)
class _Lot:
    """Files on their way.

    Attributes:
        study: into which they come.
        store: writes their rows.
        is_text: each is the new text of a source that is there.
        waits: what cannot be written just now waits.
        more: takes further files into the session that comes of them.
    """

    study: Study
    store: Store
    is_text: bool
    waits: bool
    more: More | None


class TakingIn(QObject):
    """Takes one lot of files in at a time.

    Args:
        context: dialogs and signals.
        page: what they belong to.
        left_out: hears what is refused.

    Signals:
        imported: id of the first session that came of it.
    """

    imported = Signal(str)

    def __init__(self, context: AppContext, page: QWidget, left_out: LeftOut) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._left_out = left_out
        self._lot: _Lot | None = None
        self._again: Callable[[], None] = lambda: None
        self._take: Callable[[Mapping[Path, SurveyColumns]], None] = lambda _columns: None
        self.bar = ProgressLine(t("Files copied"), (24, 4))
        self._intake = Intake(self)
        self._intake.progressed.connect(self._on_progress)
        self._intake.looked.connect(self._on_looked)
        self._intake.finished.connect(self._on_finished)
        self._intake.failed.connect(self._on_failed)
        self._intake.cancelled.connect(self._on_cancelled)
        self.columns = ColumnsStep(context, page)
        self.columns.settled.connect(self._on_settled)
        self.columns.cancelled.connect(self._on_cancelled)
        self.bar.cancel_wanted.connect(self._intake.cancel)
        context.coming_in = lambda: t("Adding files") if self.busy else ""

    @property
    def busy(self) -> bool:
        """Tell whether files are coming in."""
        return self._lot is not None

    def has_to_wait(self) -> bool:
        """Tell whether files are still coming in, and say so."""
        if self.busy:
            self.say(t("One moment: files are still coming in."))
        return self.busy

    def drop(self) -> None:
        """Drop what is still coming in."""
        if self.busy:
            self.columns.end()
            self._intake.end()
            self._end()

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something whole or not at all; tell what hinders it."""
        ways = {Way.CHOOSE: lambda: self._left_out.ask([])}
        attempt(self._context, self._page.window(), act, ways)

    def say(self, text: str) -> None:
        """Say something short that needs no answer."""
        self._context.signals.toast_requested.emit(text)

    def begin(
        self,
        study: Study,
        paths: Sequence[Path],
        store: Store,
        *,
        into: Path | None,
        text: bool = False,
        waits: bool = False,
        more: More | None = None,
    ) -> None:
        """Copy files into a study and have their rows written.

        Args:
            study: the study.
            paths: the files.
            store: writes the rows.
            into: folder of the copies; None = they are read only.
            text: each is the new text of a source that is there.
            waits: what cannot be written just now waits.
            more: takes what was refused, once it can be read, into the session that comes of it.
        """
        self._lot = _Lot(study, store, text, waits, more)
        again = partial(self.begin, study, paths, store, into=into)
        self._again = partial(again, text=text, waits=waits, more=more)
        self._take = partial(self._copy, paths, into)
        tables = [path for path in paths if is_table(path)]
        if tables and into is not None:  # else nothing of it is copied, and no columns chosen
            self.bar.begin(t("Looking at columns"))
            self.bar.show()
            self._intake.look(tables)
        else:
            self._take({})

    def _on_looked(self, tables: dict[Path, tuple[Column, ...]]) -> None:
        self.bar.hide()
        if self.busy:
            self.columns.ask(tables)

    def _on_settled(self, columns: dict[Path, SurveyColumns]) -> None:
        self._take(columns)

    def _copy(
        self, paths: Sequence[Path], into: Path | None, columns: Mapping[Path, SurveyColumns]
    ) -> None:
        self.bar.begin("")
        self._on_progress(0, len(paths))
        self.bar.show()
        self._intake.start(paths, into, columns)

    def _on_progress(self, done: int, total: int) -> None:
        words = t("Copying {n} of {all}", n=min(done + 1, total), all=total)
        self.bar.show_progress(done, total, words)

    def _on_finished(self, incoming: list[Incoming], refused: list[Refused]) -> None:
        lot = self._end()
        if lot is None:
            return
        study = lot.study
        self._left_out.add(refused)
        twice = [] if lot.is_text else study.imports.gate.duplicates(incoming)
        if twice and not keeps_both(
            self._context, self._page, twice, others=len(incoming) > len(twice)
        ):
            again = [item for item, _ in twice]
            discard(study.materials.media, again)
            incoming = [item for item in incoming if item not in again]
            twice = []
        if incoming:
            self.attempt(partial(self._put, lot, incoming, keep_both=bool(twice)))
        elif not self._left_out:
            self.say(t("Nothing was added."))
        self._left_out.tell(len(incoming))

    def _put(self, lot: _Lot, incoming: list[Incoming], *, keep_both: bool) -> None:
        def done(stored: Stored) -> None:
            if lot.more is not None:
                self._left_out.ask = partial(lot.more, stored.session_id)
            self.imported.emit(stored.session_id)
            self.say(stored.said or _added(incoming))

        title = ", ".join(item.path.name for item in incoming)
        rows = Lot(title, incoming, lambda it: lot.store(it, incoming, keep_both), lot.waits)
        put(self._context, lot.study, rows, done)

    def _on_failed(self, problem: BaseException) -> None:
        if self._end() is not None:
            ways = {Way.AGAIN: self._again, Way.CHOOSE: lambda: self._left_out.ask([])}
            tell(self._context, self._page.window(), problem, ways)

    def _on_cancelled(self) -> None:
        if self._end() is not None:
            self.say(t("Nothing was added."))

    def _end(self) -> _Lot | None:
        lot, self._lot = self._lot, None
        self.bar.hide()
        return lot


def _added(incoming: Sequence[Incoming]) -> str:
    added = plural(len(incoming), "One file added.", "{n} files added.")
    lost = [f"{item.path.name}: {note}" for item in incoming for note in item.notes]
    return "\n".join([added, *lost])
