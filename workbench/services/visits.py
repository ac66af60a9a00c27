"""Mystery visits: forms, answers and scores."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import resources
from workbench.analysis import visits as scoring
from workbench.domain.change import Op
from workbench.domain.ids import SessionId, new_id
from workbench.domain.visits import FormItem, ItemKind, Visit, VisitAnswer, VisitForm
from workbench.services.desk import Desk

Answer = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class FilledVisit:
    """A visit with its form, answers by item id, and score."""

    visit: Visit
    items: tuple[FormItem, ...]
    answers: dict[str, Answer]
    score: scoring.VisitScore


class Visits:
    """The mystery visits of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def forms(self) -> list[VisitForm]:
        """Return all forms."""
        return self._tables.visit_form.select(order="name")

    def items(self, form_id: str) -> list[FormItem]:
        """Return the items of a form in order."""
        return self._tables.form_item.select(form_id=form_id, order="position")

    def add_form(self, name: str, items: list[dict[str, Any]]) -> VisitForm:
        """Add a form; each item gives fields of `FormItem` except ids and position."""
        form = VisitForm(new_id(), name)
        with self._desk.step(Op.EDIT_VISIT):
            self._tables.visit_form.add(form)
            self._tables.form_item.add_all(
                FormItem(id=new_id(), form_id=form.id, position=position, **item)
                for position, item in enumerate(items)
            )
        return form

    def starter_form(self) -> VisitForm:
        """Return the form new visits begin with: the study's first, else the one we bring."""
        forms = self.forms()
        if forms:
            return forms[0]
        file = resources.path("visit_forms", "shop-visit.json")
        form = json.loads(file.read_text(encoding="utf-8"))
        items = [{**item, "kind": ItemKind(item["kind"])} for item in form["items"]]
        return self.add_form(form["name"], items)

    def begin(self, session_id: SessionId) -> Visit:
        """Give a session an empty visit form, unless it has one."""
        present = self._tables.visit.find(session_id)
        if present is not None:
            return present
        with self._desk.step(Op.EDIT_VISIT):
            return self.set_visit(Visit(session_id, self.starter_form().id))

    def visit(self, session_id: SessionId) -> FilledVisit | None:
        """Return the visit of a session with answers and score."""
        visit = self._tables.visit.find(session_id)
        if visit is None:
            return None
        items = self.items(visit.form_id)
        answers = {
            row.item_id: json.loads(row.value)
            for row in self._tables.visit_answer.select(session_id=session_id)
        }
        return FilledVisit(visit, tuple(items), answers, scoring.score(items, answers))

    def set_visit(self, visit: Visit) -> Visit:
        """Write who visited where, when and with which scenario."""
        with self._desk.step(Op.EDIT_VISIT):
            return self._tables.visit.put(visit)

    def answer(self, session_id: SessionId, item_id: str, value: Answer) -> None:
        """Answer an item; `None` means not applicable and leaves both sums of the score."""
        with self._desk.step(Op.EDIT_VISIT, merge_key=f"{session_id}/{item_id}"):
            self._tables.visit_answer.put(VisitAnswer(session_id, item_id, json.dumps(value)))
