"""One line for whatever takes long: what is done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.i18n import t
from ui.views.widgets.looks import ShortLabel, button


class ProgressLine(QWidget):
    """Words, a bar, and “Cancel”; hidden until something begins.

    Args:
        name: what the bar is called for people who listen.
        margins: room at the left and right, above and below, in pixels.

    Signals:
        cancel_wanted: it was pressed; once for what is done now.
    """

    cancel_wanted = Signal()

    def __init__(self, name: str, margins: tuple[int, int] = (0, 0)) -> None:
        super().__init__()
        self.words = ShortLabel("", "meta")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.cancel_button = button(t("Cancel"), "quiet")
        across, down = margins
        row = QHBoxLayout(self)
        row.setContentsMargins(across, down, across, down)
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.hide()

    def begin(self, words: str) -> None:
        """Take up something new, of which nobody knows yet how much there is."""
        self.cancel_button.setEnabled(True)
        self.words.setText(words)
        self.bar.setRange(0, 0)

    def show_progress(self, done: int, total: int, words: str = "") -> None:
        """Show how much is done.

        Args:
            done: of `total`; below 0 where nobody knows.
            total: how much there is.
            words: what is done now, where that is another than before.
        """
        self.bar.setRange(0, total if done >= 0 else 0)  # without an end it is only busy
        self.bar.setValue(done)
        if words and self.cancel_button.isEnabled():
            self.words.setText(words)

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.words.setText(t("Stopping"))
        self.cancel_wanted.emit()
