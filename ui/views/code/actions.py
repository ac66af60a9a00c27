"""The keys of the Code workspace, as data; `CodeWorkspace` has the methods they name."""

from __future__ import annotations

from ui.actions import Action

_CODE = "Code"

CODE_ACTIONS = (
    Action("code.pick", "Give a code…", _CODE, "pick_code", "Return", "tag", "code",
           enabled="can_code"),
    Action("code.again", "Give the last code again", _CODE, "code_again", "Space", "tags", "code",
           enabled="can_code"),
    Action("code.in_vivo", "Code in their words", _CODE, "code_in_vivo", "V", "quote", "code",
           enabled="has_words"),
    *(
        Action(f"code.stage{number}", f"Stage {number}", "Code/Stage", "set_stage", str(number),
               context="code", enabled="has_stage", label="stage_label", args=(number,))
        for number in range(1, 9)
    ),
    Action("code.touchpoint", "Touchpoint…", _CODE, "pick_touchpoint", "T", "map-pin", "code",
           enabled="has_observation", group=1),
    Action("code.rate", "Rate the experience", _CODE, "rate", "E", "gauge", "code",
           enabled="has_observation", group=1),
    Action("code.kind", "Fact or perception", _CODE, "turn_kind", "F", context="code",
           enabled="has_observation", group=1),
    Action("code.expectation", "Expected or had", _CODE, "turn_expectation", "X", context="code",
           enabled="has_observation", group=1),
    Action("code.promise", "Promise named, kept or broken", _CODE, "turn_promise", "P",
           context="code", enabled="has_observation", group=1),
    Action("code.moment", "Moment of truth", _CODE, "turn_moment", "O", "star", "code",
           enabled="has_observation", checked="is_moment", group=1),
    Action("code.memo", "Write a memo", _CODE, "write_memo", "M", "notebook-pen", "code",
           enabled="has_observation", group=1),
    Action("code.play", "Play the passage", _CODE, "play_passage", "L", "play", "code",
           enabled="has_sound", group=2),
    Action("code.next", "Next observation", _CODE, "next_observation", "Alt+Down",
           "arrow-right", "code", enabled="has_text", group=2),
    Action("code.previous", "Previous observation", _CODE, "previous_observation", "Alt+Up",
           "arrow-left", "code", enabled="has_text", group=2),
    Action("code.codebook", "Codebook", _CODE, "toggle_codebook", "Ctrl+B", "list-tree", "code",
           checked="shows_codebook", group=3),
    *(
        Action(f"codebook.{name}", title, "Code/Codebook", "change_codebook", keys, context="code",
               enabled="can_change_codebook", args=(name,))
        for name, title, keys in (
            ("new_code", "New code", ""),
            ("rename", "Rename the code", "F2"),
            ("merge", "Merge the codes into…", ""),
            ("split", "Split the code…", ""),
            ("move_codes", "Move the codes below…", ""),
            ("remove", "Remove the codes", ""),
            ("import_codes", "Import codes…", ""),
            ("export_codes", "Export the codebook…", ""),
        )
    ),
    Action("code.remove", "Remove the observation", _CODE, "remove_observation", "Del", "trash-2",
           "code", enabled="has_observation", group=3),
)  # fmt: skip
