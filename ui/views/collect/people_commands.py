"""What is done with the people of the study: shown, added, asked, removed, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.views.collect.import_dialog import add_person
from ui.views.collect.people_pane import PeoplePane
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.collect.session_commands import in_the_bin
from ui.views.consent.dialog import ConsentDialog
from ui.views.desk import Desk
from workbench.domain.ids import ParticipantId

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace


class PeopleCommands:
    """Carries them out.

    Args:
        desk: the study.
        pane: the list of people, and the card of the one chosen.
    """

    def __init__(self, desk: Desk[CollectWorkspace], pane: PeoplePane) -> None:
        self._desk = desk
        self._study = desk.study
        self._pane = pane
        desk.hear(pane.list.chosen, self._show_card)
        desk.hear(pane.new_name.returnPressed, self.add)
        desk.hear(pane.add_button.clicked, self.add)
        desk.hear(pane.card.remove.clicked, self.remove)
        desk.hear(pane.card.consent_button.clicked, self.open_consent)
        desk.hear(pane.card.segments.clicked, self.edit_segments)
        desk.hear(pane.card.unlock.toggled, self._on_unlock)
        for control in (pane.add_button, pane.new_name):
            control.setEnabled(desk.can_change)

    def close(self) -> None:
        """Let go of what is being read."""
        self._pane.withdrawing.end()

    def refresh(self) -> None:
        """Read everything again."""
        self._pane.show_people(self._study)
        self._show_card(self._pane.list.current_id)

    def select(self, person_id: str) -> None:
        """Show one person."""
        self._pane.list.select(person_id)
        self._show_card(person_id)

    def add(self) -> None:
        """Add the person whose pseudonym was typed."""
        if name := self._pane.new_name.text().strip():
            person = add_person(self._study, name, "")
            self._pane.new_name.clear()
            self.refresh()
            self.select(person.id)

    def edit_segments(self) -> None:
        """Name, join or remove segments."""
        dialog = SegmentsDialog(self._study, self._pane.card)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def open_consent(self) -> None:
        """Show what the person chosen agreed to, and what everybody did."""
        chosen = self._pane.list.current_id
        self._open_ledger([ParticipantId(chosen)] if chosen else [])

    def open_due(self) -> None:
        """Show the people of whom something has ended."""
        self._open_ledger([one.person.id for one in self._study.ledger.due()])

    def can_remove(self) -> bool:
        """Tell whether there is a person to remove."""
        return self._desk.can_change and bool(self._pane.list.current_id)

    def withdraw(self) -> None:
        """Ask what is to go at the wish of the person chosen."""
        if chosen := self._pane.list.current_id:
            self._pane.card.leave()
            self._pane.withdrawing.begin(ParticipantId(chosen))

    def remove(self) -> None:
        """Put the person chosen into the bin."""
        if chosen := self._pane.list.current_id:
            name = self._study.people.participant(ParticipantId(chosen)).pseudonym
            self._study.people.remove(ParticipantId(chosen))
            self._desk.say(in_the_bin(name))

    def _show_card(self, person_id: str) -> None:
        if person_id in {person.id for person in self._study.people.participants()}:
            self._pane.show_card(self._study, ParticipantId(person_id))
        else:
            self._pane.hide_card()

    def _on_unlock(self, open_: bool) -> None:
        self._pane.card.show_key(self._study, open_=open_)

    def _open_ledger(self, people: list[ParticipantId]) -> None:
        self._pane.card.leave()
        self.refresh()
        dialog = ConsentDialog(self._desk.context, self._study, people, self._pane.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.erase_wanted.connect(self._on_erase)
        dialog.open()

    def _on_erase(self, person_id: str) -> None:
        self.select(person_id)
        if self._pane.list.current_id == person_id:  # else in the bin, from where it comes first
            self.withdraw()
