"""A log, for whoever wants to know why something failed; it holds no words of people."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label

_MOST = 200_000  # characters; the end tells why


class LogDialog(QDialog):
    """Shows a log.

    Args:
        heading: what it is of.
        about: what one finds in it.
        content: what it says.
        path: where it lies.
        parent: the window.
    """

    def __init__(self, heading: str, about: str, content: str, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Log"))
        resize_to_fit(self, 760, 460)
        self.text = QPlainTextEdit(content[-_MOST:])
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(t("Log"))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.copy_button = button(t("Copy"))
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(heading, "title", wrap=True))
        column.addWidget(label(about, "soft", wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(label(str(path), "meta", wrap=True))
        column.addWidget(close_foot(self, aside=[self.copy_button]))


def of_job(path: Path, title: str, parent: QWidget) -> LogDialog:
    """Return the log of a job.

    Args:
        path: the log file; it need not exist.
        title: of the recording.
        parent: the window.
    """
    try:
        content = path.read_text("utf-8", errors="replace") or t("The log is empty.")
    except OSError:
        content = t("There is no log: the job has not begun yet.")
    heading = t("What happened to “{title}”", title=title)
    about = t("Times, sizes and failures; nothing that was said.")
    return LogDialog(heading, about, content, path, parent)
