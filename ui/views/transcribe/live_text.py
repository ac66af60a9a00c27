"""The words of a recording as they are recognised: time, voice, text, doubts marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.bridge.positions import Positions
from ui.i18n import clock, t
from ui.theme import Theme
from ui.views.widgets.looks import look
from workbench.domain.ids import SpeakerId, TurnId
from workbench.domain.transcript import Turn
from workbench.domain.voices import SPEAKS_OVER, reasons, without

_GUTTER, _EDGE, _AIR, _HINT = 112, 20, 16, 20
_UNSURE = 500  # thousandths; below that a word is underlined
_OVER = "//"  # the sign of transcripts for speech at the same time
_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LiveTurn:
    """A turn as it is shown."""

    turn: Turn
    speaker: str


class LiveText(QListView):
    """The text; it follows its end as long as its end is in view.

    Signals:
        play_wanted: start and end in ms of the turn that was activated.
        selection_changed: other turns are selected.
    """

    play_wanted = Signal(int, int)
    selection_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._turns = _Turns(self)
        self._painter = _Painter(theme, self)
        self.setModel(self._turns)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(t("Text"))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setToolTip(t("Double-click or Enter plays a turn"))
        look(self, "plain")
        self.activated.connect(self._on_activated)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        theme.changed.connect(self._on_theme_changed)

    def selected(self) -> list[TurnId]:
        """Return the selected turns, in order."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [index.data(_ROLE).turn.id for index in rows]

    def show_turns(self, turns: Sequence[Turn], names: Mapping[SpeakerId, str]) -> None:
        """Show a whole text; turns that stay keep their selection and the place of the page."""
        follow = self._at_end() and bool(self._turns.rowCount())
        chosen, top = set(self.selected()), self.verticalScrollBar().value()
        self._painter.forget()
        self._turns.set_turns([_live(turn, names) for turn in turns])
        for row, turn in enumerate(turns):
            if turn.id in chosen:
                if not self.currentIndex().isValid():
                    self.setCurrentIndex(self._turns.index(row))
                self.selectionModel().select(
                    self._turns.index(row), QItemSelectionModel.SelectionFlag.Select
                )
        if follow:
            self.scrollToBottom()
        elif chosen:
            self.verticalScrollBar().setValue(top)

    def add_turns(self, turns: Sequence[Turn], names: Mapping[SpeakerId, str]) -> None:
        """Show turns that came in addition."""
        follow = self._at_end()
        self._turns.add([_live(turn, names) for turn in turns])
        if follow:
            self.scrollToBottom()

    def rename(self, names: Mapping[SpeakerId, str]) -> None:
        """Show other names for the voices."""
        self._turns.rename(names)

    def lines(self) -> list[tuple[str, str]]:
        """Return voice and words of every turn, as shown."""
        return [(live.speaker, live.turn.text) for live in self._turns.all()]

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 8

    def _on_activated(self, index: QModelIndex) -> None:
        turn = index.data(_ROLE).turn
        if turn.start_ms is not None:
            self.play_wanted.emit(turn.start_ms, turn.end_ms or 0)

    def _on_selection_changed(self) -> None:
        self.selection_changed.emit()

    def _on_theme_changed(self) -> None:
        self._painter.forget()
        self.scheduleDelayedItemsLayout()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._painter.forget()
        super().resizeEvent(event)


