"""The journey map on screen: scrolls, follows mouse and keyboard, edits words in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.models.passages import quality
from ui.plain import show_tip
from ui.theme import Theme
from ui.views.journey.cell_editor import CellEditor, words_spot
from ui.views.journey.sheet import LABELS, MapSheet, Place
from ui.views.journey.sheet_painting import SheetPainting
from ui.views.widgets.spoken import announce
from workbench.services.journey.lanes import STAGE, FilledMap, Lane
from workbench.services.unsaved import Spot
from workbench.study import Study

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ROOMY = 1500  # width from which the map grows with the window, so that it fills a wide screen
_LARGEST = 1.6
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class MapView(QAbstractScrollArea):
    """Shows one map. Arrows go from cell to cell, Enter opens, F2 edits.

    Attributes:
        study: takes the words that are edited in place.

    Signals:
        opened: a Place whose observations are asked for.
        edit_requested: a Place that is not edited in place (touchpoints, company's track).
        menu_requested: the global point for the menu of the current cell, or of the map.
        current_changed: the current cell is another one.
    """

    opened = Signal(object)
    edit_requested = Signal(object)
    menu_requested = Signal(object)
    current_changed = Signal()
    spoken_role = QAccessible.Role.Canvas

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filled: FilledMap | None = None
        self._lanes: tuple[Lane, ...] = ()
        self._sheet: MapSheet | None = None
        self._zoom = 1.0
        self._current: Place | None = None
        self._hovered: Place | None = None
        self._open: Place | None = None
        self._editor: CellEditor | None = None
        self.study: Study | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(t("Journey map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.verticalScrollBar().setSingleStep(24)
        self.horizontalScrollBar().setSingleStep(24)
        theme.changed.connect(self._lay_out)

    def set_map(self, filled: FilledMap, lanes: Sequence[Lane]) -> None:
        """Show a map; the current cell stays where it is as far as it still exists."""
        self._filled, self._lanes = filled, tuple(lanes)
        self._current = self._kept(self._current)
        self._open = self._kept(self._open)
        self._hovered = None
        self._lay_out()

    @property
    def sheet(self) -> MapSheet | None:
        """Return the map as laid out."""
        return self._sheet

    @property
    def current(self) -> Place | None:
        """Return the current cell."""
        return self._current

    def set_current(self, place: Place | None) -> None:
        """Make a cell the current one, in view, and say it to people who listen."""
        self._current = place
        if place and self._sheet and self._filled:
            self._reveal(self._on_screen(place))
            stage = self._filled.journey.columns[place.column].name
            spoken = self._filled.cell(place.lane, place.column).spoken
            told = f"{stage}, {t(place.lane.title)}: {spoken}"
            self.setAccessibleDescription(told)
            announce(self, told)
        self.viewport().update()
        self.current_changed.emit()

    def set_open(self, place: Place | None) -> None:
        """Mark the cell whose observations are shown beside the map."""
        self._open = place
        self.viewport().update()

    def edit_current(self) -> None:
        """Edit the current cell, in place where it holds words of the researcher."""
        place = self._current
        if place is None or self._sheet is None or self._filled is None:
            return
        stage = self._filled.journey.columns[place.column].stage
        if place.lane.written is None or stage is None or self.study is None:
            self.edit_requested.emit(place)
            return
        spot = words_spot(self.study, place.lane.written, stage)
        text = spot.shown(place.lane.written.of(stage))
        box = self._on_screen(place).translated(self._shift(place)).toAlignedRect()
        self._editor = CellEditor(self.viewport(), text, t(place.lane.title))
        self._editor.finished.connect(lambda words: self._on_edited(spot, text, words))
        self._editor.open_at(box)

    # Layout

    def _kept(self, place: Place | None) -> Place | None:
        if place is None or self._filled is None or place.lane not in self._lanes:
            return None
        last = len(self._filled.journey.columns) - 1
        return Place(place.lane, min(place.column, last)) if last >= 0 else None

    def _lay_out(self) -> None:
        if self._filled is None:
            return
        port = self.viewport().size()
        self._zoom = min(max(port.width() / _ROOMY, 1.0), _LARGEST)
        sheet = self._laid_out(port.width())
        if self._zoom > 1 and sheet.height * self._zoom > port.height():
            self._zoom = max(1.0, port.height() / (sheet.height + 16))
            sheet = self._laid_out(port.width())
        self._sheet = sheet
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(sheet.width * self._zoom) - port.width()))
        across.setPageStep(port.width())
        down.setRange(0, max(0, round(sheet.height * self._zoom) + 8 - port.height()))
        down.setPageStep(port.height())
        self.viewport().update()

    def _laid_out(self, width: int) -> MapSheet:
        assert self._filled is not None  # noqa: S101
        return MapSheet(self._theme, self._filled, self._lanes, (width - 1) / self._zoom)

    def _on_screen(self, place: Place) -> QRectF:
        """Return where a cell is in the viewport, before scrolling."""
        assert self._sheet is not None  # noqa: S101
        box = self._sheet.rect(place)
        zoom = self._zoom
        return QRectF(box.x() * zoom, box.y() * zoom, box.width() * zoom, box.height() * zoom)

    def _shift(self, place: Place) -> QPointF:
        down = 0 if place.lane is STAGE else self.verticalScrollBar().value()
        return QPointF(-self.horizontalScrollBar().value(), -down)

    def _reveal(self, box: QRectF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        head = self._sheet.header_height * self._zoom if self._sheet else 0
        port = self.viewport().size()
        left, right = box.left() - LABELS * self._zoom, box.right() - port.width()
        across.setValue(int(max(min(across.value(), left), right)))
        if box.top() >= head:
            top, bottom = box.top() - head, box.bottom() + 8 - port.height()
            down.setValue(int(max(min(down.value(), top), bottom)))

    def _at(self, point: QPointF) -> Place | None:
        if self._sheet is None or point.x() < LABELS * self._zoom:
            return None
        x = (point.x() + self.horizontalScrollBar().value()) / self._zoom
        if point.y() < self._sheet.header_height * self._zoom:
            return self._sheet.at(QPointF(x, point.y() / self._zoom))
        return self._sheet.at(
            QPointF(x, (point.y() + self.verticalScrollBar().value()) / self._zoom)
        )

    # Reactions

    def _on_edited(self, spot: Spot, before: str, words: str | None) -> None:
        self._editor = None
        self.setFocus()
        if words is not None and words != before:
            spot.keep(words)

    def _step(self, rows: int, columns: int) -> None:
        if self._filled is None or not self._filled.journey.columns:
            return
        now = self._current or Place(self._lanes[0], 0)
        row = self._lanes.index(now.lane) + (rows if self._current else 0)
        column = now.column + (columns if self._current else 0)
        row = min(max(row, 0), len(self._lanes) - 1)
        column = min(max(column, 0), len(self._filled.journey.columns) - 1)
        self.set_current(Place(self._lanes[row], column))

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._zoom, self._zoom)
        width, height = self.viewport().width() / self._zoom, self.viewport().height() / self._zoom
        x = -self.horizontalScrollBar().value() / self._zoom
        y = -self.verticalScrollBar().value() / self._zoom
        head = sheet.header_height
        body = QRectF(LABELS, head, width - LABELS, height - head)
        painting = SheetPainting(sheet)
        self._paint_marked(painter, painting, body, QPointF(x, y), painting.paint_body)
        margin = QRectF(0, head, LABELS, height - head)
        _paint_part(painter, margin, QPointF(0, y), painting.paint_labels)
        foot = QRectF(0, max(head, sheet.foot + y), width, height)
        _paint_part(painter, foot, QPointF(0, y), painting.paint_footnotes)
        top = QRectF(LABELS, 0, width - LABELS, head)
        self._paint_marked(
            painter, painting, top, QPointF(x, 0), painting.paint_header, of_stages=True
        )
        painter.end()

    def _paint_marked(
        self,
        painter: QPainter,
        painting: SheetPainting,
        clip: QRectF,
        shift: QPointF,
        paint: Callable[[QPainter], None],
        *,
        of_stages: bool = False,
    ) -> None:
        """Paint a part with what is marked in it: below its words, the focus above them."""
        marks = [mark for mark in self._marks() if (mark[0].lane is STAGE) == of_stages]

        def paint_marks(*, focus: bool) -> None:
            for place, look in marks:
                if (look == "focus") == focus:
                    painting.paint_mark(painter, place, look=look)

        def paint_all(_painter: QPainter) -> None:
            paint_marks(focus=False)
            paint(painter)
            paint_marks(focus=True)

        _paint_part(painter, clip, shift, paint_all)

    def _marks(self) -> list[tuple[Place, str]]:
        found = []
        if self._hovered and self._hovered != self._open:
            found.append((self._hovered, "hover"))
        if self._open:
            found.append((self._open, "open"))
        if self._current and self.hasFocus():
            found.append((self._current, "focus"))
        return found

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def _hover(self, place: Place | None) -> None:
        if place != self._hovered:
            self._hovered = place
            shape = Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            cell = self._filled.cell(place.lane, place.column) if place and self._filled else None
            show_tip(event.globalPos(), quality(cell.passages) if cell else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place and event.button() == Qt.MouseButton.LeftButton:
            self.set_current(place)
            self.opened.emit(place)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position()):
            self.edit_current()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._current
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = self._at(QPointF(event.pos())) or place
        if place:
            self.set_current(place)
        self.menu_requested.emit(event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(*_STEPS[key])
        elif key in _ENTER and self._current:
            self.opened.emit(self._current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._filled:
            self._step(0, len(self._filled.journey.columns) * (1 if key == Qt.Key.Key_End else -1))
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_keyboard and self._current is None:
            self._step(0, 0)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def _paint_part(
    painter: QPainter, clip: QRectF, shift: QPointF, paint: Callable[[QPainter], None]
) -> None:
    painter.save()
    painter.setClipRect(clip)
    painter.translate(shift)
    paint(painter)
    painter.restore()
