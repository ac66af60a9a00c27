"""The two short questions of the program: whether to go on, and for one line of text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.dropping import Line
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import label

_WIDTH = 460  # pixels


class QuestionDialog(QDialog):
    """Asks whether to go on.

    Args:
        question: in one sentence.
        detail: what it means.
        accept: the verb on the button.
        danger: it cannot be taken back, so Enter cancels.
        parent: the window.
    """

    def __init__(
        self, question: str, detail: str, accept: str, *, danger: bool, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Workbench"))
        self.setAccessibleDescription(f"{question} {detail}".strip())
        self.setMinimumWidth(_WIDTH)
        column = _column(self)
        column.addWidget(label(question, "strong", wrap=True))
        if detail:
            column.addWidget(label(detail, "soft", wrap=True))
        column.addSpacing(10)
        self.foot = ask_foot(self, accept, danger=danger)
        column.addWidget(self.foot.box)


class TextDialog(QDialog):
    """Asks for one line of text.

    Args:
        title: of the dialog.
        question: what to type.
        accept: the verb on the button.
        text: what stands there already.
        parent: the window.
    """

    def __init__(
        self, title: str, question: str, accept: str, *, text: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.field = Line(text)
        self.field.setAccessibleName(question)
        self.field.selectAll()
        self.field.textChanged.connect(self._follow)
        column = _column(self)
        column.addWidget(label(question, "heading", wrap=True))
        column.addWidget(self.field)
        column.addSpacing(10)
        self.foot = ask_foot(self, accept)
        column.addWidget(self.foot.box)
        self._follow()

    @property
    def answer(self) -> str:
        """Return what was typed."""
        return self.field.text().strip()

    def _follow(self) -> None:
        self.foot.main.setEnabled(bool(self.answer))


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(6)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
