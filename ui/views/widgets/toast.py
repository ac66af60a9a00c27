"""Small good news that needs no answer and goes away by itself.

It has a line of its own below the workspace, which is kept free for it: so it covers no word and no
button, and nothing moves when it comes and goes.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.looks import ShortLabel, button
from ui.views.widgets.spoken import announce

_SHOWN_MS = 4000
_AIR = 16  # pixels at both sides
_INSIDE = 12
_LINE = 28


class Toast(QWidget):
    """One short sentence below the workspace; what has no room is the tip of the rest.

    Signals:
        wanted: kind and id of what the sentence is about; the person wants to see it.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._words = ShortLabel("", "")
        self.more = button(t("Show"), "link")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self._show_it)
        self._about = ("", "")
        pill = QFrame()
        pill.setObjectName("toast")
        row = QHBoxLayout(pill)
        row.setContentsMargins(_INSIDE, 0, _INSIDE, 0)
        row.addWidget(self._words)
        row.addWidget(self.more)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(_AIR, 2, _AIR, 2)
        strip.addStretch(0)
        strip.addWidget(pill)
        strip.addStretch(0)
        self.setFixedHeight(_LINE)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SHOWN_MS)
        self._clock.timeout.connect(self._on_time)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence last shown."""
        return self._said

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds; it is also read aloud."""
        self.say_where(text, "", "")

    def say_where(self, text: str, kind: str, object_id: str) -> None:
        """Show a sentence about an object, which can be shown from here."""
        self._said, self._about = text, (kind, object_id)
        self.more.setVisible(bool(kind))
        self._words.setText(" · ".join(text.splitlines()))
        self.setAccessibleName(text)
        announce(self, text)
        self.show()
        self._clock.start()

    def dismiss(self) -> None:
        """Take the sentence away at once."""
        self._clock.stop()
        self.hide()

    def _on_time(self) -> None:
        if self.underMouse():  # somebody still reads it
            self._clock.start()
        else:
            self.dismiss()

    def _show_it(self) -> None:
        self.dismiss()
        self.wanted.emit(*self._about)


class MessageLine(QWidget):
    """The line that is kept free: what is at work stands at its left, a sentence beside it.

    Args:
        at_work: what is done while nothing else can be changed.
        looking: what only reads, perhaps at the same time.
    """

    def __init__(self, at_work: QWidget, looking: QWidget) -> None:
        super().__init__()
        self.at_work, self.looking, self.toast = at_work, looking, Toast()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(at_work, 1)
        row.addWidget(looking, 1)
        row.addWidget(self.toast, 1)
        self.setFixedHeight(_LINE)
