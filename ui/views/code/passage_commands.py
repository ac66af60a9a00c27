"""What one does with a selected observation as a whole: hear it, resize it, remove it."""

from __future__ import annotations

from ui.i18n import t
from ui.views.code.desk import CodeDesk
from ui.views.code.gestures import Gestures
from ui.views.code.selection import Selection
from ui.views.sounding import export_clip
from workbench.domain.stretching import Edge, stretch


class PassageCommands:
    """Carries it out.

    Args:
        desk: the open study.
        selection: which observation.
        gestures: how it is done.
    """

    def __init__(self, desk: CodeDesk, selection: Selection, gestures: Gestures) -> None:
        self._desk = desk
        self._selection = selection
        self._gestures = gestures
        desk.hear(desk.panes.handles.moved, gestures.move)

    def has_sound(self) -> bool:
        """Tell whether the selected observation can be heard."""
        passage = self._selection.passage
        return passage is not None and passage.observation.span is not None

    def has_place(self) -> bool:
        """Tell whether there is one observation, and its words are in this text."""
        return self._desk.panes.handles.mark is not None

    def play(self) -> None:
        """Play the selected observation from its first to its last word."""
        passage = self._selection.passage
        span = passage.observation.span if passage else None
        if passage and span:
            self._desk.context.signals.play_requested.emit(
                passage.source.id, span.start_ms, span.end_ms
            )

    def export_clip(self) -> None:
        """Write the sound of the selected observation to a file."""
        if self._selection.passage:
            export_clip(self._desk.context, self._desk.page, self._selection.passage.id)

    def remove(self) -> None:
        """Put the selected observations into the bin; undo brings them back."""
        if self._selection.ids:
            self._gestures.remove(self._selection.ids)

    def stretch(self, edge: Edge, by: int, *, letters: bool) -> None:
        """Move one border of the selected observation by a word or a letter."""
        mark, text = self._desk.panes.handles.mark, self._desk.text
        if mark is None:
            return
        anchor = text.highlights.anchor_of(mark)
        moved = stretch(text.turns, anchor, edge, by=by, letters=letters)
        if moved != anchor:
            self._desk.panes.view.change_marks([text.highlights.mark_on(mark, moved)], at_once=True)
            self._gestures.move(mark.id, moved)

    def place(self) -> None:
        """Put the selected observation, which waits for it, on the selected words."""
        anchor, passage = self._desk.text.selected_anchor(), self._selection.passage
        if passage is None:
            return
        if anchor is None:
            self._desk.say(t("Select the words first."))
            return
        self._desk.coding.move(passage.id, anchor)
        self._gestures.made((passage.id,))
