"""Who took part: chips of people, with a menu to choose from and a line to add somebody new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.controls import add_chip, chip
from ui.views.widgets.dropping import Line
from ui.views.widgets.emptying import empty
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button
from workbench.domain.consent import Standing


class Roster(QWidget):
    """The people of one session.

    Signals:
        changed: list of ids, in the order of choosing.
        added: pseudonym and segment ("" for none) of somebody new.
        opened: id of a person whose chip was pressed.
    """

    changed = Signal(list)
    added = Signal(str, str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._people: list[tuple[str, str]] = []
        self._said: Mapping[str, Standing] = {}
        self._chosen: list[str] = []
        self.setAccessibleName(t("People"))
        chips = self._holder = QWidget()
        self._chips = FlowLayout(chips)
        self.pseudonym = Line()
        self.pseudonym.setPlaceholderText(t("Pseudonym"))
        self.pseudonym.setAccessibleName(t("Pseudonym of a new person"))
        self.segment = ComboBox[str]()
        self.segment.setEditable(True)
        self.segment.setAccessibleName(t("Segment of a new person"))
        segment_line = self.segment.lineEdit()
        if segment_line is not None:
            segment_line.setPlaceholderText(t("Segment"))
        self.segment.installEventFilter(self)  # it has the keys; its line never gets them
        self.add_button = button(t("Add"))
        self.pseudonym.installEventFilter(self)
        self.add_button.clicked.connect(self.settle)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.pseudonym, 4)
        line.addWidget(self.segment, 5)
        line.addWidget(self.add_button)
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(chips)
        column.addWidget(self._line)

    @property
    def chosen(self) -> list[str]:
        """Return the ids of who took part."""
        return list(self._chosen)

    def show_people(
        self,
        people: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        segments: Sequence[str],
        said: Mapping[str, Standing] | None = None,
    ) -> None:
        """Show who there is and who took part.

        Args:
            people: id and name of everybody.
            chosen: ids of those who took part.
            segments: names to choose from for somebody new.
            said: by id what they said to being quoted, to stand beside the name.
        """
        if segments != [self.segment.itemText(at) for at in range(self.segment.count())]:
            self.segment.clear()
            self.segment.addItems(list(segments))
            self.segment.setCurrentIndex(-1)
        new, now = (
            (list(people), list(chosen), dict(said or {})),
            (self._people, self._chosen, self._said),
        )
        if new != now or not self._chips.count():
            self._people, self._chosen, self._said = new
            self._build()

    def open_line(self) -> None:
        """Show the line for somebody new and go there."""
        self._line.show()
        self.pseudonym.setFocus()

    def settle(self) -> None:
        """Add who is being typed, if anybody."""
        name = self.pseudonym.text().strip()
        if name:
            segment = self.segment.currentText().strip()
            self.pseudonym.clear()
            self._line.hide()
            self.added.emit(name, segment)

    def _build(self) -> None:
        now = self.window().focusWidget()
        kept = now is not None and self._holder.isAncestorOf(now)
        empty(self._chips)
        names = dict(self._people)
        for person in self._chosen:
            if person in names:
                made = chip(names[person])
                if (said := self._said.get(person)) is not None:
                    words = f"{names[person]} · {said.sentence}"
                    made.setText(names[person] if said.allows else words)
                    made.setAccessibleName(words)
                    set_tip(made, words)
                made.clicked.connect(partial(self.opened.emit, person))
                self._chips.addWidget(made)
        more = add_chip(t("person"))
        more.setAccessibleName(t("Choose or add people"))
        more.clicked.connect(lambda: self._choose(more))
        self._chips.addWidget(more)
        if kept:  # the keys stay where people are chosen, one after the other
            more.show()  # the layout would do so later
            more.setFocus()

    def _choose(self, at: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person, name in self._people:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(person in self._chosen)
            entry.toggled.connect(partial(self._on_toggled, person))
        if self._people:
            menu.addSeparator()
        menu.addAction(t("New person…")).triggered.connect(self.open_line)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _on_toggled(self, person: str, on: bool) -> None:
        others = [known for known in self._chosen if known != person]
        self._chosen = [*others, person] if on else others
        self._build()
        self.changed.emit(list(self._chosen))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter add who is being typed; it must not end the dialog that asks as well."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.pseudonym.text().strip()
        ):
            self.settle()
            return True
        return super().eventFilter(watched, event)
