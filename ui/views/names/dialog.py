"""“Names…”: what may be a name in the study, and what the researcher decides about it.

The study is read beside the window. What is decided is kept at once, in a step of its own that undo
takes back, and the next string to be decided comes in sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.attempts import attempt
from ui.bridge.long_steps import LARGE
from ui.bridge.reading import ReadBeside
from ui.context import AppContext
from ui.i18n import t
from ui.views.drawer.frame import filter_field, holds_all
from ui.views.names.pane import NamePane
from ui.views.undo_here import UndoHere
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import label
from ui.views.widgets.side_list import SideList, SideRow
from workbench.domain.change import ChangeSet, Op, TableName
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision, Entry, typed
from workbench.study import Study

_TABLES: tuple[TableName, ...] = ("name_decision", "key", "participant")


class NamesDialog(QDialog):
    """The register.

    Args:
        context: everything the window shares.
        study: the study.
        parent: the window.

    Attributes:
        filter, kind: what is listed.
        list: the strings, those to be decided first.
        pane: the one that is looked at.
        undo: takes the newest decision back.
    """

    def __init__(self, context: AppContext, study: Study, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._study = context, study
        self._entries: list[Entry] = []
        self._typed: Entry | None = None
        self._reader, self._looker = ReadBeside(self), ReadBeside(self)
        self.setWindowTitle(t("Names"))
        resize_to_fit(self, 860, 540)
        self.filter = filter_field(t("Find or enter a name"), t("Find or enter a name"))
        self.kind: ComboBox[str] = ComboBox(t("Kinds that are listed"))
        self.kind.fill([(t("All kinds"), ""), *((t(sort.label), sort.value) for sort in Sort)])
        self.list = SideList(context.theme, t("Names"))
        self.list.hint = t("Looking for names…")
        self.pane = NamePane(context, read_only=study.read_only)
        self.undo = UndoHere(context, study, self, Op.DECIDE_NAME).button
        self._build()
        self._connect()
        self._read()
        self.filter.setFocus()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.filter)
        left.addWidget(self.kind)
        left.addWidget(self.list, 1)
        body = QHBoxLayout()
        body.addLayout(left, 2)
        body.addWidget(self.pane, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(t("Names"), "title"))
        column.addWidget(
            label(t("Decide once what becomes of each name in everything that leaves the study. "
                    "Real names of people are replaced without a decision."), "soft", wrap=True)
        )  # fmt: skip
        column.addLayout(body, 1)
        column.addWidget(close_foot(self, aside=[self.undo]))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._fill)
        self.kind.currentIndexChanged.connect(self._fill)
        # Only then: the field keeps Enter as long as it has the focus.
        self.filter.returnPressed.connect(lambda: QTimer.singleShot(0, self.list, self._go_down))
        self.list.chosen.connect(self._on_chosen)
        self.pane.decided.connect(self._on_decided)
        self.pane.place_wanted.connect(self._on_place)
        leave = self._study.subscribe(self._on_changed)
        self.finished.connect(lambda _: leave())
        for reader in (self._reader, self._looker):
            self.finished.connect(lambda _, reader=reader: reader.end())

    # --- what there is

    def _read(self) -> None:
        self._reader.ask(
            self._study, lambda study: study.names.everything(), self._show, size=LARGE
        )

    def _show(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self.list.hint = t("Nothing in the study looks like a name.")
        self._fill()
        if not self.list.current_id:
            self._go_on("")

    def _fill(self) -> None:
        words = self.filter.text().casefold().split()
        sort = self.kind.value
        seen = [
            one
            for one in self._entries
            if holds_all(one.written, words) and sort in ("", one.sort.value)
        ]
        if self._entries and not seen:
            self.list.hint = t("No name fits the filter.")
        was_typed = self._typed is not None and self.list.current_id == _id(self._typed)
        self._take_typed()
        self.list.show_rows(list(_rows(seen, self._typed)))
        if self._typed is not None and (was_typed or not seen):
            self.list.select(_id(self._typed))
        self._on_chosen(self.list.current_id)

    def _entry(self, row_id: str) -> Entry | None:
        listed = [*self._entries, self._typed] if self._typed else self._entries
        return next((one for one in listed if _id(one) == row_id), None)

    def _on_chosen(self, row_id: str) -> None:
        entry = self._entry(row_id)
        self.pane.show_entry(entry)
        if entry is not None and entry.count < 0:
            self._looker.ask(
                self._study,
                lambda study: study.names.looked_up(entry.written),
                self._on_looked_up,
                size=LARGE,
            )

    def _take_typed(self) -> None:
        """Offer what is typed above as a string of its own, where the list has it nowhere."""
        wanted = typed(" ".join(self.filter.text().split()))
        known = {one.folded for one in self._entries}
        if self._study.read_only or not wanted.may_be_name or wanted.folded in known:
            self._typed = None
        elif self._typed is None or self._typed.written != wanted.written:
            self._typed = wanted

    def _on_looked_up(self, found: Entry) -> None:
        if self._typed is not None and self._typed.written == found.written:
            self._typed = found
            self._fill()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.origin is not self and changes.touches(*_TABLES):
            self._read()

    # --- what one does

    def _on_decided(self, decision: Decision, sort: Sort, instead: str) -> None:
        entry = self._entry(self.list.current_id)
        if entry is not None:
            attempt(self._context, self, lambda: self._decide(entry, decision, sort, instead))

    def _decide(self, entry: Entry, decision: Decision, sort: Sort, instead: str) -> None:
        """Keep a decision, and go on to the next string that waits for one."""
        names = self._study.names
        with self._study.step(Op.DECIDE_NAME, origin=self):
            if decision is Decision.OPEN:
                names.forget(entry.written)
            else:
                names.decide(entry.written, decision, sort=sort, instead=instead)
        if decision is Decision.OPEN:
            self._read()
            return
        shown = instead or sort.instead
        new = entry is self._typed
        if new:
            self._entries.append(entry)
        at = self._entries.index(entry)
        self._entries[at] = replace(entry, decision=decision, sort=sort, instead=shown)
        if new:
            self.filter.clear()
        behind = [one for one in self._entries[at + 1 :] if one.decision is Decision.OPEN]
        self._fill()
        if entry.decision is Decision.OPEN:
            self._go_on(_id(entry) if new else _id(behind[0]) if behind else "")
        if entry.count < 0:
            self._read()  # where it stands, too

    def _go_on(self, row_id: str) -> None:
        """Choose a string, or the first of the list."""
        self.list.select(row_id or next((_id(one) for one in self._entries), ""))
        self.pane.show_entry(self._entry(self.list.current_id))

    def _go_down(self) -> None:
        self.list.setFocus()

    def _on_place(self, number: int) -> None:
        entry = self._entry(self.list.current_id)
        if entry is not None:
            place = entry.places[number]
            self.accept()
            self._context.signals.open_requested.emit(place.table, place.id)


def _rows(entries: Sequence[Entry], new: Entry | None) -> Iterator[SideRow]:
    """Go through the rows: those to be decided, those decided, real names, what is typed."""
    groups = (
        (t("To decide"), [one for one in entries if one.decision is Decision.OPEN]),
        (t("Decided"), [o for o in entries if o.decision is not Decision.OPEN and not o.person]),
        (t("Real names"), [one for one in entries if one.person]),
        (t("Not in the list"), [new] if new else []),
    )
    for heading, listed in groups:
        if listed:
            yield SideRow("", heading, str(len(listed)))
        for one in listed:
            mark = "accent" if one.decision is Decision.OPEN else ""
            yield SideRow(_id(one), one.written, str(max(one.count, 0) or ""), mark=mark)


def _id(entry: Entry) -> str:
    return f"{entry.person}:{entry.folded}"
