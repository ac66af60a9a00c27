"""A part of a pane that is as high as what is in it, and scrolls where that has no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

_LEAST = 120  # pixels


class Scrolled(QScrollArea):
    """Holds one widget, and is there while that is.

    Args:
        inside: the widget.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(_LEAST)
        self._inside = inside
        self.setWidget(inside)
        inside.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        height = self._inside.heightForWidth(self.width())
        return QSize(0, height if height > 0 else self._inside.sizeHint().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside:
            if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
                self.setVisible(event.type() is QEvent.Type.ShowToParent)
            elif event.type() is QEvent.Type.LayoutRequest:
                self.updateGeometry()
        return super().eventFilter(watched, event)
