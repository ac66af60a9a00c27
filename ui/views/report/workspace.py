"""The Report workspace: outline, live preview, and one button that writes the Word document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import Action
from ui.bridge import long_steps
from ui.bridge.reading import ReadBeside
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views import faces, splitting
from ui.views.desk import Desk
from ui.views.report.outline import ReportOutline
from ui.views.report.page import ReportPage
from ui.views.report.preview import OBSERVATION, TOP, heading_anchor, render, section_anchor
from ui.views.report.writer import FULL, Chosen, ReportTools, ReportWriter
from ui.views.report.written import WrittenReports
from ui.views.saving import extent
from ui.views.while_open import WhileOpen
from ui.views.widgets.looks import EmptyState, label, look
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet
from workbench.domain.report import ReportModel, references
from workbench.domain.report_parts import JOURNEY, prints_register
from workbench.domain.written import ReportRecord
from workbench.services.report.reporting import without
from workbench.study import Study

_REDRAW_MS = 120  # after a change of size, so that dragging a splitter stays smooth

_Found = tuple[ReportModel, Sequence[ReportRecord], Sequence[int]]
"""Today's report, those that were written, and numbers that are not kept yet."""

_WRITER: WhileOpen[ReportWorkspace, ReportWriter] = WhileOpen(lambda it: it.writer)

REPORT_ACTIONS: tuple[Action[ReportWorkspace], ...] = (
    Action("report.write", "Write report…", "Report", shortcut="Ctrl+Return",
           icon="file-text", context="report", run=_WRITER.run(lambda it: it.write()),
           enabled=lambda it: it.can_write()),
    Action("report.open", "Open the report written", "Report", icon="folder-open", context="report",
           run=_WRITER.run(lambda it: it.open()),
           enabled=_WRITER.can(lambda it: it.has_written())),
    Action("report.all", "All sections", "Report", icon="list", context="report",
           run=lambda it: it.tick_all(), enabled=lambda it: it.can_write(), group=1),
)  # fmt: skip


