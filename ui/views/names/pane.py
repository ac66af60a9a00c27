"""One string of the register: why it may be a name, where it stands, and what becomes of it."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.actions import native
from ui.context import AppContext
from ui.i18n import Phrase, plural, t
from ui.plain import set_tip
from ui.views.widgets.dropping import Line
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import ShortLabel, button, label
from ui.views.widgets.side_list import SideList, SideRow
from workbench.domain.excerpts import ending
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision, Entry, Seen

_BEFORE = 22  # letters
_SPACES = re.compile(r"\s+")
_KEYS: dict[Decision, tuple[Phrase, str]] = {
    Decision.REPLACE: ("Replace", "Ctrl+R"),
    Decision.LEAVE: ("Leave", "Ctrl+L"),
    Decision.NEVER: ("Always leave", "Ctrl+Shift+L"),
    Decision.OPEN: ("Not decided", "Ctrl+T"),
}
_TIPS = {
    Decision.REPLACE: "What is typed above stands in its place, in brackets, in all that leaves",
    Decision.LEAVE: "It stays in the words; an export still says that a name is in it",
    Decision.NEVER: "It is no name: it stays, and is never told again",
    Decision.OPEN: "Take the decision back",
}


class NamePane(QWidget):
    """What is known about one string, and the ways to decide.

    Args:
        context: everything the window shares.
        read_only: nothing may be decided.

    Attributes:
        buttons: the ways to decide.
        instead: what stands in the place of the string.
        kind: of what it is the name.
        places: where it stands.

    Signals:
        decided: Decision, Sort, and what stands in its place.
        place_wanted: number of a place that is to be shown.
    """

    decided = Signal(object, object, str)
    place_wanted = Signal(int)

    def __init__(self, context: AppContext, *, read_only: bool) -> None:
        super().__init__()
        self._entry: Entry | None = None
        self._read_only = read_only
        self.title = ShortLabel("", "strong")
        self.why = label("", "soft", wrap=True)
        self.kind: ComboBox[Sort] = ComboBox(t("Kind"))
        self.kind.fill([(t(sort.label), sort) for sort in Sort])
        self.instead = Line()
        self.instead.setAccessibleName(t("What stands in its place"))
        self.instead.returnPressed.connect(lambda: self.decide(Decision.REPLACE))
        self.places = SideList(context.theme, t("Where it stands"))
        self.places.activated.connect(self._on_place)
        self.show_place = button(t("Show in the text"), "link")
        self.show_place.clicked.connect(lambda: self._on_place(self.places.currentIndex()))
        self.buttons = {decision: self._button(decision) for decision in _KEYS}
        self._build()
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show a string; `None` = there is none."""
        self._entry = entry
        self.title.setText(entry.written if entry else "")
        self.why.setText(_why(entry) if entry else t("Choose a name at the left."))
        may_decide = entry is not None and not entry.person and not self._read_only
        for made in (self.kind, self.instead, *self.buttons.values()):
            made.setEnabled(may_decide)
        self.buttons[Decision.OPEN].setEnabled(
            may_decide and entry is not None and entry.decision is not Decision.OPEN
        )
        self.kind.set_value(entry.sort if entry else Sort.OTHER)
        is_usual = entry is None or entry.instead == entry.sort.instead
        self.instead.setText("" if is_usual or entry is None else entry.instead)
        self._show_usual()
        self.places.hint = "" if entry is None else t("It stands in no text.")
        self.places.show_rows(_places(entry) if entry else [])
        self.places.select("0")
        for made in (self.places, self.show_place):
            made.setEnabled(bool(entry and entry.places))

    def decide(self, decision: Decision) -> None:
        """Tell what was decided."""
        if self.buttons[decision].isEnabled():
            sort = self.kind.value or Sort.OTHER
            self.decided.emit(decision, sort, self.instead.text().strip())

    def _build(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.kind)
        above.addWidget(self.instead, 1)
        ways = QWidget()
        row = FlowLayout(ways, gap=8)
        for made in self.buttons.values():
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.why):
            column.addWidget(part)
        column.addLayout(above)
        column.addWidget(ways)
        column.addWidget(self.places, 1)
        column.addWidget(self.show_place, 0, Qt.AlignmentFlag.AlignLeft)
        self.kind.currentIndexChanged.connect(self._show_usual)

    def _button(self, decision: Decision) -> QPushButton:
        text, keys = _KEYS[decision]
        made = button(t(text))
        made.clicked.connect(lambda: self.decide(decision))
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(lambda: self.decide(decision))
        set_tip(made, f"{t(_TIPS[decision])} ({native(keys)})")
        return made

    def _show_usual(self) -> None:
        sort = self.kind.value or Sort.OTHER
        self.instead.setPlaceholderText(f"[{t(sort.instead)}]")

    def _on_place(self, _index: QModelIndex) -> None:
        chosen = self.places.current_id or ("0" if self._entry and self._entry.places else "")
        if chosen and self._entry is not None:
            self.place_wanted.emit(int(chosen))


def _why(entry: Entry) -> str:
    where = plural(entry.count, "in one place", "in {n} places") if entry.count else t("nowhere")
    where = t("looking where it stands") if entry.count < 0 else where
    if entry.person:
        return t(
            "Real name of {code}: “[{name}]” stands in its place by itself; {where}.",
            code=entry.person, name=entry.instead, where=where,
        )  # fmt: skip
    said = {
        Decision.OPEN: t("Not decided: {why}", why=t(entry.why.label)),
        Decision.REPLACE: t("“[{name}]” stands in its place", name=entry.instead),
        Decision.LEAVE: t("It stays in the words, and exports say that it is there"),
        Decision.NEVER: t("It is no name"),
    }.get(entry.decision, entry.decision.label)
    return f"{said}; {where}."


def _places(entry: Entry) -> list[SideRow]:
    """Return the places under the texts they are in."""
    rows: list[SideRow] = []
    shown: str | None = None
    for number, place in enumerate(entry.places):
        if place.title != shown:
            shown = place.title
            rows.append(SideRow("", shown or t("Text")))
        rows.append(SideRow(str(number), _around(place)))
    return rows


def _around(place: Seen) -> str:
    """Return a string among the words around it, in one line; what is before it is short."""
    before, word, after = (_SPACES.sub(" ", part) for part in place.around)
    return f"{ending(before.lstrip(), _BEFORE)}{word}{after}".strip()
