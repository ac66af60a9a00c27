"""How a failure is shown: what happened, the ways out of it, details for those who want them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.errors import is_ours, report, sentences, ways_of
from ui.i18n import t
from ui.views.widgets.foot import foot
from ui.views.widgets.looks import button, label
from workbench.errors import Way

_WORDS = {
    Way.AGAIN: "Try again",
    Way.CHOOSE: "Choose…",
    Way.RESTORE: "Restore a backup…",
    Way.CHECK: "Check the study…",
    Way.COPY: "Open a copy…",
}


class ErrorDialog(QDialog):
    """Shows one failure; the report is at hand when it is a mistake of ours, else folded away.

    Args:
        error: what was raised; a WorkbenchError that is no Bug shows its own sentences.
        parent: the window it belongs to.
        ways: the ways out that can be gone from here; those of the error become buttons, the
            most likely one first, which Enter presses.

    Attributes:
        chosen: the way that was chosen.
    """

    def __init__(
        self,
        error: BaseException,
        parent: QWidget | None = None,
        ways: Collection[Way] = (),
    ) -> None:
        super().__init__(parent)
        self.chosen: Way | None = None
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
        column.addWidget(self._foot([way for way in ways_of(error) if way in ways]))
        self.details_button.toggled.connect(self._show_details)
        self._show_details(ours)

    def _foot(self, ways: list[Way]) -> QDialogButtonBox:
        buttons = [
            button(t(_WORDS[way]), "" if number else "primary") for number, way in enumerate(ways)
        ]
        for made, way in zip(buttons, ways, strict=True):
            made.clicked.connect(partial(self._choose, way))
        leave = button(t("Cancel") if ways else t("OK"), "" if ways else "primary")
        leave.clicked.connect(self.reject if ways else self.accept)
        main, *others = [*buttons, leave]
        cancel = others.pop() if ways else None
        box = foot(self, main, cancel, aside=[*others, self.details_button])
        main.setFocus()
        return box

    def _choose(self, way: Way) -> None:
        self.chosen = way
        self.accept()

    def _show_details(self, wanted: bool) -> None:
        self._details.setVisible(wanted)
        self.copy_button.setVisible(wanted)
        self.adjustSize()


def _selectable(text: str, name: str) -> QLabel:
    words = label(text, name, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
