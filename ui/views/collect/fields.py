"""Fields that save by themselves: what is typed is kept when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.looks import label

_IDLE_MS = 700
_NO_DATE = QDate(1900, 1, 1)


class LineField(QLineEdit):
    """One line.

    Args:
        name: what it is; read aloud.
        hint: shown while it is empty.

    Signals:
        committed: the new text, when the field is left or Enter is pressed.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self._stored = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.commit)

    def set_value(self, text: str) -> None:
        """Show a text; what somebody is typing just now is left alone."""
        typing = self.hasFocus() and self.text() != self._stored
        self._stored = text
        if not typing and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Tell the text if it is new."""
        text = self.text().strip()
        if text != self._stored:
            self._stored = text
            self.committed.emit(text)


class TextField(QPlainTextEdit):
    """Several lines.

    Args:
        name: what it is; read aloud.
        hint: shown while it is empty.
        lines: height.

    Signals:
        committed: the new text, after a pause in typing or when the field is left.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "", *, lines: int = 3) -> None:
        super().__init__()
        self._stored = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 22)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.commit)
        self.textChanged.connect(self._idle.start)

    def set_value(self, text: str) -> None:
        """Show a text; what somebody is typing just now is left alone."""
        typing = self.hasFocus() and self.toPlainText() != self._stored
        self._stored = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)
        if not typing:
            self._idle.stop()

    def commit(self) -> None:
        """Tell the text if it is new."""
        self._idle.stop()
        text = self.toPlainText()
        if text != self._stored:
            self._stored = text
            self.committed.emit(text)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()


class DateField(QDateEdit):
    """A date, or none.

    Args:
        name: what it is; read aloud.

    Signals:
        committed: the new ISO date, "" for none.
    """

    committed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._stored = ""
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.setDisplayFormat("d MMM yyyy")
        self.setMinimumDate(_NO_DATE)
        self.setSpecialValueText(t("No date"))
        self.setToolTip(t("Press Delete for no date"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.fontMetrics().height() + 14)
        self.set_value("")
        self.editingFinished.connect(self.commit)
        self.calendarWidget().clicked.connect(self.commit)

    @property
    def value(self) -> str:
        """Return the ISO date, "" for none."""
        if self.date() == _NO_DATE:
            return ""
        return self.date().toString(Qt.DateFormat.ISODate)

    def set_value(self, iso: str) -> None:
        """Show a date."""
        self._stored = iso
        found = QDate.fromString(iso[:10], Qt.DateFormat.ISODate)
        self.setDate(found if found.isValid() else _NO_DATE)

    def commit(self) -> None:
        """Tell the date if it is new."""
        if self.value != self._stored:
            self._stored = self.value
            self.committed.emit(self.value)

    @override
    def stepBy(self, steps: int) -> None:
        # From “No date” the arrows begin at today, not in 1900.
        if self.date() == _NO_DATE:
            self.setDate(QDate.currentDate())
        else:
            super().stepBy(steps)


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
    """Add a field with its label, small and faint like all labels of this workspace."""
    words = label(name, "meta")
    words.setBuddy(field)
    words.setContentsMargins(0, 3, 0, 0)
    rows.addRow(words, field)
