"""Several pages in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override


class Pages(QStackedWidget):
    """Pages that take the place there is, and are never asked which height they would like.

    Qt else breaks the lines of every wrapped sentence on every hidden page, several times, whenever
    something in the window appears.
    """

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
