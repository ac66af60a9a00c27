"""The first thing a person sees: what this is, and the way to a study."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.context import AppContext
from ui.i18n import day, t
from ui.views.widgets.context_menu import offer_menu
from ui.views.widgets.emptying import empty
from ui.views.widgets.looks import button, hairline, icon_button, label
from workbench.settings import RecentStudy

_WIDTH = 560
_ROWS_SHOWN = 6


class Welcome(QWidget):
    """Offers a new study, an existing one, the sample, and the recent ones.

    Signals:
        open_requested: path of a study folder.
        restore_requested: path of a study folder that needs one of its backups; `None` = it is not
            where it was, and is to be asked for.
    """

    open_requested = Signal(object)
    restore_requested = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._first: QPushButton | None = None
        self._damaged: set[str] = set()
        context.signals.readying.connect(self._look_closer)
        self.setAccessibleName(t("Welcome"))
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(label(t("Workbench"), "display"))
        column.addWidget(
            label(
                t(
                    "Interviews, visits and field notes become the customer’s own journey, "
                    "and every claim leads back to the words."
                ),
                "soft",
                wrap=True,
            )
        )
        column.addSpacing(20)
        column.addLayout(self._buttons())
        column.addSpacing(28)
        self._heading = label(t("Recent studies"), "heading")
        column.addWidget(self._heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._list)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column.addWidget(self._scroll)
        column.addSpacing(8)
        self._hint = label(t("You can also drop a .study folder here."), "meta")
        column.addWidget(self._hint)
        column.addStretch(3)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)

    def refresh(self) -> None:
        """Show the recent studies as the settings know them now."""
        if self._context.ready:
            self._look_into()
        self._show_rows()
        if self._first is not None:
            self._first.setFocus()

    def _look_closer(self) -> None:
        """Say which of the studies shown are damaged; to find that out is loaded after the page."""
        self._look_into()
        if self._damaged:
            self._show_rows()

    def _look_into(self) -> None:
        from workbench.services.keeping.backups import Backups

        paths = [entry.path for entry in self._context.settings.current.recent]
        self._damaged = {path for path in paths if Backups(Path(path)).are_needed}

    def _show_rows(self) -> None:
        empty(self._list)
        recent = self._context.settings.current.recent
        self._heading.setVisible(bool(recent))
        self._scroll.setVisible(bool(recent))
        for entry in recent:
            self._list.addWidget(hairline())
            self._list.addWidget(self._row(entry))
        self._list.addStretch(1)
        shown = min(len(recent), _ROWS_SHOWN)
        self._scroll.setFixedHeight(self._list.sizeHint().height() * shown // max(len(recent), 1))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, name, action in (
            (t("New study…"), "primary", "study.new"),
            (t("Open study…"), "", "study.open"),
            (t("Open the sample study"), "", "study.sample"),
        ):
            made = button(text, name)
            made.clicked.connect(lambda _on=False, action=action: self._trigger(action))
            row.addWidget(made)
            self._first = self._first or made
        row.addStretch(1)
        return row

    def _trigger(self, action: str) -> None:
        self._context.actions.trigger(action)

    def _row(self, entry: RecentStudy) -> QWidget:
        folder = Path(entry.path)
        there = folder.exists()
        needs_backup = not there or entry.path in self._damaged
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        made = button("", "row")
        made.setEnabled(there)
        made.setAccessibleName(t("Open {title}, {path}", title=entry.title, path=entry.path))
        made.clicked.connect(lambda: self.open_requested.emit(folder))
        words = QVBoxLayout(made)
        words.setContentsMargins(8, 4, 8, 4)
        words.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(label(entry.title, "strong" if there else "meta"))
        first.addStretch(1)
        found = t("damaged") if needs_backup else day(entry.opened)
        first.addWidget(label(found if there else t("not found"), "meta"))
        words.addLayout(first)
        path = label("", "meta")
        path.setText(
            QFontMetrics(self._context.theme.font("small")).elidedText(
                _short(entry.path),
                Qt.TextElideMode.ElideMiddle,
                _WIDTH - (270 if needs_backup else 90),
            )
        )
        words.addWidget(path)
        row.addWidget(made, 1)
        wanted = folder if there else None
        if needs_backup:
            restore = button(t("Restore a backup…"))
            restore.setAccessibleName(t("Restore a backup of {title}", title=entry.title))
            restore.clicked.connect(lambda: self.restore_requested.emit(wanted))
            row.addWidget(restore)
        remove = icon_button(
            self._context.icons, "x", t("Take {title} off the list", title=entry.title), size=14
        )
        remove.clicked.connect(lambda: self._on_remove(entry.path))
        row.addWidget(remove)

        def fill(menu: QMenu, _at: QPoint) -> None:
            menu.addAction(t("Open"), made.click).setEnabled(there)
            menu.addAction(t("Restore a backup…"), lambda: self.restore_requested.emit(wanted))
            menu.addAction(t("Take off the list"), remove.click)

        offer_menu(line, fill)
        return line

    def _on_remove(self, path: str) -> None:
        self._context.settings.forget(path)
        self.refresh()


def _short(path: str) -> str:
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + "/") else path
