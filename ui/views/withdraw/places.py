"""The table of the places in which a person is, and what happens there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ui.i18n import t
from ui.plain import plain, set_tip
from workbench.domain.withdrawal import Deed, Kind, Place

_COUNT, _WHERE, _FATE = 1, 2, 3
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlaceTable(QTreeWidget):
    """Places, each in a row.

    Signals:
        opened: kind and id of what somebody wants to see.
    """

    opened = Signal(str, str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setAccessibleName(t("Places"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHeaderLabels([t("Place"), t("Count"), t("Where"), t("What happens")])
        self._places = list(places)
        for place in self._places:
            row = QTreeWidgetItem([t(place.kind.label), str(place.count), place.where, ""])
            row.setTextAlignment(_COUNT, _RIGHT)
            row.setData(_WHERE, Qt.ItemDataRole.ToolTipRole, plain(place.where))
            self.addTopLevelItem(row)
        head = self.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_WHERE, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        set_tip(self, t("Double-click a place to see it"))
        self.itemDoubleClicked.connect(lambda *_: self.open_current())
        left = (at for at, place in enumerate(self._places) if place.kind is Kind.OPEN)
        if (first := self.topLevelItem(next(left, 0))) is not None:
            self.setCurrentItem(first)  # what nobody can do but the person who reads this

    @property
    def current(self) -> Place | None:
        """Return the place that is selected."""
        row = self.currentItem()
        return self._places[self.indexOfTopLevelItem(row)] if row is not None else None

    def open_current(self) -> None:
        """Ask for what is at the place that is selected, where it can be shown."""
        place = self.current
        if place is not None and place.target is not None and place.target[1]:
            self.opened.emit(*place.target)

    def show_deed(self, deed: Deed) -> None:
        """Say what a deed does at each place."""
        for at, place in enumerate(self._places):
            row = self.topLevelItem(at)
            if row is not None:
                row.setText(_FATE, t(place.becomes(deed)))
