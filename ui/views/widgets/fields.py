"""Fields that save by themselves: what is typed is kept when the field is left.

Where its text belongs is a `Spot`; whether the study has it is for that to say, not for the field.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.bridge.typing import Edits
from ui.i18n import t
from ui.views.widgets.dropping import Line, Lines
from ui.views.widgets.looks import label, look
from ui.views.widgets.spoken import announce
from ui.views.widgets.waiting import show_waiting
from workbench.errors import UserError

if TYPE_CHECKING:
    from workbench.services.unsaved import Spot

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_FIXED = QSizePolicy.Policy.Fixed


class LineField(Line):
    """One line.

    What is typed is read when the field is left or Enter is pressed. What cannot be read stays as
    it is, with a sentence below it; nothing is told, and the last good value is kept. Escape
    brings that back.

    Args:
        name: what it is; read aloud.
        hint: shown while it is empty.
        read: makes the value that is kept out of what is typed, or raises a `UserError`.
        show: writes a value that is kept; what it writes can be read again.
        step: what Up (1) and Down (−1) make of what is typed, or raises a `UserError`.

    Attributes:
        hint: as given.
        trouble: the sentence; whoever lays the field out gives it a place below.

    Signals:
        committed: the new value, where nothing else was said about where it belongs.
    """

    committed = Signal(str)

    def __init__(
        self,
        name: str,
        hint: str = "",
        *,
        read: Callable[[str], str] = str.strip,
        show: Callable[[str], str] = str,
        step: Callable[[str, int], str] | None = None,
    ) -> None:
        super().__init__()
        self._read, self._show, self._step = read, show, step
        self.hint = hint
        self._stored = ""
        self._spot: Spot | None = None
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.commit)
        self.textEdited.connect(lambda: self._say(""))

    @property
    def value(self) -> str:
        """Return the last good value."""
        return self._stored

    @property
    def settled(self) -> bool:
        """Tell whether what one sees is what is kept."""
        return self.text() == self._show(self._stored) and not self.trouble.text()

    def set_value(self, value: str, spot: Spot | None = None) -> None:
        """Show a value; what somebody is typing just now, or has to mend, is left alone.

        Args:
            value: what the study has.
            spot: where it belongs; a text that still waits to be saved there is shown instead.
        """
        self._spot = spot
        value = spot.shown(value) if spot else value
        show_waiting(self, spot)
        typing = self.hasFocus() and self.text() != self._show(self._stored)
        to_mend = bool(self.trouble.text()) and value == self._stored
        self._stored = value
        if not typing and not to_mend:
            self.restore()

    def restore(self) -> None:
        """Show the last good value again, and say so if nobody can read it."""
        shown = self._show(self._stored)
        if self.text() != shown:
            self.setText(shown)
            self.setCursorPosition(0)
        try:
            self._read(shown)
        except UserError as unreadable:
            self._say(str(unreadable) if self._stored else "")
        else:
            self._say("")

    def commit(self) -> None:
        """Read what is typed, and tell the value if it is new."""
        text = self.text()
        if text == self._show(self._stored):
            self.restore()
            return
        try:
            value = self._read(text)
        except UserError as refused:
            self._say(str(refused))
            return
        if value != self._stored:
            before, self._stored = self._stored, value
            self.restore()
            try:
                self._tell(value)
            except UserError as refused:
                self._stored = before
                self.setText(text)
                self._say(str(refused))
        else:
            self.restore()

    def leave(self) -> None:
        """Keep what is typed, before another value is shown; what cannot be kept is let go."""
        self.commit()
        self._say("")
        self.setText(self._show(self._stored))

    def _tell(self, value: str) -> None:
        if self._spot is None:
            self.committed.emit(value)
        else:
            self._spot.keep(value)
            show_waiting(self, self._spot)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.settled:
            self.restore()
        elif self._step is not None and Qt.Key(event.key()) in _STEPS:
            self._go(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _go(self, by: int) -> None:
        """Type the next number; it is kept like one that was typed, when the field is left."""
        if self._step is None or self.isReadOnly():
            return
        with suppress(UserError):
            self.setText(self._step(self.text(), by))
            self._say("")

    def _say(self, sentence: str) -> None:
        if sentence != self.trouble.text():
            self.trouble.setText(sentence)
            self.setAccessibleDescription(sentence)
            announce(self, sentence)
            look(self, "refused" if sentence else "")
        self.trouble.setVisible(bool(sentence))


def required(name: str) -> Callable[[str], str]:
    """Return what reads a field that must not be empty."""

    def read(text: str) -> str:
        if not text.strip():
            raise UserError(
                "name-missing", t("{name} is empty.", name=name), t("The last one is kept.")
            )
        return text.strip()

    return read


class TextField(Lines):
    """Several lines.

    Args:
        name: what it is; read aloud.
        hint: shown while it is empty.
        lines: height.

    """

    def __init__(self, name: str, hint: str = "", *, lines: int = 3) -> None:
        super().__init__()
        self._stored = ""
        self._spot: Spot | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 22)
        self._edits = Edits(self)
        self._edits.ended.connect(self._keep)

    def set_value(self, text: str, spot: Spot) -> None:
        """Show a text; what somebody is typing just now is left alone.

        Args:
            text: what the study has.
            spot: where it belongs; a text that still waits to be saved there is shown instead.
        """
        self._spot, text = spot, spot.shown(text)
        show_waiting(self, spot)
        typing = self.hasFocus() and self.toPlainText() != self._stored
        self._stored = text
        if not typing:
            self._edits.show(text)

    def commit(self) -> None:
        """Have the text saved if it is new."""
        self._edits.end()

    def _keep(self, text: str) -> None:
        if self._spot is not None and text != self._stored:
            self._stored = text
            self._spot.keep(text)
            show_waiting(self, self._spot)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()


def form(owner: QWidget | None = None) -> QFormLayout:
    """Return a form with the spacing of the program, labels above narrow fields at the left."""
    made = QFormLayout(owner) if owner is not None else QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(12)
    made.setVerticalSpacing(8)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add_row(rows: QFormLayout, name: str, field: QWidget) -> None:
    """Add a field with its label, small and faint like all labels of this workspace.

    Below a field that can refuse stands the sentence that says why.
    """
    words = label(name, "meta")
    words.setBuddy(field)
    words.setContentsMargins(0, 3, 0, 0)
    rows.addRow(words, with_trouble(field) if isinstance(field, LineField) else field)


def with_trouble(*fields: LineField, between: str = "") -> QWidget:
    """Return fields side by side with their sentences below them."""
    made = QWidget()
    line = QHBoxLayout()
    line.setSpacing(6)
    for at, field in enumerate(fields):
        if at and between:
            line.addWidget(label(between, "meta"))
        line.addWidget(field)
    if all(field.sizePolicy().horizontalPolicy() is _FIXED for field in fields):
        line.addStretch(1)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addLayout(line)
    for field in fields:
        column.addWidget(field.trouble)
    return made
