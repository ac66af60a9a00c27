"""The field for a date: typed in any usual form, or chosen from a calendar."""

from __future__ import annotations

from datetime import date as day_of

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import native
from ui.i18n import day_first, t
from ui.plain import set_tip
from ui.views.widgets.fields import LineField
from ui.views.widgets.fitting import beside, screen_room
from ui.views.widgets.looks import button, look
from workbench.domain import typed
from workbench.words import SOURCE, language

_WIDTH = 168
_BUTTON = 24


class DateField(LineField):
    """A date, or none; kept as ISO, shown as 12 Sep 2026, so that one sees what was understood.

    Alt+Down or F4 opens the calendar, as does its button.

    Args:
        name: what it is; read aloud.
        partial: a month or a year alone is enough.
    """

    def __init__(self, name: str, *, partial: bool = False) -> None:
        def read(text: str) -> str:
            return typed.date(
                text, name, day_first=day_first(), today=day_of.today(), partial=partial
            )

        super().__init__(name, t("No date"), read=read, show=_written)
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_tip(
            self,
            t("12 Sep 2026, 12.9.2026 or 2026-09-12; {keys} opens the calendar",
              keys=native("Alt+Down")),
        )  # fmt: skip
        self.opener = QToolButton(self)
        self.opener.setObjectName("calendarButton")
        self.opener.setIconSize(QSize(16, 16))
        self.opener.setCursor(Qt.CursorShape.ArrowCursor)
        # One stop for Tab: the keys of the field open the calendar too.
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_tip(self.opener, t("Choose from a calendar"))
        self.opener.setAccessibleName(t("Choose from a calendar: {name}", name=name))
        self.opener.clicked.connect(self.open_calendar)
        self.setTextMargins(0, 0, _BUTTON, 0)

    def open_calendar(self) -> Calendar | None:
        """Show the calendar at the date, or at today."""
        if self.isReadOnly() or not self.isEnabled():
            return None
        self.commit()
        found = QDate.fromString(self.value[:10], Qt.DateFormat.ISODate)
        calendar = Calendar(found if found.isValid() else QDate.currentDate(), self)
        calendar.chosen.connect(self._on_chosen)
        calendar.popup_below(self)
        return calendar

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.opener.setGeometry(self.width() - _BUTTON - 4, 3, _BUTTON, self.height() - 6)

    def _on_chosen(self, iso: str) -> None:
        self.setText(_written(iso))
        self.commit()
        self.setFocus(Qt.FocusReason.PopupFocusReason)


class Calendar(QFrame):
    """A month to choose a day from.

    Args:
        at: the day it opens at.

    Signals:
        chosen: ISO date, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, at: QDate, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look(self, "popup")
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale("en_GB" if language() == SOURCE else language()))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekend, QTextCharFormat())  # else a red of its own
        self.month.setSelectedDate(at)
        self.month.clicked.connect(self._choose)
        self.month.activated.connect(self._choose)
        self.today = button(t("Today"), "quiet")
        self.today.clicked.connect(lambda: self._choose(QDate.currentDate()))
        self.none = button(t("No date"), "quiet")
        self.none.clicked.connect(lambda: self._choose(None))
        row = QHBoxLayout()
        row.addWidget(self.today)
        row.addStretch(1)
        row.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.month)
        column.addLayout(row)

    def popup_below(self, field: QWidget) -> None:
        """Show below a field, or above it where the screen ends."""
        self.adjustSize()
        near = QRect(field.mapToGlobal(QPoint()), field.size())
        self.setGeometry(beside(near, self.size(), screen_room(field)))
        self.show()
        self.month.setFocus()

    def _choose(self, day: QDate | None) -> None:
        self.close()
        self.chosen.emit("" if day is None else day.toString(Qt.DateFormat.ISODate))


def _written(iso: str) -> str:
    found = typed.stored_date(iso)
    return typed.show_date(found, short=True) if isinstance(found, str) else iso
