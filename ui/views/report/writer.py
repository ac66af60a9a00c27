"""What is written, the one button that writes it, and the one that opens what was written."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.bridge import long_steps
from ui.context import AppContext
from ui.i18n import t
from ui.plain import set_tip
from ui.views.letting_out import let_out
from ui.views.saving import ask_place, extent
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.errors import Way
from workbench.services.report.reporting import ENDINGS
from workbench.study import Study

Chosen = tuple[ReportKind, Stakeholder | None]
"""What is written, and for whom; `None` = for everybody."""
FULL: Chosen = (ReportKind.FULL, None)
_ENDING = "report.ending"


class ReportWriter:
    """Writes the report of the open study.

    Args:
        context: dialogs and signals.
        page: the workspace.
        left_out: ids of the sections that stay out; looked at when it is written.
    """

    def __init__(self, context: AppContext, page: QWidget, left_out: Collection[str]) -> None:
        self._context = context
        self._page = page
        self._left_out = left_out
        self._study: Study | None = None
        self._written: Path | None = None
        self.kind: ComboBox[Chosen] = ComboBox(t("What is written"))
        self.kind.fill([(t("Full report"), FULL)], _briefs())
        self.write_button = button(t("Write report"), "primary")
        self.open_button = button(t("Open"))
        self.write_button.clicked.connect(self.write)
        self.open_button.clicked.connect(self.open)
        self.set_study(None)

    def set_study(self, study: Study | None) -> None:
        """Work on another study, of which nothing was written yet."""
        self._study, self._written = study, None
        self.open_button.hide()

    @property
    def chosen(self) -> Chosen:
        """Return what is shown and written."""
        return self.kind.value or FULL

    def _endings(self) -> list[str]:
        """Return what a report can be, what was chosen last first."""
        shown = self._context.settings.current.window.choices
        last = self._context.choices.get(_ENDING, shown.get(_ENDING, ""))
        return sorted(ENDINGS, key=lambda ending: ending != last)

    def has_written(self) -> bool:
        """Tell whether a report was written in this session."""
        return self._written is not None

    def write(self) -> None:
        """Ask for a place and write there what is chosen, as the ending says."""
        if self._study is None:
            return
        kind, audience = self.chosen
        title, name = t("Write report"), f"{self._study.title} – {_named(self.chosen)}"
        usual, *others = self._endings()
        out = ask_place(self._context, self._page, title, name=name, suffix=usual, also=others)
        if out is None:
            return
        self._context.choices[_ENDING] = out.suffix.lower()
        had_focus, leave_out = self.write_button.hasFocus(), frozenset(self._left_out)
        self.write_button.setText(t("Writing…"))
        self.write_button.setEnabled(False)
        self.write_button.repaint()
        handed_on = self._page.window().focusWidget()  # by Qt, when the button was disabled

        def after() -> None:
            self.write_button.setText(t("Write report"))
            self.write_button.setEnabled(True)
            if had_focus and self._page.window().focusWidget() is handed_on:
                self.write_button.setFocus()

        let_out(
            self._context,
            self._page,
            out,
            lambda study: study.reports.write(
                out, kind=kind, audience=audience, leave_out=leave_out, replace=True
            ),
            self._on_written,
            size=max(
                long_steps.LARGE, extent(self._study)
            ),  # a document is slow to write, however short
            after=after,
            ways={Way.CHOOSE: self.write},
        )

    def open(self) -> None:
        """Open the written report in the program the desktop uses for it."""
        if self._written is not None and not QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(self._written))
        ):
            self._context.signals.toast_requested.emit(
                t("No program here opens “{name}”.", name=self._written.name)
            )

    def _on_written(self, out: Path) -> None:
        self._written = out
        self.open_button.setText(t("Open {name}", name=_short(out.name)))
        set_tip(self.open_button, str(out))
        self.open_button.show()
        self._context.signals.toast_requested.emit(t("Report written to {name}", name=out.name))
        self._context.actions.refresh()


def _briefs() -> list[tuple[str, Chosen]]:
    """Return the briefs there are, with their names in the list."""
    others = [
        (t("Brief for {whom}", whom=t(one.label)), (ReportKind.BRIEF, one)) for one in Stakeholder
    ]
    return [(t("Brief"), (ReportKind.BRIEF, None)), *others]


def _named(chosen: Chosen) -> str:
    """Return what ends the name that is proposed for the file."""
    kind, audience = chosen
    if audience is not None:
        return t("brief for {whom}", whom=t(audience.label))
    return t("brief") if kind is ReportKind.BRIEF else t("report")


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:12]}…{name[-14:]}"
