"""What the mouse selects in a coded text beyond what Qt knows: sentences, turns, several marks."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from typing_extensions import override

from ui.views.reading.view import ReadingView

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_STILL = 6  # pixels: further away it is another click
_SENTENCE = 3  # clicks; one more selects the turn


class Clicks(QObject):
    """Watches the text and the labels of a reading view.

    Args:
        view: whose presses with keys held, and third and fourth clicks, are told.

    Signals:
        joined: id of a mark that was pressed with Ctrl; elsewhere that plays from the word.
        reached: id of a mark whose label was pressed with Shift.
        widened: a third or fourth click: select more around what is selected.
    """

    joined = Signal(str)
    reached = Signal(str)
    widened = Signal()

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view)
        self._view = view
        self._count = 0
        self._taken = False  # a press that Qt does not see; nor does it see its release
        self._place = QPointF()
        self._clock = QElapsedTimer()
        view.text.viewport().installEventFilter(self)
        view.labels.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            taken, self._taken = self._taken, False
            return taken
        if event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return False
        if watched is self._view.labels:
            self._taken = self._on_label(event)
        elif event.modifiers() & _CTRL:
            mark = self._view.text.highlights.at(event.position())
            if mark is not None:
                self.joined.emit(mark.id)
            else:
                self._view.text.sound.seek_to(event.position())
            self._taken = True
        else:
            self._taken = self._on_click(event)
        return self._taken

    def _on_label(self, event: QMouseEvent) -> bool:
        label = self._view.labels.label_at(event.position())
        if label is None or not event.modifiers() & (_CTRL | _SHIFT):
            return False
        (self.reached if event.modifiers() & _SHIFT else self.joined).emit(label.mark.id)
        return True

    def _on_click(self, event: QMouseEvent) -> bool:
        """Count clicks at one place; Qt itself knows one and two."""
        far = (event.position() - self._place).manhattanLength() > _STILL
        pause = QGuiApplication.styleHints().mouseDoubleClickInterval()
        late = not self._clock.isValid() or self._clock.elapsed() > pause
        double = event.type() == QEvent.Type.MouseButtonDblClick
        self._count = (2 if double else 1) if far or late else self._count + 1
        self._place = event.position()
        self._clock.start()
        if self._count < _SENTENCE or event.modifiers():
            return False
        self.widened.emit()
        return True
