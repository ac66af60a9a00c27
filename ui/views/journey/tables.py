"""The two lists beside the map: touchpoints, and the steps of the company's track."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.table_dialog import TableDialog
from ui.views.widgets.inputs import ComboBox
from workbench.domain.ids import StageId, TouchpointId
from workbench.domain.journey import CHANNEL, OWNER, POINT_NAME, Track
from workbench.domain.naming import free
from workbench.study import Study


class TouchpointsDialog(TableDialog):
    """Where customer and company meet."""

    _FIELDS = (POINT_NAME, CHANNEL, OWNER)

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(
            study,
            t("Touchpoints"),
            t("Places where customer and company meet, with the channel and who answers for it."),
            tuple(t(field.label) for field in self._FIELDS),
            parent,
        )

    @override
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        found = self.study.journeys.touchpoints()
        return [(p.id, tuple(field.of(p) for field in self._FIELDS)) for p in found]

    @override
    def add(self) -> None:
        taken = [point.name for point in self.study.journeys.touchpoints()]
        self.study.journeys.add_touchpoint(free(t("New touchpoint"), taken))

    @override
    def change(self, key: str, column: int, text: str) -> None:
        self.study.journeys.change_touchpoint(TouchpointId(key), self._FIELDS[column].to(text))

    @override
    def remove(self, key: str) -> None:
        self.study.journeys.remove_touchpoint(TouchpointId(key))


class CompanyTrackDialog(TableDialog):
    """The company's own steps, and the stage of the customer each of them serves."""

    ordered = True

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(
            study,
            t("The company’s track"),
            t("The steps as the company sees them, in its order, and the stage each one serves."),
            (t("Step"), t("Serves the stage")),
            parent,
        )

    @override
    def fill(self) -> None:
        super().fill()
        stages = self.study.journeys.stages()
        for row, step in enumerate(self.study.journeys.stages(Track.COMPANY)):
            choice = ComboBox[StageId | None](t("Stage that {step} serves", step=step.name))
            choice.setEnabled(not self.study.read_only)
            choice.fill([(t("none"), None), *((stage.name, stage.id) for stage in stages)])
            choice.set_value(step.counterpart_id)
            choice.activated.connect(
                lambda _index, key=step.id, box=choice: self._on_stage(key, box)
            )
            self.table.setCellWidget(row, 1, choice)

    @override
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(step.id, (step.name,)) for step in self.study.journeys.stages(Track.COMPANY)]

    @override
    def add(self) -> None:
        taken = [step.name for step in self.study.journeys.stages(Track.COMPANY)]
        self.study.journeys.add_stage(free(t("New step"), taken), track=Track.COMPANY)

    @override
    def change(self, key: str, column: int, text: str) -> None:
        if column == 0:
            self.study.journeys.change_stage(StageId(key), name=text)

    @override
    def remove(self, key: str) -> None:
        self.study.journeys.remove_stage(StageId(key))

    @override
    def move_row(self, key: str, position: int) -> None:
        """Put a step at another place."""
        self.study.journeys.move_stage(StageId(key), position)

    def _on_stage(self, key: StageId, box: ComboBox[StageId | None]) -> None:
        try:
            self.study.journeys.change_stage(key, counterpart_id=box.value)
        finally:
            box.set_value(self.study.journeys.stage(key).counterpart_id)
