"""Small controls of the inspector: choices side by side, chips, the five-step rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, look
from ui.views.widgets.roving import Roving
from workbench.domain.figures import signed
from workbench.domain.observation import HIGHEST, LOWEST

T = TypeVar("T")
STEPS = tuple(range(LOWEST, HIGHEST + 1))
"""The values of a rating."""


class ShortBox(ComboBox[T]):
    """A choice whose words end in "…" where there is no room, and then are its tip as a whole."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, part, self).width() - 2
        option.currentText = option.fontMetrics.elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        tip = self.currentText() if option.currentText != self.currentText() else ""
        if tip != self.toolTip():
            set_tip(self, tip)
        painter = QStylePainter(self)
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class Segmented(QWidget):
    """Two or more choices side by side, of which one is on, or none.

    Args:
        choices: value and text of each choice.
        name: what is chosen; read aloud.
        empty: pressing the choice that is on turns it off, and so does Delete.

    Signals:
        chosen: the new value, or None; only for what a person does.
    """

    chosen = Signal(object)
    spoken_role = QAccessible.Role.Grouping

    def __init__(
        self, choices: Sequence[tuple[object, str]], *, name: str, empty: bool = False
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(0)
        self.setAccessibleName(name)
        buttons = []
        for value, text in choices:
            made = button(text)
            made.setAutoDefault(False)  # Enter is for the dialog it stands in
            made.setAccessibleName(f"{name}: {text}")
            buttons.append((value, made))
            row.addWidget(made)
        join([made for _, made in buttons])
        row.addStretch(1)
        self._choice = _Choice(self, buttons, empty=empty, tell=self.chosen.emit)

    @property
    def value(self) -> object:
        """Return the value that is on, or None."""
        return self._choice.value

    def set_value(self, value: object) -> None:
        """Turn a choice on without telling anybody; None turns all off."""
        self._choice.show(value)


class Rating(QWidget):
    """One dimension of the experience, −2 to +2 or empty.

    Args:
        name: "Effective", "Easy" or "Emotion".

    Signals:
        rated: the new value or None; only for what a person does.
    """

    rated = Signal(object)
    spoken_role = QAccessible.Role.Grouping

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        buttons = []
        for value in STEPS:
            text = signed(value, digits=0)
            made = QPushButton(text)
            made.setProperty("tone", "bad" if value < 0 else "good" if value > 0 else "mid")
            look(made, "rate")
            made.setAutoDefault(False)
            made.setAccessibleName(f"{name} {text}")
            buttons.append((value, made))
            row.addWidget(made, 1)
        middle = STEPS.index(0)
        self._choice = _Choice(self, buttons, empty=True, tell=self.rated.emit, first=middle)

    @property
    def value(self) -> int | None:
        """Return the rating, None when there is none."""
        value = self._choice.value
        return value if isinstance(value, int) else None

    def set_value(self, value: int | None) -> None:
        """Show a rating without telling anybody."""
        self._choice.show(value)


class _Choice:
    """Which of several buttons is on: one, or none.

    Args:
        owner: the widget they are in.
        buttons: value and button of each choice.
        empty: none may be on.
        tell: called with the new value when a person chose.
        first: place of the button that Tab reaches while none is on.
    """

    def __init__(
        self,
        owner: QWidget,
        buttons: Sequence[tuple[object, QPushButton]],
        *,
        empty: bool,
        tell: Callable[[object], object],
        first: int = 0,
    ) -> None:
        self.value: object = None
        self._buttons = buttons
        self._empty = empty
        self._tell = tell
        # Not exclusive, because Qt would not let the last one be turned off.
        self._group = QButtonGroup(owner)
        self._group.setExclusive(False)
        for value, made in buttons:
            made.setCheckable(True)
            self._group.addButton(made)
            made.clicked.connect(lambda _on=False, value=value: self._on_pressed(value))
        emptied = self._on_emptied if empty else None
        Roving(owner, [made for _, made in buttons], empty=emptied, first=first)

    def show(self, value: object) -> None:
        """Turn one on without telling anybody; None turns all off."""
        self.value = value
        for known, made in self._buttons:
            made.setChecked(value is not None and known == value)

    def _on_pressed(self, value: object) -> None:
        self._take(None if self._empty and value == self.value else value)

    def _on_emptied(self) -> None:
        if self.value is not None:
            self._take(None)

    def _take(self, value: object) -> None:
        self.show(value)
        self._tell(value)


def chip(text: str, *, colour: QColor | None = None, tone: str = "") -> QPushButton:
    """Return a chip: a round little button, with a square of colour if there is one.

    Args:
        text: what it says; shown as given.
        colour: colour of its code or stage.
        tone: "bad" or "good" for an outline that speaks, "add" for a soft one that adds.
    """
    made = button(text.replace("&", "&&"))
    made.setAccessibleName(text)
    if tone:
        made.setProperty("tone", tone)
    look(made, "chip")
    if colour is not None:
        made.setIcon(swatch(colour))
        made.setIconSize(QSize(11, 8))
    return made


def swatch(colour: QColor, *, size: int = 8) -> QIcon:
    """Return a small rounded square of a colour, crisp at any scale."""
    ratio = 3
    # A little air at the right, because style sheets cannot part an icon from its words.
    picture = QPixmap((size + 3) * ratio, size * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(0, 0, size * ratio, size * ratio, 2 * ratio, 2 * ratio)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)


def add_chip(what: str) -> QPushButton:
    """Return the soft chip "+ code" that adds something."""
    return chip(t("+ {what}", what=what), tone="add")


def join(buttons: Sequence[QPushButton]) -> None:
    """Dress buttons side by side as one switch, round at its two ends."""
    for place, made in enumerate(buttons):
        made.setProperty("edge", _edge(place, len(buttons)))
        look(made, "seg")


def _edge(place: int, count: int) -> str:
    if count == 1:
        return "both"
    return "first" if place == 0 else "last" if place == count - 1 else "middle"
