"""The left side of Code: the materials or the codebook, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.i18n import t
from ui.views.codebook.panel import CodebookPanel
from ui.views.widgets.controls import Segmented
from ui.views.widgets.pages import Pages
from workbench.domain.change import ChangeSet


class LeftPane(QWidget):
    """Two pages and the choice between them.

    Args:
        materials: the first page.
        codebook: the second page.

    Signals:
        turned: another page is shown.
    """

    turned = Signal()

    def __init__(self, materials: QWidget, codebook: CodebookPanel) -> None:
        super().__init__()
        self._codebook = codebook
        self.choice = Segmented(
            [(False, t("Materials")), (True, t("Codebook"))], name=t("At the left")
        )
        self.choice.set_value(False)
        self.choice.chosen.connect(self.show_codebook)
        self._pages = Pages()
        self._pages.addWidget(materials)
        self._pages.addWidget(codebook)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 6)
        row.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    @property
    def with_codebook(self) -> bool:
        """Tell whether the codebook is shown."""
        return self._pages.currentWidget() is self._codebook

    def show_codebook(self, wanted: object) -> None:
        """Show the codebook, up to date, or the materials."""
        self.choice.set_value(bool(wanted))
        if wanted:
            self._codebook.refresh(None)
        self._pages.setCurrentIndex(1 if wanted else 0)
        # A hidden page must not hold the pane wide.
        self.setMinimumWidth(300 if wanted else 168)
        self.turned.emit()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring the codebook up to date if it is shown."""
        if self.with_codebook:
            self._codebook.refresh(changes)
