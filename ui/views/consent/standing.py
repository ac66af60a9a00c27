"""How somebody stands to each use, in a few lines under their name."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.looks import ShortLabel, label
from workbench.domain.consent import Standings, Use


class StandingList(QWidget):
    """A line for each use: what it is, and what the person said to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("What the person agreed to"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.lines = {use: ShortLabel("", "meta") for use in Use}
        for at, (use, line) in enumerate(self.lines.items()):
            name = label(t(use.label).capitalize(), "meta")
            set_tip(name, t(use.told))
            grid.addWidget(name, at, 0)
            grid.addWidget(line, at, 1)

    def show_standings(self, found: Standings) -> None:
        """Show what somebody said."""
        for use, line in self.lines.items():
            line.setText(found[use].words)
            line.setAccessibleName(found[use].sentence)
