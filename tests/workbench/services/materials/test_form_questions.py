"""The questions of a visit form change, and no answer is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.domain.ids import SessionId
from workbench.domain.materials import Method
from workbench.domain.visits import ItemKind, read_range
from workbench.errors import UserError
from workbench.study import Study


@pytest.fixture
def session_id(study: Study) -> SessionId:
    """A mystery visit with two answers."""
    made = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street").id
    study.visits.fill(made, answers={"greeted": "yes", "listening": "4"})
    return made


def _ids(study: Study) -> dict[str, str]:
    return {one.key: one.id for one in study.visits.items(study.visits.forms()[0].id)}


def _answers(study: Study, session_id: SessionId) -> dict[str, object]:
    filled = study.visits.visit(session_id)
    assert filled is not None
    return {k: v for k, v in filled.plain()["answers"].items() if v is not None}


@pytest.mark.parametrize(
    ("key", "values", "answer"),
    [
        ("greeted", {"ask": " Greeted\n at once? "}, True),
        ("greeted", {"kind": ItemKind.TEXT}, "yes"),
        ("listening", {"kind": ItemKind.NUMBER, "unit": "points"}, 4),
        ("listening", {"lowest": 0, "highest": 10}, 4),
        ("listening", {"kind": ItemKind.TEXT}, "4"),
        ("listening", {"weight": 0, "section": "Talk", "critical": True}, 4),
    ],
)
def test_a_question_changes_and_its_answers_stay(
    study: Study, session_id: SessionId, key: str, values: dict[str, Any], answer: object
) -> None:
    before = study.show()
    study.visits.questions.change(_ids(study)[key], **values)
    assert _answers(study, session_id)[key] == answer
    assert study.undo()
    assert study.show() == before
    study.redo()
    assert _answers(study, session_id)[key] == answer


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("listening", {"kind": ItemKind.YES_NO}, "1 answer that would not fit: 4 of 5"),
        ("listening", {"highest": 3}, "would not fit"),
        ("greeted", {"kind": ItemKind.SCALE}, "would not fit: yes"),
        ("greeted", {"ask": " "}, "has no name"),
        ("listening", {"highest": 1}, "from 1 to 1"),
        ("listening", {"highest": 40}, "from 1 to 40"),
        ("listening", {"weight": -1}, "weight of -1"),
    ],
)
def test_what_an_answer_does_not_fit_is_refused(
    study: Study, session_id: SessionId, key: str, values: dict[str, Any], sentence: str
) -> None:
    before = study.show()
    with pytest.raises(UserError, match=sentence):
        study.visits.questions.change(_ids(study)[key], **values)
    assert study.show() == before


def test_a_question_goes_into_the_bin_with_its_answers(study: Study, session_id: SessionId) -> None:
    before, item_id = study.show(), _ids(study)["listening"]
    assert study.visits.questions.remove(item_id) == 1
    assert _answers(study, session_id) == {"greeted": True}
    study.undo()
    assert study.show() == before
    study.redo()
    [binned] = study.bin.items()
    assert (binned.kind, binned.name, binned.holds) == (
        "question", "Quality of listening", {"answers": 1},
    )  # fmt: skip
    study.bin.restore([item_id])
    assert study.show() == before
    assert study.check() == []


def test_questions_are_added_and_put_in_order(study: Study, session_id: SessionId) -> None:
    form_id = study.visits.forms()[0].id
    questions = study.visits.questions
    first = questions.add(form_id, "Would I go back?", kind=ItemKind.SCALE)
    second = questions.add(form_id, "Would I go back?")
    assert (first.key, second.key) == ("would_i_go_back?", "would_i_go_back?_2")
    assert (first.section, first.lowest, first.highest) == ("Feeling", 1, 5)
    study.visits.answer(session_id, first.id, "5")
    for position, place in ((0, 0), (3, 3), (99, 13), (-1, 0)):
        questions.move(first.id, position)
        items = study.visits.items(form_id)
        assert [one.id for one in items].index(first.id) == place
        assert [one.position for one in items] == list(range(14))
    study.undo()
    assert study.visits.items(form_id)[13].id == first.id


@pytest.mark.parametrize("text", ["1–5", " 1 to 5", "1-5", "1 … 5"])
def test_a_range_is_read_as_people_type_it(text: str) -> None:
    assert read_range(text) == (1, 5)
    assert read_range("−2–2") == (-2, 2)


@pytest.mark.parametrize("text", ["", "5", "a–b", "1–5–9", "1.5–3"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_range(text)


def test_questions_of_one_wording_have_keys_of_their_own(study: Study) -> None:
    form, questions = study.visits.starter_form(), study.visits.questions
    asks = ("Clean", "Clean", "clean", "Clean 2", "CLEAN_2")
    keys = [questions.add(form.id, ask).key for ask in asks]
    assert keys == ["clean", "clean_2", "clean_3", "clean_2_2", "clean_2_3"]


def test_a_question_comes_last_also_after_some_were_removed(study: Study) -> None:
    form, questions = study.visits.starter_form(), study.visits.questions
    for item in study.visits.items(form.id)[1:4]:
        questions.remove(item.id)
    made = questions.add(form.id, "Clean")
    assert study.visits.items(form.id)[-1].id == made.id
