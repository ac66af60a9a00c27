"""The form of a mystery visit: questions by section, and a score that follows while one types."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.collect.fields import LineField, TextField, add_row, form
from ui.views.collect.rows import score_text
from ui.views.widgets.controls import Segmented
from ui.views.widgets.looks import hairline, label
from workbench.domain.ids import SessionId
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Answer, FormItem, ItemKind
from workbench.services.visits import FilledVisit
from workbench.study import Study

_MOST = 999


class VisitForm(QWidget):
    """Shows and fills the form of one visit."""

    def __init__(self) -> None:
        super().__init__()
        self._study: Study | None = None
        self._session_id = SessionId("")
        self._form_id = ""
        self._fields: dict[str, QWidget] = {}
        self._sections: dict[str, QLabel] = {}
        self._items = QVBoxLayout()
        self._items.setSpacing(8)
        self.score = label("", "title")
        head = QHBoxLayout()
        head.addWidget(label(t("Visit"), "heading"), 1)
        head.addWidget(self.score)
        self.shopper = LineField(t("Shopper"), t("Code of the shopper"))
        self.scenario = LineField(t("Scenario"))
        self.arrived = LineField(t("Arrived"), t("15:10"))
        self.left = LineField(t("Left"), t("15:31"))
        self.narrative = TextField(
            t("Narrative"), t("What happened, in the shopper’s words"), lines=5
        )
        for name, field in self._texts().items():
            field.committed.connect(partial(self._on_text, name))
        times = QHBoxLayout()
        times.addWidget(self.arrived)
        times.addWidget(label("–", "meta"))
        times.addWidget(self.left)
        both = QWidget()
        times.setContentsMargins(0, 0, 0, 0)
        both.setLayout(times)
        rows = form()
        add_row(rows, t("Shopper"), self.shopper)
        add_row(rows, t("Scenario"), self.scenario)
        add_row(rows, t("Time"), both)
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
        for field in self._texts().values():
            if session_id != self._session_id:
                field.commit()
        self._study, self._session_id = study, session_id
        if filled.visit.form_id != self._form_id:
            self._form_id = filled.visit.form_id
            self._build(filled)
        self._show_score(filled)
        for name, text in self._texts().items():
            text.set_value(getattr(filled.visit, name))
        for item in filled.items:
            _show(self._fields[item.id], filled.answers.get(item.id))
        self.setEnabled(not study.read_only)

    def field(self, item_id: str) -> QWidget:
        """Return the control that answers an item."""
        return self._fields[item_id]

    def _texts(self) -> dict[str, LineField | TextField]:
        return {
            "shopper": self.shopper, "scenario": self.scenario, "arrived": self.arrived,
            "left_at": self.left, "narrative": self.narrative,
        }  # fmt: skip

    def _build(self, filled: FilledVisit) -> None:
        while (entry := self._items.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.deleteLater()
        self._fields.clear()
        self._sections.clear()
        for item in filled.items:
            if item.section not in self._sections:
                self._sections[item.section] = label("", "meta")
                self._items.addWidget(_section(item.section, self._sections[item.section]))
            self._items.addWidget(self._row(item))

    def _row(self, item: FormItem) -> QWidget:
        field = self._control(item)
        field.setAccessibleName(item.ask)
        self._fields[item.id] = field
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(label(item.ask, wrap=True), 1)
        line.addWidget(field, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return row

    def _control(self, item: FormItem) -> QWidget:
        answer = partial(self._on_answer, item.id)
        if item.kind is ItemKind.TEXT:
            text = LineField(item.ask)
            text.committed.connect(answer)
            return text
        if item.kind is ItemKind.NUMBER:
            number = QSpinBox()
            number.setRange(-1, _MOST)
            number.setSpecialValueText("–")
            number.setSuffix(f" {item.unit}" if item.unit else "")
            number.setValue(-1)
            number.setMinimumWidth(96)
            number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            number.valueChanged.connect(lambda n: answer(None if n < 0 else n))
            return number
        choices: list[tuple[object, str]] = [(True, t("Yes")), (False, t("No"))]
        if item.kind is ItemKind.SCALE:
            choices = [(n, str(n)) for n in range(item.lowest, item.highest + 1)]
        seg = Segmented(choices, name=item.ask, empty=True)
        seg.chosen.connect(answer)
        return seg

    def _on_answer(self, item_id: str, value: Answer) -> None:
        if self._study is not None:
            self._study.visits.answer(self._session_id, item_id, value)
            filled = self._study.visits.visit(self._session_id)
            if filled is not None:
                self._show_score(filled)

    def _on_text(self, name: str, text: str) -> None:
        filled = self._study.visits.visit(self._session_id) if self._study else None
        if self._study is not None and filled is not None:
            self._study.visits.set_visit(replace(filled.visit, **{name: text}))  # type: ignore[arg-type]

    def _show_score(self, filled: FilledVisit) -> None:
        score = filled.score.score
        self.score.setText("" if score is None else score_text(score))
        for part in filled.score.sections:
            if part.section in self._sections:
                self._sections[part.section].setText(
                    t("{points} of {most}", points=f"{part.points:g}", most=f"{part.possible:g}")
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


def _show(field: QWidget, answer: Answer | Unreadable) -> None:
    blocked = field.blockSignals(True)
    if isinstance(field, Segmented):
        field.set_value(answer)
    elif isinstance(field, QSpinBox):
        field.setValue(
            -1 if answer is None or isinstance(answer, str | Unreadable) else int(answer)
        )
    elif isinstance(field, LineField):
        field.set_value(str(answer or ""))
    field.blockSignals(blocked)
