"""The strip that says which texts are not saved yet, as long as there are any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.errors import sentences
from ui.i18n import plural, t
from ui.views.widgets.looks import ShortLabel, button, look
from ui.views.widgets.spoken import announce
from workbench.domain.typed import shorten

if TYPE_CHECKING:
    from workbench.services.unsaved import Waiting
    from workbench.study import Study


class UnsavedBar(QWidget):
    """Tells what waits to be saved and why, and has it tried again.

    Signals:
        tried: something was saved or failed again; for whoever waits for that.
    """

    tried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._study: Study | None = None
        self.words = ShortLabel("", "strong")
        self.why = ShortLabel("", "soft")
        self.again = button(t("Try again"))
        self.copy = button(t("Copy the text"), "quiet")
        look(self, "sunken")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self.words)
        row.addWidget(self.why, 1)
        row.addWidget(self.copy)
        row.addWidget(self.again)
        self.again.clicked.connect(self.try_again)
        self.copy.clicked.connect(self._copy)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._try_quietly)
        self.hide()

    def set_study(self, study: Study | None) -> None:
        """Watch over another study."""
        self._pause.stop()
        self._study = study
        if study is not None:
            study.unsaved.subscribe(self._show)
            study.subscribe(self._on_saved)
        self._show()

    def try_again(self) -> bool:
        """Try to save everything now, and wait for it; tell whether nothing is left."""
        return self._study is None or self._study.unsaved.try_again(patiently=True)

    def _try_quietly(self) -> None:
        if self._study is not None:
            self._study.unsaved.try_again()
            self.tried.emit()

    def _on_saved(self, _changes: object) -> None:
        """What stood in the way may be gone: something else was saved."""
        if self._study is not None and self._study.unsaved.waiting:
            self._pause.start(0)

    def _show(self) -> None:
        waiting = self._study.unsaved.waiting if self._study else ()
        told = not self.isHidden()
        self.setVisible(bool(waiting))
        if not waiting or self._study is None:
            self._pause.stop()
            return
        more = len(waiting) - 1
        said = t("Not saved yet: {title}", title=shorten(waiting[0].spot.title))
        if more:
            said += t(" and {more}", more=plural(more, "one more text", "{n} more texts"))
        happened, _todo = sentences(waiting[0].problem)
        self.words.setText(said)
        self.why.setText(t("{why} It is tried again by itself.", why=happened))
        self.setAccessibleName(f"{said}. {self.why.text()}")
        if not told:  # once; the strip stays
            announce(self, self.accessibleName())
        self._pause.start(1000 * self._study.unsaved.pause_s)

    def _copy(self) -> None:
        if self._study is not None:
            copy_texts(self._study.unsaved.waiting)


def copy_texts(waiting: Sequence[Waiting]) -> None:
    """Put texts on the clipboard, each below its title."""
    texts = "\n\n".join(f"{one.spot.title}\n{one.text}" for one in waiting)
    QGuiApplication.clipboard().setText(texts)
