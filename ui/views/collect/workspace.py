"""Collect: what came in from the field, from whom, and where nobody has been yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.actions import Action
from ui.bridge.jobs import model_for
from ui.context import AppContext
from ui.i18n import t
from ui.views.collect.actions import COLLECT_ACTIONS
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.coverage_strip import CoverageStrip
from ui.views.collect.drops import DropVeil
from ui.views.collect.importer import Importer
from ui.views.collect.people_pane import PeoplePane
from ui.views.collect.rows import coverage_rows, session_rows
from ui.views.collect.session_list import SessionList
from ui.views.collect.session_pane import SessionPane
from ui.views.lost_files import find_again
from ui.views.record.desk import RecordDesk
from ui.views.sounding import export_sound
from ui.views.widgets.command_row import CommandRow
from ui.views.widgets.controls import Segmented
from ui.views.widgets.looks import EmptyState, button, hairline, look
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.ids import SessionId, SourceId
from workbench.domain.materials import Source, SourceKind
from workbench.study import Study

_PEOPLE: tuple[TableName, ...] = (
    "segment", "participant", "consent_entry", "key", "session", "attendance",
)  # fmt: skip

_SIDE = 300  # least width of the details, in pixels


class CollectWorkspace(Workspace):
    """The sessions, the people, and the way in for files."""

    key = "collect"
    title = "Collect"
    icon = "folder"
    opens = ("participant", "segment", "session")
    reads = (
        *_PEOPLE, "source", "visit", "visit_answer", "visit_form", "form_item", "transcript", "job",
        "observation",
    )  # fmt: skip

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.add_button = button(t("Add files"), "primary")
        self.record_button = button(t("Record"), "quiet")
        self.new_button = button(t("New session"), "quiet")
        self.charter_button = button(t("Charter"), "quiet")
        self.sessions = SessionList(context.theme)
        self.coverage = CoverageStrip(context.theme)
        self.session = SessionPane(context)
        self.people = PeoplePane(context)
        self.tabs = Segmented([("session", t("Session")), ("people", t("People"))], name=t("Show"))
        self.empty = EmptyState(
            context.icons,
            "download",
            t("Drop recordings, notes and texts here. You are asked once who was met and how."),
            heading=t("What did you bring from the field?"),
            action=t("Add files"),
            other=t("Add people first"),
        )
        self.importer = Importer(context, self)
        self.recording = RecordDesk(context, self, self.importer.ask)
        self._build()
        self.setFocusProxy(self.sessions)
        self.veil = DropVeil(context.theme, self)
        self._connect()

    # Contract

    @override
    def set_study(self, study: Study | None) -> None:
        self.session.leave()
        super().set_study(study)
        self.importer.set_study(study)
        self.recording.set_study(study)
        self.people.set_study(study)
        if study is None:
            self.sessions.show_rows([])
            self.session.show_session(None, "")
        changing = study is not None and not study.read_only
        for control in (
            self.add_button, self.new_button, self.record_button, self.empty.button,
            self.empty.other,
        ):  # fmt: skip
            control.setEnabled(changing)
        self.setAcceptDrops(changing)
        self.sessions.hint = (
            t("No session yet. Drop recordings, notes and texts here, or add files.")
            if changing
            else t("No session.")
        )

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if self.study is None:
            return
        if changes is None:
            self.recording.refresh()
        rows = session_rows(self.study)
        self._show_page()
        self.sessions.show_rows(rows)
        if not self.sessions.current_id and rows:
            self.sessions.select(next(row.id for row in rows if row.id))
        if changes is None or changes.touches(*_PEOPLE):
            self.coverage.show_rows(coverage_rows(self.study))
            self._foot.setVisible(self.coverage.isVisibleTo(self._foot))
            self.people.refresh()
        self._show_session(self.sessions.current_id)
        self.context.actions.refresh()

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[CollectWorkspace]]:
        return COLLECT_ACTIONS

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        if kind == "session":
            self.sessions.select(object_id)
            self._show_tab("session")
        else:
            self._show_tab("people")
            if kind == "participant":
                self.people.select(object_id)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        session, person = self.sessions.current_id, self.people.list.current_id
        if self._cards.currentWidget() is self.people and person:
            return (("participant", person),)
        return (("session", session),) if session else ()

    # Actions

    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return self.study is not None and not self.study.read_only

    def can_remove(self) -> bool:
        """Tell whether there is a session to remove."""
        return self.can_change() and bool(self.sessions.current_id)

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self.study is not None

    def add_files(self) -> None:
        """Ask for files and take them in."""
        self.importer.ask([])

    def record(self) -> None:
        """Record an interview."""
        self.recording.open()

    def new_session(self) -> None:
        """Add a session without files."""
        self.importer.ask_session()

    def new_person(self) -> None:
        """Go to where a person is added."""
        self._pages.setCurrentIndex(1)
        self._show_tab("people")
        self.people.new_name.setFocus()

    def show_people(self) -> None:
        """Show the people."""
        self._pages.setCurrentIndex(1)
        self._show_tab("people")

    def has_due(self) -> bool:
        """Tell whether something was given until a day that is over."""
        return self.study is not None and bool(self.study.ledger.due())

    def show_consent(self) -> None:
        """Show what people agreed to, that of the person chosen first."""
        self.people.open_consent()

    def show_due(self) -> None:
        """Show those of whom something has ended."""
        self.people.open_due()

    def show_details(self) -> None:
        """Show the details of the session chosen."""
        self._show_tab("session")

    def show_charter(self) -> None:
        """Show what the study is for."""
        if self.study is not None:
            dialog = CharterDialog(self.study)
            dialog.setParent(self, dialog.windowFlags())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def has_one(self, is_text: bool) -> bool:
        """Tell whether the session chosen has exactly one document, or one recording."""
        return self.can_change() and len(self._files(is_text)) == 1

    def ask_version(self, is_text: bool) -> None:
        """Ask for another text of the one document, or the one recording, of the session."""
        [source] = self._files(is_text)
        (self.importer.ask_version if is_text else self.importer.ask_transcript)(source.id)

    def has_recording(self) -> bool:
        """Tell whether the session chosen has exactly one recording."""
        return len(self._files(False)) == 1

    def export_sound(self) -> None:
        """Write the one recording of the session chosen as sound."""
        [source] = self._files(False)
        export_sound(self.context, self, source.id)

    def _files(self, is_text: bool) -> list[Source]:
        chosen = SessionId(self.sessions.current_id)
        sources = self.study.materials.sources(chosen) if self.study and chosen else []
        return [one for one in sources if (one.kind is SourceKind.TEXT) == is_text]

    def can_remove_person(self) -> bool:
        """Tell whether there is a person to remove."""
        return self.can_change() and bool(self.people.list.current_id)

    def remove_person(self) -> None:
        """Put the person chosen into the bin."""
        if self.can_remove_person():
            self.people.remove(self.people.list.current_id)

    def withdraw(self) -> None:
        """Ask what is to go at the wish of the person chosen."""
        self.people.withdraw()

    def remove_session(self) -> None:
        """Put the session chosen into the bin."""
        if self.study is None or not self.sessions.current_id:
            return
        session_id = SessionId(self.sessions.current_id)
        title = self.study.materials.session(session_id).title
        self.session.leave()
        self.study.materials.remove_session(session_id)
        self._say_removed(title)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.fit(self.width() - _SIDE - 1)  # the splitter's line

    # Inside

    def _build(self) -> None:
        yielding = (self.record_button, self.charter_button, self.new_button)
        commands = (self.charter_button, self.new_button, self.record_button, self.add_button)
        self._head = CommandRow(t("Materials"), commands, yielding)
        self._head.setContentsMargins(24, 16, 24, 4)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(24, 0, 24, 16)
        foot.setSpacing(10)
        foot.addWidget(hairline())
        foot.addWidget(self.coverage)
        centre = look(QWidget(), "surface")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.importer.bar)
        column.addWidget(self.recording.bar)
        column.addWidget(self.sessions, 1)
        column.addWidget(self._foot)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("collect")
        splitter.addWidget(centre)
        splitter.addWidget(self._inspector())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1000, 376])
        self.remember_splitter(splitter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(splitter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _inspector(self) -> QWidget:
        self._cards = QStackedWidget()
        self._cards.addWidget(self.session)
        self._cards.addWidget(self.people)
        side = look(QWidget(), "paper")
        side.setMinimumWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.tabs)
        column.addLayout(row)
        column.addWidget(self._cards, 1)
        self._show_tab("session")
        return side

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_files)
        self.empty.button.clicked.connect(self.add_files)
        self.empty.other.clicked.connect(self.new_person)
        self.new_button.clicked.connect(self.new_session)
        self.record_button.clicked.connect(self.record)
        self.charter_button.clicked.connect(self.show_charter)
        self.tabs.chosen.connect(lambda key: self._show_tab(str(key)))
        self.sessions.chosen.connect(self._on_session_chosen)
        self.session.version_wanted.connect(self.importer.ask_version)
        self.session.transcript_wanted.connect(self.importer.ask_transcript)
        self.session.find_wanted.connect(lambda: find_again(self.context, self))
        self.context.signals.files_found.connect(
            lambda: self._show_session(self.sessions.current_id)
        )
        self.session.remove_pressed.connect(self.remove_session)
        self.session.file_removed.connect(self._say_removed)
        self.session.files_wanted.connect(self._on_files_wanted)
        self.session.transcribe_wanted.connect(self._on_transcribe_wanted)
        self.session.person_opened.connect(lambda who: self.focus_object("participant", who))
        self.people.removed.connect(self._say_removed)
        self.people.list.chosen.connect(lambda _id: self.context.actions.refresh())
        self.recording.waiting_changed.connect(self._show_page)
        self.importer.imported.connect(self.recording.take_in)
        self.importer.imported.connect(self._on_imported)
        self.veil.dropped.connect(self.take_files)

    def _show_page(self) -> None:
        study = self.study
        there = study is not None and (study.materials.sessions() or study.people.participants())
        self._pages.setCurrentIndex(1 if there or self.recording.waiting else 0)

    def _show_tab(self, key: str) -> None:
        self.tabs.set_value(key)
        self._cards.setCurrentIndex(0 if key == "session" else 1)

    def _on_session_chosen(self, session_id: str) -> None:
        self._show_session(session_id)
        if session_id and self.sessions.hasFocus():
            self._show_tab("session")
        self.context.actions.refresh()

    def _show_session(self, session_id: str) -> None:
        self.session.show_session(self.study, session_id)

    def take_files(self, paths: list[Path]) -> None:
        """Ask whom files came from, and take them in; ask for files where there are none."""
        if self.can_change():
            self.importer.ask(paths)

    def _on_files_wanted(self) -> None:
        if self.sessions.current_id:
            self.importer.ask_into(SessionId(self.sessions.current_id))

    def _on_transcribe_wanted(self, source_id: str) -> None:
        if self.study is not None:
            self.study.jobs.add(
                SourceId(source_id),
                model=model_for(self.context),
                language=self.context.settings.current.language or "auto",
            )

    def _on_imported(self, session_id: str) -> None:
        self.refresh(None)
        self.sessions.select(session_id)
        self._show_tab("session")

    def _say_removed(self, title: str) -> None:
        self.context.signals.toast_requested.emit(
            t("“{title}” is in the bin. Undo brings it back.", title=title)
        )
