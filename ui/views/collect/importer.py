"""From a drop to sessions: ask once, copy in the background, write the rows in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt, tell
from ui.bridge.importing import Intake, Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.collect.columns_step import ColumnsStep
from ui.views.collect.import_dialog import ImportDialog, Plan
from ui.views.collect.storing import Lot, Stored, carry_out, put
from ui.views.refused_dialog import RefusedDialog, tell_refused
from ui.views.widgets.progress import ProgressLine
from workbench.domain.ids import SessionId, SourceId
from workbench.domain.materials import Method, Source
from workbench.domain.survey import Column, SurveyColumns
from workbench.errors import Way, WorkbenchError
from workbench.services.consent.ledger import Objection
from workbench.services.files.chosen import files_in
from workbench.services.files.intake import DOCUMENTS, Incoming, discard, is_table
from workbench.study import Study

_RECORDINGS = (
    "*.wav *.mp3 *.m4a *.mp4 *.mov *.mkv *.webm *.ogg *.opus *.flac *.aac *.wma *.aif *.aiff"
    " *.avi *.3gp"
)
_FILTERS = t(
    "Recordings and texts ({endings});;All files (*)",
    endings=" ".join([_RECORDINGS, *(f"*{ending}" for ending in DOCUMENTS)]),
)
_TEXTS = t("Texts ({endings})", endings=" ".join(f"*{ending}" for ending in DOCUMENTS))
_SHOWN = 8
_Store = Callable[[Study, list[Incoming], bool], Stored]
"""Writes the rows of files that were taken in; true keeps what the study holds already."""
_Ask = Callable[[Sequence[Path]], None]
"""Takes files in; asks for them where none are given."""


def _nothing() -> None:
    return


class Importer(QObject):
    """Takes files in, one lot at a time.

    Signals:
        imported: id of the first session that came of it.
    """

    imported = Signal(str)

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._study: Study | None = None
        self._store: _Store | None = None
        self._is_text = False  # the new text of a source that is there
        self._method = Method.INTERVIEW
        self._refused: list[Refused] = []
        self._ask: _Ask = self.ask
        self._again: Callable[[], None] = _nothing
        self.dialog: ImportDialog | None = None
        self.refused_dialog: RefusedDialog | None = None
        self.bar = ProgressLine(t("Files copied"), (24, 4))
        self._waits = False
        self._intake = Intake(self)
        self._intake.progressed.connect(self._on_progress)
        self._intake.looked.connect(self._on_looked)
        self._intake.finished.connect(self._on_finished)
        self._intake.failed.connect(self._on_failed)
        self._intake.cancelled.connect(self._on_cancelled)
        self.columns = ColumnsStep(context, page)
        self.columns.settled.connect(self._on_settled)
        self.columns.cancelled.connect(self._on_cancelled)
        self._take: Callable[[Mapping[Path, SurveyColumns]], None] = lambda _columns: None
        self.bar.cancel_wanted.connect(self._intake.cancel)
        context.coming_in = lambda: t("Adding files") if self.busy else ""

    @property
    def busy(self) -> bool:
        """Tell whether files are coming in."""
        return self._store is not None

    def set_study(self, study: Study | None) -> None:
        """Work for another study; what is still coming in for the last one is dropped."""
        if self.busy:
            self.columns.end()
            self._intake.end()
            self._end()
        for dialog in (self.dialog, self.refused_dialog):
            if dialog is not None:
                dialog.reject()
        self._study = study

    def ask(self, paths: Sequence[Path]) -> None:
        """Ask about files, also those in folders, and take them in; without any, ask for files."""
        if self._study is None or self._is_busy():
            return
        chosen = list(paths) or self._context.dialogs.open_files(
            self._page, t("Add files to the study"), filters=_FILTERS
        )
        self._ask, self._refused = self.ask, []
        found = files_in(chosen, on_refused=self._refuse)
        if found:
            self._open(found)
        else:
            self._tell_refused(0)

    def ask_session(self) -> None:
        """Ask about a session without files."""
        if self._study is not None and not self._is_busy():
            self._refused = []
            self._open([])

    def ask_into(self, session_id: SessionId, paths: Sequence[Path] = ()) -> None:
        """Take files into a session that is there already; without any, ask for them."""
        study = self._study
        if study is None or self._is_busy():
            return
        chosen = list(paths) or self._context.dialogs.open_files(
            self._page, t("Add files to this session"), filters=_FILTERS
        )

        def store(study: Study, incoming: list[Incoming], keep_both: bool) -> Stored:
            study.materials.add_files(
                incoming, session_id=session_id, keep_both=keep_both, refused_too=True
            )
            return Stored(session_id)

        self._ask, self._refused = partial(self.ask_into, session_id), []
        found = files_in(chosen, on_refused=self._refuse)
        if not found:
            self._tell_refused(0)
        elif self._may_come_in(study.materials.gate.objections(found, session_id, ())):
            self._begin(found, store, into=study.materials.media, waits=True)

    def ask_version(self, source_id: str, paths: Sequence[Path] = ()) -> None:
        """Let the new version of a document take the place of the old one; ask for it."""
        study, path = self._study, self._one_file(t("Choose the new version"), _TEXTS, paths)
        if study is None or path is None:
            return
        source = study.materials.source(SourceId(source_id))

        def store(study: Study, incoming: list[Incoming], _keep_both: bool) -> Stored:
            done = study.versions.take(source.id, incoming[0])
            return Stored(source.session_id, _new_text(source, path, done.notes, done.in_review))

        def begin() -> None:
            study.versions.require(source, path)
            self._begin([path], store, into=study.materials.media, text=True)

        self._ask, self._refused = partial(self.ask_version, source_id), []
        self._attempt(begin)

    def ask_transcript(self, source_id: str, paths: Sequence[Path] = ()) -> None:
        """Make a transcript the text of a recording; ask for it."""
        study, path = self._study, self._one_file(t("Choose the transcript"), _TEXTS, paths)
        if study is None or path is None:
            return
        source = study.materials.source(SourceId(source_id))

        def store(study: Study, incoming: list[Incoming], _keep_both: bool) -> Stored:
            done = study.materials.attach_transcript(source.id, path, incoming[0].document)
            return Stored(source.session_id, _new_text(source, path, done.notes, done.in_review))

        def begin() -> None:
            study.materials.require_attachable(source.id, path)
            self._begin([path], store, into=None, text=True)

        self._ask, self._refused = partial(self.ask_transcript, source_id), []
        self._attempt(begin)

    def _one_file(self, title: str, filters: str, given: Sequence[Path]) -> Path | None:
        if self._study is None or self._is_busy():
            return None
        ask = self._context.dialogs.open_files
        paths = list(given) or ask(self._page, title, filters=filters)
        if len(paths) > 1:
            self._say(t("Choose one file."))
        return paths[0] if len(paths) == 1 else None

    def _attempt(self, act: Callable[[], object]) -> None:
        """Do something whole or not at all; tell what hinders it."""
        ways = {Way.CHOOSE: lambda: self._ask([])}
        attempt(self._context, self._page.window(), act, ways)

    def _open(self, paths: Sequence[Path]) -> None:
        if self._study is None:
            return
        dialog = ImportDialog(self._study, paths, self._method, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._on_answered(dialog.plan()))
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_answered(self, plan: Plan) -> None:
        study = self._study
        if study is None:
            return
        self._method = plan.method
        if not self._may_come_in(study.materials.gate.objections(plan.paths, None, plan.people)):
            return
        if plan.paths:

            def store(study: Study, incoming: list[Incoming], keep_both: bool) -> Stored:
                home = carry_out(study, plan, incoming, keep_both=keep_both)
                return Stored(home, takes_more=plan.together)

            self._begin(plan.paths, store, into=study.materials.media, waits=True)
        else:
            put(
                self._context,
                study,
                Lot(plan.title, [], lambda study: Stored(carry_out(study, plan, [])), waits=True),
                lambda stored: self.imported.emit(stored.session_id),
            )

    def _begin(
        self,
        paths: Sequence[Path],
        store: _Store,
        *,
        into: Path | None,
        text: bool = False,
        waits: bool = False,
    ) -> None:
        self._store, self._is_text, self._waits = store, text, waits
        again = partial(self._begin, paths, store, into=into)
        self._again = partial(again, text=text, waits=waits)
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

    def _is_busy(self) -> bool:
        if self.busy:
            self._say(t("One moment: files are still coming in."))
        return self.busy

    def _on_finished(self, incoming: list[Incoming], refused: list[Refused]) -> None:
        store, study = self._end(), self._study
        if store is None or study is None:
            return
        self._refused += refused
        twice = [] if self._is_text else study.materials.gate.duplicates(incoming)
        if twice and not self._keeps_both(twice, others=len(incoming) > len(twice)):
            again = [item for item, _ in twice]
            discard(study.materials.media, again)
            incoming = [item for item in incoming if item not in again]
            twice = []
        if incoming:
            self._attempt(partial(self._put, study, store, incoming, keep_both=bool(twice)))
        elif not self._refused:
            self._say(t("Nothing was added."))
        self._tell_refused(len(incoming))

    def _put(
        self, study: Study, store: _Store, incoming: list[Incoming], *, keep_both: bool
    ) -> None:
        def done(stored: Stored) -> None:
            if stored.takes_more:  # what was refused belongs there too, once it can be read
                self._ask = partial(self.ask_into, stored.session_id)
            self.imported.emit(stored.session_id)
            self._say(stored.said or _added(incoming))

        title = ", ".join(item.path.name for item in incoming)
        lot = Lot(title, incoming, lambda other: store(other, incoming, keep_both), self._waits)
        put(self._context, study, lot, done)

    def _refuse(self, path: Path, why: WorkbenchError) -> None:
        self._refused.append(Refused(path, why))

    def _tell_refused(self, added: int) -> None:
        """Show what did not come in."""
        refused, self._refused = self._refused, []
        dialog = tell_refused(self._context, self._page, refused, added, self._try_again)
        if dialog is not None:
            dialog.finished.connect(self._on_told)
        self.refused_dialog = dialog

    def _try_again(self, paths: Sequence[Path]) -> None:
        self._ask(paths)

    def _on_told(self) -> None:
        self.refused_dialog = None

    def _may_come_in(self, against: Sequence[Objection]) -> bool:
        """Ask whether recordings come in of people who do not want to be recorded."""
        names = "; ".join(one.sentence for one in against)
        sure = not against or self._context.dialogs.confirm(
            self._page,
            t("Not everybody who takes part wants to be recorded."),
            detail=t("{names}. What comes in all the same is kept as it is and not transcribed,"
                     " until they say otherwise.", names=names),
            accept=t("Import without transcribing"),
            danger=True,
        )  # fmt: skip
        if not sure:
            self._say(t("Nothing was added."))
        return sure

    def _keeps_both(self, twice: Sequence[tuple[Incoming, str]], *, others: bool) -> bool:
        lines = [
            t("“{file}” is there as “{name}”", file=item.path.name, name=name)
            for item, name in twice[:_SHOWN]
        ]
        if len(twice) > _SHOWN:
            lines.append(t("and {n} more", n=len(twice) - _SHOWN))
        if others:
            lines.append(t("“Cancel” leaves them out; the other files are added."))
        return self._context.dialogs.confirm(
            self._page,
            plural(
                len(twice),
                "“{file}” is in the study already. Add it once more?",
                "{n} files are in the study already. Add them once more?",
                file=twice[0][0].path.name,
            ),
            detail="\n".join(lines),
            accept=t("Add once more"),
        )

    def _on_failed(self, problem: BaseException) -> None:
        if self._end() is not None:
            ways = {Way.AGAIN: self._again, Way.CHOOSE: lambda: self._ask([])}
            tell(self._context, self._page.window(), problem, ways)

    def _on_cancelled(self) -> None:
        if self._end() is not None:
            self._say(t("Nothing was added."))

    def _end(self) -> _Store | None:
        store, self._store = self._store, None
        self.bar.hide()
        return store

    def _say(self, text: str) -> None:
        self._context.signals.toast_requested.emit(text)


def _new_text(source: Source, path: Path, notes: Sequence[str], waiting: int) -> str:
    lines = [t("“{file}” is now the text of “{title}”.", file=path.name, title=source.title)]
    if waiting:
        lines.append(
            plural(
                waiting,
                "One observation is not surely placed on it: review it in Code.",
                "{n} observations are not surely placed on it: review them in Code.",
            )
        )
    return "\n".join([*lines, *notes])


def _added(incoming: Sequence[Incoming]) -> str:
    added = plural(len(incoming), "One file added.", "{n} files added.")
    lost = [f"{item.path.name}: {note}" for item in incoming for note in item.notes]
    return "\n".join([added, *lost])