class ReportWorkspace(Workspace):
    """What the client will read, as it stands now."""

    key, title, icon = faces.REPORT
    opens = ("report",)
    follows_machine = False
    # Declared here, since the writer and the actions ask for them.
    desk: Desk[ReportWorkspace] | None = None
    writer: ReportWriter | None = None
    tools: ReportTools
    left_out: set[str]

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.left_out = set()
        self._model: ReportModel | None = None
        self._reading = ReadBeside(self)
        self._large = False
        self._to_journey = False  # as soon as it is read
        self.outline = ReportOutline()
        self.page = ReportPage(context.theme)
        self.written = WrittenReports()
        self.counts = label("", "meta")
        self.tools = ReportTools()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REDRAW_MS)
        self._empty = EmptyState(
            context.icons,
            self.icon,
            t("The study becomes a document in which every claim leads back to the words, "
              "the person and the second of the recording. Code a first passage to begin."),
            heading=t("Nothing to report yet"),
            action=t("Code a passage"),
        )  # fmt: skip
        self._build()
        self._connect()

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 16, 24, 12)
        tools.setSpacing(8)
        tools.addWidget(label(t("Report"), "title"))
        tools.addSpacing(8)
        tools.addWidget(self.counts)
        tools.addStretch(1)
        tools.addWidget(self.tools.open_button)
        tools.addWidget(self.tools.kind)
        tools.addWidget(self.tools.write_button)
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 4, 0, 8)
        left.setSpacing(6)
        hint = label(t("Sections without a tick stay out of the report."), "meta", wrap=True)
        hint.setContentsMargins(12, 0, 12, 8)
        left.addWidget(self.outline, 1)
        left.addWidget(hint)
        left.addWidget(self.written)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("reportSplitter")
        self._splitter.addWidget(side)
        self._splitter.addWidget(look(self.page, "sunken"))
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([250, 900])
        splitting.remember(self.context, self._splitter)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self._splitter, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(whole)
        self._pages.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setFocusProxy(self.outline)

    def _connect(self) -> None:
        self._empty.button.clicked.connect(lambda: self.context.actions.trigger("view.code"))
        self.tools.kind.activated.connect(lambda _place: self.refresh(None))
        self.outline.chosen.connect(self._on_chosen)
        self.outline.ticked.connect(self._on_ticked)
        self.page.link_followed.connect(self._on_link)
        self.written.number_chosen.connect(lambda number: self.page.go_to(f"E{number}"))
        self.page.width_changed.connect(self._soon.start)
        self._soon.timeout.connect(self._draw)
        self.context.theme.changed.connect(self._soon.start)

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[ReportWorkspace]]:
        return REPORT_ACTIONS

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        super().set_study(study)
        self._reading.end()
        self._to_journey = False
        self.left_out.clear()
        self.page.clear()
        if self.desk is not None:
            self.desk.clear()
        self.tools.open_button.hide()  # nothing of this study was written yet
        self.desk = Desk(self.context, study, self) if study is not None else None
        self.writer = ReportWriter(self.desk) if self.desk is not None else None
        self._model = None
        if study is None:
            self.refresh(None)

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if self.study is None:
            self.outline.show_sections((), ())
            return
        size = extent(self.study)
        self._large = size >= long_steps.LARGE
        self._reading.ask(self.study, partial(_read, self.tools.chosen), self._show, size=size)
        if self._model is None and self._reading.busy:
            self.counts.setText(t("Putting it together …"))

    def _show(self, found: _Found) -> None:
        self._model, records, provisional = found
        self.written.show_records(records, provisional)
        self._fill_outline()
        self._draw()
        sections = plural(len(self._shown().sections), "{n} section", "{n} sections")
        evidence = plural(_evidence(self._model), "{n} piece of", "{n} pieces of")
        self.counts.setText(t("{sections} · {n} evidence", sections=sections, n=evidence))
        material = self.study is not None and self.study.materials.sessions()
        self._pages.setCurrentIndex(0 if self._model.register or material else 1)
        if self._to_journey:
            self._go_to_journey()
        self.context.actions.refresh()

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        """Show the report; for "journey" the chapter with the map."""
        if object_id == JOURNEY:
            self._to_journey = True
            if self.tools.chosen != FULL:
                self.tools.kind.set_value(FULL)
                self.refresh(None)
            if not self._reading.busy:
                self._go_to_journey()

    def _go_to_journey(self) -> None:
        self._to_journey = False
        if self._model is None:
            return
        for row, section in enumerate(self._model.sections):
            item = self.outline.topLevelItem(row)
            if item and section.id == JOURNEY:
                self.outline.setCurrentItem(item)

    def _shown(self) -> ReportModel:
        """Return the report without the sections that are not ticked."""
        if self._model is None:
            return ReportModel("", (), ())
        return without(self._model, self.left_out)

    def can_write(self) -> bool:
        """Tell whether there is a report to write."""
        return self._model is not None

    # Outline

    def _fill_outline(self) -> None:
        if self._model is not None:
            self.outline.show_sections(self._model.sections, self.left_out)

    def _on_chosen(self, chapter: str, place: int) -> None:
        shown = [s.id for s in self._shown().sections]
        if chapter not in shown:
            return
        number = shown.index(chapter)
        if place >= 0:
            self.page.go_to(heading_anchor(number, place))
        else:
            self.page.go_to(section_anchor(number) if number else TOP)

    def _on_ticked(self, chapter: str, into: bool) -> None:
        if into:
            self.left_out.discard(chapter)
        else:
            self.left_out.add(chapter)
        self._draw()

    def tick_all(self) -> None:
        """Take every section into the report."""
        self.left_out.clear()
        self._fill_outline()
        self._draw()

    # Preview

    def _draw(self) -> None:
        if self._model is None or self.study is None:
            return
        made = render(self._shown(), self.context.theme, width=self.page.text_width)
        self.page.show_preview(made, large=self._large)

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() == OBSERVATION:
            self.context.signals.open_requested.emit("observation", url.path())
        elif url.hasFragment():
            self.page.go_to(url.fragment())


def _evidence(model: ReportModel) -> int:
    """Return how many pieces of evidence a report shows: its register, or what a brief cites."""
    return len(model.register if prints_register(model) else set(references(model)))


def _read(chosen: Chosen, study: Study) -> _Found:
    kind, audience = chosen
    model = study.reports.model(kind=kind, audience=audience)
    return model, study.reports.written(model), study.reports.provisional(model)
