"""Shows what stood half typed when the study locked itself, to be copied to where it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from workbench.services.locking.half_typed import HalfTyped

_WIDTH, _HEIGHT = 480, 180


class HalfTypedDialog(QDialog):
    """What was typed, under the dialog and the field where it stood; nothing can be changed.

    Args:
        typed: what is kept.
        parent: the window.
    """

    def __init__(self, typed: Sequence[HalfTyped], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Not saved before locking"))
        self.setMinimumWidth(_WIDTH)
        says = t("The study was locked while this was being typed. Copy what you still need.")
        self.text = QPlainTextEdit(_written(typed))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_HEIGHT)
        self.text.setAccessibleName(t("What was typed"))
        self.copy = button(t("Copy"))
        self.copy.clicked.connect(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(says, "strong", wrap=True))
        column.addWidget(self.text, 1)
        column.addSpacing(6)
        column.addWidget(close_foot(self, aside=[self.copy]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


def _written(typed: Sequence[HalfTyped]) -> str:
    """Return all texts, each below where it stood."""
    places = (" – ".join(filter(None, (one.dialog, one.field))) for one in typed)
    return "\n\n".join(f"{place}\n{one.text}" for place, one in zip(places, typed, strict=True))
