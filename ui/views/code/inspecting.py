"""What the inspector asks for, done to the observations it shows."""

from __future__ import annotations

from collections.abc import Callable

from ui.i18n import t
from ui.views.code.coding import Made, Target
from ui.views.code.desk import CodeDesk
from ui.views.code.field_commands import FieldCommands
from ui.views.code.gestures import Gestures
from ui.views.code.giving_commands import GivingCommands
from ui.views.code.passage_commands import PassageCommands
from ui.views.code.selection import Selection
from ui.views.code.words import Words
from workbench.domain.declaring import Given
from workbench.domain.ids import CodeId
from workbench.domain.observation import Observation


class Inspecting:
    """Does what the inspector asks for.

    Args:
        desk: the open study.
        words: are let go first, for it is not about them.
        selection: what the inspector shows.
        gestures: how it is done.
        codes: asks for a code.
        fields: asks for a stage or a touchpoint.
        passage: plays it, and places it.
    """

    def __init__(
        self,
        desk: CodeDesk,
        words: Words,
        selection: Selection,
        gestures: Gestures,
        *,
        codes: GivingCommands,
        fields: FieldCommands,
        passage: PassageCommands,
    ) -> None:
        self._desk = desk
        self._words = words
        self._selection = selection
        self._gestures = gestures
        inspector = desk.panes.inspector
        desk.hear(inspector.changed, self._on_changed)
        desk.hear(inspector.code_added, self._on_code_added)
        desk.hear(inspector.code_dropped, self._on_code_dropped)
        desk.hear(inspector.code_wanted, lambda: self._about_chosen(codes.pick))
        desk.hear(inspector.touchpoint_wanted, lambda: self._about_chosen(fields.pick_touchpoint))
        desk.hear(inspector.stage_wanted, lambda: self._about_chosen(fields.pick_stage))
        desk.hear(inspector.play_wanted, passage.play)
        desk.hear(inspector.place_wanted, passage.place)

    def _on_changed(self, given: Given[Observation]) -> None:
        ids = self._selection.ids
        if ids and self._desk.can_change:
            self._desk.context.run_long(
                t("Changing observations"),
                lambda study: study.observations.change_all(ids, given, origin=self._desk.page),
                lambda _none: self._show_again(ids),
                size=len(ids),
            )

    def _show_again(self, ids: Made) -> None:
        self._gestures.take(ids)
        self._selection.show()

    def _on_code_added(self, code_id: str) -> None:
        target, code = Target(ids=self._selection.ids), CodeId(code_id)
        if self._desk.can_change:
            self._gestures.make(target, lambda it: it.add_code(code, target), keep_words=True)

    def _on_code_dropped(self, code_id: str) -> None:
        target, code = Target(ids=self._selection.ids), CodeId(code_id)
        if self._desk.can_change:
            self._gestures.make(
                target, lambda it: it.remove_code(target.ids, code), keep_words=True
            )

    def _about_chosen(self, ask: Callable[[], None]) -> None:
        """Ask for something of the observations in the inspector, not of words selected since."""
        self._words.drop()
        ask()
