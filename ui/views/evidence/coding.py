"""Give a code or a stage to the passages selected in a list, without opening their texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import Phrase, plural, t
from ui.views.picking.matching import Option, resolved
from ui.views.picking.options import code_options, stage_options
from ui.views.picking.picker import Picker
from workbench.domain import fields
from workbench.domain.change import Op
from workbench.domain.ids import CodeId, ObservationId, StageId
from workbench.study import Study


class ListCoding:
    """Asks for a code or a stage beside a list.

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
        options = code_options(study)
        self._ask(
            near,
            options,
            prompt=plural(len(ids), "Code for this passage", "Code for {n} passages"),
            creates="New code “{name}”",
            resolve=lambda name: resolved(options, name),
            picked=lambda key: self._give(ids, CodeId(key)),
            named=lambda name: self._give_new(ids, name),
        )

    def ask_stage(self, ids: list[ObservationId], near: QRect) -> None:
        """Ask which stage these observations shall have; a new name makes one."""
        study = self._context.study
        if study is None or not self.can_code(ids):
            return
        self._ask(
            near,
            stage_options(study),
            prompt=plural(len(ids), "Stage for this passage", "Stage for {n} passages"),
            creates="New stage “{name}”",
            resolve=str,
            picked=lambda key: self._place_in(ids, StageId(key)),
            named=lambda name: self._place_in_new(ids, name),
        )

    def _ask(
        self,
        near: QRect,
        options: Sequence[Option],
        *,
        prompt: str,
        creates: Phrase,
        resolve: Callable[[str], str],
        picked: Callable[[str], None],
        named: Callable[[str], None],
    ) -> None:
        # Over the whole window, since a list may be narrower than the picker.
        page = self._place.window()
        if self.picker is None:
            self.picker = Picker(self._context, page)
        at = QRect(self._place.mapTo(page, near.topLeft() + QPoint(16, 0)), QSize(1, 24))
        self.picker.ask(
            options, prompt=prompt, near=at, creates=creates, resolve=resolve,
            picked=picked, named=named,
        )  # fmt: skip

    def _place_in_new(self, ids: list[ObservationId], name: str) -> None:
        def work(study: Study) -> str:
            with study.step(Op.EDIT_OBSERVATION):
                return _placed(study, ids, study.journeys.stage_called(name).id)

        self._run(t("Giving a stage"), work, ids)

    def _place_in(self, ids: list[ObservationId], stage_id: StageId) -> None:
        self._run(t("Giving a stage"), lambda study: _placed(study, ids, stage_id), ids)

    def _give_new(self, ids: list[ObservationId], path: str) -> None:
        def work(study: Study) -> str:
            with study.step(Op.EDIT_OBSERVATION):
                return _given(study, ids, study.codebook.add_path(path).id)

        self._run(t("Giving a code"), work, ids)

    def _give(self, ids: list[ObservationId], code_id: CodeId) -> None:
        self._run(t("Giving a code"), lambda study: _given(study, ids, code_id), ids)

    def _run(self, title: str, work: Callable[[Study], str], ids: list[ObservationId]) -> None:
        say = self._context.signals.toast_requested.emit
        self._context.run_long(title, work, say, size=len(ids))


def _placed(study: Study, ids: list[ObservationId], stage_id: StageId) -> str:
    study.observations.change_all(ids, fields.STAGE.to(stage_id))
    return t(
        "{passages} put into “{name}”",
        passages=plural(len(ids), "{n} passage", "{n} passages"),
        name=study.journeys.stage(stage_id).name,
    )


def _given(study: Study, ids: list[ObservationId], code_id: CodeId) -> str:
    study.observations.add_code(ids, code_id)
    return t(
        "{passages} coded “{name}”",
        passages=plural(len(ids), "{n} passage", "{n} passages"),
        name=study.codebook.code(code_id).name,
    )
