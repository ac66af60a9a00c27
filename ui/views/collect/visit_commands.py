"""What is done with the form of a visit: answered, and its questions edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.views.collect.form_dialog import FormDialog
from ui.views.collect.visit_form import VisitForm
from ui.views.desk import Desk
from workbench.domain.visits import Answer

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace


class VisitCommands:
    """Carries them out.

    Args:
        desk: the study.
        form: shows a visit.
    """

    def __init__(self, desk: Desk[CollectWorkspace], form: VisitForm) -> None:
        self._study = desk.study
        self._form = form
        desk.hear(form.answered, self.answer)
        desk.hear(form.questions_wanted, self.edit_questions)
        desk.hear(form.question_removed, self._study.visits.questions.remove)

    def answer(self, item_id: str, value: Answer) -> None:
        """Answer a question of the visit that is shown."""
        self._form.write_answer(item_id, self._study, self._form.session_id, value)

    def edit_questions(self, item_id: str = "") -> None:
        """Show the questions of the form in a table, at one of them."""
        dialog = FormDialog(self._study, self._form.form_id, item_id, self._form)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
