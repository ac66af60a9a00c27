"""The columns of a table before anything is stored: what each holds, what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import Phrase, plural, t
from ui.plain import plain
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import label
from workbench.domain.survey import SINGLE, Column, Fate, as_fated

_HEAD, _SAMPLES, _BECOMES = range(3)
_WORDS: dict[Fate, Phrase] = {
    Fate.ANSWER: "Answer",
    Fate.CODE: "Person’s code",
    Fate.PSEUDONYM: "Pseudonym",
    Fate.SEGMENT: "Segment",
    Fate.LEFT_OUT: "Left out",
}
_BETWEEN = " · "


class ColumnsDialog(QDialog):
    """Asks which columns of a table come into the study, and as what.

    A tick says whether a column comes in; the choice below the list says as what. Space and the
    choice mean all columns that are selected.

    Args:
        names: of the files; several where their columns are the same.
        columns: as they are proposed.
        chosen: as they were chosen for such a table before; what is shown first.

    Attributes:
        columns: as they are to become.
    """

    def __init__(
        self,
        names: Sequence[str],
        columns: Sequence[Column],
        chosen: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(chosen)
        self._proposed, self._first = tuple(columns), self.columns
        self._said: dict[int, Fate] = {}  # by row, what was chosen here
        self.setWindowTitle(t("Columns"))
        resize_to_fit(self, 760, 520)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([t("Column"), t("Samples"), t("Becomes")])
        self.list.setAccessibleName(t("Columns"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.becomes = ComboBox[Fate](t("Becomes"))
        self.becomes.fill([(t(word), fate) for fate, word in _WORDS.items()])
        self.told = label("", "soft", wrap=True)
        self.warning = label("", "bad", wrap=True)
        self._fill()
        self._build(names)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.currentItemChanged.connect(self._follow)
        self.becomes.activated.connect(self._on_chosen)
        self._show()

    def _build(self, names: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(t("Columns of “{file}”", file=names[0]), "title", wrap=True))
        if len(names) > 1:
            more = plural(
                len(names) - 1,
                "and of another table with the same columns: {names}",
                "and of {n} more tables with the same columns: {names}",
                names=", ".join(names[1:]),
            )
            column.addWidget(label(more, "soft", wrap=True))
        hint = t(
            "What is ticked comes into the study. The rest is stored nowhere in it, not even in"
            " its copy of the table. Columns that tell who somebody is are proposed to be left out."
        )
        column.addWidget(label(hint, "soft", wrap=True))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        name = label(t("Becomes"))
        name.setBuddy(self.becomes)
        row.addWidget(name)
        row.addWidget(self.becomes)
        row.addWidget(self.told, 1)
        column.addLayout(row)
        column.addWidget(self.warning)
        foot = ask_foot(self, t("Add"))
        self.accept_button = foot.main
        column.addWidget(foot.box)
        head = self.list.header()
        head.setStretchLastSection(False)
        for section, mode in (
            (_HEAD, QHeaderView.ResizeMode.Stretch),
            (_SAMPLES, QHeaderView.ResizeMode.Stretch),
            (_BECOMES, QHeaderView.ResizeMode.ResizeToContents),
        ):
            head.setSectionResizeMode(section, mode)

    def _fill(self) -> None:
        for one in self.columns:
            samples = _BETWEEN.join(one.samples)
            item = QTreeWidgetItem([" ".join(one.head.split()), samples, ""])
            item.setData(_HEAD, Qt.ItemDataRole.ToolTipRole, plain(one.head))
            item.setData(_SAMPLES, Qt.ItemDataRole.ToolTipRole, plain("\n".join(one.samples)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addTopLevelItem(item)

    def _show(self) -> None:
        """Show what becomes of the columns, and what follows from it."""
        with QSignalBlocker(self.list):
            for row, one in enumerate(self.columns):
                if (item := self.list.topLevelItem(row)) is not None:
                    into = one.fate is not Fate.LEFT_OUT
                    item.setCheckState(
                        _HEAD, Qt.CheckState.Checked if into else Qt.CheckState.Unchecked
                    )
                    item.setText(_BECOMES, _said(one))
        taken = [one for one in self.columns if one.fate is not Fate.LEFT_OUT]
        answers = any(one.fate is Fate.ANSWER for one in taken)
        self.told.setText(
            _coming_in(len(taken), len(self.columns))
            if answers
            else t("Tick at least one column of answers.")
        )
        private = sum(bool(one.private) for one in taken)
        self.warning.setText(
            plural(
                private,
                "One column that tells who somebody is comes into the study.",
                "{n} columns that tell who somebody is come into the study.",
            )
        )
        self.warning.setVisible(bool(private))
        self.accept_button.setEnabled(answers)
        self._follow()

    def _follow(self) -> None:
        if (row := self._row(self.list.currentItem())) >= 0:
            self.becomes.set_value(self.columns[row].fate)

    def _on_ticked(self, item: QTreeWidgetItem) -> None:
        into = item.checkState(_HEAD) is Qt.CheckState.Checked
        self._set({row: self._into(row) if into else Fate.LEFT_OUT for row in self._rows(item)})

    def _on_chosen(self) -> None:
        item, fate = self.list.currentItem(), self.becomes.value
        if item is not None and fate is not None:
            rows = [self._row(item)] if fate in SINGLE else self._rows(item)
            self._set(dict.fromkeys(rows, fate))

    def _into(self, row: int) -> Fate:
        """Return what a column becomes that comes in: what was proposed, as long as it is free."""
        now, fate = self.columns[row].fate, self._proposed[row].fate
        if now is not Fate.LEFT_OUT:
            return now
        taken = fate in SINGLE and any(one.fate is fate for one in self.columns)
        return Fate.ANSWER if taken or fate is Fate.LEFT_OUT else fate

    def _set(self, fates: dict[int, Fate]) -> None:
        """Choose; who passes over a choice with the arrows takes it from another for a moment."""
        taken = {fate for fate in fates.values() if fate in SINGLE}
        self._said = {row: fate for row, fate in self._said.items() if fate not in taken} | fates
        self.columns = as_fated(self._first, self._said)
        self._show()

    def _rows(self, item: QTreeWidgetItem) -> list[int]:
        """Return the rows that are meant: all that are selected, if this one is."""
        return [
            self._row(one) for one in (self.list.selectedItems() if item.isSelected() else [item])
        ]

    def _row(self, item: QTreeWidgetItem | None) -> int:
        return -1 if item is None else self.list.indexOfTopLevelItem(item)


def _coming_in(taken: int, columns: int) -> str:
    if taken == columns:
        return plural(columns, "The one column comes in.", "All {n} columns come in.")
    return plural(
        taken,
        "{n} of the {columns} columns comes in.",
        "{n} of the {columns} columns come in.",
        columns=columns,
    )


def _said(column: Column) -> str:
    word = t(_WORDS[column.fate])
    if column.fate is Fate.LEFT_OUT:
        return f"{word}: {t(column.reason)}" if column.reason else word
    if column.contacts:
        return plural(
            column.contacts,
            "{word}; one may hold an address or number",
            "{word}; {n} may hold an address or number",
            word=word,
        )
    return f"{word} ({t(column.private)})" if column.private else word
