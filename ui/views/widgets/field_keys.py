"""Undo and redo while somebody types: first the words in the field, then the study.

Qt's fields keep these keys for themselves, also when they have nothing to take back, and know only
the keys of their own desktop. Here a field takes back what was typed in it; where there is nothing
left of that, the key goes on to the window and takes back the last step of the study.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_UNDO = {(Qt.Key.Key_Z, _CTRL)}
_REDO = {(Qt.Key.Key_Z, _CTRL | _SHIFT), (Qt.Key.Key_Y, _CTRL)}

_Field = QLineEdit | QTextEdit | QPlainTextEdit


class FieldKeys(QObject):
    """Follows the focus from field to field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and _field(now) is not None:
            now.installEventFilter(self)  # once, however often

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        pressed = (Qt.Key(event.key()), event.modifiers())
        field = _field(watched)
        if field is None or pressed not in _UNDO | _REDO:
            return super().eventFilter(watched, event)
        ours = _can_redo(field) if pressed in _REDO else _can_undo(field)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(ours)
            return True
        if event.type() == QEvent.Type.KeyPress and ours:
            field.redo() if pressed in _REDO else field.undo()
            return True
        return super().eventFilter(watched, event)


def _field(widget: QWidget) -> _Field | None:
    if isinstance(widget, (QComboBox, QAbstractSpinBox)):
        inner = widget.lineEdit()
        return inner if isinstance(inner, QLineEdit) else None
    return widget if isinstance(widget, (QLineEdit, QTextEdit, QPlainTextEdit)) else None


def _can_undo(field: _Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return not field.isReadOnly() and field.document().isUndoAvailable()


def _can_redo(field: _Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return not field.isReadOnly() and field.document().isRedoAvailable()
