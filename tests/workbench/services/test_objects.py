"""Codes, people, memos, stages and findings keep their order and their sense."""

from __future__ import annotations

import pytest

from tests.support.studies import observe, person, written
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.errors import UserError
from workbench.study import Study


def test_merging_a_branch_into_its_own_leaf_makes_no_circle(study: Study) -> None:
    top = study.codebook.add("Top")
    middle = study.codebook.add("Middle", parent_id=top.id)
    leaf = study.codebook.add("Leaf", parent_id=middle.id)
    study.recoding.merge([top.id, leaf.id], leaf.id)
    assert study.codebook.code(leaf.id).parent_id is None
    assert study.codebook.code(middle.id).parent_id == leaf.id
    assert {code.name for code in study.codebook.codes()} == {"Middle", "Leaf"}


def test_merging_joins_codes_memos_and_mentions(study: Study) -> None:
    one, two, three = (study.codebook.add(name) for name in ("One", "Two", "Three"))
    child = study.codebook.add("Child", parent_id=two.id)
    transcript_id = written(study, "It took weeks and weeks.")
    observe(study, transcript_id, "took", code_ids=[one.id, two.id])
    observe(study, transcript_id, "weeks", code_ids=[three.id])
    study.memos.write("code", two.id, "Second.")
    study.memos.write("code", three.id, "Third.")
    study.recoding.merge([one.id, two.id, three.id], one.id)
    assert study.codebook.use.mentions() == {one.id: 2}
    memo = study.memos.of("code", one.id)
    assert memo is not None
    assert memo.text == "Second.\n\nThird."
    assert len(study.memos.all()) == 1
    assert study.codebook.code(child.id).parent_id == one.id


def test_a_code_cannot_lie_below_itself(study: Study) -> None:
    top = study.codebook.add("Top")
    leaf = study.codebook.add("Leaf", parent_id=top.id)
    for parent in (top, leaf):
        with pytest.raises(UserError) as caught:
            study.codebook.change(top.id, parent_id=parent.id)
        assert caught.value.code == "code-circle"
    assert study.codebook.change(leaf.id, parent_id=None).parent_id is None


def test_a_code_is_known_by_its_name(study: Study) -> None:
    code = study.codebook.add("  Broken   trust ")
    assert code.name == "Broken trust"
    assert study.codebook.add("BROKEN TRUST") == code
    assert study.codebook.find("nothing") is None
    with pytest.raises(UserError):
        study.codebook.add("  ")


def test_the_roster_keeps_its_order_through_undo(study: Study) -> None:
    people = [person(study, name) for name in ("Maya", "Ruth", "Owen")]
    session = study.materials.add_session(Method.FOCUS_GROUP, "Evening", people=people[::-1])
    assert [row.participant_id for row in study.materials.roster(session.id)] == people
    study.materials.set_roster(session.id, people[1:])
    study.undo()
    assert [row.participant_id for row in study.materials.roster(session.id)] == people


def test_stages_and_evidence_go_to_the_end_after_a_removal(study: Study) -> None:
    first, second = (study.journeys.add_stage(name) for name in ("Search", "Order"))
    study.journeys.remove_stage(first.id)
    third = study.journeys.add_stage("Use")
    assert [stage.id for stage in study.journeys.stages()] == [second.id, third.id]
    transcript_id = written(study, "One two three.")
    found = [observe(study, transcript_id, words).id for words in ("One", "two", "three")]
    insight = study.findings.add_insight("Counting works.")
    for observation_id in found[:2]:
        study.findings.add_evidence(insight.id, observation_id)
    study.findings.remove_evidence(insight.id, found[0])
    study.findings.add_evidence(insight.id, found[2])
    study.findings.add_evidence(insight.id, found[0])
    order = [row.observation_id for row in study.findings.evidence(insight.id)]
    assert order == [found[1], found[2], found[0]]


def test_a_memo_is_one_to_an_object(study: Study) -> None:
    code = study.codebook.add("Delay")
    first = study.memos.write("code", code.id, "Long.")
    assert study.memos.write("code", code.id, "Long.") == first
    longer = study.memos.write("code", code.id, "Longer.")
    assert study.memos.all() == [longer]
    assert study.memos.write("code", code.id, " ") is None
    assert study.memos.write("code", code.id, "") is None
    assert study.memos.all() == []


def test_codes_of_people_are_unique(study: Study) -> None:
    person(study, "Maya", code="P02")
    assert [row.code for row in study.people.participants()] == ["P02"]
    person(study, "Ruth")
    person(study, "Owen")
    assert [row.code for row in study.people.participants()] == ["P01", "P02", "P03"]
    with pytest.raises(UserError) as caught:
        person(study, "Other", code="P02")
    assert caught.value.code == "code-taken"
    with pytest.raises(UserError):
        person(study, "  ")


