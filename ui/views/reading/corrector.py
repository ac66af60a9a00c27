"""Who keeps what is written in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn


class Corrector(Protocol):
    """Keeps what is written; each method returns the turns as they are then."""

    def edit(self, turn_id: TurnId, edit: Edit, typing: str) -> Turn:
        """Change letters of one turn; changes that are one edit come with the same `typing`."""

    def shown(self, turns: Iterable[Turn]) -> Sequence[Turn]:
        """Return turns with the words that wait to be saved."""

    def split(self, turn_id: TurnId, offset: int) -> tuple[Turn, Turn]:
        """Cut a turn in two at a code point."""

    def merge(self, turn_id: TurnId) -> Turn:
        """Join a turn to the one before it."""

    def cut_out(self, anchor: TextAnchor, added: str) -> Turn:
        """Put words in the place of others that may span turns."""

    def part(self, anchor: TextAnchor) -> Sequence[Turn]:
        """Take words away that may span turns, and cut the turn there."""
