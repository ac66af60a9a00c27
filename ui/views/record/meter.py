"""How loud it is: a bar that jumps up at once and falls slowly, red where sound would break."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme

_FALL = 0.08
_TOO_LOUD = 0.97
_QUIET = 0.25


class Meter(QWidget):
    """The bar.

    Args:
        theme: colours.
    """

    spoken_role = QAccessible.Role.Indicator

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.level = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("How loud it is"))
        theme.changed.connect(self.update)

    def show_level(self, level: float) -> None:
        """Show how loud it was just now, 0…1."""
        self.level = max(level, self.level - _FALL)
        self.setAccessibleDescription(self._words())
        self.update()

    def clear(self) -> None:
        """Show silence."""
        self.level = 0.0
        self.update()

    def _words(self) -> str:
        if self.level >= _TOO_LOUD:
            return t("too loud")
        return t("good") if self.level >= _QUIET else t("very quiet")

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, self.height() / 2 - 4, self.width(), 8)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(whole, 4, 4)
        painter.setBrush(self._theme.colour("bad" if self.level >= _TOO_LOUD else "accent"))
        whole.setWidth(whole.width() * min(1.0, self.level))
        painter.drawRoundedRect(whole, 4, 4)
        painter.end()
