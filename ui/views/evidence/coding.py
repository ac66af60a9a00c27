"""Give a code to the passages selected in a list, without opening their texts."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.code.matching import resolved
from ui.views.code.options import code_options
from ui.views.code.picker import Picker
from workbench.domain.change import Op
from workbench.domain.ids import CodeId, ObservationId
from workbench.study import Study


class ListCoding:
    """Asks for a code beside a list.

    Args:
        context: the study, and who is told.
        place: the list.
    """

    def __init__(self, context: AppContext, place: QWidget) -> None:
        self._context = context
        self._place = place
        self.picker: Picker | None = None

    def can_code(self, ids: list[ObservationId]) -> bool:
        """Tell whether there is something that may be changed."""
        study = self._context.study
        return bool(ids) and study is not None and not study.read_only

    def ask(self, ids: list[ObservationId], near: QRect) -> None:
        """Ask which code these observations shall have.

        Args:
            ids: the observations.
            near: where they are, in pixels of the list.
        """
        study = self._context.study
        if study is None or not self.can_code(ids):
            return
        # Over the whole window, since a list may be narrower than the picker.
        page = self._place.window()
        if self.picker is None:
            self.picker = Picker(self._context, page)
        options = code_options(study)
        self.picker.ask(
            options,
            prompt=plural(len(ids), "Code for this passage", "Code for {n} passages"),
            near=QRect(self._place.mapTo(page, near.topLeft() + QPoint(16, 0)), QSize(1, 24)),
            creates="New code “{name}”",
            resolve=lambda name: resolved(options, name),
            picked=lambda key: self._give(study, ids, CodeId(key)),
            named=lambda name: self._give_new(study, ids, name),
        )

    def _give_new(self, study: Study, ids: list[ObservationId], path: str) -> None:
        with study.step(Op.EDIT_OBSERVATION):
            self._give(study, ids, study.codebook.add_path(path).id)

    def _give(self, study: Study, ids: list[ObservationId], code_id: CodeId) -> None:
        study.observations.add_code(ids, code_id)
        self._context.signals.toast_requested.emit(
            t(
                "{passages} coded “{name}”",
                passages=plural(len(ids), "{n} passage", "{n} passages"),
                name=study.codebook.code(code_id).name,
            )
        )