class _Turns(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turns: list[LiveTurn] = []

    def all(self) -> Sequence[LiveTurn]:
        return tuple(self._turns)

    def set_turns(self, turns: list[LiveTurn]) -> None:
        self.beginResetModel()
        self._turns = turns
        self.endResetModel()

    def add(self, turns: list[LiveTurn]) -> None:
        known = {live.turn.id for live in self._turns}
        new = [live for live in turns if live.turn.id not in known]
        if new:
            first = len(self._turns)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._turns += new
            self.endInsertRows()

    def rename(self, names: Mapping[SpeakerId, str]) -> None:
        self._turns = [_live(live.turn, names) for live in self._turns]
        if self._turns:
            self.dataChanged.emit(self.index(0), self.index(len(self._turns) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._turns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        live = self._turns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return live.turn.text
        if role == Qt.ItemDataRole.ToolTipRole and SPEAKS_OVER in reasons(live.turn.doubt):
            return t("// Somebody else speaks at the same time")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{live.speaker}: {live.turn.text}"
        return live if role == _ROLE else None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent
        self._heights: dict[str, int] = {}

    def forget(self) -> None:
        """Measure everything again."""
        self._heights.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        live: LiveTurn = index.data(_ROLE)
        if live.turn.id not in self._heights:
            text = max(self._lay_out(live.turn)[1], 2.6 * self._theme.reading_size)
            hint = _HINT if _doubt(live.turn) else 0
            self._heights[live.turn.id] = round(text) + hint + _AIR
        return QSize(200, self._heights[live.turn.id])

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        live: LiveTurn = index.data(_ROLE)
        rect, theme = option.rect, self._theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and self._list.hasFocus():
            painter.fillRect(rect, theme.colour("hover"))
        layout, height = self._lay_out(live.turn)
        top = rect.top() + _AIR // 2
        self._gutter(painter, QRect(rect.left(), top, _GUTTER - 16, 44), live)
        left = rect.left() + _GUTTER
        painter.setPen(theme.colour("ink"))
        layout.draw(painter, QPointF(left, top))
        if doubt := _doubt(live.turn):
            foot = top + round(height)
            painter.fillRect(
                QRect(left - 10, top + 2, 2, foot - top + _HINT - 6), theme.colour("doubt")
            )
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("warn"))
            words = t(doubt)
            words = words[:1].upper() + words[1:]
            painter.drawText(
                QRect(left, foot, self._measure(), _HINT), Qt.AlignmentFlag.AlignVCenter, words
            )
        painter.restore()

    def _gutter(self, painter: QPainter, area: QRect, live: LiveTurn) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        small = self._theme.font("small")
        painter.setFont(small)
        painter.setPen(self._theme.colour("ink_faint"))
        if live.turn.start_ms is not None:
            painter.drawText(area.adjusted(0, 3, 0, 0), right, clock(live.turn.start_ms))
        small.setWeight(small.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(self._theme.colour("ink_soft"))
        if SPEAKS_OVER in reasons(live.turn.doubt):
            painter.drawText(area.adjusted(8, 3, 0, 0), Qt.AlignmentFlag.AlignLeft, _OVER)
        shown = QFontMetrics(small).elidedText(
            live.speaker, Qt.TextElideMode.ElideRight, area.width() - 8
        )
        painter.drawText(area.adjusted(8, 21, 0, 0), right, shown)

    def _measure(self) -> int:
        """Return the width of the text: what is comfortable to read, or what there is."""
        widest = QFontMetrics(self._theme.reading_font()).averageCharWidth()
        room = self._list.viewport().width() - _GUTTER - _EDGE
        return max(120, min(widest * self._theme.reading_measure, room))

    def _lay_out(self, turn: Turn) -> tuple[QTextLayout, float]:
        font = self._theme.reading_font()
        layout = QTextLayout(turn.text.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._doubtful(turn))
        leading = QFontMetrics(font).height() * self._theme.reading_leading / 1.2
        width, height = self._measure(), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height + (leading - line.height()) / 2))
            height += leading
        layout.endLayout()
        return layout, height

    def _doubtful(self, turn: Turn) -> list[QTextLayout.FormatRange]:
        positions = Positions(turn.text)
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        shape.setUnderlineColor(self._theme.colour("doubt"))
        found = []
        for word in turn.words:
            if word.probability < _UNSURE:
                mark = QTextLayout.FormatRange()
                start = positions.units(word.start)
                mark.start, mark.length = start, positions.units(word.end) - start
                mark.format = shape
                found.append(mark)
        return found


def _doubt(turn: Turn) -> str:
    """Return what is said below a turn; overlap is marked beside it."""
    return without(turn.doubt, SPEAKS_OVER)


def _live(turn: Turn, names: Mapping[SpeakerId, str]) -> LiveTurn:
    return LiveTurn(turn, names.get(turn.speaker_id, "") if turn.speaker_id else "")
