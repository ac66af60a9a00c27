"""What is written in the editor, kept in the study under the editor's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ui.i18n import t
from workbench.domain.anchors import Edit, TextAnchor, difference
from workbench.domain.ids import TurnId
from workbench.domain.transcript import Turn
from workbench.domain.wording import edited
from workbench.services.texts.correcting import Corrections
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
        """Change letters of one turn; what cannot be saved now is shown and waits."""
        study = self.study
        turn = self._with_waiting(study.transcripts.turn(turn_id))

        def write(text: str) -> None:
            stored = study.transcripts.turn(turn_id).text
            one = edit if edit.apply(stored) == text else difference(stored, text)
            study.corrections.edit(turn_id, one, typing=typing, origin=self._origin)

        spot = study.unsaved.spot(("turn", turn_id), t("Words of a transcript"), write)
        saved = spot.keep(edit.apply(turn.text))
        return study.transcripts.turn(turn_id) if saved else edited(turn, edit)

    def shown(self, turns: Iterable[Turn]) -> Sequence[Turn]:
        """Return turns as they are to be seen: with the words that wait to be saved."""
        if self._study is None or not self._study.unsaved.waiting:
            return turns if isinstance(turns, Sequence) else tuple(turns)
        return [self._with_waiting(turn) for turn in turns]

    def split(self, turn_id: TurnId, offset: int) -> tuple[Turn, Turn]:
        """Cut a turn in two at a code point."""
        return self._settled().split(turn_id, offset, origin=self._origin)

    def merge(self, turn_id: TurnId) -> Turn:
        """Join a turn to the one before it."""
        return self._settled().merge(turn_id, origin=self._origin)

    def cut_out(self, anchor: TextAnchor, added: str) -> Turn:
        """Put words in the place of others that may span turns."""
        return self._settled().cut_out(anchor, added, origin=self._origin)

    def part(self, anchor: TextAnchor) -> tuple[Turn, ...]:
        """Take words away that may span turns, and cut the turn there."""
        return self._settled().part(anchor, origin=self._origin)

    def _with_waiting(self, turn: Turn) -> Turn:
        text = self.study.unsaved.waiting_at(("turn", turn.id))
        if text is None or text == turn.text:
            return turn
        return edited(turn, difference(turn.text, text))

    def _settled(self) -> Corrections:
        """Return what corrects once all words are saved: the shape of turns depends on them."""
        unsaved = self.study.unsaved
        if not unsaved.try_again(patiently=True):
            raise unsaved.waiting[0].problem
        return self.study.corrections
