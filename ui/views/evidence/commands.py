"""What can be done with the passages of a list: open, hear, copy and code them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from ui.context import AppContext
from ui.i18n import t
from ui.views.evidence.coding import ListCoding
from ui.views.sounding import export_clip
from workbench.domain.passage import Passage

if TYPE_CHECKING:
    from ui.views.evidence.evidence_list import EvidenceList


class PassageCommands:
    """Carries them out.

    Args:
        context: signals, and the open study.
        shown: the list, which tells what is meant.

    Attributes:
        coding: gives codes and stages to what is selected.
    """

    def __init__(self, context: AppContext, shown: EvidenceList) -> None:
        self._context = context
        self._shown = shown
        self.coding = ListCoding(context, shown)

    def open(self) -> None:
        """Show the current passage in its transcript."""
        if passage := self._shown.current():
            self._context.signals.open_requested.emit("observation", passage.observation.id)

    def play(self, passage: Passage | None = None) -> None:
        """Play a passage; the current one, unless it is said which."""
        passage = passage or self._shown.current()
        span = passage.observation.span if passage else None
        if passage and span:
            signal = self._context.signals.play_requested
            signal.emit(passage.source.id, span.start_ms, span.end_ms)

    def export_clip(self) -> None:
        """Write the sound of the current passage to a file."""
        if passage := self._shown.current():
            self._context.actions.attempt(
                partial(export_clip, self._context, self._shown.window(), passage.id)
            )

    def can_code(self) -> bool:
        """Tell whether selected passages can get a code."""
        return self.coding.can_code(self._shown.selected_ids())

    def give_code(self) -> None:
        """Ask for a code for the selected passages."""
        self.coding.ask(self._shown.selected_ids(), self._near())

    def give_stage(self) -> None:
        """Ask for a stage for the selected passages, which may be a new one."""
        self.coding.ask_stage(self._shown.selected_ids(), self._near())

    def copy(self) -> None:
        """Put the selected passages on the clipboard, with person, session and time."""
        data = self._shown.passage_model.mimeData(self._shown.selectedIndexes())
        QGuiApplication.clipboard().setText(data.text())

    def said(self, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Return passages as others may read them: what is copied is for other programs."""
        study = self._context.study
        return study.exports.said(passages) if study else ()

    def fill(self, menu: QMenu, passage: Passage) -> None:
        """Offer all of it in the menu of a passage, which is the current one."""
        menu.addAction(t("Open in the transcript"), self.open)
        play = menu.addAction(t("Play"), partial(self.play, None))
        play.setEnabled(passage.observation.span is not None)
        clip = menu.addAction(t("Export clip…"), self.export_clip)
        clip.setEnabled(play.isEnabled())
        menu.addAction(t("Copy with its source"), self.copy)
        menu.addAction(t("Give a code…"), self.give_code).setEnabled(self.can_code())
        menu.addAction(t("Give a stage…"), self.give_stage).setEnabled(self.can_code())

    def _near(self) -> QRect:
        at = self._shown.viewport().pos()
        return self._shown.visualRect(self._shown.currentIndex()).translated(at)
