"""The commands of the Journey workspace as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action
from ui.views.journey.stage_commands import StageCommands
from ui.views.while_open import WhileOpen
from workbench.services.journey.lanes import LANES, STAGE, Lane
from workbench.words import said

if TYPE_CHECKING:
    from ui.views.journey.workspace import JourneyWorkspace

STAGES: WhileOpen[JourneyWorkspace, StageCommands] = WhileOpen(lambda it: it.stages)

_EDIT: tuple[Action[JourneyWorkspace], ...] = (
    Action("journey.edit", "Edit this cell", "Journey", shortcut="F2", icon="pencil",
           context="journey", run=lambda it: it.map.edit_current(),
           enabled=STAGES.can(StageCommands.can_edit_cell)),
    Action("journey.add-stage", "New stage…", "Journey", shortcut="Ins", icon="plus",
           context="journey", run=STAGES.run(StageCommands.add),
           enabled=STAGES.can(StageCommands.can_add)),
    Action("journey.move-left", "Move stage left", "Journey", shortcut="Ctrl+Left",
           icon="arrow-left", context="journey", run=STAGES.run(lambda its: its.move(-1)),
           enabled=STAGES.can(lambda its: its.can_move(-1))),
    Action("journey.move-right", "Move stage right", "Journey", shortcut="Ctrl+Right",
           icon="arrow-right", context="journey", run=STAGES.run(lambda its: its.move(1)),
           enabled=STAGES.can(lambda its: its.can_move(1))),
    Action("journey.remove-stage", "Remove stage", "Journey", shortcut="Del", icon="trash-2",
           context="journey", run=STAGES.run(StageCommands.remove),
           enabled=STAGES.can(StageCommands.can_edit)),
    Action("journey.touchpoints", "Touchpoints…", "Journey", icon="map-pin", context="journey",
           run=STAGES.run(StageCommands.edit_touchpoints),
           enabled=lambda it: it.study is not None, group=1),
    Action("journey.company", "The company’s track…", "Journey", icon="store", context="journey",
           run=STAGES.run(StageCommands.edit_company),
           enabled=lambda it: it.study is not None, group=1),
    Action("journey.export-png", "Export the map as PNG…", "Journey", icon="image",
           context="journey", run=lambda it: it.export("png"),
           enabled=lambda it: bool(it.latest.shown.journey.stages), group=2),
    Action("journey.export-svg", "Export the map as SVG…", "Journey", icon="image",
           context="journey", run=lambda it: it.export("svg"),
           enabled=lambda it: bool(it.latest.shown.journey.stages), group=2),
)  # fmt: skip


def _lane(lane: Lane) -> Action[JourneyWorkspace]:
    return Action(f"journey.lane-{lane.key}", said("Lane: {title}", title=said(lane.title)),
                  "Journey/Lanes", context="journey", run=lambda it: it.toggle_lane(lane),
                  checked=lambda it: it.shows_lane(lane), group=3)  # fmt: skip


_LANES = tuple(_lane(lane) for lane in LANES if lane is not STAGE)

EDIT_IDS = tuple(action.id for action in _EDIT[:7])
EXPORT_IDS = tuple(action.id for action in _EDIT[7:])
LANE_IDS = tuple(action.id for action in _LANES)
JOURNEY_ACTIONS = (*_EDIT, *_LANES)
