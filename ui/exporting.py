"""Exports of the whole study, whichever workspace is in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import Phrase, t
from ui.views.saving import ask_place, extent, may_be_own, write_out
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a study leaves it as one file.

    Attributes:
        name: ends the name that is proposed for the file.
        nothing: what is said instead when there is none.
        count: tells how much there is.
    """

    name: Phrase
    nothing: Phrase
    count: Callable[[Study], int]


_TRANSCRIPTS = _Part(
    "transcripts",
    "There are no transcripts to export yet.",
    lambda study: len(study.transcripts.present()),
)
_MEMOS = _Part("memos", "There are no memos to export yet.", lambda study: len(study.memos.all()))
_PARTS = {
    "docx": _TRANSCRIPTS,
    "txt": _TRANSCRIPTS,
    "csv": _Part(
        "observations",
        "There are no observations to export yet.",
        lambda study: len(study.observations.per_source()),
    ),
    "xlsx": _Part("tables", "", lambda _study: 1),
    "codebook-csv": _Part(
        "codebook", "There are no codes to export yet.", lambda study: len(study.codebook.codes())
    ),
    "memos-docx": _MEMOS,
    "memos-csv": _MEMOS,
    "json": _Part("study", "", lambda _study: 1),
}


class Exporting:
    """Writes something of the study to a place that is asked for.

    Args:
        context: has the study.
        parent: the window.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._context = context
        self._parent = parent

    def export_as(self, form: str, suffix: str, own: bool = False) -> None:
        """Ask for a place and write something of the study there; `own` is a working copy."""
        study = self._context.study
        if study is None:
            return
        part = _PARTS[form]
        if not part.count(study):
            self._context.signals.toast_requested.emit(t(part.nothing))
            return
        if own and not may_be_own(self._context, self._parent, study):
            return
        name = f"{study.title} – {t(part.name)}"
        out = ask_place(self._context, self._parent, t("Export"), name=name, suffix=suffix, own=own)
        if out is not None:
            write_out(
                self._context,
                self._parent,
                out,
                lambda study: study.exports.write(form, out, working_copy=own, replace=True),
                size=extent(study),
                elsewhere=lambda: self.export_as(form, suffix, own),
            )
