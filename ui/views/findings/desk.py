"""What the parts of Findings that write share while a study is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from workbench.domain.change import Op
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Desk:
    """The open study, and the workspace that shows what is done to it.

    Attributes:
        page: the workspace; origin of the steps, and what dialogs belong to.
        show: shows insights and opportunities as they are now.
        turn_to: brings the evidence (0) or the roadmap (1) to the front.
    """

    context: AppContext
    study: Study
    page: QWidget
    show: Callable[[], None]
    turn_to: Callable[[int], None]

    @property
    def can_change(self) -> bool:
        """Tell whether findings can be edited."""
        return not self.study.read_only

    @contextmanager
    def step(self, op: Op) -> Iterator[None]:
        """Do something in one step, and show what came of it."""
        with self.study.step(op, origin=self.page):
            yield
        self.show()

    def say(self, text: str) -> None:
        """Say something short that needs no answer."""
        self.context.signals.toast_requested.emit(text)
