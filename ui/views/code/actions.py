"""The commands of the Code workspace, as the menu and the palette show them.

What a part carries out cannot be done without a study.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.actions import Action
from ui.i18n import t
from ui.views.who_speaks import actions_on_speaker
from workbench.domain.fields import EXPECTATION, KIND, MOMENT_OF_TRUTH, PROMISE
from workbench.domain.stretching import Edge
from workbench.words import Phrase, Sentence, said

if TYPE_CHECKING:
    from ui.views.code.work import CodeWork
    from ui.views.code.workspace import CodeWorkspace
    from ui.views.codebook.work import CodebookWork

_CODE = "Code"
_SELECT = "Code/Select"


def _action(
    name: str,
    title: Phrase | Sentence,
    *,
    run: Callable[[CodeWork], object],
    enabled: Callable[[CodeWork], bool],
    keys: str = "",
    icon: str = "",
    checked: Callable[[CodeWork], bool] | None = None,
    label: Callable[[CodeWorkspace], str] | None = None,
    menu: Phrase = _CODE,
    group: int = 0,
) -> Action[CodeWorkspace]:
    """Return a command that a part carries out."""

    def ticked(it: CodeWorkspace) -> bool:
        return it.work is not None and checked is not None and checked(it.work)

    return Action(f"code.{name}", title, menu, shortcut=keys, icon=icon, context="code",
                  run=lambda it: it.work and run(it.work),
                  enabled=lambda it: it.work is not None and enabled(it.work),
                  checked=ticked if checked is not None else None, label=label,
                  group=group)  # fmt: skip


def _can_code(it: CodeWork) -> bool:
    return it.selection.can_code()


def _has_text(it: CodeWork) -> bool:
    return it.desk.has_text


def _stage(number: int) -> Action[CodeWorkspace]:
    def label(it: CodeWorkspace) -> str:
        if it.work is None:
            return t("Stage {number}", number=number)
        return it.work.fields.stage_label(number)

    return _action(f"stage{number}", said("Stage {number}", number=number), keys=str(number),
                   run=lambda it: it.fields.set_stage(number), enabled=_can_code,
                   label=label, menu="Code/Stage")  # fmt: skip


_GIVING = (
    _action("pick", "Give a code…", keys="Return", icon="tag",
            run=lambda it: it.codes.pick(), enabled=_can_code),
    _action("turn", "Code the whole turn…", keys="Shift+Return", icon="message-square",
            run=lambda it: it.codes.pick_for_turn(), enabled=lambda it: it.desk.can_change_text),
    _action("again", "Give the last code again", keys="Space", icon="tags",
            run=lambda it: it.codes.give_again(), enabled=_can_code),
    _action("in_vivo", "Code in their words", keys="V", icon="quote",
            run=lambda it: it.codes.give_in_vivo(), enabled=lambda it: it.selection.has_words()),
    *map(_stage, range(1, 9)),
    _action("touchpoint", "Touchpoint…", keys="T", icon="map-pin",
            run=lambda it: it.fields.pick_touchpoint(), enabled=_can_code, group=1),
    _action("rate", "Rate the experience", keys="E", icon="gauge",
            run=lambda it: it.fields.rate(), enabled=_can_code, group=1),
    _action("kind", "Fact or perception", keys="F",
            run=lambda it: it.fields.turn(KIND), enabled=_can_code, group=1),
    _action("expectation", "Expected or had", keys="X",
            run=lambda it: it.fields.turn(EXPECTATION), enabled=_can_code, group=1),
    _action("promise", "Promise named, kept or broken", keys="P",
            run=lambda it: it.fields.turn(PROMISE), enabled=_can_code, group=1),
    _action("moment", "Moment of truth", keys="O", icon="star",
            run=lambda it: it.fields.turn(MOMENT_OF_TRUTH), enabled=_can_code,
            checked=lambda it: it.fields.is_moment(), group=1),
    _action("memo", "Write a memo", keys="M", icon="notebook-pen",
            run=lambda it: it.fields.write_memo(),
            enabled=lambda it: it.selection.can_note(), group=1),
)  # fmt: skip

_GOING = (
    _action("play", "Play the passage", keys="L", icon="play",
            run=lambda it: it.passage.play(), enabled=lambda it: it.passage.has_sound(), group=2),
    _action("play_here", "Play from here", keys="Ctrl+Shift+Space", icon="audio-lines",
            run=lambda it: it.sound.play_here(), enabled=lambda it: it.sound.can_play_here(),
            group=2),
    _action("clip", "Export clip…", icon="upload",
            run=lambda it: it.passage.export_clip(),
            enabled=lambda it: it.passage.has_sound(), group=2),
    _action("next", "Next observation", keys="Alt+Down", icon="arrow-right",
            run=lambda it: it.selection.step(1), enabled=_has_text, group=2),
    _action("previous", "Previous observation", keys="Alt+Up", icon="arrow-left",
            run=lambda it: it.selection.step(-1), enabled=_has_text, group=2),
    _action("join_next", "Select the next observation as well", keys="Alt+Shift+Down",
            run=lambda it: it.selection.step(1, join=True), enabled=_has_text, menu=_SELECT,
            group=2),
    _action("join_previous", "Select the previous observation as well", keys="Alt+Shift+Up",
            run=lambda it: it.selection.step(-1, join=True), enabled=_has_text, menu=_SELECT,
            group=2),
    _action("all", "Select all observations shown", keys="Ctrl+Shift+A",
            run=lambda it: it.selection.select_all(), enabled=_has_text, menu=_SELECT, group=2),
    _action("widen", "Select the word, the sentence, the turn", keys=".",
            run=lambda it: it.words.widen(), enabled=_has_text, menu=_SELECT, group=2),
    _action("select_turn", "Select the whole turn", keys="Ctrl+.",
            run=lambda it: it.words.select_turn(), enabled=_has_text, menu=_SELECT, group=2),
)  # fmt: skip


def _resizing(
    title: Phrase, keys: str, edge: Edge, by: int, *, letters: bool = False
) -> Action[CodeWorkspace]:
    way, unit = "on" if by > 0 else "back", "letter" if letters else "word"
    return _action(f"{edge}_{way}_{unit}", title, keys=keys,
                   run=lambda it: it.passage.stretch(edge, by, letters=letters),
                   enabled=lambda it: it.passage.has_place(), menu="Code/Resize",
                   group=2)  # fmt: skip


_RESIZING = (
    _resizing("End one word later", "Alt+Right", Edge.END, 1),
    _resizing("End one word earlier", "Alt+Left", Edge.END, -1),
    _resizing("Begin one word earlier", "Alt+Shift+Left", Edge.START, -1),
    _resizing("Begin one word later", "Alt+Shift+Right", Edge.START, 1),
    _resizing("End one letter later", "Ctrl+Alt+Right", Edge.END, 1, letters=True),
    _resizing("End one letter earlier", "Ctrl+Alt+Left", Edge.END, -1, letters=True),
    _resizing("Begin one letter earlier", "Ctrl+Alt+Shift+Left", Edge.START, -1, letters=True),
    _resizing("Begin one letter later", "Ctrl+Alt+Shift+Right", Edge.START, 1, letters=True),
)


def _colour(name: str, title: Phrase) -> Action[CodeWorkspace]:
    return _action(f"colour_{name}", title, run=lambda it: it.looking.colour_by(name),
                   enabled=_has_text, checked=lambda it: it.looking.is_coloured_by(name),
                   menu="Code/Colour by", group=3)  # fmt: skip


def _show(name: str, title: Phrase, keys: str, icon: str) -> Action[CodeWorkspace]:
    return _action(f"show_{name}", title, keys=keys, icon=icon,
                   run=lambda it: it.looking.show_only(name),
                   enabled=_has_text, checked=lambda it: it.looking.is_shown(name),
                   menu="Code/Show", group=3)  # fmt: skip


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


def _can_change_codebook(it: CodeWorkspace) -> bool:
    return it.left.with_codebook and it.codebook.can_change


def _codebook(
    name: str, title: Phrase, run: Callable[[CodebookWork], object], keys: str = ""
) -> Action[CodeWorkspace]:
    return Action(f"codebook.{name}", title, "Code/Codebook", shortcut=keys, context="code",
                  run=lambda it: it.codebook.work and run(it.codebook.work),
                  enabled=_can_change_codebook)  # fmt: skip


_CODEBOOK: tuple[Action[CodeWorkspace], ...] = (
    _action("write", "Edit the text", keys="Ctrl+Shift+E", icon="pencil",
            run=lambda it: it.writing.toggle(),
            enabled=lambda it: it.desk.can_change_text,
            checked=lambda it: it.writing.is_open(), group=4),
    Action("code.codebook", "Codebook", _CODE, shortcut="Ctrl+B", icon="list-tree", context="code",
           run=lambda it: it.toggle_codebook(), checked=lambda it: it.left.with_codebook, group=4),
    _codebook("new_code", "New code", lambda it: it.codes.new_code()),
    _codebook("rename", "Rename the code", lambda it: it.codes.rename(), "F2"),
    _codebook("merge", "Merge the codes into…", lambda it: it.codes.merge()),
    _codebook("split", "Split the code…", lambda it: it.reading.show_passages()),
    _codebook("move_codes", "Move the codes below…", lambda it: it.codes.move_codes()),
    _codebook("remove", "Remove the codes", lambda it: it.codes.remove()),
    _codebook("import_codes", "Import codes…", lambda it: it.files.import_codes()),
    _codebook("export_codes", "Export the codebook…", lambda it: it.files.export_codes()),
    _action("remove", "Remove the observation", keys="Del", icon="trash-2",
            run=lambda it: it.passage.remove(),
            enabled=lambda it: it.selection.has_observation(), group=4),
)  # fmt: skip

CODE_ACTIONS: tuple[Action[CodeWorkspace], ...] = (
    *_GIVING, *_GOING, *_RESIZING, *_LOOKING, *_CODEBOOK, *actions_on_speaker("code", _CODE, 5),
)  # fmt: skip

# With words selected, small letters begin the name of a code; the capital letter of one of these
# keys is its gesture.
GESTURES = (
    "code.touchpoint", "code.rate", "code.kind", "code.expectation", "code.promise",
    "code.moment", "code.memo", "code.in_vivo",
)  # fmt: skip
