"""What was recognised in the turn with the caret: shown below the text, and put back."""

from __future__ import annotations

from ui.views.reading.turns import TurnText
from ui.views.transcribe.heard_box import HeardBox
from ui.views.writing.keeping import Keeper


class Recognised:
    """Follows the caret of a text.

    Args:
        text: what stands there now.
        box: where both are compared.
        keeper: whose study is corrected.
    """

    def __init__(self, text: TurnText, box: HeardBox, keeper: Keeper) -> None:
        self._text = text
        self._box = box
        self._keeper = keeper
        box.restore_wanted.connect(self.restore)
        box.closed.connect(self._shut)

    def toggle(self) -> None:
        """Show or hide what was recognised in the turn with the caret."""
        if self._box.isVisible():
            self._shut()
        elif self._text.turns:
            self._box.show()
            self.follow()

    def restore(self) -> None:
        """Put back what was recognised in the turn with the caret."""
        turn = self._text.selection.turn()
        if turn is not None:
            self._keeper.study.corrections.restore(turn.id)

    def follow(self) -> None:
        """Show what belongs to the turn with the caret now, if anything is shown."""
        if not self._box.isVisible():
            return
        turn = self._text.selection.turn()
        if turn is None:
            self._box.hide()
            return
        study = self._keeper.study
        said = study.corrections.recognised(turn.id)
        self._box.show_turn(turn, said, read_only=study.read_only)

    def _shut(self) -> None:
        self._box.hide()
        self._text.setFocus()
