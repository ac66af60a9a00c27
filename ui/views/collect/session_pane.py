"""One session in detail: title, date, place, people, note, its files, and the form of a visit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.collect.roster import Roster
from ui.views.collect.rows import source_state
from ui.views.collect.visit_form import VisitForm
from ui.views.widgets.controls import add_chip
from ui.views.widgets.dates import DateField
from ui.views.widgets.emptying import empty
from ui.views.widgets.fields import LineField, TextField, add_row, form, required
from ui.views.widgets.looks import ShortLabel, button, hairline, icon_button, label
from workbench.domain.consent import Standing, Use
from workbench.domain.declaring import Field, Given
from workbench.domain.figures import clock
from workbench.domain.ids import SessionId
from workbench.domain.materials import (
    DATE,
    NOTE,
    PLACE,
    TITLE,
    VOCABULARY,
    Method,
    Session,
    Source,
    SourceKind,
)
from workbench.domain.vocabulary import HINT, listed, terms_of
from workbench.services.unsaved import Spot
from workbench.study import Study


class SessionPane(QScrollArea):
    """The details of the session chosen.

    Attributes:
        session_id: the one that is shown.

    Signals:
        remove_pressed: put the session into the bin.
        file_removed: source id of a file that is to go into the bin.
        files_wanted: add files to this session.
        transcribe_wanted: source id.
        person_opened: participant id.
        version_wanted: source id of a document that has a newer version.
        transcript_wanted: source id of a recording for which there is a transcript.
        find_wanted: a file is missing, and somebody knows where it is.
    """

    remove_pressed = Signal()
    file_removed = Signal(str)
    files_wanted = Signal()
    transcribe_wanted = Signal(str)
    person_opened = Signal(str)
    version_wanted = Signal(str)
    transcript_wanted = Signal(str)
    find_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.session_id = SessionId("")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = LineField(t("Title"), read=required(t("Title")))
        self.date = DateField(t("Date"), partial=True)
        self.place = LineField(t("Place"), t("Where it took place"))
        self.roster = Roster()
        self.vocabulary = LineField(t("Vocabulary"), t(HINT))
        self.note = TextField(t("Note"), t("What a transcript does not tell"), lines=3)
        self.remove = icon_button(context.icons, "trash-2", t("Put this session into the bin"))
        self.visit = VisitForm()
        self.begin_visit = button(t("Fill in the visit form"))
        self._files = QVBoxLayout()
        self._files.setSpacing(2)
        self._shown_files: list[tuple[Source, str, bool]] = []
        self._build()
        self._connect()

    def clear(self) -> None:
        """Show no session."""
        self.leave()
        self._page.hide()

    def show_session(self, study: Study, session_id: SessionId) -> None:
        """Show a session; what is being typed for the same one is left alone."""
        if session_id != self.session_id:
            self.leave()
            self.verticalScrollBar().setValue(0)
        self._page.show()
        self.session_id = session_id
        session = study.materials.session(session_id)
        for field, line in (
            *((TITLE, self.title), (DATE, self.date)),
            *((PLACE, self.place), (NOTE, self.note)),
        ):
            line.set_value(field.of(session), self._spot(study, session, field, field.to))
        self.vocabulary.set_value(
            listed(session.vocabulary),
            self._spot(study, session, VOCABULARY, lambda text: VOCABULARY.to(terms_of(text))),
        )
        never = Standing(Use.QUOTE)
        known = study.ledger.of_use(Use.QUOTE)
        quotes: dict[str, Standing] = {
            person.id: known.get(person.id, never) for person in study.people.participants()
        }
        self.roster.show_people(
            [(person.id, person.pseudonym) for person in study.people.participants()],
            [seat.participant_id for seat in study.materials.roster(session_id)],
            [segment.name for segment in study.people.segments()],
            quotes,
        )
        self._show_files(study)
        self._show_visit(study, session.method)
        self._page.setEnabled(not study.read_only)

    def leave(self) -> None:
        """Keep what is typed, before another session is shown."""
        for field in (self.title, self.date, self.place, self.vocabulary):
            field.leave()
        self.roster.settle()
        self.note.commit()
        self.visit.leave()
        self.session_id = SessionId("")

    def _build(self) -> None:
        self._page = QWidget()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        rows = form()
        add_row(rows, t("Date"), self.date)
        add_row(rows, t("Place"), self.place)
        add_row(rows, t("People"), self.roster)
        add_row(rows, t("Vocabulary"), self.vocabulary)
        add_row(rows, t("Note"), self.note)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(16, 12, 16, 24)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.title.trouble)
        column.addLayout(rows)
        column.addWidget(hairline())
        column.addWidget(label(t("Files"), "heading"))
        column.addLayout(self._files)
        self._line = hairline()
        column.addWidget(self._line)
        column.addWidget(self.begin_visit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.visit)
        column.addStretch(1)
        self.setWidget(self._page)

    def _connect(self) -> None:
        self.roster.opened.connect(self.person_opened)
        self.remove.clicked.connect(self.remove_pressed)

    def _show_files(self, study: Study) -> None:
        newest, texts = study.jobs.newest(), study.transcripts.present()
        counts = study.observations.per_source()
        files = []
        for source in study.materials.sources(self.session_id):
            job, count = newest.get(source.id), counts.get(source.id, 0)
            state = source_state(source, job, count, source.id in texts)
            files.append((source, state, study.keeping.lost.misses(source)))
        if files == self._shown_files and self._files.count():
            return  # progress comes four times a second; a press must not miss its button
        self._shown_files = files
        empty(self._files)
        for source, state, lost in files:
            self._files.addWidget(self._file(source, state, lost=lost))
        more = add_chip(t("file"))
        more.setAccessibleName(t("Add files to this session…"))
        more.clicked.connect(self.files_wanted)
        self._files.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _file(self, source: Source, state: str, *, lost: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(ShortLabel(source.original_name, ""), 1)
        if lost:
            line.addWidget(label(t("missing"), "bad"))
            line.addWidget(self._finder(source))
        elif source.duration_ms:
            line.addWidget(label(clock(source.duration_ms), "meta"))
        if state == t("new") and source.kind is not SourceKind.TEXT:
            link = button(t("Transcribe"), "link")
            link.clicked.connect(partial(self.transcribe_wanted.emit, source.id))
        elif state in (t("new"), t("waiting"), t("paused"), t("failed")) or state.endswith("%"):
            link = button(state, "link")
            link.clicked.connect(partial(self._open, "transcribe"))
        else:
            link = button(t("Open"), "link")
            link.clicked.connect(partial(self._open, source.id))
        if not lost or link.text() == t("Open"):  # nothing else can be done without the file
            line.addWidget(link)
        line.addWidget(self._other_text(source))
        line.addWidget(self._remover(source))
        return row

    def _finder(self, source: Source) -> QWidget:
        made = button(t("Choose…"), "link")
        made.setAccessibleName(t("Choose the missing file “{name}”", name=source.original_name))
        made.clicked.connect(self.find_wanted)
        return made

    def _remover(self, source: Source) -> QWidget:
        made = icon_button(self._context.icons, "trash-2", t("Put this file into the bin"))
        made.setAccessibleName(t("Put “{name}” into the bin", name=source.original_name))
        made.clicked.connect(partial(self.file_removed.emit, source.id))
        return made

    def _other_text(self, source: Source) -> QWidget:
        """Return the button that gives a source another text."""
        is_text = source.kind is SourceKind.TEXT
        tip = t("Take in a new version…") if is_text else t("Attach a transcript…")
        made = icon_button(self._context.icons, "refresh-cw" if is_text else "file-text", tip)
        wanted = self.version_wanted if is_text else self.transcript_wanted
        made.clicked.connect(lambda: wanted.emit(source.id))
        return made

    def _open(self, target: str) -> None:
        if target == "transcribe":
            self._context.actions.trigger("view.transcribe")
        else:
            self._context.signals.open_requested.emit("source", target)

    def _show_visit(self, study: Study, method: Method) -> None:
        filled = study.visits.visit(self.session_id) if method is Method.MYSTERY_VISIT else None
        visiting = method is Method.MYSTERY_VISIT
        self._line.setVisible(visiting)
        self.begin_visit.setVisible(visiting and filled is None)
        self.visit.setVisible(filled is not None)
        if filled is not None:
            self.visit.show_visit(study, self.session_id, filled)

    @staticmethod
    def _spot(
        study: Study,
        session: Session,
        field: Field[Session, Any],
        read: Callable[[str], Given[Session]],
    ) -> Spot:
        """Return where a field belongs: to the session shown now, also when it is saved later."""
        return study.unsaved.spot(
            ("session", session.id, field.name),
            f"{t(field.label)} · {session.title}",
            lambda text: study.materials.change_session(session.id, read(text)),
        )
