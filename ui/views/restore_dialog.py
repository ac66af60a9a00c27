"""The backups of a study: when each was made and what it holds, to go back to one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import plural, t, when
from ui.plain import plain
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import label
from workbench.domain.figures import rounded
from workbench.services.keeping.backups import Backup, Backups, Reason

_MB = 1_000_000
_WHY = {
    Reason.BY_HAND: "made by hand",
    Reason.ROUTINE: "while working",
    Reason.IMPORT: "before an import",
    Reason.MERGE: "before a merge",
    Reason.REMOVAL: "before a removal",
    Reason.REWIND: "before going back",
    Reason.UPDATE: "before an update",
    Reason.RESTORE: "before a restore",
}
_HOLDS = {
    "sessions": ("one session", "{n} sessions"),
    "sources": ("one source", "{n} sources"),
    "codes": ("one code", "{n} codes"),
    "observations": ("one observation", "{n} observations"),
    "insights": ("one insight", "{n} insights"),
}


class RestoreDialog(QDialog):
    """Offers the backups of a study.

    Args:
        backups: of a study that is closed, or may be damaged.
        parent: the window.
    """

    def __init__(self, backups: Backups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Restore a backup"))
        resize_to_fit(self, 860, 440)
        self._backups = backups
        self.list = QTreeWidget()
        self.list.setAccessibleName(t("Backups"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels([t("Made"), t("Why"), t("Holds"), t("Size")])
        for one in backups.all():
            self.list.addTopLevelItem(self._row(one))
        head = self.list.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(8)
        whole.addWidget(
            label(
                t("The study becomes what it was then. What is there now is kept as a backup, too;"
                  " recordings stay as they are."),
                "soft", wrap=True,
            )
        )  # fmt: skip
        whole.addWidget(self.list, 1)
        self.foot = ask_foot(self, t("Restore"))
        whole.addWidget(self.foot.box)
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemDoubleClicked.connect(lambda *_: self.foot.main.click())
        if first := next((row for row in self._rows() if not row.isDisabled()), None):
            self.list.setCurrentItem(first)
        self._follow()
        self.list.setFocus()

    @property
    def chosen(self) -> Backup | None:
        """Return the backup that is chosen."""
        rows = self.list.selectedItems()
        return rows[0].data(0, Qt.ItemDataRole.UserRole) if rows else None

    def _rows(self) -> list[QTreeWidgetItem]:
        rows = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [row for row in rows if row is not None]

    def _row(self, one: Backup) -> QTreeWidgetItem:
        held = self._backups.holds(one)
        words = ", ".join(plural(count, *_HOLDS[what]) for what, count in held.items() if count)
        inside = (words or t("nothing yet")) if held else t("damaged")
        row = QTreeWidgetItem(
            [
                when(one.at),
                t(_WHY[one.reason]) if one.reason is not None else one.file.name,
                inside,
                t("{mb} MB", mb=rounded(one.size / _MB, 1)),
            ]
        )
        row.setData(0, Qt.ItemDataRole.UserRole, one)
        row.setData(2, Qt.ItemDataRole.ToolTipRole, plain(inside))
        row.setDisabled(not held)
        return row

    def _follow(self) -> None:
        self.foot.main.setEnabled(self.chosen is not None)
