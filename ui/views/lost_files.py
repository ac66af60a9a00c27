"""Pointing at a file again that is missing in the study, from wherever one comes upon it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.bridge.importing import Refused
from ui.bridge.long_steps import LARGE
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.refused_dialog import tell_refused
from workbench.services.files.lost_files import Kept
from workbench.study import Study


def find_again(context: AppContext, page: QWidget, paths: Sequence[Path] = ()) -> None:
    """Ask where missing files are and take them back; those that are others are listed.

    Args:
        context: has the open study, and the dialogs.
        page: what they belong to.
        paths: the files; asked for where none are given.
    """
    chosen = list(paths) or context.dialogs.open_files(page, t("Choose the missing file"))
    if chosen:
        context.run_long(
            t("Bringing files back"),
            partial(_bring_back, chosen),
            partial(_tell, context, page),
            size=LARGE,
        )


def _bring_back(paths: Sequence[Path], study: Study) -> tuple[list[Kept], list[Refused]]:
    refused: list[Refused] = []
    back = study.keeping.lost.bring_back(
        paths, on_refused=lambda path, why: refused.append(Refused(path, why))
    )
    return back, refused


def _tell(context: AppContext, page: QWidget, found: tuple[list[Kept], list[Refused]]) -> None:
    back, refused = found
    if back:
        context.signals.files_found.emit()
        context.signals.toast_requested.emit(
            plural(
                len(back),
                "The file of “{title}” is there again.",
                "{n} files are there again.",
                title=back[0].title,
            )
        )
    tell_refused(context, page, refused, len(back), partial(find_again, context, page))
