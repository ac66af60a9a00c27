"""Files that are dropped on the window: they are copied, whatever key is held.

With Shift, a file manager proposes to move. Who answers “moved” has the original deleted before it
has been read, so the only answer here is “copied”. Fields to type in, also those in which a row of
a list is edited, let files pass to the page behind them, where they come into the study: Qt's own
would write the path and say “moved”.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override


def files_in(data: QMimeData) -> list[Path]:
    """Return the files and folders that are dragged; none for a study."""
    return [] if study_in(data) else _paths(data)


def study_in(data: QMimeData) -> Path | None:
    """Return the study that is dragged."""
    return next((path for path in _paths(data) if path.suffix == ".study" and path.is_dir()), None)


def take_copy(event: QDropEvent) -> None:
    """Accept what is dragged or dropped, and answer that it is copied."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class Line(QLineEdit):
    """One line to type in."""

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.ignore() if _paths(event.mimeData()) else super().dragEnterEvent(event)


class Lines(QPlainTextEdit):
    """Several lines to type in."""

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.ignore() if _paths(event.mimeData()) else super().dragEnterEvent(event)


class RowEditing(QStyledItemDelegate):
    """Has the words of a row edited in such a line."""

    @override
    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        line = Line(parent)
        line.setFrame(False)
        return line


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
