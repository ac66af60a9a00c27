"""One opportunity as a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import t
from ui.views.questions import TextDialog
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.inputs import ComboBox, Stepper
from ui.views.widgets.looks import label
from workbench.domain.findings import Horizon, Opportunity, OpportunityKind
from workbench.domain.ids import StageId
from workbench.study import Study

_KINDS = {
    OpportunityKind.REMOVE: "Remove what hurts",
    OpportunityKind.OPTIMISE: "Optimise what is there",
    OpportunityKind.INNOVATE: "Innovate: something new",
}
_NEW = StageId("new/")  # stands for the choice to make one


@dataclass(frozen=True, slots=True)
class _NewStage:
    """A stage that is made when the form is saved."""

    name: str


HORIZONS = {
    Horizon.IS: "What is",
    Horizon.MUST_BE: "What must be",
    Horizon.SHOULD_BE: "What should be",
}


class OpportunityDialog(QDialog):
    """Asks for the fields of an opportunity.

    Args:
        study: whose stages and insights can be chosen.
        opportunity: what to edit; `None` for a new one.
        horizon: of a new one.
    """

    def __init__(
        self,
        study: Study,
        opportunity: Opportunity | None = None,
        *,
        horizon: Horizon = Horizon.MUST_BE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        heading = t("Opportunity") if opportunity else t("New opportunity")
        self.setWindowTitle(heading)
        self.setMinimumWidth(520)
        self.title = QLineEdit(opportunity.title if opportunity else "")
        self.title.setPlaceholderText(t("What is to be done?"))
        self.kind = _choice([(t(text), kind) for kind, text in _KINDS.items()])
        self.horizon = _choice([(t(text), value) for value, text in HORIZONS.items()])
        none: list[tuple[str, Any]] = [(t("none"), None)]
        self._study = study
        self.stage = _choice(
            [*none, *((s.name, s.id) for s in study.journeys.stages()), (t("New stage…"), _NEW)]
        )
        self.stage.activated.connect(self._on_stage)
        self.insight = _choice(none + [(i.claim, i.id) for i in study.findings.insights()])
        self.owner = QLineEdit(opportunity.owner if opportunity else "")
        self.kpi = QLineEdit(opportunity.kpi if opportunity else "")
        self.severity = _weight(opportunity.severity if opportunity else None)
        self.value = _weight(opportunity.business_value if opportunity else None)
        self._build(heading)
        _choose(self.horizon, opportunity.horizon if opportunity else horizon)
        if opportunity:
            _choose(self.kind, opportunity.kind)
            _choose(self.stage, opportunity.stage_id)
            _choose(self.insight, opportunity.insight_id)
        self._stage_before = max(0, self.stage.currentIndex())
        self.title.textChanged.connect(self._follow)
        self._follow()

    def values(self) -> dict[str, Any]:
        """Return the fields as the study takes them; a new stage is made for that."""
        stage = self.stage.currentData()
        if isinstance(stage, _NewStage):
            stage = self._study.journeys.add_stage(stage.name).id
        elif stage == _NEW:  # gone past by an arrow key
            stage = None
        return {
            "title": self.title.text().strip(),
            "kind": self.kind.currentData(),
            "horizon": self.horizon.currentData(),
            "stage_id": stage,
            "insight_id": self.insight.currentData(),
            "owner": self.owner.text().strip(),
            "kpi": self.kpi.text().strip(),
            "severity": self.severity.value() or None,
            "business_value": self.value.value() or None,
        }

    def _build(self, heading: str) -> None:
        form = QFormLayout()
        form.setSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            (t("Title"), self.title), (t("Kind"), self.kind), (t("Horizon"), self.horizon),
            (t("Stage"), self.stage), (t("Answers the insight"), self.insight),
            (t("Owner"), self.owner), (t("KPI"), self.kpi),
            (t("Severity for the customer"), self.severity),
            (t("Value for the company"), self.value),
        ):  # fmt: skip
            field.setAccessibleName(name)
            form.addRow(label(name, "soft"), field)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(label(heading, "title"))
        column.addLayout(form)
        self.foot = ask_foot(self, t("Save"))
        column.addWidget(self.foot.box)

    def _on_stage(self) -> None:
        """Ask for the name of a new stage, and offer that from now on."""
        if self.stage.currentData() != _NEW:
            self._stage_before = self.stage.currentIndex()
            return
        question = t("What does the customer do here, in their words?")
        asked = TextDialog(t("New stage"), question, t("Add"), text="", parent=self)
        place = self._stage_before
        if asked.exec():
            place = self.stage.count() - 1
            self.stage.insertItem(place, asked.answer, _NewStage(asked.answer))
        self.stage.setCurrentIndex(place)
        asked.deleteLater()

    def _follow(self) -> None:
        self.foot.main.setEnabled(bool(self.title.text().strip()))


def _choice(rows: list[tuple[str, Any]]) -> QComboBox:
    box = ComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(24)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for text, value in rows:
        box.addItem(text, value)
    return box


def _choose(box: QComboBox, value: Any) -> None:
    place = next((i for i in range(box.count()) if box.itemData(i) == value), 0)
    box.setCurrentIndex(place)


def _weight(value: int | None) -> QSpinBox:
    box = Stepper()
    box.setRange(0, 5)
    box.setSpecialValueText(t("not rated"))
    box.setValue(value or 0)
    return box
