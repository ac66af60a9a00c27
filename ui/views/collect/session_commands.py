"""What is done with the session chosen, and with the study as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.bridge.jobs import model_for
from ui.i18n import t
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.import_dialog import add_person
from ui.views.collect.importer import Importer
from ui.views.desk import Desk
from ui.views.sounding import export_sound
from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, SourceId
from workbench.domain.materials import Source, SourceKind

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace


class SessionCommands:
    """Carries them out.

    Args:
        desk: the study, and the page with its sessions.
        importer: takes files in.
    """

    def __init__(self, desk: Desk[CollectWorkspace], importer: Importer) -> None:
        self._desk = desk
        self._study = desk.study
        self._sessions = desk.page.sessions
        self._importer = importer
        self._pane = pane = desk.page.session
        desk.hear(pane.remove_pressed, self.remove)
        desk.hear(pane.file_removed, self.remove_file)
        desk.hear(pane.roster.changed, self.set_people)
        desk.hear(pane.roster.added, self.add_person)
        desk.hear(pane.begin_visit.clicked, self.begin_visit)
        desk.hear(pane.files_wanted, self.ask_files)
        desk.hear(pane.transcribe_wanted, self.transcribe)

    def show(self, session_id: str) -> None:
        """Show a session, or none."""
        if session_id:
            self._pane.show_session(self._study, SessionId(session_id))
        else:
            self._pane.clear()

    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return self._desk.can_change

    def can_remove(self) -> bool:
        """Tell whether there is a session to remove."""
        return self.can_change() and bool(self._sessions.current_id)

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
        if self._sessions.current_id:
            self._importer.ask_into(SessionId(self._sessions.current_id))

    def ask_version(self, *, text: bool) -> None:
        """Ask for another text of the one document, or the one recording, of the session."""
        [source] = self._files(text=text)
        importer = self._importer
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
        if self._sessions.current_id:
            session_id = SessionId(self._sessions.current_id)
            title = self._study.materials.session(session_id).title
            self._pane.leave()
            self._study.materials.remove_session(session_id)
            self.say_removed(title)

    def remove_file(self, source_id: str) -> None:
        """Put a file into the bin."""
        source = self._study.materials.source(SourceId(source_id))
        self._study.materials.remove_source(source.id)
        self.say_removed(source.original_name)

    def set_people(self, people: Sequence[str]) -> None:
        """Say who took part in the session shown."""
        present = [ParticipantId(one) for one in people]
        self._study.materials.set_roster(self._pane.session_id, present)

    def add_person(self, pseudonym: str, segment: str) -> None:
        """Let somebody new have taken part in the session shown."""
        study, session = self._study, self._study.materials.session(self._pane.session_id)

        def add(name: str) -> None:
            with study.step(Op.EDIT_SESSION):
                person = add_person(study, name, segment)
                present = [seat.participant_id for seat in study.materials.roster(session.id)]
                study.materials.set_roster(session.id, [*present, person.id])

        study.unsaved.spot(
            ("session", session.id, "new person", pseudonym),
            t("New person · {session}", session=session.title),
            add,
        ).keep(pseudonym)

    def begin_visit(self) -> None:
        """Give the session shown a visit form."""
        session_id = self._pane.session_id
        self._study.visits.begin(session_id)
        self.show(session_id)

    def say_removed(self, title: str) -> None:
        """Say that something is in the bin."""
        self._desk.say(in_the_bin(title))

    def show_charter(self) -> None:
        """Show what the study is for."""
        dialog = CharterDialog(self._study)
        dialog.setParent(self._desk.page, dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _files(self, *, text: bool) -> list[Source]:
        chosen = SessionId(self._sessions.current_id)
        sources = self._study.materials.sources(chosen) if chosen else []
        return [one for one in sources if (one.kind is SourceKind.TEXT) == text]


def in_the_bin(title: str) -> str:
    """Return the news that something was removed."""
    return t("“{title}” is in the bin. Undo brings it back.", title=title)
