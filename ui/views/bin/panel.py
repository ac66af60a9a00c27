"""What was removed, with who did it and what hangs on it; one or several come back at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.context import AppContext
from ui.i18n import Phrase, moment, plural, t
from ui.views.drawer.frame import filter_field, holds_all, lay_out, under_days
from ui.views.hearing import Hearing
from ui.views.widgets.looks import button, label
from ui.views.widgets.side_list import SideList, SideRow
from workbench.domain import counts
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.typed import shorten
from workbench.services.history.bin import Binned

_KINDS = {
    "person": "Person", "session": "Session", "source": "Source", "code": "Code",
    "observation": "Observation", "insight": "Insight", "opportunity": "Opportunity",
    "segment": "Segment", "stage": "Stage", "touchpoint": "Touchpoint", "memo": "Memo",
    "question": "Question",
}  # fmt: skip
_READS: tuple[TableName, ...] = (
    "participant", "session", "source", "code", "observation", "insight", "opportunity", "segment",
    "stage", "touchpoint", "memo", "form_item",
    # and what hangs on them
    "attendance", "observation_code", "evidence", "visit_answer", "coder",
)  # fmt: skip


class BinPanel(QWidget):
    """The bin of the open study, removed last first.

    Args:
        context: everything the window shares.
    """

    title: Phrase = "Bin"

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.hearing = Hearing(self.refresh, reads=_READS)
        self._items: dict[str, Binned] = {}
        self.search = filter_field(
            t("Filter by name, kind, or who removed it"), t("Filter the bin")
        )
        self.list = SideList(context.theme, t("Removed"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.detail = label("", "meta", wrap=True)
        self.back = button(t("Restore"), "primary")
        lay_out(self, [self.search], self.list, [self.detail, self.back])
        self.setFocusProxy(self.list)
        self.search.textChanged.connect(self._show)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.list.activated.connect(lambda _index: self.restore())
        self.back.clicked.connect(self.restore)
        self._tell()

    def refresh(self, _changes: ChangeSet | None = None) -> None:
        """Read the bin anew."""
        study = self._context.study
        self._items = {one.id: one for one in study.bin.items()} if study else {}
        self._show()

    @property
    def chosen(self) -> list[Binned]:
        """Return what is selected, from the top down."""
        found = self.list.selectionModel().selectedIndexes()
        rows: list[SideRow] = [index.data(Qt.ItemDataRole.UserRole) for index in found]
        wanted = {row.id for row in rows}
        return [one for one in self._items.values() if one.id in wanted]

    def restore(self) -> None:
        """Put back what is selected, with what went along."""
        study, chosen = self._context.study, self.chosen
        if study is None or study.read_only or not chosen:
            return
        self._context.run_long(
            t("Putting back from the bin"),
            lambda study: study.bin.restore([one.id for one in chosen]),
            lambda done: self._say_restored(chosen, done.notes),
            size=len(chosen),
            after=self.refresh,
        )

    def _say_restored(self, chosen: list[Binned], notes: Sequence[str]) -> None:
        sentence = (
            t("Restored: “{name}”", name=shorten(chosen[0].name))
            if len(chosen) == 1
            else plural(len(chosen), "Restored one thing", "Restored {n} things")
        )
        self._context.signals.toast_requested.emit(" ".join((f"{sentence}.", *notes)))

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        shown = [
            one
            for one in self._items.values()
            if holds_all(f"{one.name} {_KINDS[one.kind]} {one.removed_by}", words)
        ]
        self.list.hint = (
            t("Nothing like this in the bin. Clear the filter to see all.")
            if words
            else t("The bin is empty. What you remove waits here, and can be put back.")
        )
        self.list.show_rows(bin_rows(shown))
        self._tell()

    def _tell(self) -> None:
        study, chosen = self._context.study, self.chosen
        self.back.setEnabled(bool(chosen) and study is not None and not study.read_only)
        if len(chosen) == 1:
            self.detail.setText(told(chosen[0]))
        elif chosen:
            self.detail.setText(plural(len(chosen), "One thing", "{n} things are selected."))
        else:
            self.detail.setText(
                t(
                    "Codes taken off a passage, evidence taken from an insight, joined turns and"
                    " merged voices are not here; Undo takes those back."
                )
            )


def bin_rows(items: Sequence[Binned]) -> list[SideRow]:
    """Return the rows of the bin, under the days of removal."""
    rows = ((one.removed_at, SideRow(one.id, one.name, t(_KINDS[one.kind]))) for one in items)
    return list(under_days(rows))


def told(one: Binned) -> str:
    """Return what hangs on something, when it was removed and by whom."""
    time = moment(one.removed_at).time
    parts = [
        t(_KINDS[one.kind]),
        _held(one.holds),
        t("removed at {time}", time=time) if time else "",
        t("by {name}", name=one.removed_by) if one.removed_by else "",
    ]
    return " · ".join(part for part in parts if part)


def _held(holds: Mapping[str, int]) -> str:
    found = counts.held(holds)
    return t("with {what}", what=found) if found else ""
