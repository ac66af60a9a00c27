"""Look before it leaves: what was found in a finished file, with a way to each place.

The window stays free, so that one can mend what is found and look again. What is not mended leaves
only by a decision, which is never what Enter does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.context import AppContext
from ui.i18n import plural, t
from ui.opening import Turn
from ui.plain import plain
from ui.views.widgets.fitting import resize_to_fit, screen_room, within
from ui.views.widgets.foot import foot
from ui.views.widgets.looks import button, label
from workbench.domain.excerpts import ending
from workbench.domain.looking_out import Found, What, numbers_of
from workbench.domain.names.decisions import Decision

_KINDS = {
    What.NAME: "Name",
    What.CONTACT: "Contact data",
    What.WORDS: "Not to be quoted",
    What.UNREAD: "Not searched",
    What.UNDECIDED: "Not decided",
}
_COUNTS = {
    What.NAME: ("one name", "{n} names"),
    What.CONTACT: ("one piece of contact data", "{n} pieces of contact data"),
    What.WORDS: ("one passage that may not be quoted", "{n} passages that may not be quoted"),
    What.UNREAD: ("one part that cannot be searched", "{n} parts that cannot be searched"),
    What.UNDECIDED: (
        "one proposed name that is undecided",
        "{n} proposed names that are undecided",
    ),
}
_ADVICE = (
    "“{name}” was not written yet. Show what was found, change it, and look again; or let it out as"
    " it is, which the history keeps."
)
_NAMES_ADVICE = (
    "“{name}” was not written yet. Decide in “Names…” what becomes of them, and look again; or let"
    " it out as it is: nobody asks about these names once more."
)
_PLACE, _FROM = 2, 3
_BEFORE = 12  # letters in front of what was found, which is what one looks for


class LookDialog(QDialog):
    """Lists what was found in a file that waits.

    Args:
        context: has the study, and shows its things.
        name: of the file.
        found: what was found in it, at least one.
        again: looks for it anew, and lets the file out if nothing is found any more.
        let_out: lets the file out with what was found.
        parent: the window.
    """

    def __init__(
        self,
        context: AppContext,
        name: str,
        found: Sequence[Found],
        *,
        again: Callable[[], None],
        let_out: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._found, self._name = context, list(found), name
        self._unfolded: QRect | None = None  # where it lay before it stepped aside
        self._again, self._let_out = again, let_out
        self.setWindowTitle(t("Look before it leaves"))
        resize_to_fit(self, 920, 480)
        self.verdict = label("", "title", wrap=True)
        self.advice = label("", "soft", wrap=True)
        self.list = self._table()
        self.whole = label("", "quote", wrap=True)
        self.show_button = button(t("Show"), "primary")
        self.look_again = button(t("Look again"))
        self.replace_button = button(t("Replace…"))
        self.leave_alone = button(t("Always let this out"))
        self.anyway = button(t("Export all the same"), "danger")
        cancel = button(t("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.verdict)
        column.addWidget(self.advice)
        column.addWidget(self.list, 1)
        column.addWidget(self.whole)
        self._deciding = [self.replace_button, self.leave_alone, self.anyway]
        aside = [self.look_again, *self._deciding]
        column.addWidget(foot(self, self.show_button, cancel, aside=aside))
        self.show_button.clicked.connect(self._on_show)
        self.look_again.clicked.connect(lambda: self._end(self._again))
        self.replace_button.clicked.connect(self.replace)
        self.leave_alone.clicked.connect(self.always)
        self.anyway.clicked.connect(lambda: self._end(self._let_out))
        cancel.clicked.connect(self.reject)
        self.list.currentItemChanged.connect(self._follow)
        self.list.itemDoubleClicked.connect(self.show_place)
        # What was found must not stay on the screen of a study that was closed or locked.
        context.opening.at(Turn.SHOW, self, closes=self.reject)
        self._fill()
        self.list.setFocus()

    @property
    def chosen(self) -> Found | None:
        """Return what is chosen in the list."""
        row = self.list.currentItem()
        return row.data(0, Qt.ItemDataRole.UserRole) if row is not None else None

    def show_place(self) -> None:
        """Show in the window where what is chosen comes from."""
        found = self.chosen
        if found is None or found.origin is None:
            return
        self._context.signals.open_requested.emit(found.origin.kind, found.origin.id)
        if not self.isVisible():
            return
        if found.what is What.UNDECIDED:
            self.activateWindow()  # the register was a dialog of the window, and is closed again
            self.look_again.setFocus()
        else:
            self._step_aside()

    def always(self) -> None:
        """Decide that what is chosen may always leave; without anything else, the file does."""
        found, study = self.chosen, self._context.study
        if found is None or study is None:
            return
        study.letting_out.leave_alone([found])
        self._without(found)

    def replace(self) -> None:
        """Ask what stands in the place of what is chosen, in all that leaves from now on."""
        found, study = self.chosen, self._context.study
        if found is None or found.sort is None or study is None:
            return
        instead = self._context.dialogs.ask_text(
            self,
            t("Replace in all that leaves"),
            t("What stands in the place of “{words}”, in brackets?", words=found.text),
            accept=t("Replace"),
            text=found.sort.instead,
        )
        if instead is not None:
            study.names.decide(found.text, Decision.REPLACE, sort=found.sort, instead=instead)
            self._without(found)

    def _without(self, found: Found) -> None:
        """List no more what was decided; look again when nothing is left."""
        self._found = [one for one in self._found if one.key != found.key]
        if self._found:
            self._fill()
            # Else the keys stay on what decided, or go on to what lets the file out.
            self.list.setFocus()
        else:
            self._end(self._again)

    def _on_show(self) -> None:
        if self._unfolded is None:
            self.show_place()
            return
        box, self._unfolded = self._unfolded, None
        self._show_parts()
        self.setGeometry(box)
        self.list.setFocus()

    def _step_aside(self) -> None:
        """Be a strip at the foot of the window, in which what is shown can be seen and mended."""
        window = self.parentWidget()
        if window is None or self._unfolded is not None:
            return
        self._unfolded = self.geometry()
        self._show_parts()
        strip = QSize(self.width(), self.minimumSizeHint().height())
        at = window.mapToGlobal(QPoint((window.width() - strip.width()) // 2, window.height()))
        self.setGeometry(within(QRect(at - QPoint(0, strip.height()), strip), screen_room(window)))
        window.activateWindow()

    def _show_parts(self) -> None:
        """Show the list and what decides about it, or else only the way back to it."""
        for part in (self.verdict, self.advice, self.list, *self._deciding):
            part.setVisible(self._unfolded is None)
        self._follow()
        if (column := self.layout()) is not None:
            column.activate()

    def _end(self, then: Callable[[], None]) -> None:
        self.accept()
        then()

    def _table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(t("What was found"))
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHeaderLabels([t("What"), t("Words"), t("In the file"), t("In the study")])
        head = table.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(_PLACE, 180)
        table.setColumnWidth(_FROM, 180)
        return table

    def _fill(self) -> None:
        numbers = numbers_of(self._found)
        told = [plural(numbers[what], *_COUNTS[what]) for what in What if numbers[what]]
        verdict = t("Found: {what}", what=", ".join(told))
        self.verdict.setText(verdict)
        only_open = all(one.what is What.UNDECIDED for one in self._found)
        self.advice.setText(t(_NAMES_ADVICE if only_open else _ADVICE, name=self._name))
        self.setAccessibleDescription(f"{verdict} {self.advice.text()}")
        self.list.clear()
        for one in self._found:
            self.list.addTopLevelItem(_row(one))
        if first := self.list.topLevelItem(0):
            self.list.setCurrentItem(first)

    def _follow(self) -> None:
        found, study = self.chosen, self._context.study
        self.whole.setText(_words(found) if found is not None else "")
        writable = study is not None and not study.read_only
        is_open = found is not None and found.what is What.UNDECIDED
        self.show_button.setText(t("Names…") if is_open else t("Show"))
        if self._unfolded is not None:
            self.show_button.setText(t("Show the list"))
        self.show_button.setEnabled(found is not None and found.origin is not None)
        self.replace_button.setEnabled(found is not None and found.sort is not None and writable)
        self.leave_alone.setEnabled(found is not None and writable)
        self.anyway.setEnabled(writable)


def _words(found: Found) -> str:
    if found.what is What.UNREAD:
        return t(found.text)
    if found.what is What.UNDECIDED:
        return found.text
    return f"{found.before}«{found.text}»{found.after}".strip()


def _row(found: Found) -> QTreeWidgetItem:
    whole = _words(found)
    short = _words(replace(found, before=ending(found.before, _BEFORE)))
    short = " ".join(short.split())  # what goes on in the next line, too: all rows are one high
    origin = found.origin.name if found.origin else "–"
    row = QTreeWidgetItem([t(_KINDS[found.what]), short, found.place, origin])
    row.setData(0, Qt.ItemDataRole.UserRole, found)
    for column, tip in enumerate((found.label, whole, found.place, origin)):
        if tip:
            row.setData(column, Qt.ItemDataRole.ToolTipRole, plain(tip))
    return row
