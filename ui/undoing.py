"""Undo and redo, across days: what is said beforehand, and where one is led afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t

if TYPE_CHECKING:
    from workbench.services.history.chronicle import Told
    from workbench.services.history.unsaying import Unsaid
    from workbench.study import Study


class _Way(NamedTuple):
    """One of the two ways through the history; sentences get what the step is called."""

    label: Callable[[Study], str]  # "" where there is no step; costs less than the step does
    step: Callable[[Study], Told | None]
    unsays: Callable[[Study], Unsaid]
    go: Callable[[Study], object]
    doing: Callable[[str], str]
    done: Callable[[str], str]
    all_the_same: Callable[[], str]


_BACK = _Way(
    lambda study: study.undo_label,
    lambda study: study.next_undo,
    lambda study: study.unsaying.by_undo(),
    lambda study: study.undo(),
    lambda step: t("Undoing: {step}", step=step),
    lambda step: t("Undone: {step}", step=step),
    lambda: t("Undo all the same"),
)
_FORTH = _Way(
    lambda study: study.redo_label,
    lambda study: study.next_redo,
    lambda study: study.unsaying.by_redo(),
    lambda study: study.redo(),
    lambda step: t("Redoing: {step}", step=step),
    lambda step: t("Redone: {step}", step=step),
    lambda: t("Redo all the same"),
)


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
        self._go(_BACK)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._go(_FORTH)

    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self._can_go(_BACK)

    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        return self._can_go(_FORTH)

    def undo_label(self) -> str:
        """Return "Undo: Code passage — Delay"."""
        told = self._told(_BACK)
        return t("Undo: {step}", step=told.sentence) if told else t("Undo")

    def redo_label(self) -> str:
        """Return "Redo: Code passage — Delay"."""
        told = self._told(_FORTH)
        return t("Redo: {step}", step=told.sentence) if told else t("Redo")

    def _can_go(self, way: _Way) -> bool:
        study = self._context.study
        return study is not None and not study.read_only and bool(way.label(study))

    def _told(self, way: _Way) -> Told | None:
        return way.step(self._context.study) if self._context.study is not None else None

    def _go(self, way: _Way) -> None:
        from ui.bridge.typing import end_edit
        from ui.views.consent.unsaying import may_unsay

        end_edit()
        study, told = self._context.study, self._told(way)
        if study is None or told is None:
            return
        unsaid = way.unsays(study)
        if not may_unsay(self._context, self._parent, unsaid, way.all_the_same()):
            return
        said = unsaid.told(way.done(told.sentence))

        def tell(_op: object) -> None:
            kind, object_id = study.chronicle.there(told) or ("", "")
            self._context.signals.told_where.emit(said, kind, object_id)

        self._context.run_long(way.doing(told.sentence), way.go, tell, size=told.rows)
