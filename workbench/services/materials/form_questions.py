"""The questions of a visit form: added, edited, put in another order, removed.

All visits on a form follow at once. No answer is lost on the way: a question takes another kind or
range only as far as every answer it has been given can be read so too, and the answers of one that
is removed go with it into the bin and come back with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.domain.change import Op
from workbench.domain.ids import new_id
from workbench.domain.naming import folded, free, required
from workbench.domain.typed import Unreadable
from workbench.domain.visits import (
    FormItem,
    ItemKind,
    VisitAnswer,
    read_answer,
    show_answer,
    stored_answer,
    usual_range,
)
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.words import counted

_STEPS = 11  # buttons of a scale that fit beside its question
_MOST = 1_000


class FormQuestions:
    """The questions of the visit forms of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._items, self._answers = desk.tables.form_item, desk.tables.visit_answer

    def add(self, form_id: str, ask: str, *, kind: ItemKind = ItemKind.YES_NO) -> FormItem:
        """Add a question at the end, in the section of the last one."""
        ask = required(ask, "question")
        present = self._of(form_id)
        taken = [one.key.replace("_", " ") for one in present]
        key = free(folded(ask.replace("_", " ")), taken).replace(" ", "_")
        # Those that were removed left their places empty.
        section, position = (present[-1].section, present[-1].position + 1) if present else ("", 0)
        made = FormItem(new_id(), form_id, section, position, key, ask, ItemKind.YES_NO)
        with self._desk.step(Op.EDIT_FORM):
            return self._items.add(_sound(replace(made, kind=kind), made))

    def change(self, item_id: str, **values: Any) -> FormItem:
        """Change a question; its answers are kept, and read as it asks for them now.

        Args:
            item_id: the question.
            values: any of section, ask, kind, unit, lowest, highest, weight, critical.

        Raises:
            UserError: it has no words, its range is none, or an answer does not fit it.
        """
        old = self._items.get(item_id)
        new = _sound(replace(old, **values), old)
        answers = dict(self._read_anew(old, new))
        with self._desk.step(Op.EDIT_FORM):
            for given, value in answers.items():
                self._answers.put(replace(given, value=value))
            return self._items.put(new)

    def move(self, item_id: str, position: int) -> None:
        """Put a question at another place of its form, counted from 0; outside it, at an end."""
        moved = self._items.get(item_id)
        order = [one for one in self._of(moved.form_id) if one.id != item_id]
        order.insert(max(0, position), moved)
        with self._desk.step(Op.EDIT_FORM):
            for number, one in enumerate(order):
                if one.position != number:
                    self._items.change(one.id, position=number)

    def remove(self, item_id: str) -> int:
        """Put a question into the bin with its answers; return how many those are."""
        self._items.get(item_id)
        given = self._answers.count(item_id=item_id)
        with self._desk.step(Op.EDIT_FORM):
            self._items.remove(item_id)
        return given

    def _of(self, form_id: str) -> list[FormItem]:
        return self._items.select(form_id=form_id, order="position")

    def _read_anew(self, old: FormItem, new: FormItem) -> Iterator[tuple[VisitAnswer, str]]:
        """Yield the answers to a question that are to be kept otherwise."""
        if (old.kind, old.lowest, old.highest) == (new.kind, new.lowest, new.highest):
            return
        stuck = []
        for given in self._answers.select(item_id=old.id):
            answer = stored_answer(old, given.value)
            if isinstance(answer, Unreadable):
                continue  # it was so before
            try:
                value = json.dumps(read_answer(new, answer), ensure_ascii=False)
            except UserError:
                stuck.append(show_answer(old, answer))
                continue
            if value != given.value:
                yield given, value
        if stuck:
            raise UserError(
                "question-answered",
                counted(
                    len(stuck),
                    "“{question}” has {n} answer that would not fit: {answer}.",
                    "“{question}” has {n} answers that would not fit: {answer}.",
                    question=old.ask,
                    answer=stuck[0],
                ),
                "Change those visits first, or remove the question and add another one.",
            )


def _sound(new: FormItem, old: FormItem) -> FormItem:
    """Return a question as it can be asked.

    Raises:
        UserError: it cannot.
    """
    if new.kind is not old.kind and (new.lowest, new.highest) == (old.lowest, old.highest):
        lowest, highest = usual_range(new.kind)
        new = replace(new, lowest=lowest, highest=highest)
    if new.kind is ItemKind.SCALE and not 0 < new.highest - new.lowest < _STEPS:
        raise UserError(
            "question-range",
            "A scale from {lowest} to {highest} cannot be answered by a press.",
            "Give it 2 to {most} steps, as in “1–5”.",
            lowest=new.lowest,
            highest=new.highest,
            most=_STEPS,
        )
    if not 0 <= new.weight <= _MOST:
        raise UserError(
            "question-weight",
            "A weight of {weight} is none.",
            "Type 0 to {most}.",
            weight=new.weight,
            most=_MOST,
        )
    return replace(new, ask=required(new.ask, "question"), section=" ".join(new.section.split()))
