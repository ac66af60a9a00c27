"""Asks before a study is closed: about what is at work in it, and what is not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.bridge.long_steps import LongSteps
from ui.context import AppContext, Leaving
from ui.i18n import plural, t
from ui.views.unsaved_bar import UnsavedBar

if TYPE_CHECKING:
    from workbench.study import Study


class MayClose:
    """Asks about the open study.

    Args:
        context: has the dialogs, and knows what runs.
        window: the parent of questions.
        unsaved: saves what waits.
        at_work: what takes long, in this study.
    """

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        unsaved: UnsavedBar,
        at_work: tuple[LongSteps, ...],
    ) -> None:
        self._context, self._window = context, window
        self._unsaved, self._at_work = unsaved, at_work

    def __call__(self, study: Study) -> bool:
        """Have everything ended and saved; `False` when the person wants to go on working."""
        # Saving what waits may be a long step, too.
        return (
            self._may_cancel()
            and self._may_leave(study)
            and self._may_cancel()
            and self._may_stop()
        )

    def _may_cancel(self) -> bool:
        """Ask about a long step that is at work, or files that are coming in."""
        doing = self._context.long_doing() or self._context.coming_in()
        sure = not doing or self._context.dialogs.confirm(
            self._window,
            t("“{title}” is still being done.", title=doing),
            detail=t("If you close now, it is cancelled and nothing of it is kept."),
            accept=t("Cancel it and close"),
        )
        if sure:
            for steps in self._at_work:
                steps.end()
        return sure

    def _may_leave(self, study: Study) -> bool:
        """Save what is being typed; ask about what cannot be saved."""
        if (field := self._window.focusWidget()) is not None:
            field.clearFocus()  # fields save when they are left
        while not self._unsaved.try_again():
            chosen = self._context.dialogs.ask_unsaved(self._window, study.unsaved.waiting)
            if chosen is Leaving.STAY:
                if field is not None:
                    field.setFocus()
                return False
            if chosen is Leaving.WITHOUT:
                study.unsaved.let_go()
        return True

    def _may_stop(self) -> bool:
        jobs = self._context.running_jobs()
        if not jobs:
            return True
        sure = self._context.dialogs.confirm(
            self._window,
            plural(len(jobs), "One job is still running.", "{n} jobs are still running."),
            detail="\n".join(jobs)
            + "\n\n"
            + t("What is done so far is kept; the rest goes on when the study is open again."),
            accept=t("Stop and close"),
        )
        if sure:
            self._context.stop_jobs()
        return sure
