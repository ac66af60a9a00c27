"""Files that did not come in, each with the reason and what to do; the others are in the study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.attempts import tell
from ui.bridge.importing import Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.plain import set_tip
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from workbench.errors import Way

_ASIDE, _ABOVE_AND_BELOW = 40, 12  # room around the words of a row


def tell_refused(
    context: AppContext,
    page: QWidget,
    refused: Sequence[Refused],
    added: int,
    ask: Callable[[Sequence[Path]], None],
) -> RefusedDialog | None:
    """Show what did not come in: one file alone as an error, else a list, which is returned.

    Args:
        context: has the dialogs.
        page: what they belong to.
        refused: the files.
        added: how many others came in.
        ask: takes files in; asks for them where none are given.
    """
    if not refused:
        return None
    if len(refused) == 1 and not added:
        path, why = refused[0].path, refused[0].why
        ways = {Way.AGAIN: lambda: ask([path]), Way.CHOOSE: lambda: ask([])}
        tell(context, page.window(), why, ways)
        return None
    dialog = RefusedDialog(refused, added, page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.tried.connect(ask)
    dialog.open()
    return dialog


class RefusedDialog(QDialog):
    """Shows what was refused, and has what is ticked tried again.

    Args:
        refused: the files.
        added: how many others came in.
        parent: the window.

    Signals:
        tried: the files to be tried again, when the dialog has gone.
    """

    tried = Signal(list)

    def __init__(self, refused: Sequence[Refused], added: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Add files"))
        resize_to_fit(self, 600, 420)
        self._paths = [one.path for one in refused]
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_WholeText(self.list))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(3)
        self.list.setAccessibleName(t("Files that were not added"))
        self.again = button(t("Try again"))
        set_tip(self.again, t("Try what is ticked once more"))
        for one in refused:
            row = QListWidgetItem(_told(one), self.list)
            row.setCheckState(Qt.CheckState.Checked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._follow)
        self.again.clicked.connect(self._try_again)
        copy = button(t("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.words))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(
            label(
                plural(len(refused), "One file was not added", "{n} files were not added"),
                "title",
                wrap=True,
            )
        )
        column.addWidget(
            label(
                plural(added, "The other one is in the study.", "The other {n} are in the study.")
                if added
                else t("Nothing in the study was changed."),
                "soft",
                wrap=True,
            )
        )
        column.addWidget(self.list, 1)
        column.addWidget(close_foot(self, aside=[self.again, copy]))

    @property
    def words(self) -> str:
        """Return all of it as text."""
        return "\n\n".join(self.list.item(row).text() for row in range(self.list.count()))

    def _ticked(self) -> list[Path]:
        return [
            path
            for row, path in enumerate(self._paths)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]

    def _follow(self) -> None:
        self.again.setEnabled(bool(self._ticked()))

    def _try_again(self) -> None:
        chosen = self._ticked()
        self.accept()
        self.tried.emit(chosen)


def _told(one: Refused) -> str:
    return f"{one.path.name}\n{one.why.happened} {one.why.todo}".strip()


class _WholeText(QStyledItemDelegate):
    """Gives a row the height of all its words; Qt's own takes the room of the tick for theirs."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view, style = self._view, self._view.style()
        tick = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, view)
        room = view.viewport().width() - 2 * view.spacing() - tick - _ASIDE
        words = QRect(0, 0, max(room, tick), 1 << 20)
        lines = option.fontMetrics.boundingRect(words, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(room, lines.height() + _ABOVE_AND_BELOW)
