"""Giving codes to words and observations: the commands, for keys, menus and the palette."""

from __future__ import annotations

from ui.i18n import t
from ui.views.code.coding import Target
from ui.views.code.desk import CodeDesk
from ui.views.code.gestures import Gestures
from ui.views.code.selection import Selection
from ui.views.code.words import Words
from ui.views.picking.matching import resolved
from ui.views.picking.options import code_options
from workbench.domain.ids import CodeId


class GivingCommands:
    """Carries them out.

    Args:
        desk: the open study.
        words: get a code.
        selection: gets one if there are no words.
        gestures: how it is done.
    """

    def __init__(
        self, desk: CodeDesk, words: Words, selection: Selection, gestures: Gestures
    ) -> None:
        self._desk = desk
        self._words = words
        self._selection = selection
        self._gestures = gestures

    def pick(self, typed: str = "") -> None:
        """Open the picker with all codes, those used last first.

        Args:
            typed: the first letters of a name.
        """
        if not self._selection.can_code():
            return
        target, coding = self._selection.target(), self._desk.coding
        given = [code.id for passage in self._selection.chosen for code in passage.codes]
        options = code_options(
            self._desk.study,
            recent=coding.recent,
            given=given if target.ids else (),
            words=target.words,
        )
        make = self._gestures.make
        self._desk.panes.picker.ask(
            options,
            prompt=t("Code"),
            near=self._words.near(),
            text=typed,
            creates="New code “{name}”",
            resolve=lambda name: resolved(options, name),
            picked=lambda key: make(target, lambda it: it.add_code(CodeId(key), target)),
            named=lambda name: make(target, lambda it: it.add_new_code(name, target)),
        )

    def pick_for_turn(self) -> None:
        """Select the whole turn and ask for its code."""
        self._words.select_turn()
        self.pick()

    def give_again(self) -> None:
        """Give the last code to the selected words."""
        target, last = self._selection.target(), self._desk.coding.last_code
        if last is None:
            self.pick()
        else:
            self._gestures.make(target, lambda it: it.add_code(last, target))

    def give_in_vivo(self) -> None:
        """Make the selected words a code of that name."""
        anchor = self._desk.text.selected_anchor()
        if anchor is not None:
            target = Target(anchor, words=self._words.spelled())
            self._gestures.make(target, lambda it: it.code_in_vivo(target))
