"""How far the copying of files is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.i18n import t
from ui.views.widgets.looks import button, label


class ImportBar(QWidget):
    """How far the copying is, and a way to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "meta")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(t("Files copied"))
        self.cancel_button = button(t("Cancel"), "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are through."""
        self.cancel_button.setEnabled(True)
        self._words.setText(t("Copying {n} of {all}", n=min(done + 1, total), all=total))
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_stopping(self) -> None:
        """Show that it will stop."""
        self.cancel_button.setEnabled(False)
        self._words.setText(t("Stopping"))
