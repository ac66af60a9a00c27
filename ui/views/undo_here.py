"""Undo in a dialog that keeps everything at once: a button and the keys, for its own kind of step.

The dialog stands before the window, so what the window would undo cannot be seen from there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import t
from ui.views.consent.unsaying import may_unsay
from ui.views.widgets.looks import button
from workbench.domain.change import Op
from workbench.study import Study


class UndoHere(QObject):
    """Takes back the newest step of a study while that is one of the dialog's.

    Args:
        context: has the dialogs.
        study: the study.
        dialog: where it is done; its foot takes the button.
        op: the kind of step.

    Attributes:
        button: “Undo”.
    """

    def __init__(self, context: AppContext, study: Study, dialog: QDialog, op: Op) -> None:
        super().__init__(dialog)
        self._context, self._study, self._dialog, self._op = context, study, dialog, op
        self.button = button(t("Undo"))
        self.button.clicked.connect(self._on_clicked)
        QShortcut(QKeySequence.StandardKey.Undo, dialog).activated.connect(self.button.click)
        leave = study.subscribe(lambda _changes: self._follow())
        dialog.finished.connect(lambda _: leave())
        self._follow()

    def _follow(self) -> None:
        told = None if self._study.read_only else self._study.next_undo
        self.button.setEnabled(told is not None and told.label == self._op.label)

    def _on_clicked(self) -> None:
        unsaid = self._study.unsaying.by_undo()
        if may_unsay(self._context, self._dialog, unsaid, t("Undo all the same")):
            attempt(self._context, self._dialog, self._study.undo)


__all__ = ["UndoHere"]
