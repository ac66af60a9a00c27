"""The commands of the Journey workspace as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action
from workbench.services.journey.lanes import LANES, STAGE, Lane

if TYPE_CHECKING:
    from ui.views.journey.workspace import JourneyWorkspace

_EDIT: tuple[Action[JourneyWorkspace], ...] = (
    Action("journey.edit", "Edit this cell", "Journey", shortcut="F2", icon="pencil",
           context="journey", run=lambda it: it.edit_cell(), enabled=lambda it: it.can_edit_cell()),
    Action("journey.add-stage", "New stage…", "Journey", shortcut="Ins", icon="plus",
           context="journey", run=lambda it: it.add_stage(), enabled=lambda it: it.can_change()),
    Action("journey.move-left", "Move stage left", "Journey", shortcut="Ctrl+Left",
           icon="arrow-left", context="journey", run=lambda it: it.move_stage(-1),
           enabled=lambda it: it.can_move(-1)),
    Action("journey.move-right", "Move stage right", "Journey", shortcut="Ctrl+Right",
           icon="arrow-right", context="journey", run=lambda it: it.move_stage(1),
           enabled=lambda it: it.can_move(1)),
    Action("journey.remove-stage", "Remove stage", "Journey", shortcut="Del", icon="trash-2",
           context="journey", run=lambda it: it.remove_stage(),
           enabled=lambda it: it.can_edit_stage()),
    Action("journey.touchpoints", "Touchpoints…", "Journey", icon="map-pin", context="journey",
           run=lambda it: it.edit_touchpoints(), enabled=lambda it: it.has_study(), group=1),
    Action("journey.company", "The company’s track…", "Journey", icon="store", context="journey",
           run=lambda it: it.edit_company(), enabled=lambda it: it.has_study(), group=1),
    Action("journey.export-png", "Export the map as PNG…", "Journey", icon="image",
           context="journey", run=lambda it: it.export("png"),
           enabled=lambda it: it.has_map(), group=2),
    Action("journey.export-svg", "Export the map as SVG…", "Journey", icon="image",
           context="journey", run=lambda it: it.export("svg"),
           enabled=lambda it: it.has_map(), group=2),
)  # fmt: skip


def _lane(lane: Lane) -> Action[JourneyWorkspace]:
    return Action(f"journey.lane-{lane.key}", f"Lane: {lane.title}", "Journey/Lanes",
                  context="journey", run=lambda it: it.toggle_lane(lane),
                  checked=lambda it: it.shows_lane(lane), group=3)  # fmt: skip


_LANES = tuple(_lane(lane) for lane in LANES if lane is not STAGE)

EDIT_IDS = tuple(action.id for action in _EDIT[:7])
EXPORT_IDS = tuple(action.id for action in _EDIT[7:])
LANE_IDS = tuple(action.id for action in _LANES)
JOURNEY_ACTIONS = (*_EDIT, *_LANES)
