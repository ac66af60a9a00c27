"""Several observations in one step, codes by their path, and who coded."""

from __future__ import annotations

import pytest

from tests.support.studies import observe, rows_of, written
from workbench.domain import fields
from workbench.domain.searching import Search
from workbench.errors import UserError
from workbench.study import Study

TEXT = "It moved. Nobody rang. I felt stupid."


@pytest.fixture
def told(study: Study) -> Study:
    """Three observations; the first two have the code “late”."""
    transcript = written(study, TEXT)
    late = study.codebook.add("late").id
    observe(study, transcript, "It moved", code_ids=[late])
    observe(study, transcript, "Nobody rang", code_ids=[late])
    observe(study, transcript, "stupid")
    return study


def test_many_change_in_one_step(told: Study) -> None:
    before = rows_of(told)
    ids = [passage.id for passage in told.passages.find()]
    told.observations.change_all(ids, fields.EMOTION.to(-2))
    assert {passage.emotion for passage in told.passages.find()} == {-2}
    told.undo()
    assert rows_of(told) == before


def test_a_code_goes_on_all_and_off_all(told: Study) -> None:
    before = rows_of(told)
    ids = [passage.id for passage in told.passages.find()]
    late = told.codebook.add("late").id
    told.observations.add_code(ids, late)
    assert told.codebook.use.mentions()[late] == 3
    told.observations.drop_code([*ids, ids[0]], late)
    assert late not in told.codebook.use.mentions()
    told.undo()
    told.undo()
    assert rows_of(told) == before


def test_a_path_makes_only_what_is_missing(told: Study) -> None:
    made = told.codebook.add_path("late / very  late/ too late")
    names = {code.id: code.name for code in told.codebook.codes()}
    assert made.parent_id is not None
    assert names[made.parent_id] == "very late"
    assert told.codebook.code(made.parent_id).parent_id == told.codebook.add("late").id
    assert told.codebook.add_path("elsewhere / too late").id == made.id
    assert told.codebook.code(made.id).parent_id == made.parent_id
    told.undo()
    told.undo()
    assert [code.name for code in told.codebook.codes()] == ["late"]
    with pytest.raises(UserError):
        told.codebook.add_path(" / ")


def test_search_codes_what_it_found_below_another_code(told: Study) -> None:
    hits = told.searching.find(Search("rang"))
    assert told.searching.code_all(hits, "late / silence") == 1
    made = told.codebook.find("silence")
    assert made is not None
    assert told.codebook.code(made.id).parent_id == told.codebook.add("late").id


def test_codes_that_go_together_are_counted(told: Study) -> None:
    late, shame = told.codebook.add("late").id, told.codebook.add("shame").id
    first, second, third = (passage.id for passage in told.passages.find())
    told.observations.add_code([first, second, third], shame)
    assert told.codebook.use.together([late]) == {shame: 2}
    told.observations.remove([first])
    assert told.codebook.use.together([late]) == {shame: 1}
    assert told.codebook.use.together([]) == {}


def test_a_coder_is_known_from_the_first_observation(told: Study) -> None:
    assert told.coders.all() == []
    assert told.coders.me() is None
    assert {p.observation.coder_id for p in told.passages.find()} == {None}
    before = rows_of(told)
    told.coder = "Ann"
    transcript = written(told, "More words.")
    one = observe(told, transcript, "More words")
    assert [coder.name for coder in told.coders.all()] == ["Ann"]
    assert one.coder_id == told.coders.me()
    told.memos.write("observation", one.id, "hm")
    kept = told.memos.of("observation", one.id)
    assert kept is not None
    assert kept.coder_id == one.coder_id
    told.coder = "Ben"
    assert told.coders.me() is None
    for _ in range(3):
        told.undo()
    assert rows_of(told) == before
    assert told.coders.all() == []
