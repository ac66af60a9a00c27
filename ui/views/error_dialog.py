"""How a failure is shown: what happened, what to do next, and details for those who want them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.errors import is_ours, report, sentences
from ui.i18n import t
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label


class ErrorDialog(QDialog):
    """Shows one failure; the report is at hand when it is a mistake of ours, else folded away.

    Args:
        error: what was raised; a WorkbenchError that is no Bug shows its own sentences.
        parent: the window it belongs to.
    """

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report(error)
        ours = is_ours(error)
        happened, todo = sentences(error)
        self.setWindowTitle(t("A mistake in Workbench") if ours else t("Workbench"))
        self.setAccessibleDescription(f"{happened} {todo}".strip())
        self.setMinimumWidth(480)
        self.details_button = button(t("Details"))
        self.details_button.setCheckable(True)
        self.details_button.setChecked(ours)
        self.copy_button = button(t("Copy report"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        self._details = QPlainTextEdit(self.report)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(t("Details"))
        self._details.setMinimumHeight(180)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(_selectable(happened, "strong"))
        if todo:
            column.addWidget(_selectable(todo, "soft"))
        column.addSpacing(4)
        column.addWidget(self._details)
        column.addWidget(self.copy_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(close_foot(self, word="OK", aside=[self.details_button]))
        self.details_button.toggled.connect(self._show_details)
        self._show_details(ours)

    def _show_details(self, wanted: bool) -> None:
        self._details.setVisible(wanted)
        self.copy_button.setVisible(wanted)
        if not wanted:
            self.adjustSize()


def _selectable(text: str, name: str) -> QLabel:
    words = label(text, name, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
