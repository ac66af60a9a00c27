"""All else one says about words and observations; words that are no observation yet become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ui.i18n import Phrase, t
from ui.views.code.coding import Coding, Made, Target
from ui.views.code.desk import CodeDesk
from ui.views.code.gestures import Gestures
from ui.views.code.selection import Selection
from ui.views.code.together import Together
from ui.views.code.words import Words
from ui.views.picking.matching import Option
from ui.views.picking.options import stage_options, touchpoint_options
from workbench.domain.declaring import Given
from workbench.domain.fields import MOMENT_OF_TRUTH, STAGE, TOUCHPOINT, Noted
from workbench.domain.ids import StageId, TouchpointId
from workbench.domain.observation import Observation

V = TypeVar("V")
_Say = Callable[[Coding, Target, str], Made]


class FieldCommands:
    """Carries them out.

    Args:
        desk: the open study.
        words: about which something is said.
        selection: about which it is said if there are no words.
        gestures: how it is done.
    """

    def __init__(
        self, desk: CodeDesk, words: Words, selection: Selection, gestures: Gestures
    ) -> None:
        self._desk = desk
        self._words = words
        self._selection = selection
        self._gestures = gestures

    def stage_label(self, number: int) -> str:
        """Return the name of a stage."""
        stages = self._desk.stages
        if number <= len(stages):
            return stages[number - 1].name
        if number == len(stages) + 1:
            return t("New stage…")
        return t("Stage {number}", number=number)

    def set_stage(self, number: int) -> None:
        """Put the words or observations into a stage; ask for the name of one that is missing."""
        stages = self._desk.coding.stages()  # keys may come before the views know one just made
        if number <= len(stages):
            self._set(STAGE.to(stages[number - 1].id))
        else:
            self._desk.say(t("There is no stage {number} yet. Name a new one.", number=number))
            self.pick_stage()

    def pick_stage(self) -> None:
        """Choose the stage of the words or the observations, or name a new one."""
        self._pick(
            stage_options(self._desk.study),
            t("Stage"),
            "New stage “{name}”",
            lambda coding, target, key: coding.set(target, STAGE.to(StageId(key))),
            lambda coding, target, name: coding.set_new_stage(target, name),
        )

    def pick_touchpoint(self) -> None:
        """Choose the touchpoint of the words or the observations, or name a new one."""
        self._pick(
            touchpoint_options(self._desk.study),
            t("Touchpoint"),
            "New touchpoint “{name}”",
            lambda coding, target, key: coding.set(target, TOUCHPOINT.to(TouchpointId(key))),
            lambda coding, target, name: coding.set_new_touchpoint(target, name),
        )

    def turn(self, field: Noted[V]) -> None:
        """Go on to the next value of a field: fact, perception, neither."""
        self._set(field.to(field.after(self._present(field))))

    def is_moment(self) -> bool:
        """Tell whether what is selected is a moment of truth."""
        return self._present(MOMENT_OF_TRUTH) is True

    def rate(self) -> None:
        """Put the focus on the ratings."""
        self._need_observation()
        if self._selection.chosen:
            self._desk.panes.inspector.begin_rating()

    def write_memo(self) -> None:
        """Put the focus into the memo."""
        self._need_observation()
        if self._selection.passage is not None:
            self._desk.panes.inspector.begin_memo()

    def _pick(
        self, options: Sequence[Option], prompt: str, creates: Phrase, give: _Say, name: _Say
    ) -> None:
        target, make = self._selection.target(), self._gestures.make
        if not self._selection.can_code():
            return
        self._desk.panes.picker.ask(
            options,
            prompt=prompt,
            near=self._words.near(),
            creates=creates,
            picked=lambda key: make(target, lambda it: give(it, target, key), keep_words=True),
            named=lambda text: make(target, lambda it: name(it, target, text), keep_words=True),
        )

    def _present(self, field: Noted[V]) -> V | None:
        """Return what the observations have that a gesture is about; `None` for new words."""
        chosen = self._selection.chosen
        return Together(chosen).value(field) if self._selection.target().ids and chosen else None

    def _set(self, given: Given[Observation]) -> None:
        target = self._selection.target()
        if self._selection.can_code():
            self._gestures.make(target, lambda it: it.set(target, given), keep_words=True)

    def _need_observation(self) -> None:
        """Make selected words an observation, for what is said about it in a moment."""
        target = self._selection.target()
        if self._selection.has_words() and not target.ids:
            self._gestures.make(target, lambda it: it.set(target), keep_words=True)
