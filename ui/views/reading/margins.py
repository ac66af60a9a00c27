"""The margins beside a reading text: who speaks when at the left, what is coded at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStaticText,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import show_tip
from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.page import Place
from ui.views.reading.turns import TurnText
from workbench.domain.consent import Standing
from workbench.domain.figures import clock
from workbench.domain.transcript import Turn

LABEL = 18  # height of a label in pixels
_ASIDE = 12  # how far a label may stand below its line because of others
_LONGEST = 8 * LABEL  # of the labels of one line
_TICK = 3
_MOST = 1000  # words that are kept laid out
TEXT_LEFT = 12
SpeakerName = Callable[[Turn], str]
SpeakerStanding = Callable[[Turn], Standing | None]
_RING = 7  # across, of the mark beside somebody who is not quoted


class Margin(QWidget):
    """Follows a text: same lines, same scrolling.

    Args:
        text: beside which it stands.
        theme: colours and fonts.
    """

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, text: TurnText, theme: Theme) -> None:
        super().__init__()
        self._text = text
        self._theme = theme
        # All of it is painted here, so that nothing behind it need be.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        text.page.repainted.connect(self._follow)
        text.verticalScrollBar().valueChanged.connect(self.update)

    def _follow(self, band: QRect) -> None:
        self.update(0, band.top(), self.width(), band.height())

    def _painter(self, event: QPaintEvent) -> QPainter:
        """Return a painter on the clean ground of the margin."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        return painter

    def _places(self, event: QPaintEvent) -> Iterator[Place]:
        """Return the turns beside which something is to be painted."""
        top, bottom = event.rect().top(), event.rect().bottom()
        for place in self._text.page.places():
            if place.bottom >= top and place.top <= bottom:
                yield place

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._text.viewport(), event)


