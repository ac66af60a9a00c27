"""What becomes of recordings of several people in which nobody can silence one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from ui.i18n import plural, t
from ui.views.widgets.looks import label
from ui.views.widgets.roving import Roving
from workbench.domain.withdrawal import Unreadable


class UnreadableChoice(QWidget):
    """Asks for one of two; neither is chosen for people.

    Args:
        count: how many such recordings there are; 0 = it was found only when it was tried.

    Signals:
        changed: something is chosen.
    """

    changed = Signal()

    def __init__(self, count: int) -> None:
        super().__init__()
        self.said = label(
            plural(
                max(count, 1),
                "A recording with others in it is missing, was changed or cannot be read, so nobody"
                " can silence where they speak. What becomes of it?",
                "{n} recordings with others in them are missing, were changed or cannot be read, so"
                " nobody can silence where they speak. What becomes of them?",
            ),
            "bad",
            wrap=True,
        )
        self.choices = {
            Unreadable.DELETE: QRadioButton(t("All of it goes, also what others say in it")),
            Unreadable.LEAVE: QRadioButton(t("It is left as it is; the certificate says so")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.said)
        for choice in self.choices.values():
            choice.setAccessibleDescription(self.said.text())
            choice.toggled.connect(lambda *_: self.changed.emit())
            column.addWidget(choice)
        Roving(self, list(self.choices.values()))

    @property
    def decided(self) -> Unreadable | None:
        """Return what is chosen."""
        return next((one for one, choice in self.choices.items() if choice.isChecked()), None)


__all__ = ["UnreadableChoice"]