def test_stages_move_change_and_leave_their_observations(study: Study) -> None:
    stages = [study.journeys.add_stage(name) for name in ("Search", "Order", "Use")]
    point = study.journeys.add_touchpoint("Shop", channel="street")
    found = observe(
        study,
        written(study, "I went there."),
        "went",
        stage_id=stages[0].id,
        touchpoint_id=point.id,
    )
    study.journeys.move_stage(stages[0].id, 2)
    assert [stage.name for stage in study.journeys.stages()] == ["Order", "Use", "Search"]
    assert study.journeys.change_stage(stages[1].id, need="Speed").need == "Speed"
    assert study.journeys.stage(stages[1].id).need == "Speed"
    assert study.journeys.add_touchpoint(" SHOP ") == point
    assert study.journeys.change_touchpoint(point.id, owner="Sales").owner == "Sales"
    study.journeys.remove_touchpoint(point.id)
    study.journeys.remove_stage(stages[0].id)
    left = study.observations.get(found.id)
    assert (left.stage_id, left.touchpoint_id, left.words) == (None, None, "went")
    for add in (study.journeys.add_stage, study.journeys.add_touchpoint):
        with pytest.raises(UserError):
            add("  ")


def test_one_name_means_one_thing(study: Study) -> None:
    """Stages, steps, touchpoints and segments: nothing is added or renamed to a name in use."""
    journeys, people = study.journeys, study.people
    first, second = journeys.add_stage("Café  first"), journeys.add_stage("Waiting")
    assert first.name == "Café first"
    point, _ = journeys.add_touchpoint("Hotline"), journeys.add_touchpoint("Shop")
    people.add_segment("Young adults")
    before = study.history()
    for refused in (
        lambda: journeys.add_stage(" WAITING "),
        lambda: journeys.add_stage("Cafe\u0301 First"),
        lambda: journeys.change_stage(first.id, name="waiting", need="Speed"),
        lambda: journeys.change_stage(first.id, name=" "),
        lambda: journeys.change_touchpoint(point.id, name="SHOP"),
        lambda: journeys.change_touchpoint(point.id, name=""),
        lambda: people.add_segment("young  ADULTS"),
    ):
        with pytest.raises(UserError) as caught:
            refused()
        assert caught.value.code in ("name-taken", "name-missing")
    assert study.history() == before
    assert journeys.stage_called("waiting") == second
    assert journeys.change_stage(second.id, name="WAITING").name == "WAITING"
    assert journeys.add_stage("Waiting", track=Track.COMPANY).id not in {first.id, second.id}


@pytest.mark.parametrize("position", [-1, 2, 10**30])
def test_a_stage_moves_only_to_a_place_there_is(study: Study, position: int) -> None:
    stages = [study.journeys.add_stage(name) for name in ("Search", "Order")]
    with pytest.raises(UserError):
        study.journeys.move_stage(stages[0].id, position)
    assert study.journeys.stages() == stages


def test_findings_change_and_go_into_the_bin(study: Study) -> None:
    insight = study.findings.add_insight(" Waiting hurts. ")
    assert study.findings.change_insight(insight.id, so_what="Tell dates.").so_what
    assert insight.claim == "Waiting hurts."
    idea = study.findings.add_opportunity("Tell the date.", insight_id=insight.id)
    assert study.findings.change_opportunity(idea.id, owner="Sales").owner == "Sales"
    study.findings.remove_insight(insight.id)
    study.findings.remove_opportunity(idea.id)
    assert (study.findings.insights(), study.findings.opportunities()) == ([], [])
    study.undo()
    study.undo()
    assert len(study.findings.insights()) == len(study.findings.opportunities()) == 1
    for add in (study.findings.add_insight, study.findings.add_opportunity):
        with pytest.raises(UserError):
            add("  ")


def test_people_keep_apart_what_must_not_be_exported(study: Study) -> None:
    maya = person(study, "Maya", real_name="Anna Schmidt")
    assert study.people.real_name(maya) == "Anna Schmidt"
    study.people.set_real_name(maya, "Anna Meier")
    assert study.people.real_name(maya) == "Anna Meier"
    assert study.people.change(maya, note="Nice").note == "Nice"
    assert study.people.participant(maya).note == "Nice"
    segment = study.people.add_segment("Movers")
    assert study.people.change_segment(segment.id, persona="In a hurry").persona == "In a hurry"
    study.people.change(maya, segment_id=segment.id)
    study.people.remove_segment(segment.id)
    assert study.people.participant(maya).segment_id is None
    study.people.remove(maya)
    assert study.people.participants() == []
    assert "Meier" not in str(study.show())
