"""Small good news that needs no answer and goes away by itself.

It has a strip of its own between the workspace and the player, which is there as long as the
sentence: so it covers no word and no button, and nothing moves but the lower edge of the workspace.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce

_SHOWN_MS = 4000
_AIR = 16  # pixels at both sides
_PADDING = 36  # pixels round the words, as in the style sheet
_LEAST = 200


class Toast(QWidget):
    """One short sentence below the workspace.

    Signals:
        wanted: kind and id of what the sentence is about; the person wants to see it.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", wrap=True)
        self.more = button(t("Show"), "link")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self._show_it)
        self._about = ("", "")
        pill = QFrame()
        pill.setObjectName("toast")
        row = QHBoxLayout(pill)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words)
        row.addWidget(self.more)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(_AIR, 4, _AIR, 6)
        strip.addStretch(1)
        strip.addWidget(pill)
        strip.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SHOWN_MS)
        self._clock.timeout.connect(self.dismiss)
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
        self._words.setText(text)
        self.setAccessibleName(text)
        announce(self, text)
        self.show()
        self._fit()
        self._clock.start()

    def dismiss(self) -> None:
        """Take the sentence away at once."""
        self._clock.stop()
        self.hide()

    def _show_it(self) -> None:
        self.dismiss()
        self.wanted.emit(*self._about)

    def _fit(self) -> None:
        """Give the words one line each, as far as the window has the room."""
        self._words.ensurePolished()
        metrics = self._words.fontMetrics()
        lines = [metrics.horizontalAdvance(line) for line in self._words.text().split("\n")]
        beside = 2 * _AIR + (self.more.sizeHint().width() if self.more.isVisibleTo(self) else 0)
        self._words.setFixedWidth(min(max(lines) + _PADDING, max(_LEAST, self.width() - beside)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
