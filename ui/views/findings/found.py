"""What was found, in the middle of Findings: how much it is, what was asked for, the passages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.bridge.reading import ReadBeside
from ui.context import AppContext
from ui.i18n import t
from ui.models.passages import BATCH, in_words
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.findings.filters import Chip, FilterColumn
from ui.views.saving import extent
from ui.views.who.chip import WhoChip
from ui.views.widgets.emptying import empty
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.looks import EmptyState, ShortLabel, button
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Query, Tally
from workbench.services.coding.passages import Found
from workbench.study import Study

_NOTHING = Tally(0, 0, 0, 0)


class FoundPane(QWidget):
    """Looks up what the filters ask for: a little at once, much beside the window.

    Args:
        context: everything the window shares.
        filters: what is asked for.

    Signals:
        changed: other passages are shown.
    """

    changed = Signal()

    def __init__(
        self, context: AppContext, filters: FilterColumn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._filters = filters
        self._study: Study | None = None
        self._known = False  # what there is; until then nobody says that there is nothing
        self._reading = ReadBeside(self)
        self.list = EvidenceList(context)
        self.counts = ShortLabel("", "strong")
        self.nothing = EmptyState(context.icons, "search", "", action=t("Show everything"))
        self.pages = QStackedWidget()
        self._chips = FlowLayout(gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.counts)
        self.who = WhoChip(context, self, column)
        column.addLayout(self._chips)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.nothing)
        column.addWidget(self.pages, 1)
        self.setMinimumWidth(260)
        filters.changed.connect(self._on_asked)
        self.nothing.button.clicked.connect(lambda: filters.ask(Query()))

    @property
    def busy(self) -> bool:
        """Tell whether passages are being looked up."""
        return self._reading.busy

    def set_study(self, study: Study | None) -> None:
        """Show nothing of another study until `look_up`."""
        self._reading.end()
        self._study, self._known = study, False
        self.list.set_passages([])

    def look_up(self) -> None:
        """Show what is asked for as soon as it is read; until then what was there stays."""
        self._show_chips()
        study = self._study
        if study is None:
            self._show(None)
            return
        rows = max(BATCH, self.list.passage_model.rowCount())
        read = partial(_read, self._filters.query, rows)
        self._reading.ask(study, read, self._show, size=extent(study))
        if self.busy and not self._known:
            self.counts.setText(_looking())
            self.pages.setCurrentIndex(0)

    def chosen(self) -> list[ObservationId]:
        """Return the selected observations; while others are looked up some may have gone."""
        ids = self.list.selected_ids()
        if self._study is None or not self.busy:
            return ids
        return [passage.id for passage in self._study.passages.read(ids)]

    def _on_asked(self) -> None:
        self.look_up()
        if self.busy:
            self.counts.setText(_looking())

    def _show(self, found: Found | None) -> None:
        study, tally = self._study, found.tally if found else _NOTHING
        self._known = found is not None
        self.list.set_passages(study.passages.carry_on(found.passages) if study and found else [])
        self.counts.setText(in_words(tally) if tally.passages else t("No passages"))
        self.who.show_count(study, tally.unknown)
        filtered = self._filters.query != Query()
        self.nothing.sentence.setText(
            t("Nobody said this. Take one condition away.")
            if filtered
            else t("Passages you code will be here, to be found, compared and cited.")
        )
        self.nothing.button.setVisible(filtered)
        self.pages.setCurrentIndex(0 if tally.passages else 1)
        self.changed.emit()

    def _show_chips(self) -> None:
        empty(self._chips)
        for chip in self._filters.chips():
            self._chips.addWidget(self._chip(chip))

    def _chip(self, chip: Chip) -> QWidget:
        made = button(f"{chip.text}  ×", "chip")
        made.setAccessibleName(t("Remove the condition {what}", what=chip.text))
        made.clicked.connect(lambda: self._filters.ask(chip.without))
        return made


def _read(query: Query, rows: int, study: Study) -> Found:
    found = study.passages.look_up(query)
    found.passages.read_ahead(rows)
    return found


def _looking() -> str:
    return t("Looking them up …")
