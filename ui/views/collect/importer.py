"""From a drop to sessions: ask once, copy in the background, write the rows in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.bridge.importing import Intake, Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.collect.import_dialog import ImportDialog, Plan, add_person
from ui.views.collect.refused_dialog import RefusedDialog, tell_refused
from ui.views.widgets.looks import button, label
from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, SourceId, new_id
from workbench.domain.materials import Method, Source
from workbench.errors import UserError, WorkbenchError
from workbench.services.intake import DOCUMENTS, Incoming, discard, files_in
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
_Store = Callable[[list[Incoming], bool], SessionId]
"""Writes the rows of files that were taken in; true keeps what the study holds already."""


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
        self.dialog: ImportDialog | None = None
        self.refused_dialog: RefusedDialog | None = None
        self.bar = ImportBar()
        self.bar.hide()
        self._waits = False
        self._intake = Intake(self)
        self._intake.progressed.connect(self.bar.show_progress)
        self._intake.finished.connect(self._on_finished)
        self._intake.failed.connect(self._on_failed)
        self._intake.cancelled.connect(self._on_cancelled)
        self.bar.cancel_button.clicked.connect(self._on_cancel)

    @property
    def busy(self) -> bool:
        """Tell whether files are coming in."""
        return self._store is not None

    def set_study(self, study: Study | None) -> None:
        """Work for another study; what is still coming in for the last one is dropped."""
        if self.busy:
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
        self._refused = []
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

    def ask_into(self, session_id: SessionId) -> None:
        """Ask for files of a session that is there already."""
        study = self._study
        if study is None or self._is_busy():
            return
        paths = self._context.dialogs.open_files(
            self._page, t("Add files to this session"), filters=_FILTERS
        )

        def store(incoming: list[Incoming], keep_both: bool) -> SessionId:
            study.materials.add_files(incoming, session_id=session_id, keep_both=keep_both)
            return session_id

        if paths:
            self._refused = []
            self._begin(study, paths, store, waits=True)

    def ask_version(self, source_id: str) -> None:
        """Ask for the new version of a document and let it take the place of the old one."""
        study, path = self._study, self._one_file(t("Choose the new version"), _TEXTS)
        if study is None or path is None:
            return
        source = study.materials.source(SourceId(source_id))

        def store(incoming: list[Incoming], _keep_both: bool) -> SessionId:
            done = study.versions.take(source.id, incoming[0])
            self._say_text(source, path, done.notes, done.in_review)
            return source.session_id

        with self._telling():
            study.versions.require(source, path)
            self._refused = []
            self._begin(study, [path], store, text=True)

    def ask_transcript(self, source_id: str) -> None:
        """Ask for a transcript and make it the text of a recording."""
        study, path = self._study, self._one_file(t("Choose the transcript"), _TEXTS)
        if study is None or path is None:
            return

        def store(incoming: list[Incoming], _keep_both: bool) -> SessionId:
            done = study.materials.attach_transcript(source.id, path, incoming[0].document)
            self._say_text(source, path, done.notes, done.in_review)
            return source.session_id

        with self._telling():
            source = study.materials.require_attachable(SourceId(source_id), path)
            self._refused = []
            self._begin(study, [path], store, text=True, copied=False)

    def _one_file(self, title: str, filters: str) -> Path | None:
        if self._study is None or self._is_busy():
            return None
        paths = self._context.dialogs.open_files(self._page, title, filters=filters)
        if len(paths) > 1:
            self._say(t("Choose one file."))
        return paths[0] if len(paths) == 1 else None

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Show what goes wrong; nothing was changed then."""
        try:
            yield
        except WorkbenchError as problem:
            self._context.dialogs.show_error(self._page.window(), problem)

    def _say_text(self, source: Source, path: Path, notes: Sequence[str], waiting: int) -> None:
        lines = [t("“{file}” is now the text of “{title}”.", file=path.name, title=source.title)]
        if waiting:
            lines.append(
                plural(
                    waiting,
                    "One observation is not surely placed on it: review it in Code.",
                    "{n} observations are not surely placed on it: review them in Code.",
                )
            )
        self._say("\n".join([*lines, *notes]))

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
        if plan.paths:

            def store(incoming: list[Incoming], keep_both: bool) -> SessionId:
                return carry_out(study, plan, incoming, keep_both=keep_both)

            self._begin(study, plan.paths, store, waits=True)
        else:
            self._save(study, plan.title, lambda: carry_out(study, plan, []), [])

    def _save(
        self,
        study: Study,
        title: str,
        store: Callable[[], SessionId],
        incoming: Sequence[Incoming],
    ) -> bool:
        """Put into the study what was said about a drop; what cannot be saved now waits."""
        return study.unsaved.spot(
            ("import", new_id()),
            t("What comes in: {title}", title=title),
            lambda _title: self.imported.emit(store()),
            lambda: discard(study.materials.media, incoming),
        ).keep(title)

    def _begin(
        self,
        study: Study,
        paths: Sequence[Path],
        store: _Store,
        *,
        text: bool = False,
        copied: bool = True,
        waits: bool = False,
    ) -> None:
        self._store, self._is_text, self._waits = store, text, waits
        self.bar.show_progress(0, len(paths))
        self.bar.show()
        self._intake.start(paths, study.materials.media if copied else None)

    def _is_busy(self) -> bool:
        if self.busy:
            self._say(t("One moment: files are still coming in."))
        return self.busy

    def _on_finished(self, incoming: list[Incoming], refused: list[Refused]) -> None:
        store, study = self._end(), self._study
        if store is None or study is None:
            return
        self._refused += refused
        twice = [] if self._is_text else study.materials.duplicates(incoming)
        if twice and not self._keeps_both(twice, others=len(incoming) > len(twice)):
            again = [item for item, _ in twice]
            discard(study.materials.media, again)
            incoming = [item for item in incoming if item not in again]
            twice = []
        if incoming:
            with self._telling():
                self._put(study, lambda: store(incoming, bool(twice)), incoming)
        elif not self._refused:
            self._say(t("Nothing was added."))
        self._tell_refused(len(incoming))

    def _put(
        self, study: Study, store: Callable[[], SessionId], incoming: Sequence[Incoming]
    ) -> None:
        if self._waits:
            title = ", ".join(item.path.name for item in incoming)
            try:
                saved = self._save(study, title, store, incoming)
            except UserError:
                discard(study.materials.media, incoming)
                raise
            if not saved:
                return
        else:
            self.imported.emit(store())
        if not self._is_text:
            self._say_added(incoming)

    def _say_added(self, incoming: Sequence[Incoming]) -> None:
        added = plural(len(incoming), "One file added.", "{n} files added.")
        lost = [f"{item.path.name}: {note}" for item in incoming for note in item.notes]
        self._say("\n".join([added, *lost]))

    def _refuse(self, path: Path, why: WorkbenchError) -> None:
        self._refused.append(Refused(path, why))

    def _tell_refused(self, added: int) -> None:
        """Show what did not come in."""
        refused, self._refused = self._refused, []
        dialog = tell_refused(self._context, self._page, refused, added)
        if dialog is not None:
            dialog.finished.connect(self._on_told)
        self.refused_dialog = dialog

    def _on_told(self) -> None:
        self.refused_dialog = None

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
            self._context.dialogs.show_error(self._page.window(), problem)

    def _on_cancel(self) -> None:
        self.bar.show_stopping()
        self._intake.cancel()

    def _on_cancelled(self) -> None:
        if self._end() is not None:
            self._say(t("Nothing was added."))

    def _end(self) -> _Store | None:
        store, self._store = self._store, None
        self.bar.hide()
        return store

    def _say(self, text: str) -> None:
        self._context.signals.toast_requested.emit(text)


