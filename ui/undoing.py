"""Undo and redo, across days: what is said beforehand, and where one is led afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t

if TYPE_CHECKING:
    from workbench.services.history.chronicle import Told
    from workbench.study import Study


class Undoing:
    """Takes steps of the study back, and does them again.

    Args:
        context: has the study.
        parent: the window.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._context = context
        self._parent = parent

    def undo(self) -> None:
        """Take back the last step, also one of yesterday."""
        from ui.bridge.typing import end_edit
        from ui.views.consent.unsaying import may_unsay

        end_edit()
        study = self._context.study
        told = study.next_undo if study else None
        if study is None or told is None:
            return
        unsaid = study.unsaying.by_undo()
        if may_unsay(self._context, self._parent, unsaid, t("Undo all the same")):
            doing = t("Undoing: {step}", step=told.sentence)
            said = t("Undone: {step}", step=unsaid.told(told.sentence))
            self._run(study, told, doing, said, lambda study: study.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        from ui.bridge.typing import end_edit
        from ui.views.consent.unsaying import may_unsay

        end_edit()
        study = self._context.study
        told = study.next_redo if study else None
        if study is None or told is None:
            return
        unsaid = study.unsaying.by_redo()
        if may_unsay(self._context, self._parent, unsaid, t("Redo all the same")):
            doing = t("Redoing: {step}", step=told.sentence)
            said = t("Redone: {step}", step=unsaid.told(told.sentence))
            self._run(study, told, doing, said, lambda study: study.redo())

    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        study = self._context.study
        return study is not None and not study.read_only and bool(study.undo_label)

    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        study = self._context.study
        return study is not None and not study.read_only and bool(study.redo_label)

    def undo_label(self) -> str:
        """Return "Undo: Code passage — Delay"."""
        told = self._context.study.next_undo if self._context.study else None
        return t("Undo: {step}", step=told.sentence) if told else t("Undo")

    def redo_label(self) -> str:
        """Return "Redo: Code passage — Delay"."""
        told = self._context.study.next_redo if self._context.study else None
        return t("Redo: {step}", step=told.sentence) if told else t("Redo")

    def _run(
        self, study: Study, told: Told, doing: str, said: str, work: Callable[[Study], object]
    ) -> None:
        def tell(_op: object) -> None:
            kind, object_id = study.chronicle.there(told) or ("", "")
            self._context.signals.told_where.emit(said, kind, object_id)

        self._context.run_long(doing, work, tell, size=told.rows)
