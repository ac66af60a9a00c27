"""What is written, the one button that writes it, and the one that opens what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.bridge import long_steps
from ui.i18n import t
from ui.plain import set_tip
from ui.views.desk import Desk
from ui.views.letting_out import let_out
from ui.views.saving import ask_place, extent
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.errors import Way
from workbench.services.report.reporting import ENDINGS

if TYPE_CHECKING:
    from ui.views.report.workspace import ReportWorkspace

Chosen = tuple[ReportKind, Stakeholder | None]
"""What is written, and for whom; `None` = for everybody."""
FULL: Chosen = (ReportKind.FULL, None)
_ENDING = "report.ending"


class ReportTools:
    """What is written, and the buttons that write and open it; they stay when a study closes."""

    def __init__(self) -> None:
        self.kind: ComboBox[Chosen] = ComboBox(t("What is written"))
        self.kind.fill([(t("Full report"), FULL)], _briefs())
        self.write_button = button(t("Write report…"), "primary")
        self.open_button = button(t("Open"))
        self.open_button.hide()

    @property
    def chosen(self) -> Chosen:
        """Return what is shown and written."""
        return self.kind.value or FULL


class ReportWriter:
    """Writes the report of the open study.

    Args:
        desk: the study, and the page with its tools.
    """

    def __init__(self, desk: Desk[ReportWorkspace]) -> None:
        self._desk = desk
        self._study = desk.study
        self._tools = desk.page.tools
        self._written: Path | None = None
        desk.hear(self._tools.write_button.clicked, self.write)
        desk.hear(self._tools.open_button.clicked, self.open)
        desk.hear(desk.context.signals.export_requested, self.write)

    def _endings(self) -> list[str]:
        """Return what a report can be, what was chosen last first."""
        shown = self._desk.context.settings.current.window.choices
        last = self._desk.context.choices.get(_ENDING, shown.get(_ENDING, ""))
        return sorted(ENDINGS, key=lambda ending: ending != last)

    def has_written(self) -> bool:
        """Tell whether a report was written in this session."""
        return self._written is not None

    def write(self) -> None:
        """Ask for a place and write there what is chosen, as the ending says."""
        context, page, tools = self._desk.context, self._desk.page, self._tools
        kind, audience = tools.chosen
        title, name = t("Write report"), f"{self._study.title} – {_named(tools.chosen)}"
        usual, *others = self._endings()
        out = ask_place(context, page, title, name=name, suffix=usual, also=others)
        if out is None:
            return
        context.choices[_ENDING] = out.suffix.lower()
        # The window itself may not be active again yet, when the place was just asked for.
        had_focus = page.window().focusWidget() is tools.write_button
        leave_out = frozenset(page.left_out)
        tools.write_button.setText(t("Writing…"))
        tools.write_button.setEnabled(False)
        tools.write_button.repaint()
        handed_on = page.window().focusWidget()  # by Qt, when the button was disabled

        def after() -> None:
            tools.write_button.setText(t("Write report…"))
            tools.write_button.setEnabled(True)
            if had_focus and page.window().focusWidget() is handed_on:
                tools.write_button.setFocus()

        let_out(
            context,
            page,
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
            self._desk.say(t("No program here opens “{name}”.", name=self._written.name))

    def _on_written(self, out: Path) -> None:
        self._written = out
        self._tools.open_button.setText(t("Open {name}", name=_short(out.name)))
        set_tip(self._tools.open_button, str(out))
        self._tools.open_button.show()
        self._desk.say(t("Report written to {name}", name=out.name))
        self._desk.context.actions.refresh()


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
