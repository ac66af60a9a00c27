"""One opportunity as a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.i18n import Phrase, t
from ui.views.questions import TextDialog
from ui.views.widgets.dropping import Line
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.inputs import ComboBox, Stepper
from ui.views.widgets.lent import lent
from ui.views.widgets.looks import label
from workbench.domain.change import Op
from workbench.domain.findings import Horizon, Opportunity, OpportunityKind
from workbench.domain.ids import StageId
from workbench.study import Study

T = TypeVar("T")
_KINDS: dict[OpportunityKind, Phrase] = {
    OpportunityKind.REMOVE: "Remove what hurts",
    OpportunityKind.OPTIMISE: "Optimise what is there",
    OpportunityKind.INNOVATE: "Innovate: something new",
}
_NEW = StageId("new/")  # stands for the choice to make one


@dataclass(frozen=True, slots=True)
class _NewStage:
    """A stage that is made when the form is saved."""

    name: str


_Stage = StageId | _NewStage | None
HORIZONS: dict[Horizon, Phrase] = {
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
        save: takes the fields; the form stays open until they are in the study.

    Attributes:
        saved: the opportunity, once it is in the study.
    """

    def __init__(
        self,
        study: Study,
        opportunity: Opportunity | None = None,
        *,
        horizon: Horizon = Horizon.MUST_BE,
        save: Callable[..., Opportunity] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        heading = t("Opportunity") if opportunity else t("New opportunity")
        self.setWindowTitle(heading)
        self.setMinimumWidth(520)
        self.title = Line(opportunity.title if opportunity else "")
        self.title.setPlaceholderText(t("What is to be done?"))
        self.kind = _choice((t(text), kind) for kind, text in _KINDS.items())
        self.horizon = _choice((t(text), value) for value, text in HORIZONS.items())
        self._study, self._save = study, save
        self._op = Op.ADD_OPPORTUNITY if opportunity is None else Op.EDIT_OPPORTUNITY
        self.saved: Opportunity | None = None
        stages: list[tuple[str, _Stage]] = [(s.name, s.id) for s in study.journeys.stages()]
        self.stage = _choice([(t("none"), None), *stages, (t("New stage…"), _NEW)])
        self.stage.activated.connect(self._on_stage)
        insights = ((insight.claim, insight.id) for insight in study.findings.insights())
        self.insight = _choice([(t("none"), None), *insights])
        self.owner = Line(opportunity.owner if opportunity else "")
        self.kpi = Line(opportunity.kpi if opportunity else "")
        self.severity = _weight(opportunity.severity if opportunity else None)
        self.value = _weight(opportunity.business_value if opportunity else None)
        self._build(heading)
        self.horizon.set_value(opportunity.horizon if opportunity else horizon)
        if opportunity:
            self.kind.set_value(opportunity.kind)
            self.stage.set_value(opportunity.stage_id)
            self.insight.set_value(opportunity.insight_id)
        self._stage_before = max(0, self.stage.currentIndex())
        self.title.textChanged.connect(self._follow)
        self._follow()

    def values(self) -> dict[str, Any]:
        """Return the fields as the study takes them; a new stage is made for that."""
        stage = self.stage.value
        if isinstance(stage, _NewStage):
            stage = self._study.journeys.stage_called(stage.name).id
        elif stage == _NEW:  # gone past by an arrow key
            stage = None
        return {
            "title": self.title.text().strip(),
            "kind": self.kind.value,
            "horizon": self.horizon.value,
            "stage_id": stage,
            "insight_id": self.insight.value,
            "owner": self.owner.text().strip(),
            "kpi": self.kpi.text().strip(),
            "severity": self.severity.value() or None,
            "business_value": self.value.value() or None,
        }

    @override
    def accept(self) -> None:
        if self._save is not None:
            with self._study.step(self._op):
                self.saved = self._save(**self.values())
        super().accept()

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
        if self.stage.value != _NEW:
            self._stage_before = self.stage.currentIndex()
            return
        question = t("What does the customer do here, in their words?")
        place = self._stage_before
        with lent(TextDialog(t("New stage"), question, t("Add"), text="", parent=self)) as asked:
            if asked.exec():
                place = self.stage.count() - 1
                self.stage.insert(place, asked.answer, _NewStage(asked.answer))
        self.stage.setCurrentIndex(place)

    def _follow(self) -> None:
        self.foot.main.setEnabled(bool(self.title.text().strip()))


def _choice(rows: Iterable[tuple[str, T]]) -> ComboBox[T]:
    box = ComboBox[T]()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(24)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.fill(rows)
    return box


def _weight(value: int | None) -> QSpinBox:
    box = Stepper()
    box.setRange(0, 5)
    box.setSpecialValueText(t("not rated"))
    box.setValue(value or 0)
    return box
