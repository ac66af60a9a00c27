"""The lines above the workspaces: how the program ended, and about the study that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.views.consent.due import DueBanner
from ui.views.crash_banner import CrashBanner
from ui.views.sample_banner import SampleBanner


class Banners(QWidget):
    """All of them, one below the other; each hides by itself.

    Signals:
        action_wanted: id of the action behind a button.
    """

    action_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.crash = CrashBanner(context)
        self.sample, self.due = SampleBanner(context), DueBanner(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for banner in (self.crash, self.sample, self.due):
            banner.action_wanted.connect(self.action_wanted)
            column.addWidget(banner)
