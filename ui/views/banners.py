"""The lines above the workspaces: how the program ended, and about the study that is open."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.views.crash_banner import CrashBanner
from ui.views.widgets.banner import Banner

if TYPE_CHECKING:
    from ui.views.consent.due import DueBanner
    from ui.views.sample_banner import SampleBanner


class Banners(QWidget):
    """All of them, one below the other; each hides by itself.

    Signals:
        action_wanted: id of the action behind a button.
    """

    action_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.crash = CrashBanner(context)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add(self.crash)
        context.signals.readying.connect(self._get_ready)

    @cached_property
    def sample(self) -> SampleBanner:
        """Return what says how far the recordings of the sample study are."""
        from ui.views.sample_banner import SampleBanner

        return SampleBanner(self._context)

    @cached_property
    def due(self) -> DueBanner:
        """Return what says whose consent has ended."""
        from ui.views.consent.due import DueBanner

        return DueBanner(self._context)

    def _get_ready(self) -> None:
        self._add(self.sample)
        self._add(self.due)

    def _add(self, banner: Banner) -> None:
        banner.action_wanted.connect(self.action_wanted)
        self._column.addWidget(banner)
