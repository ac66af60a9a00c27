"""The three dimensions of an experience, rated with the mouse or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.code.together import Together
from ui.views.widgets.controls import STEPS, Rating
from ui.views.widgets.looks import label
from workbench.domain.fields import RATINGS, Noted

_Field = Noted[int | None]


class Ratings(QWidget):
    """Effectiveness, ease and emotion.

    Signals:
        changed: a `Given`.
        left: a person wants to go back to the text.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[_Field, Rating] = {}
        self.titles: dict[_Field, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(RATINGS):
            rating = Rating(t(field.label))
            rating.rated.connect(lambda value, field=field: self.changed.emit(field.to(value)))
            for made in rating.findChildren(QPushButton):
                made.installEventFilter(self)
            self.rows[field] = rating
            self.titles[field] = label(t(field.label))
            grid.addWidget(self.titles[field], place, 0)
            grid.addWidget(rating, place, 1)

    def show_together(self, together: Together) -> None:
        """Show the ratings all have in common; where they differ, the name says so."""
        for field, rating in self.rows.items():
            rating.set_value(together.value(field))
            differ = together.differ(field)
            title = t(field.label)
            self.titles[field].setText(f"{title} ≠" if differ else title)
            set_tip(self.titles[field], t("These ratings differ") if differ else "")

    def begin(self) -> None:
        """Put the focus on the first dimension."""
        self._focus(self.rows[RATINGS[0]])

    def _focus(self, rating: Rating) -> None:
        at = STEPS.index(rating.value) if rating.value is not None else STEPS.index(0)
        rating.findChildren(QPushButton)[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focused(self, rating: Rating) -> int:
        """Return the value of the button that has the focus."""
        buttons = rating.findChildren(QPushButton)
        return next((v for v, made in zip(STEPS, buttons, strict=True) if made.hasFocus()), 0)

    def _set(self, field: _Field, value: int | None) -> None:
        rating = self.rows[field]
        if value != rating.value:
            rating.set_value(value)
            self.changed.emit(field.to(value))
        self._focus(rating)

    def _on_key(self, field: _Field, key: int) -> bool:
        order = list(self.rows)
        at = order.index(field)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            to = self._focused(self.rows[field]) + step
            self._set(field, min(max(to, STEPS[0]), STEPS[-1]))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._focus(self.rows[order[(at + step) % len(order)]])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._set(field, None)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2):
            self._set(field, key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                field = next((f for f, r in self.rows.items() if watched.parent() is r), None)
                return field is not None and self._on_key(field, event.key())
        return super().eventFilter(watched, event)


_KEYS = frozenset({
    Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
})  # fmt: skip
