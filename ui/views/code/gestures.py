"""What a person does with words and observations; `CodeWorkspace` puts the panes around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.code.actions import CODE_ACTIONS, GESTURES
from ui.views.code.coding import Coding, Made, Target
from ui.views.code.selecting import CodeSelecting
from ui.views.code.together import Together
from ui.views.picking.matching import Option, resolved
from ui.views.picking.options import code_options, stage_options, touchpoint_options
from ui.views.reading.handles import Handles
from ui.views.reading.marks import Mark
from ui.views.sounding import export_clip
from workbench.domain import fields
from workbench.domain.anchors import TextAnchor
from workbench.domain.declaring import Given
from workbench.domain.ids import CodeId, ObservationId, StageId, TouchpointId
from workbench.domain.observation import Observation
from workbench.domain.stretching import Edge, stretch

if TYPE_CHECKING:
    from ui.views.code.workspace import CodeWorkspace

V = TypeVar("V")
_Say = Callable[[Coding, Target, str], Made]
_SOON = "soon"  # stands for words that are being stored


class CodeGestures(CodeSelecting):
    """Every action on words and observations.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        inspector = self.inspector
        self.text.letter_typed.connect(self._on_letter)
        context.actions.shortcuts_changed.connect(self._reserve_letters)
        inspector.changed.connect(self._on_field_changed)
        inspector.code_added.connect(self._on_code_added)
        inspector.code_dropped.connect(self._on_code_dropped)
        inspector.code_wanted.connect(lambda: self._about_chosen(self.pick_code))
        inspector.touchpoint_wanted.connect(lambda: self._about_chosen(self.pick_touchpoint))
        inspector.stage_wanted.connect(lambda: self._about_chosen(self.pick_stage))
        inspector.play_wanted.connect(self.play_passage)
        inspector.place_wanted.connect(self._on_place_wanted)
        self.handles = Handles(self.text, context.theme, self.can_change)
        self.handles.moved.connect(self._on_moved)
        self._reserve_letters()

    def _make(
        self, target: Target, gesture: Callable[[Coding], Made], *, keep_words: bool = False
    ) -> None:
        """Do something to words or observations; to many of them beside the window.

        Words are painted before they are stored, which takes longer than the eye waits.
        """
        coding = self._coding
        if coding is None:
            return
        if target.anchor is not None:
            soon = Mark(_SOON, 0, 0, 0, 0, None, "")
            self.view.change_marks([self.text.mark_on(soon, target.anchor)], at_once=True)
        self.context.run_long(
            t("Changing observations"),
            lambda study: gesture(coding.on(study)),
            lambda ids: self._made(ids, keep_words=keep_words),
            size=len(target.ids),
            after=lambda: self.view.change_marks([], [_SOON]),
        )

    def _made(self, ids: Made, *, keep_words: bool = False) -> None:
        """Show what a gesture made, without waiting for the study to tell it."""
        if not ids or self._open is None:
            return
        self._take(ids)
        if not keep_words and self.text.textCursor().hasSelection():
            self.text.drop_selection()
        self.choose(ids)
        self.text.setFocus()

    def _take(self, ids: Sequence[str]) -> None:
        """Read observations of the open text anew."""
        if self._open is not None and self._open.source is not None:
            self._open.take(self._here(ids))

    def _here(self, ids: Sequence[str]) -> list[ObservationId]:
        """Return those of the open text; others may be selected in the codebook."""
        here = self._open.source.id if self._open is not None and self._open.source else ""
        elsewhere = {p.id for p in self.chosen if p.source.id != here}
        return [ObservationId(one) for one in ids if one not in elsewhere]

    # What can be done now

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[CodeWorkspace]]:
        return CODE_ACTIONS

    def has_place(self) -> bool:
        """Tell whether there is one observation, and its words are in this text."""
        return self.handles.mark is not None

    def has_sound(self) -> bool:
        """Tell whether the selected observation can be heard."""
        return self.passage is not None and self.passage.observation.span is not None

    def is_moment(self) -> bool:
        """Tell whether what is selected is a moment of truth."""
        return self._present(fields.MOMENT_OF_TRUTH) is True

    def stage_label(self, number: int) -> str:
        """Return the name of a stage."""
        if number <= len(self._stages):
            return self._stages[number - 1].name
        if number == len(self._stages) + 1:
            return t("New stage…")
        return t("Stage {number}", number=number)

    # Codes

    def pick_code(self) -> None:
        """Open the picker with all codes, those used last first."""
        self._ask_code("")

    def code_turn(self) -> None:
        """Select the whole turn and ask for its code."""
        self.select_turn()
        self._ask_code("")

    def _ask_code(self, typed: str) -> None:
        if self._coding is None or self.study is None or not self.can_code():
            return
        target, coding = self._target(), self._coding
        given = [code.id for passage in self.chosen for code in passage.codes]
        options = code_options(
            self.study,
            recent=coding.recent,
            given=given if target.ids else (),
            words=target.words,
        )
        self.picker.ask(
            options,
            prompt=t("Code"),
            near=self._near(),
            text=typed,
            creates="New code “{name}”",
            resolve=lambda name: resolved(options, name),
            picked=lambda key: self._make(target, lambda desk: desk.add_code(CodeId(key), target)),
            named=lambda name: self._make(target, lambda desk: desk.add_new_code(name, target)),
        )

    def code_again(self) -> None:
        """Give the last code to the selected words."""
        if self._coding is None:
            return
        target, last = self._target(), self._coding.last_code
        if last is None:
            self.pick_code()
        else:
            self._make(target, lambda desk: desk.add_code(last, target))

    def code_in_vivo(self) -> None:
        """Make the selected words a code of that name."""
        if self.text.selected_anchor() is not None:
            words = self.text.textCursor().selectedText().replace("\u2029", " ")
            target = Target(self.text.selected_anchor(), words=words)
            self._make(target, lambda desk: desk.code_in_vivo(target))

    # All else one says; words that are no observation yet become one

    def set_stage(self, number: int) -> None:
        """Put the words or observations into a stage; ask for the name of one that is missing."""
        if self._coding is None:
            return
        stages = self._coding.stages()  # keys may come before the views know a stage just made
        if number <= len(stages):
            self._set(fields.STAGE.to(stages[number - 1].id))
        else:
            say = t("There is no stage {number} yet. Name a new one.", number=number)
            self.context.signals.toast_requested.emit(say)
            self.pick_stage()

    def pick_stage(self) -> None:
        """Choose the stage of the words or the observations, or name a new one."""
        if self.study is not None:
            self._pick_place(
                stage_options(self.study),
                t("Stage"),
                "New stage “{name}”",
                lambda coding, target, key: coding.set(target, fields.STAGE.to(StageId(key))),
                lambda coding, target, name: coding.set_new_stage(target, name),
            )

    def pick_touchpoint(self) -> None:
        """Choose the touchpoint of the words or the observations, or name a new one."""
        if self.study is not None:
            self._pick_place(
                touchpoint_options(self.study),
                t("Touchpoint"),
                "New touchpoint “{name}”",
                lambda coding, target, key: coding.set(
                    target, fields.TOUCHPOINT.to(TouchpointId(key))
                ),
                lambda coding, target, name: coding.set_new_touchpoint(target, name),
            )

    def _pick_place(
        self, options: Sequence[Option], prompt: str, creates: str, give: _Say, name: _Say
    ) -> None:
        target = self._target()
        if not self.can_code():
            return
        self.picker.ask(
            options,
            prompt=prompt,
            near=self._near(),
            creates=creates,
            picked=lambda key: self._make(
                target, lambda desk: give(desk, target, key), keep_words=True
            ),
            named=lambda text: self._make(
                target, lambda desk: name(desk, target, text), keep_words=True
            ),
        )

    def rate(self) -> None:
        """Put the focus on the ratings."""
        self._need_observation()
        if self.chosen:
            self.inspector.begin_rating()

    def write_memo(self) -> None:
        """Put the focus into the memo."""
        self._need_observation()
        if self.passage is not None:
            self.inspector.begin_memo()

    def turn_kind(self) -> None:
        """Fact, perception, neither."""
        self._turn(fields.KIND)

    def turn_expectation(self) -> None:
        """Expected, had, neither."""
        self._turn(fields.EXPECTATION)

    def turn_promise(self) -> None:
        """Promise named, kept, broken, none."""
        self._turn(fields.PROMISE)

    def turn_moment(self) -> None:
        """Moment of truth or not."""
        self._turn(fields.MOMENT_OF_TRUTH)

    def _turn(self, field: fields.Noted[V]) -> None:
        self._set(field.to(field.after(self._present(field))))

    def _present(self, field: fields.Noted[V]) -> V | None:
        """Return what the observations have that a gesture is about; `None` for new words."""
        about = Together(self.chosen) if self._target().ids and self.chosen else None
        return about.value(field) if about else None

    def _set(self, given: Given[Observation]) -> None:
        target = self._target()
        if self.can_code():
            self._make(target, lambda desk: desk.set(target, given), keep_words=True)

    def _need_observation(self) -> None:
        """Make selected words an observation, for what is said about it in a moment."""
        target = self._target()
        if self.has_words() and not target.ids:
            self._make(target, lambda desk: desk.set(target), keep_words=True)

    def play_passage(self) -> None:
        """Play the selected observation from its first to its last word."""
        span = self.passage.observation.span if self.passage else None
        if self.passage and span:
            self.context.signals.play_requested.emit(
                self.passage.source.id, span.start_ms, span.end_ms
            )

    def export_clip(self) -> None:
        """Write the sound of the selected observation to a file."""
        if self.passage:
            export_clip(self.context, self, self.passage.id)

    def remove_observation(self) -> None:
        """Put the selected observations into the bin; undo brings them back."""
        ids, coding, text = self._ids, self._coding, self._open
        if coding is None or text is None or not ids:
            return
        here = self._here(ids)
        self.view.change_marks([], ids, at_once=True)

        def done(_none: None) -> None:
            self.choose([])
            if len(ids) > 1:
                say = plural(len(ids), "Removed {n} observation", "Removed {n} observations")
                self.context.signals.toast_requested.emit(say)

        self.context.run_long(
            t("Removing observations"),
            lambda study: coding.on(study).remove(ids),
            done,
            size=len(ids),
            after=lambda: text.take(here),
        )

    def stretch(self, edge: str, by: int, letters: bool) -> None:
        """Move one border of the selected observation by a word or a letter."""
        mark = self.handles.mark
        if mark is None:
            return
        anchor = self.text.anchor_of(mark)
        moved = stretch(self.text.turns, anchor, Edge(edge), by=by, letters=letters)
        if moved != anchor:
            self.view.change_marks([self.text.mark_on(mark, moved)], at_once=True)
            self._on_moved(mark.id, moved)

    def _on_moved(self, observation_id: str, anchor: TextAnchor) -> None:
        if self._coding is not None:
            try:
                self._coding.move(ObservationId(observation_id), anchor)
            finally:
                self._made((ObservationId(observation_id),), keep_words=True)

    # Letters

    def _on_letter(self, typed: str) -> None:
        """Open the picker with the letter; a capital one is the gesture of that key."""
        if typed.isupper() and (action_id := self._gesture_of(typed)):
            self.context.actions.trigger(action_id)
        else:
            self._ask_code(typed)

    def _gesture_of(self, letter: str) -> str:
        return next((name for name in GESTURES if self._key_of(name) == letter), "")

    def _key_of(self, action_id: str) -> str:
        default = next(action.shortcut for action in CODE_ACTIONS if action.id == action_id)
        return self.context.actions.changed_shortcuts.get(action_id, default).upper()

    def _reserve_letters(self) -> None:
        """Keep the small letter of coding in vivo from opening the picker."""
        self.text.reserved_letters = self._key_of("code.in_vivo").lower()

    # What the inspector asks for

    def _on_field_changed(self, given: Given[Observation]) -> None:
        if self._coding is None or not self._ids or not self.can_change():
            return
        ids = self._ids
        self.context.run_long(
            t("Changing observations"),
            lambda study: study.observations.change_all(ids, given, origin=self),
            lambda _none: self._show_again(ids),
            size=len(ids),
        )

    def _show_again(self, ids: Made) -> None:
        self._take(ids)
        self._show_passage()

    def _on_code_added(self, code_id: str) -> None:
        target = Target(ids=self._ids)
        if self.can_change():
            self._make(target, lambda desk: desk.add_code(CodeId(code_id), target), keep_words=True)

    def _on_code_dropped(self, code_id: str) -> None:
        ids, code = self._ids, CodeId(code_id)
        if self.can_change():
            self._make(Target(ids=ids), lambda desk: desk.remove_code(ids, code), keep_words=True)

    def _about_chosen(self, ask: Callable[[], None]) -> None:
        """Ask for something of the observations in the inspector, not of words selected since."""
        if self.text.textCursor().hasSelection():
            self.text.drop_selection()
        ask()

    def _on_place_wanted(self) -> None:
        anchor = self.text.selected_anchor()
        if self._coding is None or self.passage is None:
            return
        if anchor is None:
            self.context.signals.toast_requested.emit(t("Select the words first."))
            return
        observation_id = self.passage.id
        self._coding.move(observation_id, anchor)
        self._made((observation_id,))
