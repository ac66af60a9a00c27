"""The short questions of the program: whether to go on, for one line of text, what of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.errors import sentences
from ui.i18n import plural, t
from ui.views.unsaved_bar import copy_texts
from ui.views.widgets.dropping import Line
from ui.views.widgets.foot import ask_foot, foot
from ui.views.widgets.looks import button, label
from workbench.services.unsaved import Waiting

_WIDTH = 460  # pixels
_LISTED = 5


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


class UnsavedDialog(QDialog):
    """Asks what becomes of texts that are not saved when the study is closed.

    Args:
        waiting: the texts, at least one.
        parent: the window.

    Attributes:
        without: the person closes without them.
    """

    def __init__(self, waiting: Sequence[Waiting], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.without = False
        self.setWindowTitle(t("Workbench"))
        self.setMinimumWidth(_WIDTH)
        question = plural(
            len(waiting), "One text is not saved yet.", "{n} texts are not saved yet."
        )
        titles = [one.spot.title for one in waiting[:_LISTED]]
        if len(waiting) > _LISTED:
            titles.append("…")
        detail = "\n".join(titles) + "\n\n" + " ".join(filter(None, sentences(waiting[0].problem)))
        self.setAccessibleDescription(f"{question} {detail}")
        column = _column(self)
        column.addWidget(label(question, "strong", wrap=True))
        column.addWidget(label(detail, "soft", wrap=True))
        column.addSpacing(10)
        again, cancel = button(t("Try again"), "primary"), button(t("Cancel"))
        copy, leave = button(t("Copy the text"), "quiet"), button(t("Close without it"), "quiet")
        again.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        copy.clicked.connect(lambda: copy_texts(waiting))
        leave.clicked.connect(self._leave)
        column.addWidget(foot(self, again, cancel, aside=(copy, leave)))
        # The buttons are wider than what Qt breaks the lines for.
        width = max(_WIDTH, column.totalSizeHint().width())
        self.resize(width, column.totalHeightForWidth(width))

    def _leave(self) -> None:
        self.without = True
        self.accept()


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(6)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
