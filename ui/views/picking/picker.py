"""The picker: type some letters of a name, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import Phrase, t
from ui.views.picking.matching import Option, match
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import beside
from ui.views.widgets.side_list import SideList, SideRow
from ui.views.widgets.spoken import announce

_NEW = "new/"
_WIDTH = 300
_ROWS = 8
_ROW = 30
_AIR = 8


class Picker(QFrame):
    """Floats over its parent beside the words it is about.

    Args:
        context: colours and fonts.
        parent: the workspace.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent
        self._options: Sequence[Option] = ()
        self._creates = ""
        self._resolve: Callable[[str], str] = str
        self._on_picked: Callable[[str], None] = _ignore
        self._on_named: Callable[[str], None] = _ignore
        self._back: QWidget | None = None
        self._near, self._tallest = QRect(), 0
        self.setObjectName("picker")
        self.field = _Field()
        self.field.setAccessibleName(t("Name"))
        self.list = SideList(context.theme, t("Names"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._show_matches)
        self.field.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        self.list.clicked.connect(lambda _index: self._apply(self.list.current_id))
        self.hide()

    def ask(
        self,
        options: Sequence[Option],
        *,
        prompt: str,
        near: QRect,
        picked: Callable[[str], None],
        creates: Phrase = "",
        named: Callable[[str], None] | None = None,
        resolve: Callable[[str], str] = str,
        text: str = "",
        nothing: str = "",
    ) -> None:
        """Open the picker.

        Args:
            options: what there is, most likely first.
            prompt: what is asked for.
            near: where, in coordinates of the parent.
            picked: called with the id of an option.
            creates: text of the row for an unknown name, with `{name}`.
            named: called with an unknown name; without it only known names can be picked.
            resolve: returns what a new name will really be.
            text: what has been typed already.
            nothing: said instead of asking when there is nothing to choose and none can be made.
        """
        self._options, self._creates, self._resolve = options, creates, resolve
        self._on_picked, self._on_named = picked, named or _ignore
        if not options and not creates:
            self._context.signals.toast_requested.emit(nothing or t("There is nothing to choose."))
            return
        self._back = self._page.window().focusWidget()
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.setText(text)
        self._near, self._tallest = near, 0
        self._show_matches()
        self._tallest = self.height() + _ROW  # a new name is one row more
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.setCursorPosition(len(text))

    def cancel(self) -> None:
        """Close without picking."""
        if self.isVisible():
            self.hide()
            if self._back is not None:
                self._back.setFocus()

    def _show_matches(self) -> None:
        typed = " ".join(self.field.text().split())
        found = match(self._options, typed)
        rows = []
        for heading, options in groupby(found.options, lambda option: option.group):
            if heading and not typed:
                rows.append(SideRow("", heading))
            rows += [SideRow(one.id, one.name, one.note, stage=one.stage) for one in options]
        if self._creates and typed.rpartition("/")[2].strip() and not found.exact:
            new = SideRow(_NEW, t(self._creates, name=self._resolve(typed)), t("new"))
            # A name that only looks alike must not swallow a new one.
            rows.insert(len(rows) if found.sure else 0, new)
        elif self._creates and not self._options:
            rows.append(SideRow("", t("None yet. Type a name to make one.")))
        self.list.setCurrentIndex(QModelIndex())  # the likeliest follows, wherever one was
        self.list.show_rows(rows)
        first = next((row.id for row in rows if row.id), "")
        self.list.select(first)
        self.list.scrollToTop()  # with the heading above the first one
        self.list.setVisible(bool(rows))
        most = self._room.height() - self.field.sizeHint().height() - 2
        self.list.setFixedHeight(min(min(len(rows), _ROWS) * _ROW + 10, most))
        self.setFixedWidth(min(_WIDTH, self._room.width()))
        self.adjustSize()
        self._place()

    @property
    def _room(self) -> QRect:
        """Return where it may lie: on the page, with some air."""
        return self._page.rect().adjusted(_AIR, _AIR, -_AIR, -_AIR)

    def _place(self) -> None:
        """Stay on one side of what it is about, on which it has room with all its rows."""
        tallest = QSize(self.width(), self._tallest)
        whole = beside(self._near, tallest, self._room, _AIR)
        above = whole.bottom() < self._near.top()
        self.move(whole.left(), whole.bottom() + 1 - self.height() if above else whole.top())

    def _apply(self, row_id: str) -> None:
        typed = " ".join(self.field.text().split())
        self.cancel()
        if row_id == _NEW:
            self._on_named(self._resolve(typed))
        elif row_id:
            self._on_picked(row_id)

    def _on_row(self, current: QModelIndex) -> None:
        role = Qt.ItemDataRole.AccessibleTextRole
        if current.isValid():
            announce(self.field, str(current.data(role) or current.data() or ""))

    def _step(self, by: int) -> None:
        model = self.list.model()
        count, row = model.rowCount(), self.list.currentIndex().row()
        for _ in range(count):
            row = (row + by) % count
            if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled:  # no heading
                self.list.setCurrentIndex(model.index(row, 0))
                return

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in (
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
            ):
                self.hide()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _KEYS:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            force = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            can = force and self._creates and self.field.text().strip()
            self._apply(_NEW if can else self.list.current_id)
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        else:
            return False
        return True


_KEYS = frozenset({
    Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Delete,
})  # fmt: skip


class _Field(Line):
    """The line one types in; a tab picks instead of leaving."""

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return False


def _ignore(_: str) -> None:
    return
