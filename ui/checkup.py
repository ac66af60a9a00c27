"""Checks the open study beside the window, says what was found, and cleans up if that is wanted.

Whoever works goes on while it is checked, however long its recordings take; only cleaning up, and
finding out before what that would do, holds the study for a moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.bridge.long_steps import LARGE, LongSteps
from ui.bridge.typing import end_edit
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.check_dialog import CheckDialog
from ui.views.lost_files import find_again
from workbench.services.keeping.keeping import Mended, Problem
from workbench.study import Study

_NAMED = 3  # files that a question names


class Checkup(QObject):
    """Checks one study at a time.

    Args:
        context: has the open study, and the dialogs.
        window: the parent of dialogs.
        looking: does what only reads.
        restore: goes back to a backup of the open study.
    """

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        looking: LongSteps,
        restore: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._restore = context, window, restore
        self._looking = looking

    def begin(self) -> None:
        """Check the open study and show what was found."""
        end_edit()
        if (study := self._context.study) is not None:
            title = t("Checking the study")
            self._looking.run(study, title, _look_through, self._show, size=LARGE)

    def _show(self, found: tuple[list[Problem], bool]) -> None:
        study = self._context.study
        if study is None:
            return
        problems, mendable = found
        dialog = CheckDialog(problems, self._window, mendable=mendable, read_only=study.read_only)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.clean_up_wanted.connect(self._clean_up)
        dialog.restore_wanted.connect(self._restore)
        dialog.find_wanted.connect(lambda: find_again(self._context, self._window))
        dialog.open()

    def _clean_up(self) -> None:
        """Find out what cleaning up would do now, and ask whether that is wanted."""
        end_edit()
        self._context.run_long(
            t("Looking at what can be cleaned up"),
            lambda study: study.keeping.foresee(),
            self._ask,
            size=LARGE,
        )

    def _ask(self, mendable: Mended) -> None:
        if not mendable:
            self._context.signals.toast_requested.emit(" ".join(_done(mendable)))
            return
        if self._context.dialogs.confirm(
            self._window,
            t("Clean up the study?"),
            detail="\n".join(_promised(mendable)),
            accept=t("Clean up"),
            danger=bool(mendable.files),
        ):
            end_edit()
            self._context.run_long(
                t("Cleaning up the study"),
                lambda study: study.keeping.mend(),
                self._on_mended,
                size=LARGE,
            )

    def _on_mended(self, mended: Mended) -> None:
        self._context.signals.toast_requested.emit(" ".join(_done(mended)))
        self.begin()


def _look_through(study: Study) -> tuple[list[Problem], bool]:
    problems = study.check()
    return problems, bool(problems) and study.keeping.mendable()


def _promised(mendable: Mended) -> list[str]:
    """Return what cleaning up will do, and what of it cannot be undone."""
    said = []
    if mendable.rows:
        said.append(
            plural(
                mendable.rows,
                "One entry will be again as the history has it.",
                "{n} entries will be again as the history has them.",
            )
        )
    if mendable.pointers:
        said.append(
            plural(
                mendable.pointers,
                "One link to something that is gone will be let go.",
                "{n} links to something that is gone will be let go.",
            )
        )
    if said:
        said.append(t("Undo takes this back, as far as what stands there now can be read."))
    if files := mendable.files:
        names = ", ".join(files[:_NAMED]) + (" …" if len(files) > _NAMED else "")
        said.append(
            plural(
                len(files),
                "One file that nothing uses will be deleted ({names}). This cannot be undone.",
                "{n} files that nothing uses will be deleted ({names}). This cannot be undone.",
                names=names,
            )
        )
    return said


def _done(mended: Mended) -> list[str]:
    """Return what cleaning up has done."""
    said = []
    if mended.rows:
        said.append(plural(mended.rows, "Put one entry right.", "Put {n} entries right."))
    if mended.pointers:
        said.append(plural(mended.pointers, "Let one link go.", "Let {n} links go."))
    if mended.files:
        said.append(plural(len(mended.files), "Deleted one file.", "Deleted {n} files."))
    return said or [t("There was nothing to clean up.")]
