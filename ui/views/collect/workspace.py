"""The Collect workspace as long as it holds nothing to show."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.looks import EmptyState
from ui.views.workspace import Workspace


class CollectWorkspace(Workspace):
    """Says what this place is for."""

    key = "collect"
    title = "Collect"
    icon = "folder"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                context.icons,
                self.icon,
                t("Bring in recordings, notes and visits, and say who is speaking."),
                heading=t(self.title),
            )
        )
