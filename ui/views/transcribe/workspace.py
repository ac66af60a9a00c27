"""The Transcribe workspace as long as it holds nothing to show."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.looks import EmptyState
from ui.views.workspace import Workspace


class TranscribeWorkspace(Workspace):
    """Says what this place is for."""

    key = "transcribe"
    title = "Transcribe"
    icon = "audio-lines"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                context.icons,
                self.icon,
                t("Recordings become text here, on this computer."),
                heading=t(self.title),
            )
        )
