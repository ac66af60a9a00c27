"""A small picture of the video that is read; it moves when the player plays.

The player sends pictures as a signal, and whoever is visible paints them. Painting by hand keeps
the picture inside the layout on every system, where native video surfaces float above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.opening import Turn
from ui.views import splitting
from ui.views.widgets.looks import icon_button
from ui.views.workspace import Workspace
from workbench.domain.ids import SourceId
from workbench.domain.materials import SourceKind

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_WIDE, _HIGH = 16, 9
_LEAST = 90
_EDGE = 8


class VideoPane(QWidget):
    """The picture, shown for videos unless somebody has hidden it.

    Args:
        context: signals and settings.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._source_id = ""
        self._frame: QVideoFrame | None = None
        self._image = QImage()
        self._wanted = context.settings.current.picture
        self.setMinimumHeight(_LEAST)
        self.setAccessibleName(t("Picture of the video"))
        self.hide_button = icon_button(context.icons, "x", t("Hide the picture"), size=14)
        self.hide_button.setParent(self)
        self.hide_button.clicked.connect(lambda: context.signals.picture_wanted.emit(False))
        context.signals.source_shown.connect(self._on_source_shown)
        context.signals.play_requested.connect(self._on_play_requested)
        context.signals.picture_changed.connect(self._on_picture_changed)
        context.signals.picture_wanted.connect(self._on_picture_wanted)
        context.opening.at(Turn.FRAME, self, closes=lambda: self._on_source_shown(""))
        context.theme.changed.connect(self.update)
        self.hide()

    @property
    def image(self) -> QImage:
        """Return the picture that is shown; null before the first."""
        if self._frame is not None:
            self._image = self._frame.toImage()
            self._frame = None
        return self._image

    def _on_play_requested(self, source_id: str, _start_ms: int, _end_ms: int) -> None:
        self._on_source_shown(source_id)

    def _on_source_shown(self, source_id: str) -> None:
        study = self._context.study
        if source_id and study is not None:
            kind = study.materials.source(SourceId(source_id)).kind
            source_id = source_id if kind is SourceKind.VIDEO else ""
        if source_id != self._source_id:
            self._source_id, self._frame, self._image = source_id, None, QImage()
        self._follow()

    def _on_picture_wanted(self, wanted: bool) -> None:
        self._wanted = wanted
        self._follow()

    def _follow(self) -> None:
        self.setVisible(bool(self._source_id) and self._wanted)

    def _on_picture_changed(self, source_id: str, frame: QVideoFrame) -> None:
        # Turning a frame into a picture costs time: only the visible pane does it, when it paints.
        if source_id == self._source_id and frame.isValid():
            self._frame = frame
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(256, 256 * _HIGH // _WIDE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self.hide_button.sizeHint()
        self.hide_button.setGeometry(
            self.width() - hint.width() - 2, 2, hint.width(), hint.height()
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._context.theme.colour("sunken"))
        image = self.image
        if image.isNull():
            painter.setPen(self._context.theme.colour("ink_faint"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, t("Video"))
        else:
            beside = self.hide_button.width() + 4
            room = self.rect().adjusted(_EDGE, _EDGE, -beside, -_EDGE)
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.drawImage(place, image)
        painter.end()


def with_picture(workspace: Workspace, above: QWidget) -> QSplitter:
    """Return a widget with the picture below it; the border between them is remembered.

    Args:
        workspace: where they are; its key names the border.
        above: the list beside the text.
    """
    pane = VideoPane(workspace.context)
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.setObjectName(f"{workspace.key}-picture")
    splitter.setHandleWidth(1)
    splitter.addWidget(above)
    splitter.addWidget(pane)
    splitter.setStretchFactor(0, 1)
    splitter.setSizes([600, pane.sizeHint().height()])
    splitting.remember(workspace.context, splitter)
    return splitter
