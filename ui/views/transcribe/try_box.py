"""What another speech model would bring for a recording, tried before it is transcribed again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.bridge.run import length
from ui.bridge.trying import Trial, Trying
from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.looks import button, label
from workbench.domain.figures import clock
from workbench.domain.trial import Comparison
from workbench.errors import WorkbenchError

_SPACE = 220  # pixels for what both models heard: a minute is some twenty lines


class TryBox(QWidget):
    """A button, and below it what both models heard once it was pressed.

    Args:
        present: the model that is used now.
        trial: gives the trial of a model on one minute.
    """

    def __init__(self, present: str, trial: Callable[[str], Trial]) -> None:
        super().__init__()
        self._present = present
        self._other = present
        self._trial = trial
        self.trying = Trying(self)
        self.button = button(t("Try on one minute"))
        self.said = label("", "soft", wrap=True)
        self._space = QScrollArea()
        self._space.setWidgetResizable(True)
        self._space.setAccessibleName(t("What both models heard"))
        self._space.setMinimumHeight(_SPACE)
        self._space.setWidget(self.said)
        self._space.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._space, 1)
        self.button.clicked.connect(self._on_pressed)
        self.trying.began.connect(self._on_began)
        self.trying.finished.connect(self._on_tried)
        self.trying.failed.connect(self._on_failed)
        self._follow()

    def choose(self, model: str) -> None:
        """Take another model to try."""
        self._other = model
        self._follow()

    def end(self) -> None:
        """End what is being tried."""
        self.trying.stop()

    def _follow(self) -> None:
        other = self._other not in ("", self._present)
        self.button.setEnabled(other and not self.trying.busy)
        set_tip(
            self.button,
            t("Both models hear the minute of which the present one was least sure")
            if other
            else t("Choose another model first; Settings > Speech models brings more here"),
        )

    def _on_pressed(self) -> None:
        try:
            trial = self._trial(self._other)
        except WorkbenchError as problem:
            self._on_failed(problem)
            return
        self.trying.start(trial)
        self._follow()

    def _on_began(self, model: str) -> None:
        self._say(t("“{model}” hears one minute …", model=model))

    def _on_tried(self, found: Comparison) -> None:
        parts = [
            t("{start}–{end}: the models differ in {n} words.", start=clock(found.start_ms),
              end=clock(found.end_ms), n=found.differing)
        ]  # fmt: skip
        for one in (found.present, found.other):
            told = t("{model}: {sure} % sure; {time} for the words of the whole recording",
                     model=one.model, sure=one.sure_percent, time=length(one.whole_s))  # fmt: skip
            parts.append(f"{told}\n{one.text}")
        self._say("\n\n".join(parts))
        self._follow()

    def _on_failed(self, problem: BaseException) -> None:
        self._say(str(problem))
        self._follow()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self._space.show()
