"""Several pages in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override


class Pages(QStackedWidget):
    """Pages that take the place there is, and are never asked which height they would like.

    Qt else breaks the lines of every wrapped sentence on every hidden page, several times, whenever
    something in the window appears.
    """

    def bring(self, page: QWidget) -> bool:
        """Show a page; tell whether the keys have no place now, since theirs went with another.

        Qt else looks all over the window for one as the page before it goes, and then for another.
        """
        goes, focused = self.currentWidget(), QApplication.focusWidget()
        lost = bool(focused and goes and goes is not page and goes.isAncestorOf(focused))
        if lost and focused is not None:
            focused.clearFocus()
        self.setCurrentWidget(page)
        return lost

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
