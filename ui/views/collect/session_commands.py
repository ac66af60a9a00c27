"""What is done with the session chosen, and with the study as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.bridge.jobs import model_for
from ui.context import AppContext
from ui.i18n import t
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.importer import Importer
from ui.views.collect.session_list import SessionList
from ui.views.collect.session_pane import SessionPane
from ui.views.sounding import export_sound
from workbench.domain.ids import SessionId, SourceId
from workbench.domain.materials import Source, SourceKind
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Desk:
    """The open study, and what shows its sessions.

    Attributes:
        page: the workspace; dialogs belong to it.
        sessions: tells which session is meant.
        pane: shows it.
        importer: takes files in.
    """

    context: AppContext
    study: Study
    page: QWidget
    sessions: SessionList
    pane: SessionPane
    importer: Importer


class SessionCommands:
    """Carries them out.

    Args:
        desk: the study, and what shows it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._study = desk.study

    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return not self._study.read_only

    def can_remove(self) -> bool:
        """Tell whether there is a session to remove."""
        return self.can_change() and bool(self._desk.sessions.current_id)

    def has_due(self) -> bool:
        """Tell whether something was given until a day that is over."""
        return bool(self._study.ledger.due())

    def has_one(self, *, text: bool) -> bool:
        """Tell whether the session chosen has exactly one document, or one recording."""
        return self.can_change() and len(self._files(text=text)) == 1

    def has_recording(self) -> bool:
        """Tell whether the session chosen has exactly one recording; it need not be changed."""
        return len(self._files(text=False)) == 1

    def ask_files(self) -> None:
        """Ask for files of the session chosen."""
        if self._desk.sessions.current_id:
            self._desk.importer.ask_into(SessionId(self._desk.sessions.current_id))

    def ask_version(self, *, text: bool) -> None:
        """Ask for another text of the one document, or the one recording, of the session."""
        [source] = self._files(text=text)
        importer = self._desk.importer
        (importer.ask_version if text else importer.ask_transcript)(source.id)

    def transcribe(self, source_id: str) -> None:
        """Put a recording into the queue."""
        context = self._desk.context
        self._study.jobs.add(
            SourceId(source_id),
            model=model_for(context),
            language=context.settings.current.language or "auto",
        )

    def export_sound(self) -> None:
        """Write the one recording of the session chosen as sound."""
        [source] = self._files(text=False)
        export_sound(self._desk.context, self._desk.page, source.id)

    def remove(self) -> None:
        """Put the session chosen into the bin."""
        if self._desk.sessions.current_id:
            session_id = SessionId(self._desk.sessions.current_id)
            title = self._study.materials.session(session_id).title
            self._desk.pane.leave()
            self._study.materials.remove_session(session_id)
            self.say_removed(title)

    def say_removed(self, title: str) -> None:
        """Say that something is in the bin."""
        self._desk.context.signals.toast_requested.emit(
            t("“{title}” is in the bin. Undo brings it back.", title=title)
        )

    def show_charter(self) -> None:
        """Show what the study is for."""
        dialog = CharterDialog(self._study)
        dialog.setParent(self._desk.page, dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _files(self, *, text: bool) -> list[Source]:
        chosen = SessionId(self._desk.sessions.current_id)
        sources = self._study.materials.sources(chosen) if chosen else []
        return [one for one in sources if (one.kind is SourceKind.TEXT) == text]
