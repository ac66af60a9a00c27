"""The one button that writes the Word document, and the one that opens what was written."""

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
from ui.views.widgets.looks import button
from workbench.errors import Way
from workbench.study import Study


class ReportWriter:
    """Writes the report of the open study.

    Args:
        context: dialogs and signals.
        page: the workspace.
        left_out: titles of the sections that stay out; looked at when it is written.
    """

    def __init__(self, context: AppContext, page: QWidget, left_out: Collection[str]) -> None:
        self._context = context
        self._page = page
        self._left_out = left_out
        self._study: Study | None = None
        self._written: Path | None = None
        self.write_button = button(t("Write Word report"), "primary")
        self.open_button = button(t("Open"))
        self.write_button.clicked.connect(self.write)
        self.open_button.clicked.connect(self.open)
        self.set_study(None)

    def set_study(self, study: Study | None) -> None:
        """Work on another study, of which nothing was written yet."""
        self._study, self._written = study, None
        self.open_button.hide()

    def has_written(self) -> bool:
        """Tell whether a report was written in this session."""
        return self._written is not None

    def write(self) -> None:
        """Ask for a place and write the Word document there."""
        if self._study is None:
            return
        title, name = t("Write Word report"), f"{self._study.title} – report"
        out = ask_place(self._context, self._page, title, name=name, suffix=".docx")
        if out is None:
            return
        had_focus, leave_out = self.write_button.hasFocus(), frozenset(self._left_out)
        self.write_button.setText(t("Writing…"))
        self.write_button.setEnabled(False)
        self.write_button.repaint()
        handed_on = self._page.window().focusWidget()  # by Qt, when the button was disabled

        def after() -> None:
            self.write_button.setText(t("Write Word report"))
            self.write_button.setEnabled(True)
            if had_focus and self._page.window().focusWidget() is handed_on:
                self.write_button.setFocus()

        let_out(
            self._context,
            self._page,
            out,
            lambda study: study.reports.write(out, leave_out=leave_out, replace=True),
            self._on_written,
            size=max(
                long_steps.LARGE, extent(self._study)
            ),  # Word documents are slow, however short
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


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:12]}…{name[-14:]}"
