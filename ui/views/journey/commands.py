"""The commands of the Journey workspace as data."""

from __future__ import annotations

from ui.actions import Action
from workbench.services.journey_lanes import LANES, STAGE

_EDIT = (
    Action("journey.edit", "Edit this cell", "Journey", "edit_cell", "F2", "pencil",
           context="journey", enabled="can_edit_cell"),
    Action("journey.add-stage", "New stage…", "Journey", "add_stage", "Ins", "plus",
           context="journey", enabled="can_change"),
    Action("journey.move-left", "Move stage left", "Journey", "move_stage", "Ctrl+Left",
           "arrow-left", context="journey", enabled="can_move", args=(-1,)),
    Action("journey.move-right", "Move stage right", "Journey", "move_stage", "Ctrl+Right",
           "arrow-right", context="journey", enabled="can_move", args=(1,)),
    Action("journey.remove-stage", "Remove stage", "Journey", "remove_stage", "Del", "trash-2",
           context="journey", enabled="can_edit_stage"),
    Action("journey.touchpoints", "Touchpoints…", "Journey", "edit_touchpoints", "",
           "map-pin", context="journey", enabled="has_study", group=1),
    Action("journey.company", "The company’s track…", "Journey", "edit_company", "",
           "store", context="journey", enabled="has_study", group=1),
    Action("journey.export-png", "Export the map as PNG…", "Journey", "export", "", "image",
           context="journey", enabled="has_map", args=("png",), group=2),
    Action("journey.export-svg", "Export the map as SVG…", "Journey", "export", "", "image",
           context="journey", enabled="has_map", args=("svg",), group=2),
)  # fmt: skip

_LANES = tuple(
    Action(
        f"journey.lane-{lane.key}",
        f"Lane: {lane.title}",
        "Journey/Lanes",
        "toggle_lane",
        context="journey",
        checked="shows_lane",
        args=(lane,),
        group=3,
    )
    for lane in LANES
    if lane is not STAGE
)

EDIT_IDS = tuple(action.id for action in _EDIT[:7])
EXPORT_IDS = tuple(action.id for action in _EDIT[7:])
LANE_IDS = tuple(action.id for action in _LANES)
JOURNEY_ACTIONS = (*_EDIT, *_LANES)
