"""Small good news that needs no answer and goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce

_SHOWN_MS = 4000


class Toast(QFrame):
    """One short sentence at the lower edge of its parent.

    Args:
        parent: the page it floats over.

    Signals:
        wanted: kind and id of what the sentence is about; the person wants to see it.
    """

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("")
        self.more = button(t("Show"), "link")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self._show_it)
        self._about = ("", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words)
        row.addWidget(self.more)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SHOWN_MS)
        self._clock.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence last shown."""
        return self._words.text()

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds; it is also read aloud."""
        self.say_where(text, "", "")

    def say_where(self, text: str, kind: str, object_id: str) -> None:
        """Show a sentence about an object, which can be shown from here."""
        self._about = (kind, object_id)
        self.more.setVisible(bool(kind))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not kind)
        self._words.setText(text)
        self.setAccessibleName(text)
        announce(self, text)
        self._place()
        self.show()
        self.raise_()
        self._clock.start()

    def dismiss(self) -> None:
        """Take the sentence away at once."""
        self._clock.stop()
        self.hide()

    def _show_it(self) -> None:
        self.dismiss()
        self.wanted.emit(*self._about)

    def _place(self) -> None:
        self.adjustSize()
        page = self._page
        self.move((page.width() - self.width()) // 2, page.height() - self.height() - 76)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
