"""The form of a mystery visit: questions by section, and a score that follows while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.i18n import length_of, plural, t
from ui.plain import set_tip
from ui.views.collect.rows import score_text
from ui.views.widgets.controls import Segmented
from ui.views.widgets.emptying import empty
from ui.views.widgets.fields import LineField, TextField, add_row, form, with_trouble
from ui.views.widgets.looks import button, hairline, label
from workbench.domain import typed
from workbench.domain.declaring import Field
from workbench.domain.ids import SessionId
from workbench.domain.typed import Unreadable
from workbench.domain.visits import (
    ARRIVED,
    LEFT,
    NARRATIVE,
    SCENARIO,
    SHOPPER,
    Answer,
    FormItem,
    ItemKind,
    Visit,
    read_answer,
)
from workbench.services.materials.visits import FilledVisit
from workbench.services.unsaved import Spot
from workbench.study import Study
from workbench.words.local import decimal


class VisitForm(QWidget):
    """Shows and fills the form of one visit.

    Attributes:
        session_id: whose visit is shown.
        form_id: with which questions.

    Signals:
        answered: id of a question, and what was chosen.
        questions_wanted: the questions shall be edited; id of one of them, or "".
        question_removed: id of a question that is to go.
    """

    answered = Signal(str, object)
    questions_wanted = Signal(str)
    question_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.session_id = SessionId("")
        self.form_id = ""
        self._shown: tuple[FormItem, ...] = ()
        self._fields: dict[str, QWidget] = {}
        self._sections: dict[str, QLabel] = {}
        self._items = QVBoxLayout()
        self._items.setSpacing(8)
        self.score = label("", "title")
        head = QHBoxLayout()
        head.addWidget(label(t("Visit"), "heading"), 1)
        self.edit = button(t("Questions…"), "link")
        self.edit.setAccessibleName(t("Edit the questions of the form"))
        self.edit.clicked.connect(lambda _on=False: self.questions_wanted.emit(""))
        head.addWidget(self.edit)
        head.addWidget(self.score)
        self.shopper = LineField(t("Shopper"), t("Code of the shopper"))
        self.scenario = LineField(t("Scenario"))
        self.arrived = LineField(
            t("Arrived"), t("15:10"), read=partial(_time_or_span, t("Arrived"))
        )
        self.left = LineField(t("Left"), t("15:31"), read=partial(_time_or_span, t("Left")))
        self.stay = label("", "meta")
        self.narrative = TextField(
            t("Narrative"), t("What happened, in the shopper’s words"), lines=5
        )
        both = with_trouble(self.arrived, self.left, between="–")
        rows = form()
        add_row(rows, t("Shopper"), self.shopper)
        add_row(rows, t("Scenario"), self.scenario)
        add_row(rows, t("Time"), both)
        rows.addRow("", self.stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(rows)
        column.addLayout(self._items)
        column.addSpacing(4)
        column.addWidget(self.narrative)

    def show_visit(self, study: Study, session_id: SessionId, filled: FilledVisit) -> None:
        """Show the answers of a visit."""
        if session_id != self.session_id:
            self.leave()
        self.session_id = session_id
        if (filled.visit.form_id, filled.items) != (self.form_id, self._shown):
            self.form_id, self._shown = filled.visit.form_id, filled.items
            self._build(filled)
        self._show(study, filled)
        self.setEnabled(not study.read_only)

    def leave(self) -> None:
        """Keep what is typed, before another visit is shown."""
        for field in (*self._texts().values(), *self._fields.values()):
            if isinstance(field, LineField):
                field.leave()
            elif isinstance(field, TextField):
                field.commit()

    def field(self, item_id: str) -> QWidget:
        """Return the control that answers an item."""
        return self._fields[item_id]

    def _texts(self) -> dict[Field[Visit, str], LineField | TextField]:
        return {
            SHOPPER: self.shopper, SCENARIO: self.scenario, ARRIVED: self.arrived,
            LEFT: self.left, NARRATIVE: self.narrative,
        }  # fmt: skip

    def _build(self, filled: FilledVisit) -> None:
        empty(self._items)
        self._fields.clear()
        self._sections.clear()
        section = None
        for item in filled.items:
            if item.section != section:  # it comes again where its questions are not together
                section, points = item.section, label("", "meta")
                self._items.addWidget(_section(section, points))
                self._sections.setdefault(section, points)
            self._items.addWidget(self._row(item))

    def _row(self, item: FormItem) -> QWidget:
        field = self._control(item)
        field.setAccessibleName(item.ask)
        self._fields[item.id] = field
        row = QWidget()
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for title, run in (
            (t("Edit the question…"), partial(self.questions_wanted.emit, item.id)),
            (t("Remove the question"), partial(self.question_removed.emit, item.id)),
        ):
            row.addAction(title).triggered.connect(lambda _on=False, run=run: run())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(item.ask, wrap=True), 1)
        line.addWidget(field, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if item.unit:
            line.addWidget(label(item.unit, "meta"))
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        if isinstance(field, LineField):
            column.addWidget(field.trouble)
        return row

    def _control(self, item: FormItem) -> QWidget:
        if item.kind in {ItemKind.TEXT, ItemKind.NUMBER}:
            number = item.kind is ItemKind.NUMBER
            line = LineField(
                item.ask,
                read=partial(_as_answer, item),
                step=partial(_stepped, item) if number else None,
            )
            if number:
                line.setPlaceholderText("–")
                line.setFixedWidth(72)
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
            return line
        choices: list[tuple[object, str]] = [(True, t("Yes")), (False, t("No"))]
        if item.kind is ItemKind.SCALE:
            choices = [(n, str(n)) for n in range(item.lowest, item.highest + 1)]
        seg = Segmented(choices, name=item.ask, empty=True)
        seg.chosen.connect(lambda value: self.answered.emit(item.id, value))
        return seg

    def write_answer(
        self, item_id: str, study: Study, session_id: SessionId, value: Answer
    ) -> None:
        """Answer a question, and show the score that comes of it while that visit is shown."""
        study.visits.answer(session_id, item_id, value)
        filled = study.visits.visit(session_id)
        if filled is not None and session_id == self.session_id:
            self._show_score(filled)

    def _write_text(
        self, field: Field[Visit, str], study: Study, session_id: SessionId, text: str
    ) -> None:
        study.visits.change(session_id, field.to(text))
        filled = study.visits.visit(session_id)
        if filled is not None and session_id == self.session_id:
            self._show(study, filled)

    def _spot(
        self, study: Study, key: str, title: str, write: Callable[[Study, SessionId, str], None]
    ) -> Spot:
        """Return where a text belongs: to the visit shown now, also when it is saved later."""
        session_id = self.session_id
        return study.unsaved.spot(
            ("visit", session_id, key),
            f"{title} · {study.materials.session(session_id).title}",
            lambda text: write(study, session_id, text),
        )

    def _show(self, study: Study, filled: FilledVisit) -> None:
        self._show_score(filled)
        for field, line in self._texts().items():
            write = partial(self._write_text, field)
            spot = self._spot(study, field.name, line.accessibleName(), write)
            line.set_value(field.of(filled.visit), spot)
        for item in filled.items:
            spot = self._spot(study, item.id, item.ask, partial(self.write_answer, item.id))
            _fill(self._fields[item.id], filled.answers.get(item.id), spot)
        self.stay.setText(_stay(filled.minutes))
        self.stay.setVisible(bool(self.stay.text()))

    def _show_score(self, filled: FilledVisit) -> None:
        score = filled.score.score
        self.score.setText("" if score is None else score_text(score))
        for part in filled.score.sections:
            if part.section in self._sections:
                self._sections[part.section].setText(
                    t(
                        "{points} of {most}",
                        points=decimal(f"{part.points:g}"),
                        most=decimal(f"{part.possible:g}"),
                    )
                    if part.possible
                    else ""
                )


def _section(name: str, points: QLabel) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(6)
    row = QHBoxLayout()
    row.addWidget(label(name, "heading"), 1)
    row.addWidget(points)
    column.addWidget(hairline())
    column.addLayout(row)
    return made


def _fill(field: QWidget, answer: Answer | Unreadable, spot: Spot) -> None:
    if isinstance(field, Segmented):
        field.set_value(answer)
        set_tip(field, str(answer) if isinstance(answer, Unreadable) else "")
    elif isinstance(field, LineField):
        field.set_value(_text_of(answer), spot)


def _text_of(answer: Answer | Unreadable) -> str:
    if isinstance(answer, int | float):
        return typed.show_number(answer)
    return answer.text if isinstance(answer, Unreadable) else answer or ""


def _stay(minutes: int | Unreadable | None) -> str:
    if not isinstance(minutes, int):
        return ""
    return (
        length_of(minutes * 60_000)
        if minutes >= 60
        else plural(minutes, "1 minute there", "{n} minutes there")
    )


def _as_answer(item: FormItem, text: str) -> str:
    return _text_of(read_answer(item, text))


def _stepped(item: FormItem, text: str, by: int) -> str:
    """Return the next number up or down; what is no number counts as none."""
    now = read_answer(item, text)
    number = now if isinstance(now, int | float) else 0
    return _as_answer(item, typed.show_number(round(number + by, 6)))


def _time_or_span(name: str, text: str) -> str:
    """Read a time, or leave a span as it is: the study fills both times with it."""
    return text.strip() if typed.time_span(text, name) else typed.time_of_day(text, name)
