"""What one types in the text: a letter begins the name of a code, a capital one is a gesture."""

from __future__ import annotations

from ui.views.code.actions import CODE_ACTIONS, GESTURES
from ui.views.code.desk import CodeDesk
from ui.views.code.giving_commands import GivingCommands


class Keys:
    """Hears the letters of the text.

    Args:
        desk: the open study.
        codes: asks for a code.
    """

    def __init__(self, desk: CodeDesk, codes: GivingCommands) -> None:
        self._desk = desk
        self._codes = codes
        desk.hear(desk.text.letter_typed, self._on_letter)
        desk.hear(desk.context.actions.shortcuts.remapped, self._reserve_letters)
        self._reserve_letters()

    def _on_letter(self, typed: str) -> None:
        """Open the picker with the letter; a capital one is the gesture of that key."""
        if typed.isupper() and (action_id := self._gesture_of(typed)):
            self._desk.context.actions.trigger(action_id)
        else:
            self._codes.pick(typed)

    def _gesture_of(self, letter: str) -> str:
        return next((name for name in GESTURES if self._key_of(name) == letter), "")

    def _key_of(self, action_id: str) -> str:
        default = next(action.shortcut for action in CODE_ACTIONS if action.id == action_id)
        return self._desk.context.actions.shortcuts.changed.get(action_id, default).upper()

    def _reserve_letters(self) -> None:
        """Keep the small letter of coding in vivo from opening the picker."""
        self._desk.text.reserved_letters = self._key_of("code.in_vivo").lower()
