"""Which passages to show, asked in plain words; every answer becomes a chip one can take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation, Kind, Promise
from workbench.domain.passage import Query
from workbench.study import Study

_TYPING_MS = 180  # pause after which words are looked up


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the query without it."""

    text: str
    without: Query


_ONLY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Moments of truth", {"moment_of_truth": True}),
    ("What was expected", {"expectation": Expectation.EXPECTED}),
    ("What people had", {"expectation": Expectation.HAD}),
    ("Promise kept", {"promise": Promise.KEPT}),
    ("Promise broken", {"promise": Promise.BROKEN}),
    ("Facts", {"kind": Kind.FACT}),
    ("Perceptions", {"kind": Kind.PERCEPTION}),
    ("Rated", {"any_rating": True}),
    ("Waiting for review", {"review": True}),
)
_ONLY_FIELDS = ("moment_of_truth", "expectation", "promise", "kind", "any_rating", "review")


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
        self.words = QLineEdit()
        self.words.setPlaceholderText(t("Any words"))
        self.words.setClearButtonEnabled(True)
        self.code = ComboBox()
        self.stage = ComboBox()
        self.segment = ComboBox()
        self.person = ComboBox()
        self.method = ComboBox()
        self.only = ComboBox()
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
        for box, name in (
            (self.stage, "stage_id"), (self.segment, "segment_id"),
            (self.person, "participant_id"), (self.method, "method"),
        ):  # fmt: skip
            box.activated.connect(
                lambda _i, b=box, n=name: self.ask(_changed(self.query, **{n: b.currentData()}))
            )
        self.only.activated.connect(self._on_only)
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
        mentions = study.codebook.mentions() if study else {}
        named = sorted(codes, key=lambda code: code.name.casefold())
        counted = [(f"{code.name}   {mentions.get(code.id, 0)}", code.id) for code in named]
        _fill(self.code, t("Any code"), counted)
        _fill(self.stage, t("Any stage"), _named(study.journeys.stages() if study else ()))
        _fill(self.segment, t("Any segment"), _named(study.people.segments() if study else ()))
        people = study.people.participants() if study else []
        _fill(self.person, t("Anybody"), [(p.pseudonym, p.id) for p in people])
        _fill(self.method, t("Any method"), [(t(m.plural), m) for m in Method])
        _fill(self.only, t("All kinds"), [(t(text), i) for i, (text, _) in enumerate(_ONLY)])
        live = {code.id for code in codes}
        kept = tuple(code_id for code_id in self.query.code_ids if code_id in live)
        gone = {
            name: None
            for box, name in self._boxes()
            if getattr(self.query, name) is not None and box.findData(getattr(self.query, name)) < 0
        }
        self.query = _changed(self.query, code_ids=kept, **gone)
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
        for box, name in self._boxes():
            if getattr(query, name) is not None:
                found.append(Chip(box.currentText(), _changed(query, **{name: None})))
        only = self._only_index()
        if only is not None:
            found.append(Chip(t(_ONLY[only][0]), _changed(query, **_plain(_ONLY_FIELDS))))
        return found

    def _boxes(self) -> Sequence[tuple[QComboBox, str]]:
        return (
            (self.stage, "stage_id"), (self.segment, "segment_id"),
            (self.person, "participant_id"), (self.method, "method"),
        )  # fmt: skip

    def _only_index(self) -> int | None:
        for place, (_, values) in enumerate(_ONLY):
            if all(getattr(self.query, name) == value for name, value in values.items()):
                return place
        return None

    def _show_query(self) -> None:
        if self.words.text().strip() != self.query.text:
            self.words.setText(self.query.text)
        self.code.setCurrentIndex(0)
        for box, name in self._boxes():
            value = getattr(self.query, name)
            box.setCurrentIndex(max(box.findData(value), 0) if value is not None else 0)
        only = self._only_index()
        self.only.setCurrentIndex(0 if only is None else only + 1)
        self.reset_button.setVisible(self.query != Query())

    def _on_words(self) -> None:
        self.ask(replace(self.query, text=self.words.text().strip()))

    def _on_code(self) -> None:
        code_id = self.code.currentData()
        if code_id is not None and code_id not in self.query.code_ids:
            self.ask(replace(self.query, code_ids=(*self.query.code_ids, code_id)))
        self.code.setCurrentIndex(0)

    def _on_only(self) -> None:
        values = _plain(_ONLY_FIELDS)
        if (place := self.only.currentData()) is not None:
            values |= _ONLY[place][1]
        self.ask(_changed(self.query, **values))


def _changed(query: Query, **values: Any) -> Query:
    return replace(query, **values)


def _plain(names: Sequence[str]) -> dict[str, Any]:
    return {field.name: field.default for field in fields(Query) if field.name in names}


def _named(rows: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(row.name, row.id) for row in rows]


def _fill(box: QComboBox, everything: str, rows: Sequence[tuple[str, Any]]) -> None:
    box.clear()
    box.addItem(everything, None)
    for text, value in rows:
        box.addItem(text, value)
