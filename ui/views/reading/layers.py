"""What is painted below and above the letters of a turn: recorded once, played back many times.

Working out where the marks of a page lie takes longer than painting them. So it is done when a turn
is first seen, or, for the page that one will scroll to next, while nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QPainter, QPicture

from ui.theme import Theme
from ui.views.reading.marks import Mark, Part
from ui.views.reading.page import Place
from ui.views.reading.painting import Brush, Lines

if TYPE_CHECKING:
    from ui.views.reading.turns import TurnText

_MOST = 400  # turns whose layers are kept


@dataclass(slots=True)
class Layer:
    """What belongs to one turn.

    Attributes:
        key: what it was made of; another key, another layer.
        below: fills under the letters, from the origin of the turn's block.
        above: underlines and doubts over the letters, from there too.
        lines: where the words between two units lie, one rectangle per line.
        labels: the marks that begin here, each with the middle of its line below the turn's top;
            `None` until somebody asks.
    """

    key: tuple[object, ...]
    below: QPicture
    above: QPicture
    lines: Lines
    labels: list[tuple[float, Mark]] | None = None


class Layers:
    """The layers of the turns of one text.

    Args:
        text: whose turns they are.
        theme: colours.
    """

    def __init__(self, text: TurnText, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._known: dict[int, Layer] = {}

    def forget(self) -> None:
        """Record all anew, since colours changed."""
        self._known.clear()

    def of(self, place: Place) -> Layer:
        """Return the layer of a turn that is laid out."""
        row = place.row
        parts = self._text.marks.parts(row, place.block.length() - 1)
        # The parts are the same object as long as no mark of the turn changed.
        width = self._text.viewport().width()
        key = (self._text.turns[row], place.block.userState(), width, parts)
        known = self._known.get(row)
        if known is not None and _same(known.key, key):
            return known
        if len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
        # A mark more or less moves no words.
        lines = known.lines if known is not None and _same(known.key[:-1], key[:-1]) else {}
        made = self._known[row] = self._record(place, parts, key, lines)
        return made

    def labels(self, place: Place) -> list[tuple[float, Mark]]:
        """Return the labels of a turn; see `Layer`."""
        layer = self.of(place)
        if layer.labels is None:
            layout, length = place.block.layout(), place.block.length() - 1
            layer.labels = [
                (layout.lineForTextPosition(part.start).naturalTextRect().center().y(), part.mark)
                for part in self._text.marks.over(place.row, length, 0, length)
                if part.mark.first == place.row
            ]
        return layer.labels

    def _record(
        self, place: Place, parts: tuple[Part, ...], key: tuple[object, ...], lines: Lines
    ) -> Layer:
        place = replace(place, origin=QPointF(), top=0.0, bottom=place.bottom - place.top)
        below, above = QPicture(), QPicture()
        brush = Brush(self._theme, place, parts, lines)
        painter = QPainter(below)
        brush.fill(painter)
        painter.end()
        painter.begin(above)
        brush.dot(painter, self._text.rows.doubts(place.row))
        brush.underline(painter)
        painter.end()
        return Layer(key, below, above, brush.lines)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return all(a is b or a == b for a, b in zip(one, other, strict=True))


class Ahead(QObject):
    """Makes the layers of the page below the one that is seen, and of the one above.

    Args:
        text: whose pages they are.
        layers: where they are kept.

    Attributes:
        told: are told of turns that will be seen next.
    """

    def __init__(self, text: TurnText, layers: Layers) -> None:
        super().__init__(text)
        self._text = text
        self._layers = layers
        self.told: list[Callable[[Place], None]] = []
        self._work: Iterator[None] = iter(())
        self._idle = QTimer(self)
        self._idle.setInterval(0)  # when all events are done with; one turn, then events again
        self._idle.timeout.connect(self.go_on)

    def start(self) -> None:
        """Begin from what is seen now."""
        places = self._text.page.places()
        self._work = iter(())
        if places:
            self._work = self._pages(places[0].row, places[-1].row)
            self._idle.start()

    def go_on(self) -> None:
        """Make the layer of one more turn."""
        if next(self._work, self) is self:
            self._idle.stop()

    def _pages(self, first: int, last: int) -> Iterator[None]:
        for rows in (range(last + 1, len(self._text.turns)), range(first - 1, -1, -1)):
            room = float(self._text.viewport().height())
            for row in rows:
                block = self._text.document().findBlockByNumber(row)
                if row >= len(self._text.turns) or not block.isValid():
                    return  # another text is coming
                # What was never seen above stays so: its lines would move those one reads.
                unseen = row < first and not block.layout().lineCount()
                if room <= 0 or unseen:
                    break
                height = self._text.blockBoundingRect(block).height()
                place = Place(row, block, QPointF(), 0.0, height)
                self._layers.of(place)
                for tell in self.told:
                    tell(place)
                room -= height
                yield
