"""The pane that opens beside a map or a matrix and shows what stands behind a cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.models.passages import quality
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.widgets.looks import EmptyState, icon_button, label, look
from workbench.domain.passage import Passage, Said


class EvidencePanel(QWidget):
    """Title, counts and passages.

    Args:
        context: what the list needs.

    Signals:
        closed: the person does not need the pane any more.
    """

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look(self, "surface")
        self.title = label("", "title", wrap=True)
        self.counts = label("", "meta", wrap=True)
        self.list = EvidenceList(context, show_stage=False)
        self.setFocusProxy(self.list)
        self._empty = EmptyState(
            context.icons,
            "quote",
            t("No voice yet. Select words in Code and give them this stage: they will be here."),
        )
        close = icon_button(context.icons, "x", t("Close"))
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(14, 14, 8, 8)
        head.setSpacing(2)
        head.addLayout(top)
        head.addWidget(self.counts)
        self._pages = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self.setMinimumWidth(260)

    def show_passages(
        self, title: str, mentions: Sequence[Said], passages: Sequence[Passage]
    ) -> None:
        """Show the passages behind something, under its name.

        Args:
            title: its name.
            mentions: what is counted.
            passages: the same to be read, which may be on a shelf.
        """
        self.title.setText(title)
        self.counts.setText(quality(mentions))
        self.list.set_passages(passages)
        self._pages.setCurrentWidget(self.list if passages else self._empty)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
