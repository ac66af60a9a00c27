"""Quiet marks in a text one corrects, where somebody speaks whom nobody understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from typing_extensions import override

from ui.i18n import t
from ui.plain import show_tip
from ui.theme import Theme
from ui.views.reading.turns import TurnText
from workbench.domain.figures import clock
from workbench.domain.unheard import Gap, Hole, gaps

_DOT, _AIR = 5, 6


class GapMarks(QObject):
    """Shows speech without words between the turns of a text.

    Args:
        text: where they are shown.
        theme: colours and fonts.

    Signals:
        pressed: start and end in ms of the speech without words that was clicked.
    """

    pressed = Signal(int, int)

    def __init__(self, text: TurnText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._holes: Sequence[Hole] = ()
        text.ink.over.append(self.paint)
        text.viewport().installEventFilter(self)

    def show_holes(self, holes: Sequence[Hole]) -> None:
        """Show where the engine heard speech but no words."""
        if list(holes) != list(self._holes):
            self._holes = holes
            self._text.viewport().update()

    def all(self) -> list[Gap]:
        """Return those that nobody has filled or dismissed, where they are just now."""
        return gaps(self._text.turns, self._holes) if self._holes else []

    def near(self) -> Gap | None:
        """Return the gap of the turn with the caret; of several the nearest."""
        turn = self._text.selection.turn()
        if turn is None:
            return None
        own = [gap for gap in self.all() if gap.turn_id == turn.id]
        point = self._text.selection.here()[1]
        return min(own, key=lambda gap: abs(gap.at - point), default=None)

    def here(self) -> Gap | None:
        """Return the gap at which the caret stands."""
        gap = self.near()
        return gap if gap and gap.at == self._text.selection.here()[1] else None

    def spots(self) -> Iterator[tuple[Gap, QRectF]]:
        """Yield the gaps that can be seen, each with the place of its mark: below its turn."""
        found = self.all()
        if not found:
            return
        metrics = QFontMetricsF(self._theme.font("small"))
        for place in self._text.page.places():
            own = [gap for gap in found if gap.turn_id == self._text.turns[place.row].id]
            left = place.origin.x() + self._text.document().documentMargin()
            for gap in own:
                wide = _DOT + _AIR + metrics.horizontalAdvance(_words(gap))
                top = place.bottom - metrics.height() / 2
                yield gap, QRectF(left, top, wide, metrics.height())
                left += wide + 3 * _AIR

    def at(self, point: QPointF) -> Gap | None:
        """Return the gap whose mark is under a point of the viewport."""
        return next((gap for gap, rect in self.spots() if rect.contains(point)), None)

    def paint(self, painter: QPainter) -> None:
        """Paint the marks that can be seen, over the text."""
        if not self._holes:
            return
        painter.setFont(self._theme.font("small"))
        here = self.here() if self._text.hasFocus() else None
        for gap, rect in self.spots():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("bad"))
            middle = rect.center().y()
            painter.drawEllipse(QRectF(rect.left(), middle - _DOT / 2, _DOT, _DOT))
            painter.setPen(self._theme.colour("accent" if gap == here else "ink_soft"))
            words = rect.adjusted(_DOT + _AIR, 0, _AIR, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _words(gap))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                return self._press(event)
            if kind == QEvent.Type.MouseMove and not event.buttons() and self.at(event.position()):
                self._text.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
                return True
        elif kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._tell(event)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        gap = self.at(event.position())
        if gap is None:
            return False
        self._text.setFocus()
        self._text.selection.put(self._text.row_of(gap.turn_id), gap.at)
        self._text.viewport().update()
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(gap.start_ms, gap.end_ms)
        return True

    def _tell(self, event: QHelpEvent) -> bool:
        if self.at(QPointF(event.pos())) is None:
            return False
        told = t("Click to listen. Write the words here, or choose “Dismiss speech without words”.")
        show_tip(event.globalPos(), told, self._text)
        return True


def _words(gap: Gap) -> str:
    return t("speech without words {start}–{end}", start=clock(gap.start_ms), end=clock(gap.end_ms))