class Letters:
    """Short words in one font, each laid out only once: a page shows the same ones again.

    Args:
        font: in which they are drawn.

    Attributes:
        height, ascent: of a line, in pixels.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetricsF(font)
        self.height, self.ascent = self._metrics.height(), self._metrics.ascent()
        self._known: dict[tuple[str, float], QStaticText] = {}

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        room: float,
        words: str,
        *,
        right: bool = False,
    ) -> None:
        """Draw words in one line, with "…" where there is no room for all.

        Args:
            painter: with the pen of the letters.
            x: where they begin, or end.
            y: the top of the line.
            room: how wide they may be, in pixels.
            words: what to draw.
            right: they end at `x`.
        """
        text = self.prepare(words, room)
        painter.setFont(self._font)
        painter.drawStaticText(QPointF(x - text.size().width() if right else x, y), text)

    def width(self, words: str) -> float:
        """Return how wide words are, in pixels."""
        return self._metrics.horizontalAdvance(words)

    def prepare(self, words: str, room: float) -> QStaticText:
        """Return words laid out in so many pixels."""
        known = self._known.get((words, room))
        if known is not None:
            return known
        text = QStaticText(self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(QTransform(), self._font)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[words, room] = text
        return text


def _letters(theme: Theme) -> tuple[Letters, Letters]:
    """Return the letters of the margins, thin and bold."""
    bold = theme.font("heading")
    thin = QFont(bold)
    thin.setWeight(QFont.Weight.Normal)
    return Letters(thin), Letters(bold)


class SpeakerMargin(Margin):
    """Time and name beside the first line of each turn.

    Args:
        name: tells who says a turn.
        standing: tells what they said to being quoted; `None` = nobody of the study says it.
    """

    def __init__(
        self,
        text: TurnText,
        theme: Theme,
        name: SpeakerName,
        standing: SpeakerStanding | None = None,
    ) -> None:
        super().__init__(text, theme)
        self._name = name
        self._standing = standing or _nobody
        self.setAccessibleName(t("Times and speakers"))
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._thin, self._bold = _letters(self._theme)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter(event)
        own = self._text.textCursor().blockNumber() if self._text.hasFocus() else -1
        for place in self._places(event):
            turn = self._text.turns[place.row]
            line = place.block.layout().lineAt(0)
            # On the same foot as the first line of the turn.
            foot = place.top + line.y() + line.ascent()
            if turn.start_ms is not None:
                ink = "accent" if place.row == own else "ink_faint"
                self._write(painter, self._thin, foot, clock(turn.start_ms), ink)
                foot += self._bold.height
            name = self._name(turn)
            if name:
                self._write(painter, self._bold, foot, name, "ink_soft")
                self._mark(painter, place, foot)
            elif (page := self._begun_page(place.row)) is not None:
                self._write(painter, self._thin, foot, t("p. {page}", page=page), "ink_faint")
        painter.end()

    def _write(
        self, painter: QPainter, letters: Letters, foot: float, words: str, ink: str
    ) -> None:
        painter.setPen(self._theme.colour(ink))
        room = self.width() - 16.0
        letters.draw(painter, room, foot - letters.ascent, room, words, right=True)

    def _mark(self, painter: QPainter, place: Place, foot: float) -> None:
        """Paint a ring beside somebody who is not quoted, and why, where the turn has room."""
        said = self._standing(self._text.turns[place.row])
        if said is None or said.allows:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("ink_faint"), 1.5))
        top = foot - self._bold.ascent / 2 - _RING / 2 + 1
        painter.drawEllipse(QRectF(self.width() - 12.0, top, _RING, _RING))
        below = foot + self._thin.height
        if below <= place.bottom:
            self._write(painter, self._thin, below, self.told(said), "ink_faint")

    def told(self, said: Standing) -> str:
        """Return “quotes: refused”, or where that has no room what counts of it."""
        whole = said.sentence
        return whole if self._thin.width(whole) <= self.width() - 16.0 else said.words

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self.tip_at(event.pos().y()), self)
            return True
        return super().event(event)

    def tip_at(self, y: float) -> str:
        """Return who speaks at a height, and what they said to being quoted."""
        rows = (place.row for place in self._text.page.places() if place.top <= y < place.bottom)
        row = next(rows, None)
        return "" if row is None else self._who(self._text.turns[row], " – ")

    def aloud(self, turn: Turn) -> str:
        """Return who says a turn, and what they said to being quoted, to be read aloud."""
        return self._who(turn, ", ")

    def _who(self, turn: Turn, between: str) -> str:
        said = self._standing(turn)
        return between.join(filter(None, (self._name(turn), said.sentence if said else "")))

    def _begun_page(self, row: int) -> int | None:
        """Return the page of the document that begins with a turn."""
        turns = self._text.turns
        page = turns[row].layout.page
        return page if row == 0 or turns[row - 1].layout.page != page else None


def _nobody(_turn: Turn) -> None:
    return None


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
    """Give the marks labels beside their lines; those without room are counted by the last one.

    Labels of one line may take the room below it, until the next line that has some.

    Args:
        wanted: top of the line and mark, from the top down.
    """
    lines = [(top, [mark for _, mark in group]) for top, group in groupby(wanted, itemgetter(0))]
    ends = [*(top + _ASIDE for top, _ in lines), float("inf")][1:]
    labels: list[Label] = []
    free = float("-inf")
    for (line, marks), end in zip(lines, ends, strict=True):
        top = max(line, free)
        room = max(1, int(min(end - top, _LONGEST) // LABEL))
        shown = [Label(mark, top + at * LABEL) for at, mark in enumerate(marks[:room])]
        shown[-1] = replace(shown[-1], more=len(marks) - len(shown))
        free = shown[-1].top + LABEL
        labels += shown
    return labels


class LabelMargin(Margin):
    """The names of codes beside their words, each with a tick in the stage's colour.

    Signals:
        mark_pressed: id of the observation whose label was pressed, or "".
    """

    mark_pressed = Signal(str)

    def __init__(self, text: TurnText, theme: Theme) -> None:
        super().__init__(text, theme)
        self.setAccessibleName(t("Codes beside the text"))
        self.setMouseTracking(True)
        text.highlights.changed.connect(self.update)
        text.ink.ahead.told.append(self._prepare)
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._letters = _letters(self._theme)

    @property
    def _room(self) -> int:
        return self.width() - TEXT_LEFT - _TICK - 6

    def _prepare(self, place: Place) -> None:
        for _, mark in self._text.ink.labels(place):
            self._letters[False].prepare(mark.label, self._room)

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
        for place in (*self._text.page.before(3), *self._text.page.places()):
            for middle, mark in self._text.ink.labels(place):
                yield place.top + middle - LABEL / 2, mark

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter(event)
        inks = [self._theme.colour("ink_soft"), self._theme.colour("ink")]
        room = self._room
        for label in self.labels():
            mark, chosen = label.mark, label.mark.id in self._text.highlights.chosen
            tick = QRectF(TEXT_LEFT - 6, label.top + 2, _TICK, LABEL - 4)
            painter.fillRect(tick, self._theme.marks.line(mark.colour))
            if room < 40:
                continue
            words = f"{mark.label}  +{label.more}" if label.more else mark.label
            painter.setPen(inks[chosen])
            letters = self._letters[chosen]
            y = label.top + (LABEL - letters.height) / 2
            letters.draw(painter, TEXT_LEFT + _TICK, y, room, words)
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
            tip = self._text.highlights.tip_of(label.mark.id) if label else ""
            show_tip(event.globalPos(), tip, self)
            return True
        return super().event(event)
