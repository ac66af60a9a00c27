"""Every step with its time and coder; from each, one can go back to it, and forth again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from ui.context import AppContext
from ui.i18n import Phrase, moment, plural, t
from ui.views.consent.unsaying import may_unsay
from ui.views.drawer.frame import filter_field, holds_all, lay_out, under_days
from ui.views.hearing import Hearing
from ui.views.widgets.looks import button, label
from ui.views.widgets.side_list import SideList, SideRow
from workbench.domain.change import ChangeSet, Step
from workbench.services.history.unsaying import Unsaid
from workbench.study import EVERY_STEP

_MARKS = {"done": "good", "undone": "ring", "sealed": "warn", "broken": "bad"}


class HistoryPanel(QWidget):
    """The steps of the open study, newest first.

    Args:
        context: everything the window shares.
    """

    title: Phrase = "History"

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.hearing = Hearing(self.refresh)
        self._steps: dict[str, Step] = {}
        self._about: dict[str, str] = {}
        self.search = filter_field(
            t("Filter by what was done, or by whom"), t("Filter the history")
        )
        self.machine = QCheckBox(t("Also what the machine did"))
        self.list = SideList(context.theme, t("Steps"))
        self.list.tell = lambda row: self.about(row.id)
        self.list.hint = t("No such step. Clear the filter to see all.")
        self.detail = label("", "meta", wrap=True)
        self.back = button(t("Go back to here"), "primary")
        lay_out(self, [self.search, self.machine], self.list, [self.detail, self.back])
        self.setFocusProxy(self.list)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.machine.toggled.connect(lambda _on: self.refresh())
        self.list.chosen.connect(lambda _id: self._show_step())
        self.back.clicked.connect(self.go_back)
        self._show_step()

    def refresh(self, _changes: ChangeSet | None = None) -> None:
        """Read the history anew."""
        study = self._context.study
        steps = study.history(EVERY_STEP) if study else []
        self._steps = {str(step.id): step for step in steps}
        self._about.clear()  # something may have another name now
        self.list.show_rows(step_rows(steps, self.search.text(), machine=self.machine.isChecked()))
        self._show_step()

    def about(self, step_id: str) -> str:
        """Return the name of what a step was about; it is looked up for steps that are seen."""
        step, study = self._steps.get(step_id), self._context.study
        if step is None or study is None:
            return ""
        if step_id not in self._about:
            self._about[step_id] = study.chronicle.about(step)
        return self._about[step_id]

    def go_back(self) -> None:
        """Undo or redo until the chosen step is the newest one done."""
        step, study = self._steps.get(self.list.current_id), self._context.study
        if step is None or study is None or study.read_only:
            return
        wanted = step.id
        unsaid = study.unsaying.by_rewind(wanted)
        if not may_unsay(self._context, self, unsaid, t("Go back all the same")):
            return
        self._context.run_long(
            t("Going back in the history"),
            lambda study: study.rewind(wanted),
            lambda played: self._on_played(played, unsaid),
            size=sum(one.rows for one in self._steps.values() if one.id >= wanted),
            after=self.refresh,
        )

    def _on_played(self, played: int, unsaid: Unsaid) -> None:
        said = plural(played, "{n} step", "{n} steps") if played else t("Nothing to change")
        self._context.signals.toast_requested.emit(unsaid.told(said))

    def _show_step(self) -> None:
        step, study = self._steps.get(self.list.current_id), self._context.study
        self.back.setEnabled(step is not None and study is not None and not study.read_only)
        told = _told(step, self.about(str(step.id))) if step else ""
        self.detail.setText(told or t("Choose a step to go back to it."))


def step_rows(steps: Sequence[Step], wanted: str = "", *, machine: bool = False) -> list[SideRow]:
    """Return the rows of the history, under their days.

    Args:
        steps: newest first.
        wanted: words that a step must hold.
        machine: whether what the machine did is shown too.
    """
    words = wanted.casefold().split()
    several = len({step.coder for step in steps if not step.op.by_machine}) > 1
    shown = (
        step
        for step in steps
        if (machine or not step.op.by_machine) and holds_all(f"{step.op.label} {step.coder}", words)
    )
    return list(under_days((step.at, _row(step, signed=several)) for step in shown))


def _row(step: Step, *, signed: bool) -> SideRow:
    """Return the row of a step; `signed` = it says who did it."""
    by_machine = step.op.by_machine
    note = " · ".join(filter(None, (step.coder if signed else "", moment(step.at).time)))
    mark = "" if by_machine else _MARKS.get(step.state, "")
    faint = by_machine or step.state != "done"
    return SideRow(str(step.id), t(step.op.label), note, mark, faint=faint)


def _told(step: Step, about: str) -> str:
    states = {
        "undone": t("undone"),
        "sealed": t("can no longer be undone"),
        "broken": t("damaged, passed over"),
    }
    parts = [
        f"{t(step.op.label)}: {about}" if about else t(step.op.label),
        moment(step.at).time,
        plural(step.rows, "{n} row", "{n} rows"),
        states.get(step.state, ""),
        t("by the machine") if step.op.by_machine else step.coder,
    ]
    return " · ".join(part for part in parts if part)
