"""The text one corrects, with quiet marks where somebody speaks whom nobody understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from typing_extensions import override

from ui.i18n import t
from ui.plain import show_tip
from ui.theme import Theme
from ui.views.reading.editing import Corrector, EditableText
from workbench.domain.figures import clock
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn
from workbench.domain.unheard import Gap, Hole, gaps

_DOT, _AIR = 5, 6


class GapText(EditableText):
    """A text to correct that shows speech without words between its turns.

    Args:
        theme: colours and fonts.
        corrector: keeps what is written.

    Signals:
        gap_pressed: start and end in ms of the speech without words that was clicked.
    """

    gap_pressed = Signal(int, int)

    def __init__(self, theme: Theme, corrector: Corrector) -> None:
        super().__init__(theme, corrector)
        self._holes: Sequence[Hole] = ()
        self._places: dict[TurnId, list[int]] = {}

    def show_holes(self, holes: Sequence[Hole]) -> None:
        """Show where the engine heard speech but no words."""
        if list(holes) != list(self._holes):
            self._holes = holes
            self.viewport().update()

    def gaps(self) -> list[Gap]:
        """Return those that nobody has filled or dismissed, where they are just now."""
        return gaps(self._turns, self._holes) if self._holes else []

    def gap_here(self) -> Gap | None:
        """Return the gap of the turn with the caret; of several the nearest."""
        turn = self.turn_here()
        if turn is None:
            return None
        own = [gap for gap in self.gaps() if gap.turn_id == turn.id]
        point = self.here()[1]
        return min(own, key=lambda gap: abs(gap.at - point), default=None)

    def at_gap(self) -> Gap | None:
        """Return the gap at which the caret stands."""
        gap = self.gap_here()
        return gap if gap and gap.at == self.here()[1] else None

    @override
    def next_doubt(self, *, back: bool = False) -> bool:
        self._places = {}
        for gap in self.gaps():
            self._places.setdefault(gap.turn_id, []).append(gap.at)
        return super().next_doubt(back=back)

    @override
    def _doubtful(self, turn: Turn) -> list[tuple[int, int]]:
        own = [(at, at) for at in self._places.get(turn.id, ())]
        return sorted([*super()._doubtful(turn), *own])

    def _marks(self) -> Iterator[tuple[Gap, QRectF]]:
        """Yield the gaps that can be seen, each with the place of its mark: below its turn."""
        found = self.gaps()
        if not found:
            return
        metrics = QFontMetricsF(self._theme.font("small"))
        for place in self.places():
            own = [gap for gap in found if gap.turn_id == self._turns[place.row].id]
            left = place.origin.x() + self.document().documentMargin()
            for gap in own:
                wide = _DOT + _AIR + metrics.horizontalAdvance(_words(gap))
                top = place.bottom - metrics.height() / 2
                yield gap, QRectF(left, top, wide, metrics.height())
                left += wide + 3 * _AIR

    def _mark_at_point(self, point: QPointF) -> Gap | None:
        return next((gap for gap, rect in self._marks() if rect.contains(point)), None)

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        here = self.at_gap() if self._holes and self.hasFocus() else None
        for gap, rect in self._marks():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("bad"))
            middle = rect.center().y()
            painter.drawEllipse(QRectF(rect.left(), middle - _DOT / 2, _DOT, _DOT))
            painter.setPen(self._theme.colour("accent" if gap == here else "ink_soft"))
            words = rect.adjusted(_DOT + _AIR, 0, _AIR, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _words(gap))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        gap = self._mark_at_point(event.position())
        if gap is None:
            super().mousePressEvent(event)
            return
        self.setFocus()
        self.put_caret(self.row_of(gap.turn_id), gap.at)
        self.viewport().update()
        if event.button() == Qt.MouseButton.LeftButton:
            self.gap_pressed.emit(gap.start_ms, gap.end_ms)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons() and self._mark_at_point(event.position()):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        over = isinstance(event, QHelpEvent) and self._mark_at_point(QPointF(event.pos()))
        if over and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            told = t("Click to listen. Write the words here, or dismiss it with Ctrl+F3.")
            show_tip(event.globalPos(), told, self)
            return True
        return super().viewportEvent(event)


def _words(gap: Gap) -> str:
    return t("speech without words {start}–{end}", start=clock(gap.start_ms), end=clock(gap.end_ms))
