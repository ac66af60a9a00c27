"""What the parts of a room share while a study is open; both go when it closes.

A part that is only there with a study need not ask whether there is one. The widgets outlive the
study, so what a part hears of them is noted here and ends with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QMetaObject, QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from workbench.study import Study

Page = TypeVar("Page", bound=QWidget)


class Desk(Generic[Page]):
    """An open study, and where it is worked on.

    Args:
        context: everything the window shares.
        study: is open until `clear`.
        page: the widget with all that is shown; before it dialogs open.
    """

    def __init__(self, context: AppContext, study: Study, page: Page) -> None:
        self.context = context
        self.study = study
        self.page = page
        self._heard: list[QMetaObject.Connection] = []

    @property
    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return not self.study.read_only

    def hear(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Have something called at a signal while the study is open.

        Args:
            signal: of a widget, which stays.
            slot: of a part, which somebody must hold.
        """
        self._heard.append(signal.connect(slot))

    def say(self, text: str) -> None:
        """Tell small good news."""
        self.context.signals.toast_requested.emit(text)

    def clear(self) -> None:
        """Hear nothing any more, since the study closes."""
        for connection in self._heard:
            QObject.disconnect(connection)
        self._heard.clear()
