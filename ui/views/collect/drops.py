"""Files dragged over a workspace: a veil that says what will happen, and the drop itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme
from ui.views.widgets.dropping import files_in, take_copy


class DropVeil(QWidget):
    """Lies over its parent while files are dragged across it.

    Args:
        theme: colours.
        parent: the workspace; its `acceptDrops` says whether files are welcome.

    Signals:
        dropped: list of paths.
    """

    dropped = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(t("Drop files here"))
        parent.installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._on_enter(event)
        if kind == QEvent.Type.DragLeave:
            self.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hide()
            take_copy(event)
            paths = files_in(event.mimeData())
            # Later, so that a question does not hold up the program that is being dragged from.
            QTimer.singleShot(0, self, lambda: self.dropped.emit(paths))
            return True
        return super().eventFilter(watched, event)

    def _on_enter(self, event: QDragEnterEvent) -> bool:
        if not files_in(event.mimeData()):
            event.ignore()  # a study folder, for the window
            return True
        take_copy(event)
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self._theme.colour("paper")
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(self._theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 10, 10)
        painter.setPen(self._theme.colour("accent"))
        painter.setFont(self._theme.font("title"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, t("Drop to add to the study"))
