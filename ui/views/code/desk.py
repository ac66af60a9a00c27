"""What the parts of Code share while a study is open."""

from __future__ import annotations

from typing_extensions import override

from ui.views.code.coding import Coding
from ui.views.code.panes import CodePanes
from ui.views.desk import Desk
from ui.views.reading.open_text import OpenText
from ui.views.workspace import Workspace
from workbench.domain.journey import Stage
from workbench.study import Study


class CodeDesk(Desk[Workspace]):
    """An open study, and the panes in which it is coded.

    Args:
        page: the workspace; changes made here come from it.
        study: is open until `clear`.
        panes: the widgets.

    Attributes:
        text: the words.
        coding: what a gesture does to the study.
        opened: keeps the text up to date; it may show none yet.
        stages: those of the customer's journey that the views know.
    """

    def __init__(self, page: Workspace, study: Study, panes: CodePanes) -> None:
        super().__init__(page.context, study, page)
        self.panes = panes
        self.text = panes.text
        self.coding = Coding(study, page)
        self.opened = OpenText(study, panes.view, page)
        self.stages: list[Stage] = []

    @property
    def has_text(self) -> bool:
        """Tell whether a text is shown."""
        return bool(self.text.turns)

    @property
    def can_change_text(self) -> bool:
        """Tell whether there is a text to code, or to write in."""
        return self.can_change and self.has_text

    def caret(self) -> tuple[int, int]:
        """Return row and code point of the caret."""
        cursor = self.text.textCursor()
        row = cursor.blockNumber()
        return row, self.text.rows.points(row, cursor.positionInBlock())

    def follow(self) -> None:
        """Ask anew what can be done, since something else is selected."""
        self.context.actions.refresh(self.page)

    @override
    def clear(self) -> None:
        super().clear()
        self.opened.close()
        self.opened.deleteLater()
