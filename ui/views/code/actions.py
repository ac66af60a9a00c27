"""The commands of the Code workspace, as the menu and the palette show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.actions import Action

if TYPE_CHECKING:
    from ui.views.code.workspace import CodeWorkspace
    from ui.views.codebook.work import CodebookWork

_CODE = "Code"
_SELECT = "Code/Select"


def _stage(number: int) -> Action[CodeWorkspace]:
    return Action(f"code.stage{number}", f"Stage {number}", "Code/Stage", shortcut=str(number),
                  context="code", run=lambda it: it.set_stage(number),
                  enabled=lambda it: it.can_code(),
                  label=lambda it: it.stage_label(number))  # fmt: skip


_GIVING: tuple[Action[CodeWorkspace], ...] = (
    Action("code.pick", "Give a code…", _CODE, shortcut="Return", icon="tag", context="code",
           run=lambda it: it.pick_code(), enabled=lambda it: it.can_code()),
    Action("code.turn", "Code the whole turn…", _CODE, shortcut="Shift+Return",
           icon="message-square", context="code", run=lambda it: it.code_turn(),
           enabled=lambda it: it.can_change_text()),
    Action("code.again", "Give the last code again", _CODE, shortcut="Space", icon="tags",
           context="code", run=lambda it: it.code_again(), enabled=lambda it: it.can_code()),
    Action("code.in_vivo", "Code in their words", _CODE, shortcut="V", icon="quote",
           context="code", run=lambda it: it.code_in_vivo(), enabled=lambda it: it.has_words()),
    *map(_stage, range(1, 9)),
    Action("code.touchpoint", "Touchpoint…", _CODE, shortcut="T", icon="map-pin", context="code",
           run=lambda it: it.pick_touchpoint(), enabled=lambda it: it.can_code(), group=1),
    Action("code.rate", "Rate the experience", _CODE, shortcut="E", icon="gauge", context="code",
           run=lambda it: it.rate(), enabled=lambda it: it.can_code(), group=1),
    Action("code.kind", "Fact or perception", _CODE, shortcut="F", context="code",
           run=lambda it: it.turn_kind(), enabled=lambda it: it.can_code(), group=1),
    Action("code.expectation", "Expected or had", _CODE, shortcut="X", context="code",
           run=lambda it: it.turn_expectation(), enabled=lambda it: it.can_code(), group=1),
    Action("code.promise", "Promise named, kept or broken", _CODE, shortcut="P", context="code",
           run=lambda it: it.turn_promise(), enabled=lambda it: it.can_code(), group=1),
    Action("code.moment", "Moment of truth", _CODE, shortcut="O", icon="star", context="code",
           run=lambda it: it.turn_moment(), enabled=lambda it: it.can_code(),
           checked=lambda it: it.is_moment(), group=1),
    Action("code.memo", "Write a memo", _CODE, shortcut="M", icon="notebook-pen", context="code",
           run=lambda it: it.write_memo(), enabled=lambda it: it.can_note(), group=1),
)  # fmt: skip

_GOING: tuple[Action[CodeWorkspace], ...] = (
    Action("code.play", "Play the passage", _CODE, shortcut="L", icon="play", context="code",
           run=lambda it: it.play_passage(), enabled=lambda it: it.has_sound(), group=2),
    Action("code.play_here", "Play from here", _CODE, shortcut="Ctrl+Shift+Space",
           icon="audio-lines", context="code", run=lambda it: it.play_here(),
           enabled=lambda it: it.can_play_here(), group=2),
    Action("code.clip", "Export clip…", _CODE, icon="upload", context="code",
           run=lambda it: it.export_clip(), enabled=lambda it: it.has_sound(), group=2),
    Action("code.next", "Next observation", _CODE, shortcut="Alt+Down", icon="arrow-right",
           context="code", run=lambda it: it.next_observation(), enabled=lambda it: it.has_text(),
           group=2),
    Action("code.previous", "Previous observation", _CODE, shortcut="Alt+Up", icon="arrow-left",
           context="code", run=lambda it: it.previous_observation(),
           enabled=lambda it: it.has_text(), group=2),
    Action("code.join_next", "Select the next observation as well", _SELECT,
           shortcut="Alt+Shift+Down", context="code", run=lambda it: it.join_next(),
           enabled=lambda it: it.has_text(), group=2),
    Action("code.join_previous", "Select the previous observation as well", _SELECT,
           shortcut="Alt+Shift+Up", context="code", run=lambda it: it.join_previous(),
           enabled=lambda it: it.has_text(), group=2),
    Action("code.all", "Select all observations shown", _SELECT, shortcut="Ctrl+Shift+A",
           context="code", run=lambda it: it.select_all(), enabled=lambda it: it.has_text(),
           group=2),
    Action("code.widen", "Select the word, the sentence, the turn", _SELECT, shortcut=".",
           context="code", run=lambda it: it.widen(), enabled=lambda it: it.has_text(), group=2),
    Action("code.select_turn", "Select the whole turn", _SELECT, shortcut="Ctrl+.", context="code",
           run=lambda it: it.select_turn(), enabled=lambda it: it.has_text(), group=2),
)  # fmt: skip


def _resizing(
    title: str, keys: str, edge: str, by: int, *, letters: bool = False
) -> Action[CodeWorkspace]:
    way, unit = "on" if by > 0 else "back", "letter" if letters else "word"
    return Action(f"code.{edge}_{way}_{unit}", title, "Code/Resize", shortcut=keys, context="code",
                  run=lambda it: it.stretch(edge, by, letters),
                  enabled=lambda it: it.has_place(), group=2)  # fmt: skip


_RESIZING = (
    _resizing("End one word later", "Alt+Right", "end", 1),
    _resizing("End one word earlier", "Alt+Left", "end", -1),
    _resizing("Begin one word earlier", "Alt+Shift+Left", "start", -1),
    _resizing("Begin one word later", "Alt+Shift+Right", "start", 1),
    _resizing("End one letter later", "Ctrl+Alt+Right", "end", 1, letters=True),
    _resizing("End one letter earlier", "Ctrl+Alt+Left", "end", -1, letters=True),
    _resizing("Begin one letter earlier", "Ctrl+Alt+Shift+Left", "start", -1, letters=True),
    _resizing("Begin one letter later", "Ctrl+Alt+Shift+Right", "start", 1, letters=True),
)


def _colour(name: str, title: str) -> Action[CodeWorkspace]:
    return Action(f"code.colour_{name}", title, "Code/Colour by", context="code",
                  run=lambda it: it.colour_by(name), enabled=lambda it: it.has_text(),
                  checked=lambda it: it.is_coloured_by(name), group=3)  # fmt: skip


def _show(name: str, title: str, keys: str, icon: str) -> Action[CodeWorkspace]:
    return Action(f"code.show_{name}", title, "Code/Show", shortcut=keys, icon=icon,
                  context="code", run=lambda it: it.show_only(name),
                  enabled=lambda it: it.has_text(), checked=lambda it: it.is_shown(name),
                  group=3)  # fmt: skip


_LOOKING = (
    _colour("stage", "Colour by stage"),
    _colour("code", "Colour by code"),
    _colour("emotion", "Colour by emotion"),
    _colour("coder", "Colour by coder"),
    _show("all", "Show all observations", "Ctrl+Shift+H", "eye"),
    _show("mine", "Show only mine", "", "user"),
    _show("code", "Show only one code…", "Ctrl+Shift+C", "tag"),
    _show("none", "Show no observations", "", "eye-off"),
)


def _codebook(
    name: str, title: str, run: Callable[[CodebookWork], object], keys: str = ""
) -> Action[CodeWorkspace]:
    return Action(f"codebook.{name}", title, "Code/Codebook", shortcut=keys, context="code",
                  run=lambda it: it.codebook.work and run(it.codebook.work),
                  enabled=lambda it: it.can_change_codebook())  # fmt: skip


_CODEBOOK: tuple[Action[CodeWorkspace], ...] = (
    Action("code.write", "Edit the text", _CODE, shortcut="Ctrl+Shift+E", icon="pencil",
           context="code", run=lambda it: it.toggle_writing(), enabled=lambda it: it.can_write(),
           checked=lambda it: it.is_writing(), group=4),
    Action("code.codebook", "Codebook", _CODE, shortcut="Ctrl+B", icon="list-tree", context="code",
           run=lambda it: it.toggle_codebook(), checked=lambda it: it.shows_codebook(), group=4),
    _codebook("new_code", "New code", lambda it: it.codes.new_code()),
    _codebook("rename", "Rename the code", lambda it: it.codes.rename(), "F2"),
    _codebook("merge", "Merge the codes into…", lambda it: it.codes.merge()),
    _codebook("split", "Split the code…", lambda it: it.reading.show_passages()),
    _codebook("move_codes", "Move the codes below…", lambda it: it.codes.move_codes()),
    _codebook("remove", "Remove the codes", lambda it: it.codes.remove()),
    _codebook("import_codes", "Import codes…", lambda it: it.files.import_codes()),
    _codebook("export_codes", "Export the codebook…", lambda it: it.files.export_codes()),
    Action("code.remove", "Remove the observation", _CODE, shortcut="Del", icon="trash-2",
           context="code", run=lambda it: it.remove_observation(),
           enabled=lambda it: it.has_observation(), group=4),
)  # fmt: skip

CODE_ACTIONS = (*_GIVING, *_GOING, *_RESIZING, *_LOOKING, *_CODEBOOK)

# With words selected, small letters begin the name of a code; the capital letter of one of these
# keys is its gesture.
GESTURES = (
    "code.touchpoint", "code.rate", "code.kind", "code.expectation", "code.promise",
    "code.moment", "code.memo", "code.in_vivo",
)  # fmt: skip
