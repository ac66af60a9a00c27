"""Who speaks: a person to choose, a role, or a name to type; and what is asked about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.i18n import t
from ui.models.voices import offered, question, voice_label
from ui.plain import set_tip
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from ui.views.widgets.waiting import show_waiting
from workbench.domain.consent import Standing
from workbench.domain.speaking import Who
from workbench.domain.transcript import Speaker
from workbench.services.unsaved import Spot


class VoiceBox(ComboBox[str]):
    """The name of one voice.

    Args:
        roles: offer the roles of those who take no part, too.

    Signals:
        named: name, and id of the participant or "", where it is not saved here.
    """

    named = Signal(str, str)

    def __init__(self, *, roles: bool = True) -> None:
        super().__init__(t("Name of this voice"))
        self._roles = (t("Interviewer"), t("Moderator"), t("Shopper")) if roles else ()
        self._shown = ("", "")
        self._spot: Spot | None = None
        self._filled: tuple[Speaker | None, str, dict[str, str]] | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        set_tip(self, t("Who is this? Choose somebody, or type a name"))
        self.setMinimumWidth(90)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.keep)
        self.activated.connect(self._on_chosen)

    def show_voice(
        self, voice: Speaker | None, name: str, people: Mapping[str, str], spot: Spot | None
    ) -> None:
        """Show a voice; an open list does not close, and what is typed stays, while words come.

        Args:
            voice: the voice; `None` = words without one.
            name: what it is called, "" as long as it has no name.
            people: id and name of those to choose from, the likely ones first.
            spot: where a name that is typed belongs, if not to a person alone.
        """
        self._spot, name = spot, spot.shown(name) if spot else name
        show_waiting(self, spot)
        line = self.lineEdit()
        typing = line is not None and line.hasFocus() and line.isModified()
        filled = (voice, name, dict(people))
        if not typing and filled != self._filled:
            self._filled = filled
            self._fill(voice, name, people)

    def _fill(self, voice: Speaker | None, name: str, people: Mapping[str, str]) -> None:
        blocked = self.blockSignals(True)
        self.fill(
            [(pseudonym, person_id) for person_id, pseudonym in people.items()],
            [(role, "") for role in self._roles],
        )
        self.setCurrentIndex(-1)
        self.setEditText(name)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(voice_label(voice) if voice else t("Nobody yet"))
            line.setCursorPosition(0)
        self.blockSignals(blocked)
        self._shown = (name, (voice.participant_id or "") if voice else "")

    def _on_chosen(self, at: int) -> None:
        self._tell(self.itemText(at), self.value_at(at) or "")

    def keep(self) -> None:
        """Keep what was typed, now."""
        typed = self.currentText().strip()
        if typed == self._shown[0]:
            return
        at = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        self._tell(typed, self.value_at(at) or "")

    def _tell(self, name: str, person_id: str) -> None:
        if (name, person_id) != self._shown:
            self._shown, self._filled = (name, person_id), None  # whoever refuses it shows another
            if self._spot is not None and not person_id:
                self._spot.keep(name)
                show_waiting(self, self._spot)
            else:
                self.named.emit(name, person_id)


class WhoState(QWidget):
    """What is asked about a voice, and the offer to make a person of its name.

    Signals:
        person_wanted: the name.
    """

    person_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.asked = label("", "meta", wrap=True)
        self.offer = button(t("Add to the people"), "link")
        self.offer.clicked.connect(lambda: self.person_wanted.emit(self._name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.asked, 1)
        row.addWidget(self.offer)

    def show_who(
        self, who: Who, voice: Speaker | None, observations: int, said: Standing | None = None
    ) -> None:
        """Show what is asked, and that somebody is not quoted; hidden where nothing is.

        Args:
            who: who it is.
            voice: the voice; `None` = words without one.
            observations: how many depend on it.
            said: what the person behind it said to being quoted.
        """
        self._name = offered(who, voice)
        state = t(said.sentence) if said is not None and not said.allows else ""
        asked = question(who, voice, observations)
        self.asked.setText(" · ".join(filter(None, (state, asked))))
        self.offer.setVisible(bool(self._name))
        set_tip(self.offer, t("“{name}” becomes a person of the study", name=self._name))
        self.setVisible(bool(self.asked.text()))
