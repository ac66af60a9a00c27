"""Beside the text: why a person should listen to a turn again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from typing_extensions import override

from ui.i18n import t
from ui.plain import show_tip
from ui.theme import Theme
from ui.views.reading.margins import Margin
from ui.views.reading.turns import TurnText
from workbench.domain.voices import SPEAKS_OVER, reasons, without

NARROW = 20
_LEFT, _AIR = 10, 6


class DoubtMargin(Margin):
    """A soft line along each doubtful turn, and the reason where there is room."""

    def __init__(self, text: TurnText, theme: Theme) -> None:
        super().__init__(text, theme)
        self.setAccessibleName(t("Places to check"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter(event)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font("small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for place in self._places(event):
            doubt = self._text.turns[place.row].doubt
            if SPEAKS_OVER in reasons(doubt):  # the sign of transcripts for it; no fault in them
                line = place.block.layout().lineAt(0)
                painter.setPen(self._theme.colour("ink_soft"))
                painter.drawText(QPointF(0, place.top + line.y() + line.ascent()), "//")
            doubt = without(doubt, SPEAKS_OVER)
            if not doubt:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("doubt"))
            height = place.bottom - place.top - 2 * _AIR
            painter.drawRoundedRect(QRectF(_LEFT, place.top + _AIR, 2, height), 1, 1)
            if self.width() > 3 * NARROW:
                painter.setPen(self._theme.colour("ink_soft"))
                room = QRectF(_LEFT + 10, place.top + _AIR, self.width() - _LEFT - 14, height)
                lines = max(1, int(height // metrics.height()))
                words = _sentence(doubt)
                if lines == 1:
                    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
                flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(room, int(flags), words)
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            y = event.pos().y()
            over = (place for place in self._text.page.places() if place.top <= y < place.bottom)
            doubts = [self._text.turns[place.row].doubt for place in over]
            show_tip(event.globalPos(), _sentence("".join(doubts)), self)
            return True
        return super().event(event)


def _sentence(doubt: str) -> str:
    words = "; ".join(t(part) for part in reasons(doubt))
    return words[:1].upper() + words[1:]
