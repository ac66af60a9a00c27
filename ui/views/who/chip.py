"""The sign beside figures that depend on voices nobody has named, and the way to name them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import plural, t
from ui.plain import set_tip
from ui.views.who.dialog import WhoDialog
from ui.views.widgets.lent import shown
from ui.views.widgets.looks import button
from workbench.study import Study


class WhoChip:
    """“Who is this? 3 observations”; there only while it is asked.

    Args:
        context: everything the window shares.
        parent: what the figures are part of.
        column: where the sign stands, below what is there already.

    Attributes:
        button: leads to the place where it is answered.
    """

    def __init__(self, context: AppContext, parent: QWidget, column: QVBoxLayout) -> None:
        self._context = context
        self._parent = parent
        self._study: Study | None = None
        self.button = button("", "chip")
        set_tip(self.button,
            t("It is not known who said these: they count for nobody and are never quoted. "
              "Say who it is.")
        )  # fmt: skip
        self.button.clicked.connect(self.ask)
        self.button.hide()
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_count(self, study: Study | None, observations: int) -> None:
        """Say of how many observations it is not known who spoke."""
        self._study = study
        text = plural(observations, "Who is this? One observation", "Who is this? {n} observations")
        self.button.setText(text)
        self.button.setVisible(study is not None and observations > 0)

    def ask(self) -> None:
        """Open the place where it is answered."""
        if self._study is not None:
            shown(WhoDialog(self._context, self._study, self._parent))
