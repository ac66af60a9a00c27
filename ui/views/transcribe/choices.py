"""Which model listens, and in which language; kept in the settings.

A translation is not: whoever wants one says so anew each time the program starts.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from ui.bridge.jobs import model_for
from ui.context import AppContext
from ui.i18n import t
from ui.plain import set_tip
from ui.views.widgets.controls import ShortBox
from ui.views.widgets.looks import label
from workbench.domain.ids import SourceId
from workbench.domain.jobs import Job
from workbench.domain.languages import CHOICES, name_of
from workbench.study import Study


class Choices(QWidget):
    """Two short lists and a box to tick."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.model = ShortBox[str](t("Model"))
        self.language = ShortBox[str](t("Language"))
        known = sorted((name_of(code), code) for code in CHOICES)
        self.language.fill([(t("Recognise by itself"), ""), *known])
        self.translate = translate_box()
        self.refresh()
        context.signals.models_changed.connect(self.refresh)
        self.model.activated.connect(lambda: context.remember(model=self.model.value or ""))
        self.language.activated.connect(
            lambda: context.remember(language=self.language.value or "")
        )
        rows = QFormLayout(self)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.setSpacing(8)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, field in ((t("Model"), self.model), (t("Language"), self.language)):
            words = label(name, "meta")
            words.setContentsMargins(0, 3, 0, 0)
            field.setMinimumWidth(80)
            rows.addRow(words, field)
        rows.addRow(self.translate)

    def add_job(
        self,
        study: Study,
        source_id: SourceId,
        language: str = "",
        *,
        translate: bool | None = None,
    ) -> Job:
        """Put a recording into the queue, with what is chosen here.

        Args:
            study: whose queue.
            source_id: the recording.
            language: code of another language than the one chosen here.
            translate: whether to translate; `None` = as chosen here.
        """
        return study.jobs.add(
            source_id,
            model=self.model.value or model_for(self._context),
            language=language or self.language.value or "auto",
            translate=self.translate.isChecked() if translate is None else translate,
        )

    def refresh(self) -> None:
        """Read again which models are installed and what was chosen."""
        self.model.fill((choice.label, choice.name) for choice in self._context.models())
        self.model.set_value(model_for(self._context))
        self.language.set_value(self._context.settings.current.language)


def translate_box() -> QCheckBox:
    """Return the box that asks for a translation; it is empty."""
    box = QCheckBox(t("Translate into English"))
    set_tip(box,
        t("The text is then English, whatever is spoken, and no word of it is anybody’s own. "
          "The models “turbo” and “distil” cannot translate.")
    )  # fmt: skip
    return box
