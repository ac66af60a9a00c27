"""From one place that somebody should check to the next: doubtful words, speech without words."""

from __future__ import annotations

from collections.abc import Callable

from ui.i18n import t
from ui.views.reading.turns import TurnText
from ui.views.transcribe.gap_marks import GapMarks
from ui.views.writing.keeping import Keeper
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn, doubtful
from workbench.domain.voices import SPEAKS_OVER, without


class Checking:
    """Goes through the doubtful places of a text.

    Args:
        text: where they are.
        gaps: the speech without words in it.
        keeper: whose study is corrected.
        say: shows a sentence for a moment.
    """

    def __init__(
        self, text: TurnText, gaps: GapMarks, keeper: Keeper, say: Callable[[str], object]
    ) -> None:
        self._text = text
        self._gaps = gaps
        self._keeper = keeper
        self._say = say

    def next(self) -> None:
        """Go to the next doubtful word, or to speech without words."""
        self._go(back=False)

    def previous(self) -> None:
        """Go to the doubtful place before."""
        self._go(back=True)

    def can_dismiss(self) -> bool:
        """Tell whether there is speech without words beside the turn with the caret."""
        return not self._text.isReadOnly() and self._gaps.near() is not None

    def dismiss(self) -> None:
        """Say that there is nothing to write at the speech without words beside the caret."""
        turn, gap = self._text.selection.turn(), self._gaps.near()
        if turn is not None and gap is not None:
            self._keeper.study.corrections.dismiss_unheard(turn.transcript_id, gap.start_ms)

    def _go(self, *, back: bool) -> None:
        self._text.setFocus()
        if not self.go_on(back=back):
            self._say(t("Nothing doubtful in this text."))

    def go_on(self, *, back: bool = False) -> bool:
        """Select the next word, or the begin of the next turn, that somebody should check.

        Goes on at the other end of the text; tells whether there is one.
        """
        turns = self._text.turns
        if not turns:
            return False
        gaps: dict[TurnId, list[int]] = {}
        for gap in self._gaps.all():
            gaps.setdefault(gap.turn_id, []).append(gap.at)
        row, point = self._text.selection.begin()
        last = len(turns) - 1
        onward = [*range(row, last + 1), *range(row + 1)]
        rows = [*range(row, -1, -1), *range(last, row - 1, -1)] if back else onward
        for step, at in enumerate(rows):
            places = sorted(
                [*_doubtful(turns[at]), *((gap, gap) for gap in gaps.get(turns[at].id, ()))]
            )
            if step == 0:
                places = [one for one in places if (one[0] < point if back else one[0] > point)]
            if places:
                start, end = places[-1 if back else 0]
                self._text.selection.put(at, start, length=end - start)
                return True
        return False


def _doubtful(turn: Turn) -> list[tuple[int, int]]:
    words = [(word.start, word.end) for word in doubtful(turn.words)]
    if without(turn.doubt, SPEAKS_OVER) and turn.text:
        first = (turn.words[0].start, turn.words[0].end) if turn.words else (0, 0)
        words = words if first in words else [first, *words]
    return words
