"""Mystery visits: forms, answers and scores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import resources
from workbench.analysis import visits as scoring
from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.ids import SessionId, new_id
from workbench.domain.materials import Method
from workbench.domain.naming import folded, suggestion
from workbench.domain.typed import Unreadable
from workbench.domain.visits import (
    Answer,
    FormItem,
    ItemKind,
    Visit,
    VisitAnswer,
    VisitForm,
    read_answer,
    stored_answer,
    times_of,
)
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.materials.form_questions import FormQuestions


@dataclass(frozen=True, slots=True)
class FilledVisit:
    """A visit with its form, answers by item id, and score."""

    visit: Visit
    items: tuple[FormItem, ...]
    answers: dict[str, Answer | Unreadable]
    score: scoring.VisitScore

    @property
    def minutes(self) -> int | Unreadable | None:
        """Return how long the visit took; `None` when not both times are known."""
        return scoring.minutes_there(self.visit)

    def without_words(self, instead: str) -> FilledVisit:
        """Return the visit with what was counted; `instead` stands in the place of words."""
        words = {item.id for item in self.items if item.kind is ItemKind.TEXT}
        return replace(
            self,
            visit=replace(self.visit, narrative=instead if self.visit.narrative else ""),
            answers={
                key: instead if key in words and answer else answer
                for key, answer in self.answers.items()
            },
        )

    def plain(self) -> dict[str, Any]:
        """Return the visit as plain data: answers by the keys of the form, minutes and scores."""
        minutes = self.minutes
        arrived, left = map(str, times_of(self.visit))
        answers = {item.key: self.answers.get(item.id) for item in self.items}
        return {
            "visit": asdict(self.visit) | {"arrived": arrived, "left_at": left},
            "minutes": str(minutes) if isinstance(minutes, Unreadable) else minutes,
            "answers": {
                key: str(answer) if isinstance(answer, Unreadable) else answer
                for key, answer in answers.items()
            },
            "sections": [asdict(part) | {"score": part.score} for part in self.score.sections],
            "score": self.score.score,
        }


class Visits:
    """The mystery visits of one study.

    Attributes:
        questions: what the forms ask.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.questions = FormQuestions(desk)
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
        kept = {
            row.item_id: row.value
            for row in self._tables.visit_answer.select(session_id=session_id)
        }
        answers = {i.id: stored_answer(i, kept[i.id]) for i in items if i.id in kept}
        return FilledVisit(visit, tuple(items), answers, scoring.score(items, answers))

    def fill(
        self,
        session_id: SessionId,
        *,
        form: str = "",
        answers: Mapping[str, Answer] | None = None,
        arrived: str | None = None,
        left: str | None = None,
        narrative: str | None = None,
    ) -> FilledVisit:
        """Fill the form of a visit from texts as people type them; all of it or nothing.

        Args:
            session_id: a mystery visit.
            form: name of the form; "" = the one it has, else the one new visits begin with.
            answers: key of an item -> answer; "n/a" for not applicable.
            arrived: a time of day, or a span that is also `left`.
            left: a time of day.
            narrative: the shopper's words.

        Returns:
            the visit with all its answers and its score.

        Raises:
            UserError: no such visit, form or item, or a value that cannot be read.
        """
        session = self._tables.session.find(session_id)
        if session is None or session.method is not Method.MYSTERY_VISIT:
            raise UserError(
                "visit-unknown",
                "“{session}” is no mystery visit.",
                "“workbench show” lists the sessions with their ids and methods.",
                session=session.title if session else session_id,
            )
        with self._desk.step(Op.EDIT_VISIT):
            visit = self._with_form(session_id, form)
            items = {item.key: item for item in self.items(visit.form_id)}
            for key, said in (answers or {}).items():
                if key not in items:
                    raise UserError(
                        "item-unknown",
                        "The form has no item “{key}”.",
                        suggestion(key, items),
                        key=key,
                    )
                self.answer(session_id, items[key].id, said)
            self.set_visit(
                replace(
                    visit,
                    arrived=visit.arrived if arrived is None else arrived,
                    left_at=visit.left_at if left is None else left,
                    narrative=visit.narrative if narrative is None else narrative,
                )
            )
        filled = self.visit(session_id)
        assert filled is not None  # noqa: S101
        return filled

    def _with_form(self, session_id: SessionId, name: str) -> Visit:
        """Return the visit of a session on a form; begun, if there is none."""
        present = self._tables.visit.find(session_id)
        if not name:
            return present or self.begin(session_id)
        if not self.forms():
            self.starter_form()
        forms = {folded(form.name): form for form in self.forms()}
        form = forms.get(folded(name))
        if form is None:
            names = (known.name for known in forms.values())
            raise UserError(
                "form-unknown", "There is no form “{name}”.", suggestion(name, names), name=name
            )
        if present is None:
            return self.set_visit(Visit(session_id, form.id))
        if present.form_id != form.id and self._tables.visit_answer.count(session_id=session_id):
            raise UserError(
                "form-answered",
                "The visit is answered on another form already.",
                "Leave the form out to go on with that one.",
            )
        return self.set_visit(replace(present, form_id=form.id))

    def set_visit(self, visit: Visit) -> Visit:
        """Write who visited where, when and with which scenario.

        Raises:
            UserError: a time that is new cannot be read; nothing is written.
        """
        with self._desk.step(Op.EDIT_VISIT):
            known = self._tables.visit.find(visit.session_id)
            return self._tables.visit.put(_with_times(visit, known))

    def change(self, session_id: SessionId, *given: Given[Visit]) -> None:
        """Change what is written of a visit, if there is one.

        Raises:
            UserError: a time that is new cannot be read; nothing is written.
        """
        if (present := self._tables.visit.find(session_id)) is not None:
            self.set_visit(replace(present, **named(*given)))

    def answer(self, session_id: SessionId, item_id: str, value: Answer) -> None:
        """Answer an item; `None` means not applicable and leaves both sums of the score.

        Args:
            session_id: the visit.
            item_id: the question.
            value: a value, or a text as people type it.

        Raises:
            UserError: the item cannot be answered so; nothing is written.
        """
        said = read_answer(self._tables.form_item.get(item_id), value)
        with self._desk.step(Op.EDIT_VISIT, merge_key=f"{session_id}/{item_id}"):
            value = json.dumps(said, ensure_ascii=False)
            self._tables.visit_answer.put(VisitAnswer(session_id, item_id, value))


def _with_times(visit: Visit, known: Visit | None) -> Visit:
    """Return a visit with its times as the study keeps them; what nobody changed is left alone."""
    before = (known.arrived, known.left_at) if known else ("", "")
    if (visit.arrived, visit.left_at) == before:
        return visit
    # A time from before times were checked must not stand in the way of mending the other.
    stuck = [
        text == old and isinstance(time, Unreadable)
        for text, old, time in zip(
            (visit.arrived, visit.left_at), before, times_of(visit), strict=True
        )
    ]
    arrived, left = typed.arrival_and_departure(
        "" if stuck[0] else visit.arrived, "" if stuck[1] else visit.left_at
    )
    return replace(visit, arrived=arrived or visit.arrived, left_at=left or visit.left_at)
