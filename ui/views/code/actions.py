"""The keys of the Code workspace, as data; `CodeWorkspace` has the methods they name."""

from __future__ import annotations

from ui.actions import Action

_CODE = "Code"
_SELECT = "Code/Select"
_COLOUR = "Code/Colour by"
_SHOW = "Code/Show"
_RESIZE = "Code/Resize"

_GIVING = (
    Action("code.pick", "Give a code…", _CODE, "pick_code", "Return", "tag", "code",
           enabled="can_code"),
    Action("code.turn", "Code the whole turn…", _CODE, "code_turn", "Shift+Return",
           "message-square", "code", enabled="can_change_text"),
    Action("code.again", "Give the last code again", _CODE, "code_again", "Space", "tags", "code",
           enabled="can_code"),
    Action("code.in_vivo", "Code in their words", _CODE, "code_in_vivo", "V", "quote", "code",
           enabled="has_words"),
    *(
        Action(f"code.stage{number}", f"Stage {number}", "Code/Stage", "set_stage", str(number),
               context="code", enabled="can_stage", label="stage_label", args=(number,))
        for number in range(1, 9)
    ),
    Action("code.touchpoint", "Touchpoint…", _CODE, "pick_touchpoint", "T", "map-pin", "code",
           enabled="can_code", group=1),
    Action("code.rate", "Rate the experience", _CODE, "rate", "E", "gauge", "code",
           enabled="can_code", group=1),
    Action("code.kind", "Fact or perception", _CODE, "turn_kind", "F", context="code",
           enabled="can_code", group=1),
    Action("code.expectation", "Expected or had", _CODE, "turn_expectation", "X", context="code",
           enabled="can_code", group=1),
    Action("code.promise", "Promise named, kept or broken", _CODE, "turn_promise", "P",
           context="code", enabled="can_code", group=1),
    Action("code.moment", "Moment of truth", _CODE, "turn_moment", "O", "star", "code",
           enabled="can_code", checked="is_moment", group=1),
    Action("code.memo", "Write a memo", _CODE, "write_memo", "M", "notebook-pen", "code",
           enabled="can_note", group=1),
)  # fmt: skip

_GOING = (
    Action("code.play", "Play the passage", _CODE, "play_passage", "L", "play", "code",
           enabled="has_sound", group=2),
    Action("code.play_here", "Play from here", _CODE, "play_here", "Ctrl+Shift+Space",
           "audio-lines", "code", enabled="can_play_here", group=2),
    Action("code.clip", "Export clip…", _CODE, "export_clip", icon="upload", context="code",
           enabled="has_sound", group=2),
    Action("code.next", "Next observation", _CODE, "next_observation", "Alt+Down",
           "arrow-right", "code", enabled="has_text", group=2),
    Action("code.previous", "Previous observation", _CODE, "previous_observation", "Alt+Up",
           "arrow-left", "code", enabled="has_text", group=2),
    Action("code.join_next", "Select the next observation as well", _SELECT, "join_next",
           "Alt+Shift+Down", context="code", enabled="has_text", group=2),
    Action("code.join_previous", "Select the previous observation as well", _SELECT,
           "join_previous", "Alt+Shift+Up", context="code", enabled="has_text", group=2),
    Action("code.all", "Select all observations shown", _SELECT, "select_all", "Ctrl+Shift+A",
           context="code", enabled="has_text", group=2),
    Action("code.widen", "Select the word, the sentence, the turn", _SELECT, "widen", ".",
           context="code", enabled="has_text", group=2),
    Action("code.select_turn", "Select the whole turn", _SELECT, "select_turn", "Ctrl+.",
           context="code", enabled="has_text", group=2),
)  # fmt: skip

_RESIZING = tuple(
    Action(f"code.{edge}_{way}_{unit}", title, _RESIZE, "stretch", keys, context="code",
           enabled="has_place", args=(edge, by, unit == "letter"), group=2)
    for edge, way, by, unit, title, keys in (
        ("end", "on", 1, "word", "End one word later", "Alt+Right"),
        ("end", "back", -1, "word", "End one word earlier", "Alt+Left"),
        ("start", "back", -1, "word", "Begin one word earlier", "Alt+Shift+Left"),
        ("start", "on", 1, "word", "Begin one word later", "Alt+Shift+Right"),
        ("end", "on", 1, "letter", "End one letter later", "Ctrl+Alt+Right"),
        ("end", "back", -1, "letter", "End one letter earlier", "Ctrl+Alt+Left"),
        ("start", "back", -1, "letter", "Begin one letter earlier", "Ctrl+Alt+Shift+Left"),
        ("start", "on", 1, "letter", "Begin one letter later", "Ctrl+Alt+Shift+Right"),
    )
)  # fmt: skip

_LOOKING = (
    *(
        Action(f"code.colour_{name}", title, _COLOUR, "colour_by", context="code",
               enabled="can_look", checked="is_coloured_by", args=(name,), group=3)
        for name, title in (
            ("stage", "Colour by stage"),
            ("code", "Colour by code"),
            ("emotion", "Colour by emotion"),
            ("coder", "Colour by coder"),
        )
    ),
    *(
        Action(f"code.show_{name}", title, _SHOW, "show_only", keys, icon, "code",
               enabled="can_look", checked="is_shown", args=(name,), group=3)
        for name, title, keys, icon in (
            ("all", "Show all observations", "Ctrl+Shift+H", "eye"),
            ("mine", "Show only mine", "", "user"),
            ("code", "Show only one code…", "Ctrl+Shift+C", "tag"),
            ("none", "Show no observations", "", "eye-off"),
        )
    ),
)  # fmt: skip

_CODEBOOK = (
    Action("code.write", "Edit the text", _CODE, "toggle_writing", "Ctrl+Shift+E", "pencil", "code",
           enabled="can_write", checked="is_writing", group=4),
    Action("code.codebook", "Codebook", _CODE, "toggle_codebook", "Ctrl+B", "list-tree", "code",
           checked="shows_codebook", group=4),
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
           "code", enabled="has_observation", group=4),
)  # fmt: skip

CODE_ACTIONS = (*_GIVING, *_GOING, *_RESIZING, *_LOOKING, *_CODEBOOK)

# With words selected, small letters begin the name of a code; the capital letter of one of these
# keys is its gesture.
GESTURES = (
    "code.touchpoint", "code.rate", "code.kind", "code.expectation", "code.promise",
    "code.moment", "code.memo", "code.in_vivo",
)  # fmt: skip