class ImportBar(QWidget):
    """How far the copying is, and a way to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "meta")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(t("Files copied"))
        self.cancel_button = button(t("Cancel"), "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are through."""
        self.cancel_button.setEnabled(True)
        self._words.setText(t("Copying {n} of {all}", n=min(done + 1, total), all=total))
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_stopping(self) -> None:
        """Show that it will stop."""
        self.cancel_button.setEnabled(False)
        self._words.setText(t("Stopping"))


def carry_out(
    study: Study, plan: Plan, incoming: list[Incoming], *, keep_both: bool = False
) -> SessionId:
    """Do in one step what a person said about a drop; return the first session.

    Args:
        study: where to.
        plan: what was said.
        incoming: the files, copied already; none for a session without files.
        keep_both: take files that the study holds already.
    """
    with study.step(Op.IMPORT_MATERIAL):
        people: list[ParticipantId] = [
            *plan.people,
            *(add_person(study, new.pseudonym, new.segment).id for new in plan.new_people),
        ]
        title = plan.title or (incoming[0].title if incoming else "")
        if plan.together:
            home = study.materials.add_session(plan.method, title, date=plan.date, people=people).id
            study.materials.add_files(incoming, session_id=home, keep_both=keep_both)
        else:
            sources = study.materials.add_files(
                incoming,
                method=plan.method,
                people=people,
                date=plan.date,
                keep_both=keep_both,
            )
            home = sources[0].session_id
        if plan.method is Method.MYSTERY_VISIT and plan.together:
            study.visits.begin(home)
    return home
