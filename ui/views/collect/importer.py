"""From a drop to sessions: ask once, copy in the background, write the rows in one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.i18n import plural, t
from ui.views.collect.import_dialog import ImportDialog, Plan
from ui.views.collect.objections import may_come_in
from ui.views.collect.storing import Lot, Stored, carry_out, put
from ui.views.desk import Desk
from workbench.domain.ids import SessionId, SourceId
from workbench.domain.materials import Method, Source
from workbench.services.files.chosen import files_in
from workbench.services.files.intake import DOCUMENTS, Incoming
from workbench.study import Study

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace

_RECORDINGS = (
    "*.wav *.mp3 *.m4a *.mp4 *.mov *.mkv *.webm *.ogg *.opus *.flac *.aac *.wma *.aif *.aiff"
    " *.avi *.3gp"
)
_FILTERS = t(
    "Recordings and texts ({endings});;All files (*)",
    endings=" ".join([_RECORDINGS, *(f"*{ending}" for ending in DOCUMENTS)]),
)
_TEXTS = t("Texts ({endings})", endings=" ".join(f"*{ending}" for ending in DOCUMENTS))


class Importer:
    """Takes files into the open study, one lot at a time.

    Args:
        desk: the study, and the page on which files come in.

    Attributes:
        dialog: the question about files, while it is asked.
        left_out: hears what is refused.
        taking_in: brings the files in.
    """

    def __init__(self, desk: Desk[CollectWorkspace]) -> None:
        page = desk.page
        self._context = desk.context
        self._page = page
        self._study = desk.study
        self._method = Method.INTERVIEW
        self.dialog: ImportDialog | None = None
        self.left_out = page.left_out
        self.taking_in = page.taking_in
        desk.hear(page.new_button.clicked, self.ask_session)
        desk.hear(page.session.version_wanted, self.ask_version)
        desk.hear(page.session.transcript_wanted, self.ask_transcript)

    def close(self) -> None:
        """Ask nothing any more; what is still coming in for this study is dropped."""
        self.taking_in.drop()
        for dialog in (self.dialog, self.left_out.dialog):
            if dialog is not None:
                dialog.reject()

    def ask(self, paths: Sequence[Path]) -> None:
        """Ask about files, also those in folders, and take them in; without any, ask for files."""
        if self.taking_in.has_to_wait():
            return
        chosen = list(paths) or self._context.dialogs.open_files(
            self._page, t("Add files to the study"), filters=_FILTERS
        )
        self.left_out.begin(self.ask)
        found = files_in(chosen, on_refused=self.left_out.refuse)
        if found:
            self._open(found)
        else:
            self.left_out.tell(0)

    def ask_session(self) -> None:
        """Ask about a session without files."""
        if not self.taking_in.has_to_wait():
            self.left_out.begin(self.left_out.ask)
            self._open([])

    def ask_into(self, session_id: SessionId, paths: Sequence[Path] = ()) -> None:
        """Take files into a session that is there already; without any, ask for them."""
        study = self._study
        if self.taking_in.has_to_wait():
            return
        chosen = list(paths) or self._context.dialogs.open_files(
            self._page, t("Add files to this session"), filters=_FILTERS
        )

        def store(study: Study, incoming: list[Incoming], keep_both: bool) -> Stored:
            study.imports.add(
                incoming, session_id=session_id, keep_both=keep_both, refused_too=True
            )
            return Stored(session_id)

        self.left_out.begin(partial(self.ask_into, session_id))
        found = files_in(chosen, on_refused=self.left_out.refuse)
        if not found:
            self.left_out.tell(0)
        elif may_come_in(
            self._context, self._page, study.imports.gate.objections(found, session_id, ())
        ):
            self.taking_in.begin(study, found, store, into=study.materials.media, waits=True)

    def ask_version(self, source_id: str, paths: Sequence[Path] = ()) -> None:
        """Let the new version of a document take the place of the old one; ask for it."""
        study, path = self._study, self._one_file(t("Choose the new version"), _TEXTS, paths)
        if path is None:
            return
        source = study.materials.source(SourceId(source_id))

        def store(study: Study, incoming: list[Incoming], _keep_both: bool) -> Stored:
            done = study.versions.take(source.id, incoming[0])
            return Stored(source.session_id, _new_text(source, path, done.notes, done.in_review))

        def begin() -> None:
            study.versions.require(source, path)
            self.taking_in.begin(study, [path], store, into=study.materials.media, text=True)

        self.left_out.begin(partial(self.ask_version, source_id))
        self.taking_in.attempt(begin)

    def ask_transcript(self, source_id: str, paths: Sequence[Path] = ()) -> None:
        """Make a transcript the text of a recording; ask for it."""
        study, path = self._study, self._one_file(t("Choose the transcript"), _TEXTS, paths)
        if path is None:
            return
        source = study.materials.source(SourceId(source_id))

        def store(study: Study, incoming: list[Incoming], _keep_both: bool) -> Stored:
            done = study.imports.attach(source.id, path, incoming[0].document)
            return Stored(source.session_id, _new_text(source, path, done.notes, done.in_review))

        def begin() -> None:
            study.imports.require_attachable(source.id, path)
            self.taking_in.begin(study, [path], store, into=None, text=True)

        self.left_out.begin(partial(self.ask_transcript, source_id))
        self.taking_in.attempt(begin)

    def _one_file(self, title: str, filters: str, given: Sequence[Path]) -> Path | None:
        if self.taking_in.has_to_wait():
            return None
        ask = self._context.dialogs.open_files
        paths = list(given) or ask(self._page, title, filters=filters)
        if len(paths) > 1:
            self.taking_in.say(t("Choose one file."))
        return paths[0] if len(paths) == 1 else None

    def _open(self, paths: Sequence[Path]) -> None:
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
        self._method = plan.method
        if not may_come_in(
            self._context,
            self._page,
            study.imports.gate.objections(plan.paths, None, plan.people),
        ):
            return
        if plan.paths:

            def store(study: Study, incoming: list[Incoming], keep_both: bool) -> Stored:
                home = carry_out(study, plan, incoming, keep_both=keep_both)
                return Stored(home)

            self.taking_in.begin(
                study,
                plan.paths,
                store,
                into=study.materials.media,
                waits=True,
                more=self.ask_into if plan.together else None,
            )
        else:
            put(
                self._context,
                study,
                Lot(plan.title, [], lambda study: Stored(carry_out(study, plan, [])), waits=True),
                lambda stored: self.taking_in.imported.emit(stored.session_id),
            )


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
