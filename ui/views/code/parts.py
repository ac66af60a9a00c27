"""Controls of the inspector, each made of the declaration of its field (`domain/fields.py`)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from ui.i18n import t
from ui.views.code.together import Together
from ui.views.widgets.controls import Segmented
from workbench.domain.fields import Noted, Sort


class ChoiceField(Segmented):
    """The values of a field side by side.

    Args:
        field: a choice or a scale.

    Signals:
        changed: a `Given`.
    """

    changed = Signal(object)

    def __init__(self, field: Noted[Any]) -> None:
        super().__init__(
            [(choice.value, t(choice.label)) for choice in field.choices],
            name=t(field.label),
            empty=field.may_be_empty,
        )
        self._field = field
        self.chosen.connect(self._on_chosen)

    def show_together(self, together: Together) -> None:
        """Show what all have; none is on where they differ."""
        value = together.value(self._field)
        self.set_value(None if value not in self._field.values else value)

    def _on_chosen(self, value: object) -> None:
        self.changed.emit(self._field.to(self._field.empty if value is None else value))


class FlagField(QCheckBox):
    """A field that is on or off.

    Signals:
        changed: a `Given`.
    """

    changed = Signal(object)

    def __init__(self, field: Noted[bool]) -> None:
        super().__init__(t(field.label))
        self._field = field
        self.clicked.connect(lambda on: self.changed.emit(field.to(on)))

    def show_together(self, together: Together) -> None:
        """Show whether all have it, some, or none."""
        count = together.having(self._field)
        self.setTristate(0 < count < len(together))
        state = Qt.CheckState.Checked if count else Qt.CheckState.Unchecked
        if 0 < count < len(together):
            state = Qt.CheckState.PartiallyChecked
        self.setCheckState(state)


def part_of(field: Noted[Any]) -> ChoiceField | FlagField:
    """Return the control of a field that is not typed."""
    return FlagField(field) if field.sort is Sort.FLAG else ChoiceField(field)
