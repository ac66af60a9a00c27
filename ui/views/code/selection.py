"""What is selected in Code: words, one observation, or several; commands do things to it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.views.code.coding import Made, Target
from ui.views.code.desk import CodeDesk
from ui.views.code.together import Together
from ui.views.code.words import Words
from ui.views.reading.text import ReadingText
from workbench.domain.anchors import surroundings
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Passage
from workbench.study import Study


class Selection:
    """Selects observations and shows them at the right.

    Args:
        desk: the open study.
        words: may be selected as well, and come first.

    Attributes:
        ids: the observations, the last one where keys go on from.
        chosen: the same with all around them.
    """

    def __init__(self, desk: CodeDesk, words: Words) -> None:
        self._desk = desk
        self._words = words
        self.ids: Made = ()
        self.chosen: tuple[Passage, ...] = ()
        panes = desk.panes
        self._passages = panes.codebook.passages
        desk.hear(panes.view.mark_pressed, self._on_mark_pressed)
        desk.hear(panes.clicks.joined, self.join)
        desk.hear(panes.clicks.reached, self.reach)
        desk.hear(self._passages.list.selectionModel().selectionChanged, self._on_passages_chosen)
        desk.hear(desk.context.theme.changed, self.show)

    @property
    def passage(self) -> Passage | None:
        """Return the selected observation with all around it, if there is just one."""
        return self.chosen[0] if len(self.chosen) == 1 else None

    # What can be done with it

    def has_words(self) -> bool:
        """Tell whether words are selected that can be changed."""
        return self._desk.can_change and self._desk.text.selected_anchor() is not None

    def has_observation(self) -> bool:
        """Tell whether an observation is selected that can be changed, or several."""
        return self._desk.can_change and bool(self.chosen)

    def can_code(self) -> bool:
        """Tell whether there is something to give a code to."""
        return self.has_words() or self.has_observation()

    def can_note(self) -> bool:
        """Tell whether there is one thing to write a memo on."""
        return self.has_words() or (self._desk.can_change and self.passage is not None)

    def target(self) -> Target:
        """Return what a gesture is about: new words, or the selected observations."""
        anchor = self._desk.text.selected_anchor()
        if anchor is None:
            return Target(ids=self.ids, words=" ".join(p.words for p in self.chosen))
        words = self._words.spelled()
        if self.passage is not None and self.passage.observation.anchor == anchor:
            return Target(ids=self.ids, words=words)
        return Target(anchor, words=words)

    # Selecting

    def choose(self, ids: Sequence[str], *, reveal: bool = False) -> None:
        """Select observations; the last one is where keys go on from."""
        self._desk.panes.inspector.flush()
        if not ids and not self.ids:
            return
        self.ids = tuple(ObservationId(one) for one in dict.fromkeys(ids) if one)
        last = self.ids[-1] if self.ids else ""
        self._desk.text.highlights.select(last, also=self.ids, reveal=reveal)
        self.show()

    def join(self, observation_id: str) -> None:
        """Select one more observation, or one less."""
        ids: list[str] = [one for one in self.ids if one != observation_id]
        if observation_id not in self.ids:
            ids.append(observation_id)
        self.choose(ids)
        self._desk.text.setFocus()

    def reach(self, observation_id: str) -> None:
        """Select all observations from the selected one to another."""
        text = self._desk.text
        ids = [mark.id for mark in text.marks.all()]
        known = [ids.index(one) for one in (text.highlights.selected, observation_id) if one in ids]
        if not known:
            return
        between = ids[min(known) : max(known) + 1]
        self.choose(between if between[-1] == observation_id else between[::-1])
        text.setFocus()

    def select_all(self) -> None:
        """Select all observations that are shown."""
        self._desk.opened.complete()
        self.choose([mark.id for mark in self._desk.text.marks.all()])

    def step(self, by: int, *, join: bool = False) -> None:
        """Select the next observation of the text (1), or the one before (-1).

        Args:
            by: how far.
            join: what is selected stays so; going back over what was joined takes it off again.
        """
        self._desk.opened.complete()
        text = self._desk.text
        ids = [mark.id for mark in text.marks.all()]
        if not ids:
            return
        if text.highlights.selected in ids:
            at = ids.index(text.highlights.selected) + by
        else:
            at = _next_from_caret(text, by)
        there = ids[at % len(ids)]
        if join:
            kept = [one for one in self.ids if one != there]
            if there in self.ids and self.ids[-2:-1] == (there,):
                kept = [one for one in self.ids[:-1] if one != there]
            self.choose([*kept, there], reveal=True)
        else:
            self.choose([there], reveal=True)

    def leave(self) -> bool:
        """Select less: no words, else one observation, else none; tell whether that was so."""
        if self._words.selected:
            self._words.drop()
        elif len(self.ids) > 1:
            self.choose(self.ids[-1:])
        elif self.ids:
            self.choose([])
        else:
            return False
        return True

    def show(self) -> None:
        """Read the selected observations and show them at the right."""
        desk, inspector = self._desk, self._desk.panes.inspector
        known = desk.opened.passage(self.ids[0]) if len(self.ids) == 1 else None
        found = [known] if known else []
        if self.ids and not found:
            found = desk.study.passages.read(self.ids)
        self.chosen = tuple(one for one in found if one.observation.deleted_at is None)
        kept = tuple(passage.id for passage in self.chosen)
        if kept != self.ids:  # else what comes back looks selected, and is not
            self.ids = kept
            desk.text.highlights.select(kept[-1] if kept else "", also=kept)
        inspector.show_together(Together(self.chosen) if self.chosen else None, desk.stages)
        only = self.passage
        if only is not None:
            around = _around(desk.text, only)
            inspector.show_surroundings(*around, coder=_coder_of(desk.study, only))
        desk.follow()
        desk.panes.show_one(only is not None)

    def _on_mark_pressed(self, mark_id: str) -> None:
        self.choose([mark_id])
        self._desk.text.setFocus()

    def _on_passages_chosen(self) -> None:
        """Edit together what is selected in the codebook's list, of whatever text it is."""
        chosen = self._passages.chosen()
        if chosen and self._passages.list.hasFocus():
            self.choose(chosen)


def _next_from_caret(text: ReadingText, by: int) -> int:
    """Return the place of the first mark behind the caret, or of the last one before it."""
    cursor = text.textCursor()
    here = (cursor.blockNumber(), cursor.positionInBlock())
    before = sum((mark.first, mark.start) < here for mark in text.marks.all())
    return before if by > 0 else before - 1


def _around(text: ReadingText, passage: Passage) -> tuple[str, str]:
    anchor = passage.observation.anchor
    if anchor is None:
        return "", ""
    first, last = text.row_of(anchor.first_turn), text.row_of(anchor.last_turn)
    if first < 0 or last < 0:
        return "", ""
    return surroundings(text.turns, first, last, anchor)


def _coder_of(study: Study, passage: Passage) -> str:
    wanted = passage.observation.coder_id
    return next((coder.name for coder in study.coders.all() if coder.id == wanted), "")
