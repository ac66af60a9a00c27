"""A memo as one reads it: Markdown is shown as it is meant, and as written while one writes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QStackedWidget, QTextEdit, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.memos.field import MemoField
from workbench.services.unsaved import Spot

_TALLEST = 260  # pixels; a longer memo scrolls
_INDENT = 14  # pixels of a list; the pane is narrow
_MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class MemoPage(QStackedWidget):
    """The field, and in its place the finished memo while nobody writes."""

    def __init__(self) -> None:
        super().__init__()
        self.field = MemoField()
        self.shown = RenderedMemo()
        self.addWidget(self.field)
        self.addWidget(self.shown)
        self.shown.edit_wanted.connect(self.begin)
        self.shown.resized.connect(self._fit)
        self.field.ended.connect(self._show)

    def show_memo(self, subject: str, text: str, spot: Spot) -> None:
        """Show the memo of an object, as `MemoField.show_memo` does."""
        self.field.show_memo(subject, text, spot)
        if not self.field.hasFocus():
            self._show()

    def begin(self) -> None:
        """Put the focus into the field."""
        self._turn(self.field)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def _show(self) -> None:
        text = self.field.toPlainText()
        self.shown.show_text(text)
        self._turn(self.shown if text.strip() else self.field)

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self._fit()

    def _fit(self) -> None:
        rendered = self.currentWidget() is self.shown
        self.setFixedHeight(
            self.shown.sizeHint().height() if rendered else self.field.minimumHeight()
        )


class RenderedMemo(QTextEdit):
    """Markdown to read; Enter, F2 or a click goes on writing.

    Signals:
        edit_wanted: the person wants to write.
        resized: the lines break elsewhere.
    """

    edit_wanted = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(t("Memo on this observation; Enter to write"))
        set_tip(self, t("Press to write"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def show_text(self, text: str) -> None:
        """Show a memo; HTML in it stays text, pictures are not fetched."""
        self.document().setMarkdown(text, _MARKDOWN)
        self.document().setIndentWidth(_INDENT)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        document = self.document().clone()
        document.setDocumentMargin(self.document().documentMargin())
        document.setTextWidth(max(120, self.viewport().width()))
        height = min(_TALLEST, round(document.size().height()) + 16)
        document.deleteLater()
        return QSize(200, max(52, height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self.edit_wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
