"""Files that did not come in, each with the reason and what to do; the others are in the study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextEdit, QVBoxLayout, QWidget

from ui.attempts import tell
from ui.bridge.importing import Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from workbench.errors import Way


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
    dialog.open()
    return dialog


class RefusedDialog(QDialog):
    """Shows what was refused.

    Args:
        refused: the files.
        added: how many others came in.
        parent: the window.
    """

    def __init__(self, refused: Sequence[Refused], added: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Add files"))
        resize_to_fit(self, 600, 420)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("Files that were not added"))
        self._write(refused)
        copy = button(t("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
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
        column.addWidget(self.text, 1)
        column.addWidget(close_foot(self, aside=[copy]))

    def _write(self, refused: Sequence[Refused]) -> None:
        plain, strong = QTextCharFormat(), QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        cursor = self.text.textCursor()
        for at, one in enumerate(refused):
            if at:
                cursor.insertText("\n\n")
            cursor.insertText(f"{one.path.name}\n", strong)
            cursor.insertText(f"{t(one.why.happened)} {t(one.why.todo)}".strip(), plain)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
