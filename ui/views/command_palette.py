"""One field for everything: every command, and everything in the study, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.models.rows import KeyedRows
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import within
from ui.views.widgets.looks import label
from ui.views.widgets.spoken import announce

_ROW = 34
_ROWS_SHOWN = 11
_LIMIT = 60


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One answer of the palette.

    Attributes:
        title: what it is called.
        detail: where it is found; shown after the title, softly.
        keys: its shortcut as people read it; shown on the right.
        icon: Lucide name.
        score: how well it fits, 0 to 100; best first.
        run: what Enter does.
    """

    title: str
    detail: str
    keys: str
    icon: str
    score: float
    run: Callable[[], None]


Source = Callable[[str], Iterable[PaletteItem]]


class CommandPalette(QFrame):
    """Floats over the page, takes the keyboard, and gives it back.

    Args:
        context: theme and icons.
        page: the widget it floats over.
    """

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._sources: list[Source] = []
        self._page = page
        self._before: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName(t("Search or command"))
        self.field = Line()
        self.field.setPlaceholderText(t("Search or command"))
        self.field.setAccessibleName(t("Search or command"))
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.model = _Items(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Row(context, self))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(t("Results"))
        self.view.setMouseTracking(True)
        self.view.entered.connect(self.view.setCurrentIndex)
        self.view.clicked.connect(lambda _index: self.run_current())
        self.view.selectionModel().currentChanged.connect(self._on_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.view)
        self.nothing = label("", "soft", wrap=True)
        self.nothing.setContentsMargins(14, 8, 14, 12)
        column.addWidget(self.nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        self.setGraphicsEffect(shadow)
        page.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()

    def add_source(self, source: Source) -> None:
        """Add something that finds items for a text."""
        self._sources.append(source)

    def open_box(self) -> None:
        """Show the palette, empty and ready to type."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        self.field.clear()
        self._on_text_changed("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_box(self) -> None:
        """Hide the palette and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None

    def run_current(self) -> None:
        """Close the palette, then do what the marked row says."""
        item = self.model.row_at(self.view.currentIndex())
        self.close_box()
        if item is not None:
            item.run()

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            announce(self.field, current.data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _on_text_changed(self, text: str) -> None:
        found = [item for source in self._sources for item in source(text.strip())]
        found.sort(key=lambda item: -item.score)
        self.view.setCurrentIndex(QModelIndex())  # the best answer follows, wherever one was
        self.model.show_rows(found[:_LIMIT])
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if not found:
            self.nothing.setText(
                t("Nothing is called “{text}”. Try another word, search all that was said with"
                  " “Search in everything…”, or look it up in the guide.", text=text.strip())
            )  # fmt: skip
            announce(self.field, self.nothing.text())
        self._place()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self.field:
            self._before = None
            self.hide()

    def _place(self) -> None:
        page = self._page
        width = min(620, page.width() - 48)
        rows = min(self.model.rowCount(), _ROWS_SHOWN)
        height = self.field.sizeHint().height() + rows * _ROW + (12 if rows else 2)
        if not rows:
            height += max(self.nothing.heightForWidth(width - 2), 0)
        wanted = QRect((page.width() - width) // 2, 8, width, height)
        self.setGeometry(within(wanted, page.rect().adjusted(0, 8, 0, -8)))

    def _step(self, rows: int) -> None:
        count = self.model.rowCount()
        if count:
            row = (self.view.currentIndex().row() + rows) % count
            self.view.setCurrentIndex(self.model.index(row))

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN, Qt.Key.Key_PageUp: -_ROWS_SHOWN,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        elif key == Qt.Key.Key_Escape:
            self.close_box()
        else:
            return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


class _Items(KeyedRows[PaletteItem]):
    """The answers, in order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(lambda item: (item.title, item.detail, item.icon), parent)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        item = self.row_at(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.title, item.detail, item.keys) if part)
        return item if role == Qt.ItemDataRole.UserRole else None


class _Row(QStyledItemDelegate):
    """Paints icon, title, detail and keys in one calm line."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, _ROW)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item: PaletteItem = index.data(Qt.ItemDataRole.UserRole)
        theme = self._context.theme
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(
                rect.adjusted(0, 1, 0, -1), theme.tokens.radius, theme.tokens.radius
            )
        ratio = painter.device().devicePixelRatioF()
        tint = "accent" if chosen else "ink_soft"
        picture = self._context.icons.pixmap(item.icon, 16, colour=tint, ratio=ratio)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - 7, picture)
        right = rect.right() - 10 - self._keys(painter, rect, item.keys)
        title = rect.adjusted(38, 0, right - rect.right(), 0)
        used = self._words(painter, title, item.title, small=False, ink="ink")
        tint = "ink_soft" if chosen else "ink_faint"
        self._words(painter, title.adjusted(used + 8, 0, 0, 0), item.detail, small=True, ink=tint)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, text: str, *, small: bool, ink: str) -> int:
        """Paint words as far as there is room and return the width they take."""
        font = self._context.theme.font("small" if small else "base")
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        painter.setFont(font)
        painter.setPen(self._context.theme.colour(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown)

    def _keys(self, painter: QPainter, rect: QRect, keys: str) -> int:
        """Paint the shortcut at the right edge and return the width it takes."""
        if not keys:
            return 0
        font = self._context.theme.font("small")
        width = QFontMetrics(font).horizontalAdvance(keys)
        painter.setFont(font)
        painter.setPen(self._context.theme.colour("ink_soft"))
        painter.drawText(
            rect.adjusted(0, 0, -10, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            keys,
        )
        return width + 16
