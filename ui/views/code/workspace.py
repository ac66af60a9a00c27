"""The Code workspace: read, select words, say what they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.views import faces
from ui.views.code.actions import CODE_ACTIONS
from ui.views.code.desk import CodeDesk
from ui.views.code.panes import CodePanes
from ui.views.code.work import CodeWork
from ui.views.codebook.left import LeftPane
from ui.views.codebook.panel import CodebookPanel
from ui.views.reading.marks import Mark
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn
from workbench.study import Study


class CodeWorkspace(Workspace):
    """Materials at the left, the text in the middle, the observation at the right.

    Attributes:
        work: what is done here, while a study is open.
    """

    key, title, icon = faces.CODE
    opens = ("source", "turn", "moment", "observation", "memo", "code")
    # Declared here, since the actions ask for them.
    left: LeftPane
    codebook: CodebookPanel
    work: CodeWork | None

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.work = None
        self.panes = CodePanes(self, self._can_change)
        self.view, self.text = self.panes.view, self.panes.text
        self.inspector, self.picker = self.panes.inspector, self.panes.picker
        self.materials, self.codebook = self.panes.materials, self.panes.codebook
        self.left, self.writing = self.panes.left, self.panes.writing

    # Contract

    @override
    def set_study(self, study: Study | None) -> None:
        self.picker.cancel()
        if self.work is not None:
            self.work.close()  # what was being typed still belongs to the study before
        super().set_study(study)
        self.writing.forget()
        self.codebook.set_study(study)
        self.work = CodeWork(CodeDesk(self, study, self.panes)) if study is not None else None
        self.materials.show_rows([])

    @override
    def rehearse(self) -> None:
        said = t("Here you read what people said and say what it is. Bring some material first.")
        turn = Turn(TurnId(""), TranscriptId(""), 0, said, 0, 0, None, (), "")
        self.view.show_text([turn], {}, title=t(self.title))
        self.view.show_marks([Mark("", 0, 0, 0, len(said), None, said)])
        super().rehearse()
        self.view.show_text([], {}, title="")
        self.view.show_marks([])

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if self.work is not None:
            self.work.refresh(changes)

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[CodeWorkspace]]:
        return CODE_ACTIONS

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        if self.work is not None:
            self.work.opening.show(kind, object_id)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        return self.work.opening.in_hand() if self.work is not None else ()

    # Codebook

    def toggle_codebook(self) -> None:
        """Show the codebook at the left, or the materials again."""
        self.left.show_codebook(not self.left.with_codebook)
        (self.codebook if self.left.with_codebook else self.text).setFocus()

    # Inside

    def _can_change(self) -> bool:
        return self.work is not None and self.work.desk.can_change

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return (  # of the text, where Escape selects less
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.work is not None
            and self.work.selection.leave()
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes.make_room()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.work is not None:
            self.work.sound.offer_soon()
