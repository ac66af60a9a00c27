"""Collect: what came in from the field, from whom, and where nobody has been yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.views import faces, splitting
from ui.views.collect.actions import COLLECT_ACTIONS, COMMANDS
from ui.views.collect.coverage_strip import CoverageStrip
from ui.views.collect.drops import DropVeil
from ui.views.collect.importer import Importer
from ui.views.collect.left_out import LeftOut
from ui.views.collect.people_commands import PeopleCommands
from ui.views.collect.people_pane import PeoplePane
from ui.views.collect.rows import coverage_rows, session_rows
from ui.views.collect.session_commands import SessionCommands
from ui.views.collect.session_list import SessionList
from ui.views.collect.session_pane import SessionPane
from ui.views.collect.taking_in import TakingIn
from ui.views.collect.visit_commands import VisitCommands
from ui.views.desk import Desk
from ui.views.lost_files import find_again
from ui.views.record.desk import RecordDesk
from ui.views.widgets.command_row import CommandRow
from ui.views.widgets.controls import Segmented
from ui.views.widgets.looks import EmptyState, button, hairline, look
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet, TableName
from workbench.study import Study

_PEOPLE: tuple[TableName, ...] = (
    "segment", "participant", "consent_entry", "key", "session", "attendance",
)  # fmt: skip

_SIDE = 300  # least width of the details, in pixels


class CollectWorkspace(Workspace):
    """The sessions, the people, and the way in for files."""

    key, title, icon = faces.COLLECT
    opens = ("participant", "segment", "session")
    reads = (
        *_PEOPLE, "source", "visit", "visit_answer", "visit_form", "form_item", "transcript", "job",
        "observation",
    )  # fmt: skip
    # Declared here, since the parts ask for them.
    importer: Importer | None = None
    left_out: LeftOut
    taking_in: TakingIn
    new_button: QPushButton
    sessions: SessionList
    session: SessionPane
    desk: Desk[CollectWorkspace] | None = None
    recording: RecordDesk
    people: PeoplePane
    commands: SessionCommands | None = None
    people_commands: PeopleCommands | None = None
    visit_commands: VisitCommands | None = None

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.add_button = button(t("Add files…"), "primary")
        self.record_button = button(t("Record…"), "quiet")
        self.new_button = button(t("New session…"), "quiet")
        self.charter_button = button(t("Charter…"), "quiet")
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
            action=t("Add files…"),
            other=t("Add people first"),
        )
        self.left_out = LeftOut(context, self)
        self.taking_in = TakingIn(context, self, self.left_out)
        self.recording = RecordDesk(context, self, self.take_files)
        self._build()
        self.setFocusProxy(self.sessions)
        self.veil = DropVeil(context.theme, self)
        self._connect()

    # Contract

    @override
    def set_study(self, study: Study | None) -> None:
        self.session.leave()
        super().set_study(study)
        if self.importer is not None:
            self.importer.close()
        self.recording.set_study(study)
        self.people.clear()
        if self.people_commands is not None:
            self.people_commands.close()
        if self.desk is not None:
            self.desk.clear()
        self.desk = self.importer = self.commands = None
        self.people_commands = self.visit_commands = None
        if study is None:
            self.sessions.show_rows([])
            self.session.clear()
        else:
            self.desk = Desk(self.context, study, self)
            self.importer = Importer(self.desk)
            self.commands = SessionCommands(self.desk, self.importer)
            self.people_commands = PeopleCommands(self.desk, self.people)
            self.visit_commands = VisitCommands(self.desk, self.session.visit)
        changing = self.desk is not None and self.desk.can_change
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
        people = self.people_commands
        if self.study is None or people is None:
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
            people.refresh()
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
            self.show_tab("session")
        else:
            self.show_tab("people")
            if kind == "participant" and self.people_commands is not None:
                self.people_commands.select(object_id)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        session, person = self.sessions.current_id, self.people.list.current_id
        if self._cards.currentWidget() is self.people and person:
            return (("participant", person),)
        return (("session", session),) if session else ()

    # Actions

    def new_person(self) -> None:
        """Go to where a person is added."""
        self.show_people()
        self.people.new_name.setFocus()

    def show_people(self) -> None:
        """Show the people."""
        self._pages.setCurrentIndex(1)
        self.show_tab("people")

    def show_tab(self, key: str) -> None:
        """Show the session chosen, or the people: "session" or "people"."""
        self.tabs.set_value(key)
        self._cards.setCurrentIndex(0 if key == "session" else 1)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Ask whom files came from, and take them in; ask for files where there are none."""
        if self.importer is not None and self.desk is not None and self.desk.can_change:
            self.importer.ask(paths)

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
        column.addWidget(self.taking_in.bar)
        column.addWidget(self.recording.bar)
        column.addWidget(self.sessions, 1)
        column.addWidget(self._foot)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("collect")
        splitter.addWidget(centre)
        splitter.addWidget(self._inspector())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1000, 376])
        splitting.remember(self.context, splitter)
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
        self.show_tab("session")
        return side

    def _connect(self) -> None:
        for pressed in (self.add_button, self.empty.button):
            pressed.clicked.connect(lambda: self.take_files([]))
        self.empty.other.clicked.connect(self.new_person)
        self.record_button.clicked.connect(self.recording.open)
        self.charter_button.clicked.connect(
            partial(COMMANDS.run(SessionCommands.show_charter), self)
        )
        self.tabs.chosen.connect(lambda key: self.show_tab(str(key)))
        self.sessions.chosen.connect(self._on_session_chosen)
        self.session.find_wanted.connect(lambda: find_again(self.context, self))
        self.context.signals.files_found.connect(
            lambda: self._show_session(self.sessions.current_id)
        )
        self.session.person_opened.connect(lambda who: self.focus_object("participant", who))
        self.people.list.chosen.connect(lambda _id: self.context.actions.refresh())
        self.recording.waiting_changed.connect(self._show_page)
        self.taking_in.imported.connect(self.recording.take_in)
        self.taking_in.imported.connect(self._on_imported)
        self.veil.dropped.connect(self.take_files)

    def _show_page(self) -> None:
        study = self.study
        there = study is not None and (study.materials.sessions() or study.people.participants())
        began = self.empty.isAncestorOf(self.window().focusWidget() or self)
        self._pages.setCurrentIndex(1 if there or self.recording.waiting else 0)
        if began and self._pages.currentIndex():
            self.sessions.setFocus()  # what came in, not whatever stands first

    def _on_session_chosen(self, session_id: str) -> None:
        self._show_session(session_id)
        if session_id and self.sessions.hasFocus():
            self.show_tab("session")
        self.context.actions.refresh()

    def _show_session(self, session_id: str) -> None:
        if self.commands is not None:
            self.commands.show(session_id)

    def _on_imported(self, session_id: str) -> None:
        self.refresh(None)
        self.sessions.select(session_id)
        self.show_tab("session")
