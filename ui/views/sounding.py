"""Asks where sound of the study goes, and writes it there: a recording, or a passage of one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ui.bridge.long_steps import LARGE
from ui.context import AppContext
from ui.i18n import t
from ui.views.letting_out import let_out
from ui.views.saving import ask_place, may_be_own
from workbench.domain.anchors import TimeSpan
from workbench.domain.ids import ObservationId, SourceId
from workbench.errors import Way
from workbench.services.leaving.sounding import ENDINGS, Sounded
from workbench.study import Study


def export_sound(
    context: AppContext,
    page: QWidget,
    source_id: SourceId,
    *,
    part: TimeSpan | None = None,
    own: bool = False,
) -> None:
    """Ask for a place and write a recording there, beside the window.

    Args:
        context: has the study.
        page: what a dialog belongs to.
        source_id: the recording.
        part: what of it; `None` = all.
        own: it is a working copy, with all that is said in it.
    """
    study = context.study
    if study is None or (own and not may_be_own(context, page, study)):
        return
    name = study.exports.sound.name(study.materials.source(source_id), part)
    title = t("Export sound") if part is None else t("Export clip")
    out = ask_place(context, page, title, name=name, suffix=ENDINGS[0], also=ENDINGS[1:], own=own)
    if out is None:
        return

    def write(study: Study) -> Sounded:
        return study.exports.sound.write(out, source_id, part=part, working_copy=own, replace=True)

    def done(found: Sounded) -> None:
        said = t("Wrote {name}", name=found.file.name)
        told = said if found.own else f"{said}. {found.sentence}"
        context.signals.toast_requested.emit(told)

    again = partial(export_sound, context, page, source_id, part=part, own=own)
    let_out(context, page, out, write, done, size=LARGE, ways={Way.CHOOSE: again})


def export_clip(context: AppContext, page: QWidget, observation_id: ObservationId) -> None:
    """Ask for a place and write the sound of an observation there.

    Raises:
        UserError: it has no sound.
    """
    if context.study is not None:
        source_id, part = context.study.exports.sound.passage(observation_id)
        export_sound(context, page, source_id, part=part)


__all__ = ["export_clip", "export_sound"]
