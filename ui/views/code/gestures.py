"""How a gesture comes about: painted at once, then stored, and selected when it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.i18n import plural, t
from ui.views.code.coding import Coding, Made, Target
from ui.views.code.desk import CodeDesk
from ui.views.code.selection import Selection
from ui.views.code.words import Words
from ui.views.reading.marks import Mark
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import ObservationId

_SOON = "soon"  # stands for words that are being stored


class Gestures:
    """Does things to words and observations.

    Args:
        desk: the open study.
        words: are let go when they have become an observation.
        selection: shows what came of it.
    """

    def __init__(self, desk: CodeDesk, words: Words, selection: Selection) -> None:
        self._desk = desk
        self._words = words
        self._selection = selection

    def make(
        self, target: Target, gesture: Callable[[Coding], Made], *, keep_words: bool = False
    ) -> None:
        """Do something to words or observations; to many of them beside the window.

        Words are painted before they are stored, which takes longer than the eye waits.

        Args:
            target: what it is done to.
            gesture: does it, and returns what it made or changed.
            keep_words: the words stay selected.
        """
        coding, view = self._desk.coding, self._desk.panes.view
        if target.anchor is not None:
            soon = Mark(_SOON, 0, 0, 0, 0, None, "")
            view.change_marks(
                [self._desk.text.highlights.mark_on(soon, target.anchor)], at_once=True
            )
        self._desk.context.run_long(
            t("Changing observations"),
            lambda study: gesture(coding.on(study)),
            lambda ids: self.made(ids, keep_words=keep_words),
            size=len(target.ids),
            after=lambda: view.change_marks([], [_SOON]),
        )

    def made(self, ids: Made, *, keep_words: bool = False) -> None:
        """Show what a gesture made, without waiting for the study to tell it."""
        if not ids:
            return
        self.take(ids)
        if not keep_words:
            self._words.drop()
        self._selection.choose(ids)
        self._desk.text.setFocus()

    def take(self, ids: Sequence[str]) -> None:
        """Read observations of the open text anew."""
        if self._desk.opened.source is not None:
            self._desk.opened.take(self._here(ids))

    def move(self, observation_id: str, anchor: TextAnchor) -> None:
        """Put an observation on other words; if that fails it is painted back."""
        try:
            self._desk.coding.move(ObservationId(observation_id), anchor)
        finally:
            self.made((ObservationId(observation_id),), keep_words=True)

    def remove(self, ids: Made) -> None:
        """Put observations into the bin; undo brings them back."""
        desk, coding, here = self._desk, self._desk.coding, self._here(ids)
        desk.panes.view.change_marks([], ids, at_once=True)

        def done(_none: None) -> None:
            self._selection.choose([])
            if len(ids) > 1:
                desk.say(plural(len(ids), "Removed {n} observation", "Removed {n} observations"))

        desk.context.run_long(
            t("Removing observations"),
            lambda study: coding.on(study).remove(ids),
            done,
            size=len(ids),
            after=lambda: desk.opened.take(here),
        )

    def _here(self, ids: Sequence[str]) -> list[ObservationId]:
        """Return those of the open text; others may be selected in the codebook."""
        source = self._desk.opened.source
        here = source.id if source is not None else ""
        elsewhere = {p.id for p in self._selection.chosen if p.source.id != here}
        return [ObservationId(one) for one in ids if one not in elsewhere]
