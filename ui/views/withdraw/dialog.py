"""Withdraw a person: first every place is shown, then one of three is chosen, then confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ui.i18n import plural, t
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import button, label, look
from ui.views.widgets.roving import Roving
from ui.views.withdraw.places import PlaceTable
from ui.views.withdraw.unreadable import UnreadableChoice
from workbench.domain.naming import folded
from workbench.domain.people import Participant
from workbench.domain.withdrawal import Deed, Kind, Place, Unreadable

_INDENT = 28  # pixels: below the words of a choice
_CODE = 120
_VERBS = {
    Deed.QUOTES: "No longer quote",
    Deed.WORDS: "Erase the words",
    Deed.EVERYTHING: "Erase everything",
}


class WithdrawDialog(QDialog):
    """Asks what is to go.

    Args:
        person: whose wish it is.
        places: where they are in the study.
        unreadable: a recording of several people cannot be silenced, as was found when it was
            tried; else the places say so.
        parent: the window.

    Signals:
        open_wanted: kind and id of what is at a place; the dialog is closed.
    """

    open_wanted = Signal(str, str)

    def __init__(
        self,
        person: Participant,
        places: Sequence[Place],
        parent: QWidget | None = None,
        *,
        unreadable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._person = person
        self.setWindowTitle(t("Withdraw {code}", code=person.code))
        resize_to_fit(self, 860, 640)
        self.table = PlaceTable(places)
        self.choices = {deed: QRadioButton(t(deed.label)) for deed in Deed}
        self.asked = label(
            t("Neither undo nor a backup brings it back, and what was done to these texts before"
              " can no longer be undone. Type {code} to confirm:", code=person.code),
            wrap=True,
        )  # fmt: skip
        self.code = Line()
        self.code.setFixedWidth(_CODE)
        self.code.setAccessibleName(t("Code of the person, to confirm"))
        self.show_button = button(t("Show the place"))
        found = sum(place.count for place in places if place.kind is Kind.UNREADABLE)
        self.unreadable = UnreadableChoice(found) if found or unreadable else None
        self._build(places)
        self.choices[Deed.QUOTES].setChecked(True)
        Roving(self, list(self.choices.values()))
        for choice in self.choices.values():
            choice.toggled.connect(self._follow)
        self.code.textChanged.connect(self._follow)
        if self.unreadable is not None:
            self.unreadable.changed.connect(self._follow)
        self.table.opened.connect(self._on_opened)
        self.table.currentItemChanged.connect(self._follow)
        self.show_button.clicked.connect(self.table.open_current)
        self._follow()
        self.choices[Deed.QUOTES].setFocus()

    @property
    def deed(self) -> Deed:
        """Return what is chosen."""
        return next((deed for deed, one in self.choices.items() if one.isChecked()), Deed.QUOTES)

    @property
    def decided(self) -> Unreadable | None:
        """Return what becomes of recordings that cannot be silenced; `None` without any."""
        return self.unreadable.decided if self.unreadable is not None else None

    def _build(self, places: Sequence[Place]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        name = f"{self._person.pseudonym} ({self._person.code})"
        column.addWidget(label(t("What the study holds of {name}", name=name), "title"))
        left = sum(place.count for place in places if place.kind is Kind.OPEN)
        column.addWidget(self.table, 1)
        if left:
            column.addWidget(
                label(
                    plural(
                        left,
                        "In one place nobody can tell what is theirs alone. It stays as it is.",
                        "In {n} places nobody can tell what is theirs alone. They stay as they"
                        " are.",
                    ),
                    "bad", wrap=True,
                )
            )  # fmt: skip
        column.addSpacing(6)
        for deed, choice in self.choices.items():
            told = label(t(deed.told), "soft", wrap=True)
            told.setContentsMargins(_INDENT, 0, 0, 0)
            choice.setAccessibleDescription(told.text())
            column.addWidget(choice)
            column.addWidget(told)
        if self.unreadable is not None:
            column.addWidget(self.unreadable)
        confirm = QHBoxLayout()
        confirm.addWidget(self.asked, 1)
        confirm.addWidget(self.code)
        column.addSpacing(4)
        column.addLayout(confirm)
        self.foot = ask_foot(self, t(_VERBS[Deed.QUOTES]))
        self.foot.box.addButton(self.show_button, self.foot.box.ButtonRole.ActionRole)
        column.addWidget(self.foot.box)

    def _follow(self, *_: object) -> None:
        deed, place = self.deed, self.table.current
        self.table.show_deed(deed)
        for part in filter(None, (self.asked, self.code, self.unreadable)):
            part.setVisible(deed.erases)
        self.foot.main.setText(t(_VERBS[deed]))
        look(self.foot.main, "danger" if deed.erases else "primary")
        confirmed = folded(self.code.text()) == folded(self._person.code)
        decided = self.unreadable is None or self.decided is not None
        self.foot.main.setEnabled((confirmed and decided) or not deed.erases)
        self.show_button.setEnabled(place is not None and bool(place.target and place.target[1]))

    def _on_opened(self, kind: str, object_id: str) -> None:
        self.reject()
        self.open_wanted.emit(kind, object_id)


__all__ = ["WithdrawDialog"]
