"""The margins beside a reading text: who speaks when at the left, what is coded at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from typing_extensions import override

from ui.i18n import clock, t
from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.text import ReadingText
from ui.views.reading.turns import Place
from workbench.domain.transcript import Turn

LABEL = 18  # height of a label in pixels
_FURTHEST = 4 * LABEL  # a label pushed further from its line is counted, not shown
_TICK = 3
TEXT_LEFT = 12
SpeakerName = Callable[[Turn], str]


class Margin(QWidget):
    """Follows a text: same lines, same scrolling.

    Args:
        text: beside which it stands.
        theme: colours and fonts.
    """

    def __init__(self, text: ReadingText, theme: Theme) -> None:
        super().__init__()
        self._text = text
        self._theme = theme
        text.repainted.connect(self._follow)
        text.verticalScrollBar().valueChanged.connect(self.update)

    def _follow(self, band: QRect) -> None:
        self.update(0, band.top(), self.width(), band.height())

    def _places(self, event: QPaintEvent) -> Iterator[Place]:
        """Return the turns beside which something is to be painted."""
        top, bottom = event.rect().top(), event.rect().bottom()
        for place in self._text.places():
            if place.bottom >= top and place.top <= bottom:
                yield place

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._text.viewport(), event)


class SpeakerMargin(Margin):
    """Time and name beside the first line of each turn.

    Args:
        name: tells who says a turn.
    """

    def __init__(self, text: ReadingText, theme: Theme, name: SpeakerName) -> None:
        super().__init__(text, theme)
        self._name = name
        self.setAccessibleName(t("Times and speakers"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bold = self._theme.font("heading")
        thin = QFont(bold)
        thin.setWeight(QFont.Weight.Normal)
        metrics = QFontMetricsF(bold)
        room = self.width() - 16.0
        own = self._text.textCursor().blockNumber() if self._text.hasFocus() else -1
        for place in self._places(event):
            turn = self._text.turns[place.row]
            line = place.block.layout().lineAt(0)
            # On the same foot as the first line of the turn.
            foot = place.top + line.y() + line.ascent()
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBaseline
            if turn.start_ms is not None:
                painter.setFont(thin)
                painter.setPen(self._theme.colour("accent" if place.row == own else "ink_faint"))
                box = QRectF(0, foot - metrics.ascent(), room, metrics.height())
                painter.drawText(box, right, clock(turn.start_ms))
                foot += metrics.height()
            name = self._name(turn)
            if name:
                painter.setFont(bold)
                painter.setPen(self._theme.colour("ink_soft"))
                box = QRectF(0, foot - metrics.ascent(), room, metrics.height())
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
                painter.drawText(box, right, shown)
            elif (page := self._begun_page(place.row)) is not None:
                painter.setFont(thin)
                painter.setPen(self._theme.colour("ink_faint"))
                box = QRectF(0, foot - metrics.ascent(), room, metrics.height())
                painter.drawText(box, right, t("p. {page}", page=page))
        painter.end()

    def _begun_page(self, row: int) -> int | None:
        """Return the page of the document that begins with a turn."""
        turns = self._text.turns
        page = turns[row].layout.page
        return page if row == 0 or turns[row - 1].layout.page != page else None


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a mark.

    Attributes:
        top: in pixels.
        more: marks without room of their own that this label counts.
    """

    mark: Mark
    top: float
    more: int = 0


def stack(wanted: Iterable[tuple[float, Mark]]) -> list[Label]:
    """Give every mark a label at its line or just below those that came before.

    Args:
        wanted: top of the line and mark, from the top down.
    """
    labels: list[Label] = []
    free = float("-inf")
    for line, mark in wanted:
        top = max(line, free)
        if labels and top - line > _FURTHEST:
            labels[-1] = replace(labels[-1], more=labels[-1].more + 1)
            continue
        labels.append(Label(mark, top))
        free = top + LABEL
    return labels


class LabelMargin(Margin):
    """The names of codes beside their words, each with a tick in the stage's colour.

    Signals:
        mark_pressed: id of the observation whose label was pressed, or "".
    """

    mark_pressed = Signal(str)

    def __init__(self, text: ReadingText, theme: Theme) -> None:
        super().__init__(text, theme)
        self.setAccessibleName(t("Codes beside the text"))
        self.setMouseTracking(True)
        text.marked.connect(self.update)

    def labels(self) -> list[Label]:
        """Return the labels that can be seen, from the top."""
        return stack(self._wanted())

    def label_at(self, point: QPointF) -> Label | None:
        """Return the label under a point."""
        for label in self.labels():
            if label.top <= point.y() < label.top + LABEL:
                return label
        return None

    def _wanted(self) -> Iterator[tuple[float, Mark]]:
        # Labels of turns just above the edge push those below, seen or not.
        for place in self._text.places(before=3):
            layout = place.block.layout()
            for part in self._text.marks.over(place.row, *_whole(place)):
                if part.mark.first == place.row:
                    line = layout.lineForTextPosition(part.start)
                    rect = line.naturalTextRect()
                    yield place.top + rect.center().y() - LABEL / 2, part.mark

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fonts = [self._theme.font("heading") for _ in range(2)]
        fonts[False].setWeight(QFont.Weight.Normal)
        inks = [self._theme.colour("ink_soft"), self._theme.colour("ink")]
        metrics = [QFontMetricsF(font) for font in fonts]
        room = self.width() - TEXT_LEFT - _TICK - 6
        for label in self.labels():
            mark, chosen = label.mark, label.mark.id in self._text.chosen_marks
            tick = QRectF(TEXT_LEFT - 6, label.top + 2, _TICK, LABEL - 4)
            painter.fillRect(tick, self._theme.mark_line(mark.colour))
            if room < 40:
                continue
            words = f"{mark.label}  +{label.more}" if label.more else mark.label
            shown = metrics[chosen].elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.setFont(fonts[chosen])
            painter.setPen(inks[chosen])
            box = QRectF(TEXT_LEFT + _TICK, label.top, room, LABEL)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        label = self.label_at(event.position())
        self.mark_pressed.emit(label.mark.id if label else "")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.label_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            label = self.label_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), self._text.tip_of(label.mark.id) if label else "", self
            )
            return True
        return super().event(event)


def _whole(place: Place) -> tuple[int, int, int]:
    length = place.block.length() - 1
    return length, 0, length
