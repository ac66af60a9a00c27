"""Another attempt at a recording: with which model, in which language, translated or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from ui.bridge.trying import Trial
from ui.context import AppContext
from ui.i18n import t
from ui.views.transcribe.choices import translate_box
from ui.views.transcribe.text_pane import language_name
from ui.views.transcribe.try_box import TryBox
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import label
from workbench.domain.jobs import Job
from workbench.domain.languages import CHOICES


class Attempt(NamedTuple):
    """How to try: model, language ("auto" or a code), translated or not, and which track."""

    model: str
    language: str
    translate: bool
    track: int


class AgainDialog(QDialog):
    """Asks how to try again.

    Args:
        context: the models there are.
        job: the attempt before.
        title: of the recording.
        translated: whether the attempt before was to translate.
        track: number of the only track of sound that it heard; 0 = all.
        tracks: how many there are.
        parent: the window.
        trial: gives the trial of a model on one minute, in a language or "auto".
    """

    def __init__(
        self,
        context: AppContext,
        job: Job,
        title: str,
        parent: QWidget,
        *,
        translated: bool,
        trial: Callable[[str, str], Trial],
        track: int = 0,
        tracks: int = 1,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Transcribe again"))
        self.setMinimumWidth(420)
        self.model = ComboBox[str](t("Model"))
        self.model.fill((choice.label, choice.name) for choice in context.models())
        self.model.set_value(job.model)
        self.trial = TryBox(job.model, lambda model: trial(model, self.language.value or "auto"))
        self.model.currentIndexChanged.connect(lambda: self.trial.choose(self.model.value or ""))
        self.language = ComboBox[str](t("Language"))
        known = sorted((language_name(code), code) for code in CHOICES)
        self.language.fill([(t("Recognise by itself"), "auto"), *known])
        self.language.set_value(job.language)
        self.track = _tracks(tracks, track) if tracks > 1 else None
        self.translate = translate_box()
        self.translate.setChecked(translated)
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(10)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(label(t("Model"), "soft"), self.model)
        rows.addRow(label(t("Language"), "soft"), self.language)
        if self.track is not None:
            rows.addRow(label(t("Sound"), "soft"), self.track)
        rows.addRow("", self.translate)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(t("Transcribe “{title}” again", title=title), "title", wrap=True))
        column.addWidget(
            label(t("The text there is stays until the first new words arrive. Observations are "
                    "then placed again on their words."), "soft", wrap=True)
        )  # fmt: skip
        column.addLayout(rows)
        column.addWidget(self.trial, 1)
        column.addSpacing(4)
        foot = ask_foot(self, t("Transcribe"))
        self.accept_button = foot.main
        column.addWidget(foot.box)
        self.finished.connect(self.trial.end)

    @property
    def answer(self) -> Attempt:
        """Return how it is to be tried."""
        return Attempt(
            self.model.value or "",
            self.language.value or "auto",
            self.translate.isChecked(),
            (self.track.value or 0) if self.track is not None else 0,
        )


def _tracks(count: int, chosen: int) -> ComboBox[int]:
    box = ComboBox[int](t("Sound"))
    alone = [(t("Only track {number}", number=one), one) for one in range(1, count + 1)]
    box.fill([(t("All tracks together"), 0), *alone])
    box.set_value(chosen)
    return box
