"""A field that opens over a cell of the map and closes with Enter or Escape."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.dropping import Lines
from ui.views.widgets.fitting import within
from workbench.domain.declaring import Field
from workbench.domain.journey import STAGE_NAME, Stage
from workbench.services.unsaved import Spot
from workbench.study import Study

_LEAST_HEIGHT = 64


class CellEditor(Lines):
    """Edits a few words.

    Args:
        parent: the viewport of the map.
        text: the words now.
        name: what they are, for people who listen.

    Signals:
        finished: the new words, or `None` when the person thought better of it.
    """

    finished = Signal(object)

    def __init__(self, parent: QWidget, text: str, name: str) -> None:
        super().__init__(text, parent)
        self._page = parent
        self._done = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def open_at(self, box: QRect) -> None:
        """Show the field over a cell with all words selected."""
        wanted = box.adjusted(0, 0, 1, max(0, _LEAST_HEIGHT - box.height()))
        self.setGeometry(within(wanted, self._page.rect()))
        self.show()
        self.selectAll()
        self.setFocus()

    def _finish(self, words: str | None) -> None:
        if not self._done:
            self._done = True
            self.hide()
            self.finished.emit(words)
            self.deleteLater()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._finish(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(" ".join(self.toPlainText().split()))
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish(" ".join(self.toPlainText().split()))


def words_spot(study: Study, field: Field[Stage, str], stage: Stage) -> Spot:
    """Return where the words of a cell belong that are edited in place."""

    def write(words: str) -> None:
        if words or field is not STAGE_NAME:  # a stage keeps its name
            study.journeys.change_stage(stage.id, field.to(words))

    title = f"{t(field.label)} · {stage.name}"
    return study.unsaved.spot(("stage", stage.id, field.name), title, write)
