"""Which passages to show, asked in plain words; every answer becomes a chip one can take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ui.i18n import Phrase, t
from ui.views.widgets.dropping import Line
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from workbench.domain.fields import ASKED
from workbench.domain.ids import CodeId, ParticipantId, SegmentId, StageId
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.study import Study

_TYPING_MS = 180  # pause after which words are looked up


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the query without it."""

    text: str
    without: Query


# What one can ask for alone: a query that asks for nothing else.
_ONLY: tuple[tuple[Phrase, Query], ...] = (
    *(
        (choice.asked, Query(having=(field.to(choice.value),)))
        for field in ASKED
        for choice in field.choices
        if choice.asked
    ),
    ("Rated", Query(any_rating=True)),
    ("Without a stage", Query(no_stage=True)),
    ("Waiting for review", Query(review=True)),
)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A box, and the part of a query that it stands for."""

    box: ComboBox[Any]
    read: Callable[[Query], object]
    put: Callable[[Query, Any], Query]


class FilterColumn(QWidget):
    """The questions at the left.

    Signals:
        changed: the new Query.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = Query()
        self._study: Study | None = None
        self.words = Line()
        self.words.setPlaceholderText(t("Any words"))
        self.words.setClearButtonEnabled(True)
        self.code = ComboBox[CodeId | None]()
        self.stage = ComboBox[StageId | None]()
        self.segment = ComboBox[SegmentId | None]()
        self.person = ComboBox[ParticipantId | None]()
        self.method = ComboBox[Method | None]()
        self.only = ComboBox[Query]()
        self._conditions = (
            _Condition(self.stage, lambda q: q.stage_id, lambda q, v: replace(q, stage_id=v)),
            _Condition(self.segment, lambda q: q.segment_id, lambda q, v: replace(q, segment_id=v)),
            _Condition(
                self.person, lambda q: q.participant_id, lambda q, v: replace(q, participant_id=v)
            ),
            _Condition(self.method, lambda q: q.method, lambda q, v: replace(q, method=v)),
            _Condition(self.only, _only, _with_only),
        )
        self.reset_button = button(t("Show everything"), "link")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 16, 16)
        column.setSpacing(4)
        for text, field in (
            (t("Containing"), self.words), (t("Coded as"), self.code),
            (t("In the stage"), self.stage), (t("Of the segment"), self.segment),
            (t("Said by"), self.person), (t("Heard through"), self.method),
            (t("Only"), self.only),
        ):  # fmt: skip
            name = label(text, "heading")
            name.setBuddy(field)
            field.setAccessibleName(text)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                field.setMinimumContentsLength(8)
            column.addWidget(name)
            column.addWidget(field)
            column.addSpacing(8)
        column.addWidget(self.reset_button)
        column.addStretch(1)
        self.setMinimumWidth(190)

    def _connect(self) -> None:
        self.words.textEdited.connect(lambda _text: self._typing.start())
        self.words.returnPressed.connect(self._on_words)
        self._typing.timeout.connect(self._on_words)
        self.code.activated.connect(self._on_code)
        for one in self._conditions:
            one.box.activated.connect(
                lambda _i, one=one: self.ask(one.put(self.query, one.box.value))
            )
        self.reset_button.clicked.connect(lambda: self.ask(Query()))

    def set_study(self, study: Study | None) -> None:
        """Ask for everything of another study; `fill` offers what it holds."""
        self._study = study
        self.query = Query()
        if study is None:
            self.fill()

    def fill(self) -> None:
        """Read again what can be asked for; the answers stay as far as they still exist."""
        study = self._study
        codes = study.codebook.codes() if study else []
        mentions = study.codebook.use.mentions() if study else {}
        named = sorted(codes, key=lambda code: code.name.casefold())
        counted = [(f"{code.name}   {mentions.get(code.id, 0)}", code.id) for code in named]
        self.code.fill([(t("Any code"), None), *counted])
        stages = study.journeys.stages() if study else []
        self.stage.fill([(t("Any stage"), None), *((s.name, s.id) for s in stages)])
        segments = study.people.segments() if study else []
        self.segment.fill([(t("Any segment"), None), *((s.name, s.id) for s in segments)])
        people = study.people.participants() if study else []
        self.person.fill([(t("Anybody"), None), *((p.pseudonym, p.id) for p in people)])
        self.method.fill([(t("Any method"), None), *((t(m.plural), m) for m in Method)])
        self.only.fill([(t("All kinds"), Query()), *((t(text), only) for text, only in _ONLY)])
        live = {code.id for code in codes}
        query = replace(self.query, code_ids=tuple(c for c in self.query.code_ids if c in live))
        for one in self._conditions:
            if one.box.place_of(one.read(query)) < 0:
                query = one.put(query, one.box.value_at(0))
        self.query = query
        self._show_query()

    def ask(self, query: Query) -> None:
        """Ask for other passages."""
        self._typing.stop()
        if query != self.query:
            self.query = query
            self._show_query()
            self.changed.emit(query)

    def chips(self) -> list[Chip]:
        """Return the conditions in words."""
        if self._study is None:
            return []
        query = self.query
        found: list[Chip] = []
        if query.text:
            found.append(Chip(f"“{query.text}”", replace(query, text="")))
        names = {code.id: code.name for code in self._study.codebook.codes()}
        for code_id in query.code_ids:
            rest = tuple(other for other in query.code_ids if other != code_id)
            found.append(Chip(names.get(code_id, "?"), replace(query, code_ids=rest)))
        for one in self._conditions:
            place = one.box.place_of(one.read(query))
            if place > 0:
                without = one.put(query, one.box.value_at(0))
                found.append(Chip(one.box.itemText(place), without))
        return found

    def _show_query(self) -> None:
        if self.words.text().strip() != self.query.text:
            self.words.setText(self.query.text)
        self.code.setCurrentIndex(0)
        for one in self._conditions:
            one.box.set_value(one.read(self.query))
        self.reset_button.setVisible(self.query != Query())

    def _on_words(self) -> None:
        self.ask(replace(self.query, text=self.words.text().strip()))

    def _on_code(self) -> None:
        code_id = self.code.value
        if code_id is not None and code_id not in self.query.code_ids:
            self.ask(replace(self.query, code_ids=(*self.query.code_ids, code_id)))
        self.code.setCurrentIndex(0)


def _only(query: Query) -> Query:
    """Return the part of a query that the last box asks for."""
    return _with_only(Query(), query)


def _with_only(query: Query, only: Query) -> Query:
    """Return a query with the part of another one that the last box asks for."""
    return replace(
        query,
        having=only.having,
        any_rating=only.any_rating,
        no_stage=only.no_stage,
        review=only.review,
    )
