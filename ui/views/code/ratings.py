"""The three dimensions of an experience, rated with the mouse or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.code.together import Together
from ui.views.widgets.controls import RATINGS, Rating
from ui.views.widgets.looks import label

DIMENSIONS = (("effectiveness", "Effective"), ("ease", "Easy"), ("emotion", "Emotion"))


class Ratings(QWidget):
    """Effectiveness, ease and emotion.

    Signals:
        rated: field of the observation and its new value, or None.
        left: a person wants to go back to the text.
    """

    rated = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Rating] = {}
        self._titles: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        for place, (name, title) in enumerate(DIMENSIONS):
            rating = Rating(t(title))
            rating.rated.connect(lambda value, name=name: self.rated.emit(name, value))
            for made in rating.findChildren(QPushButton):
                made.installEventFilter(self)
            self.rows[name] = rating
            self._titles[name] = label(t(title))
            grid.addWidget(self._titles[name], place, 0)
            grid.addWidget(rating, place, 1)

    def show_together(self, together: Together) -> None:
        """Show the ratings all have in common; where they differ, the name says so."""
        for name, rating in self.rows.items():
            rating.set_value(together.value(name))
            differ = together.differ(name)
            title = t(dict(DIMENSIONS)[name])
            self._titles[name].setText(f"{title} ≠" if differ else title)
            set_tip(self._titles[name], t("These ratings differ") if differ else "")

    def begin(self) -> None:
        """Put the focus on the first dimension."""
        self._focus(self.rows["effectiveness"])

    def _focus(self, rating: Rating) -> None:
        at = RATINGS.index(rating.value) if rating.value is not None else 2
        rating.findChildren(QPushButton)[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focused(self, rating: Rating) -> int:
        """Return the value of the button that has the focus."""
        buttons = rating.findChildren(QPushButton)
        return next((v for v, made in zip(RATINGS, buttons, strict=True) if made.hasFocus()), 0)

    def _set(self, name: str, value: int | None) -> None:
        rating = self.rows[name]
        if value != rating.value:
            rating.set_value(value)
            self.rated.emit(name, value)
        self._focus(rating)

    def _on_key(self, name: str, key: int) -> bool:
        names = list(self.rows)
        at = names.index(name)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._set(name, min(max(self._focused(self.rows[name]) + step, -2), 2))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._focus(self.rows[names[(at + step) % len(names)]])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._set(name, None)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2):
            self._set(name, key - Qt.Key.Key_0)
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
                name = next((n for n, r in self.rows.items() if watched.parent() is r), "")
                return bool(name) and self._on_key(name, event.key())
        return super().eventFilter(watched, event)


_KEYS = frozenset({
    Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
})  # fmt: skip
