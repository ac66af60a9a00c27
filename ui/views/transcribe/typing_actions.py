"""The keys that steer the player while one types; they belong to the text of Transcribe alone.

They stand in a menu of the window from the start, so they are declared apart from what they act on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import Action
from ui.i18n import Phrase

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace


def has_text(it: TranscribeWorkspace) -> bool:
    """Tell whether the recording chosen has words."""
    return bool(it.text.turns)


def _typing(name: str, title: Phrase, keys: str) -> Action[TranscribeWorkspace]:
    return Action(f"transcribe.{name}", title, "Tools/Play", shortcut=keys, context="transcribe",
                  run=lambda it: it.context.actions.trigger(f"play.{name}"),
                  enabled=has_text, group=2)  # fmt: skip


# Elsewhere Tab goes to the next field.
TYPING_ACTIONS = (
    _typing("toggle", "Play or pause while typing", "Tab"),
    _typing("back", "Back 3 seconds while typing", "Alt+Left"),
    _typing("on", "On 3 seconds while typing", "Alt+Right"),
)
