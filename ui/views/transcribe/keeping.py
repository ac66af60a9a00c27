"""What is written in the editor, kept in the study under the editor's name."""

from __future__ import annotations

from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn
from workbench.study import Study


class Keeper:
    """Passes corrections on to the open study.

    Args:
        origin: who corrects; comes back in the changes, so that the echo can be told.
    """

    def __init__(self, origin: object) -> None:
        self._origin = origin
        self._study: Study | None = None

    def open(self, study: Study | None) -> None:
        """Keep corrections in another study, or in none."""
        self._study = study

    @property
    def study(self) -> Study:
        """Return the study that is corrected."""
        if self._study is None:
            raise RuntimeError("Somebody writes although no study is open.")
        return self._study

    def edit(self, turn_id: TurnId, edit: Edit, typing: str) -> Turn:
        """Change letters of one turn."""
        return self.study.transcripts.edit(turn_id, edit, typing=typing, origin=self._origin)

    def split(self, turn_id: TurnId, offset: int) -> tuple[Turn, Turn]:
        """Cut a turn in two at a code point."""
        return self.study.transcripts.split(turn_id, offset, origin=self._origin)

    def merge(self, turn_id: TurnId) -> Turn:
        """Join a turn to the one before it."""
        return self.study.transcripts.merge(turn_id, origin=self._origin)

    def cut_out(self, anchor: TextAnchor, added: str) -> Turn:
        """Put words in the place of others that may span turns."""
        return self.study.transcripts.cut_out(anchor, added, origin=self._origin)

    def part(self, anchor: TextAnchor) -> tuple[Turn, ...]:
        """Take words away that may span turns, and cut the turn there."""
        return self.study.transcripts.part(anchor, origin=self._origin)
