"""The text one reads and codes: everything over the letters is painted for visible lines only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
)
from typing_extensions import override

from ui.plain import show_tip
from ui.theme import Theme
from ui.views.reading.copying import Spoken, as_it_is, carried, words_in
from ui.views.reading.layers import Ahead, Layer, Layers
from ui.views.reading.marks import Mark, Marks
from ui.views.reading.painting import across, rects
from ui.views.reading.signs import Signs
from ui.views.reading.turns import Place, TurnText
from workbench.domain.anchors import TextAnchor
from workbench.domain.transcript import doubtful


class ReadingText(TurnText):
    """A text to read and to code.

    Args:
        theme: colours and fonts.

    Signals:
        mark_pressed: id of the observation under the mouse, or "".
        word_activated: milliseconds of the word that was pressed with Ctrl: play from there.
        letter_typed: a character typed while words are selected.
        marked: marks changed, and with them the labels beside the text.
    """

    mark_pressed = Signal(str)
    word_activated = Signal(int)
    letter_typed = Signal(str)
    marked = Signal()

    def __init__(self, theme: Theme) -> None:
        self._layers = Layers(self, theme)
        super().__init__(theme)
        self._ahead = Ahead(self, self._layers)
        self._ahead_of: Sequence[Place] = ()
        self.viewport().setMouseTracking(True)  # the cursor tells what a press would do
        self.marks = Marks()
        self.selected_mark = ""
        self.chosen_marks: frozenset[str] = frozenset()
        self.lit: tuple[int, int, int] | None = None
        self.reserved_letters = ""
        self.spoken: Spoken = as_it_is
        self.tip_of: Callable[[str], str] = lambda _mark_id: ""
        self.above: list[Callable[[QPainter], None]] = []  # painted over everything
        self.ahead: list[Callable[[Place], None]] = []  # told of turns that will be seen next

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        return carried(self.textCursor(), self.turns, self.spoken)

    def words_in(self, copied: QMimeData) -> str:
        """Return the words that were copied, those of this program as they are in it."""
        return words_in(copied)

    # Marks

    def select_mark(self, mark_id: str, *, also: Iterable[str] = (), reveal: bool = False) -> None:
        """Outline one mark, or none.

        Args:
            mark_id: the one that keys go on from.
            also: others that are selected together with it.
            reveal: scroll there.
        """
        before = self.chosen_marks
        self.selected_mark = mark_id
        self.chosen_marks = frozenset({mark_id, *also} - {""})
        mark = self.marks.get(mark_id)
        if mark and reveal:
            self.reveal(mark.first, mark.start)
        self.marks_changed(self.marks.rows(before ^ self.chosen_marks))

    def place_of(self, mark: Mark) -> QRect:
        """Return where the first word of a mark is, in pixels of the viewport."""
        block = self.document().findBlockByNumber(mark.first)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + mark.start)
        return self.cursorRect(cursor)

    def border_at(self, row: int, unit: int, *, after: bool) -> QRectF:
        """Return the border between two letters as a thin upright rectangle of the viewport.

        Args:
            row: number of the turn.
            unit: UTF-16 position in it.
            after: where a line breaks, the begin of the next one, not the end of the one before.
        """
        place = next((place for place in self.places() if place.row == row), None)
        if place is None:
            return QRectF()
        line = place.block.layout().lineForTextPosition(unit if after else max(0, unit - 1))
        if not line.isValid():
            return QRectF()
        rect = line.naturalTextRect().translated(place.origin)
        x = place.origin.x() + across(line, unit)
        return QRectF(x - 1, rect.top() - 2, 2, rect.height() + 5)

    def anchor_of(self, mark: Mark) -> TextAnchor:
        """Return the words of a mark."""
        first, last = self._turns[mark.first], self._turns[mark.last]
        return TextAnchor(
            first.id,
            self.points(mark.first, mark.start),
            last.id,
            self.points(mark.last, mark.end),
        )

    def mark_on(self, mark: Mark, anchor: TextAnchor) -> Mark:
        """Return a mark on other words of this text."""
        first, last = self.row_of(anchor.first_turn), self.row_of(anchor.last_turn)
        start, end = self.units(first, anchor.start), self.units(last, anchor.end)
        return replace(mark, first=first, start=start, last=last, end=end)

    def marks_changed(self, rows: Iterable[int] | None = None, *, at_once: bool = False) -> None:
        """Paint again after `marks` changed; see `repaint_lines`."""
        self.repaint_lines(rows, at_once=at_once)
        self.marked.emit()

    def mark_at(self, point: QPointF) -> Mark | None:
        """Return the mark under a point of the viewport; of several the shortest."""
        place = self._place_at(point.y())
        if place is None:
            return None
        layout = place.block.layout()
        length = place.block.length() - 1
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            rect = line.naturalTextRect().translated(place.origin)
            if rect.adjusted(0, -2, 0, 4).contains(point):
                unit = line.xToCursor(point.x() - place.origin.x())
                under = self.marks.over(place.row, length, max(0, unit - 1), unit + 1)
                hit = [part for part in under if part.start <= unit <= part.end]
                return min(hit, key=lambda p: p.end - p.start).mark if hit else None
        return None

    def places_before(self, count: int) -> Sequence[Place]:
        """Return so many blocks above those that can be seen, from the top."""
        found: list[Place] = []
        for place in self.places()[:1]:
            block, bottom = place.block.previous(), place.top
            while block.isValid() and len(found) < count:
                top = bottom - self.blockBoundingRect(block).height()
                origin = QPointF(place.origin.x(), top)
                found.append(Place(block.blockNumber(), block, origin, top, bottom))
                block, bottom = block.previous(), top
        return found[::-1]

    def labels(self, place: Place) -> list[tuple[float, Mark]]:
        """Return the marks that begin in a turn, each with the middle of its line below its top."""
        return self._layers.labels(place)

    # The word being played

    def light(self, ms: int | None) -> None:
        """Light the word that is said at a moment, or none."""
        lit = None if ms is None else self._word_at(ms)
        if lit == self.lit:
            return
        followed = self._lit_is_visible()
        rows = {place[0] for place in (self.lit, lit) if place}
        self.lit = lit
        if lit and followed and not self._lit_is_visible():
            self._follow(lit[0], lit[1])
        self.repaint_lines(rows)

    def _follow(self, row: int, unit: int) -> None:
        """Scroll on to the word that is said."""
        self.reveal(row, unit)

    def go_to(self, ms: int) -> None:
        """Show the word that is said at a moment."""
        found = self._word_at(ms)
        if found:
            self.reveal(found[0], found[1])

    def time_of(self, cursor: QTextCursor) -> int | None:
        """Return when the word at a cursor, or the first selected one, was said."""
        if not self._turns:
            return None
        at = cursor.selectionStart()
        block = self.document().findBlock(at)
        return self.time_at(block.blockNumber(), at - block.position())

    def seek_to(self, point: QPointF) -> None:
        """Tell when the word at a point of the viewport was said."""
        ms = self.time_of(self.cursorForPosition(point.toPoint()))
        if ms is not None:
            self.word_activated.emit(ms)

    def _word_at(self, ms: int) -> tuple[int, int, int] | None:
        row = bisect_right(self._turns, ms, key=lambda turn: turn.start_ms or 0) - 1
        if row < 0:
            return None
        words = self._turns[row].words
        at = bisect_right(words, ms, key=lambda word: word.start_ms) - 1
        if at < 0:
            return None
        return row, self.units(row, words[at].start), self.units(row, words[at].end)

    def _lit_is_visible(self) -> bool:
        if self.lit is None:
            return True
        return any(place.row == self.lit[0] for place in self.places())

    def doubts(self, row: int) -> list[tuple[int, int]]:
        """Return the UTF-16 ranges of a turn that the engine was not sure of."""
        return [
            (self.units(row, word.start), self.units(row, word.end))
            for word in doubtful(self._turns[row].words)
        ]

    # Qt

    def _on_line(self, event: QMouseEvent) -> QMouseEvent:
        """Return a mouse event whose point lies on a line and not in the air between lines."""
        point = event.position()
        place = self._place_at(point.y())
        if place is None:
            return event
        layout = place.block.layout()
        tops = [layout.lineAt(n).rect().center().y() for n in range(layout.lineCount())]
        if not tops:
            return event
        nearest = min(tops, key=lambda y: abs(y + place.origin.y() - point.y()))
        snapped = QPointF(point.x(), nearest + place.origin.y())
        return QMouseEvent(
            event.type(), snapped, event.globalPosition(), event.button(), event.buttons(),
            event.modifiers(), event.pointingDevice(),
        )  # fmt: skip

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(self._on_line(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = None if event.buttons() else self.mark_at(event.position())
        super().mouseMoveEvent(self._on_line(event))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._on_line(event))
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            mark = self.mark_at(event.position())
            self.mark_pressed.emit(mark.id if mark else "")

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(self._on_line(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_letter(event):
            self.letter_typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def _is_letter(self, event: QKeyEvent) -> bool:
        text = event.text()
        free = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.GroupSwitchModifier
        )
        return (
            bool(text)
            and not free
            and text.isalpha()
            and text not in self.reserved_letters
            and self.textCursor().hasSelection()
        )

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_letter(event)
        ):
            # Selected words are waiting for a code: the letter is the begin of its name.
            event.accept()
            return True
        return super().event(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            show_tip(event.globalPos(), self.tip_of(mark.id) if mark else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def dress(self) -> None:
        self._layers.forget()
        super().dress()
        # All of it is painted, so that nothing behind it need be; the style sheet takes it back.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        seen = self.places()
        places = [place for place in seen if _meets(place, event.rect())]
        layers = [self._layers.of(place) for place in places]
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        self._paint_below(painter, places, layers)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        for place, layer in zip(places, layers, strict=True):
            painter.drawPicture(place.origin, layer.above)
        self._paint_above(painter, places)
        painter.end()
        if seen is not self._ahead_of:
            self._ahead_of = seen
            self._ahead.start()

    def _paint_below(
        self, painter: QPainter, places: Sequence[Place], layers: Sequence[Layer]
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signs = self.shapes and Signs(painter, self._theme, self._turns, self.shapes, self.column())
        for place, layer in zip(places, layers, strict=True):
            if signs:
                signs.paint(place)
            painter.drawPicture(place.origin, layer.below)
            if self.lit and self.lit[0] == place.row:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_soft"))
                for rect in rects(place, self.lit[1], self.lit[2]):
                    painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 2), 4, 4)

    def _paint_above(self, painter: QPainter, places: Sequence[Place]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.chosen_marks:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            for place in places:
                self._outline(painter, place)
        for paint in self.above:
            paint(painter)

    def _outline(self, painter: QPainter, place: Place) -> None:
        """Paint a line round the words of the selected marks."""
        for part in self.marks.parts(place.row, place.block.length() - 1):
            if part.mark.id in self.chosen_marks:
                for rect in rects(place, part.start, part.end):
                    painter.drawRoundedRect(rect.adjusted(-3, -2, 3, 3.5), 4, 4)


def _meets(place: Place, rect: QRect) -> bool:
    return place.bottom > rect.top() and place.top <= rect.bottom()
