"""What was removed lies in the bin, with what hangs on it, and comes back in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.studies import Clock, observe, person, recognised, rows_of, text_under, written
from tests.workbench.exchange import files
from workbench.domain.findings import Stance
from workbench.domain.journey import Track
from workbench.errors import UserError
from workbench.services.history.bin import Binned
from workbench.study import Study


def _bin(study: Study) -> list[tuple[str, str, dict[str, int]]]:
    return [(one.kind, one.name, dict(one.holds)) for one in study.bin.items()]


def _only(study: Study) -> Binned:
    (found,) = study.bin.items()
    return found


def _full(study: Study) -> dict[str, Any]:
    """Make one of everything that can be removed, each with something on it."""
    segment = study.people.add_segment("Starters")
    maya = person(study, "Maya", segment_id=segment.id)
    transcript = written(study, "It took three weeks.", people=[maya], title="Maya at home")
    source = study.materials.source(study.transcripts.transcript(transcript).source_id)
    code = study.codebook.add("Delay")
    child = study.codebook.add("Broken date", parent_id=code.id)
    stage = study.journeys.add_stage("Waiting")
    point = study.journeys.add_touchpoint("Letter")
    seen = observe(
        study,
        transcript,
        "three weeks",
        code_ids=[code.id, child.id],
        stage_id=stage.id,
        touchpoint_id=point.id,
    )
    insight = study.findings.add_insight("Waiting is worse than late")
    study.findings.add_evidence(insight.id, seen.id, Stance.AGAINST)
    chance = study.findings.add_opportunity("Name the day", insight_id=insight.id)
    memo = study.memos.write("code", code.id, "Compare with the calls.")
    assert memo is not None
    return {
        "segment": segment.id,
        "person": maya,
        "session": source.session_id,
        "source": source.id,
        "code": code.id,
        "stage": stage.id,
        "touchpoint": point.id,
        "observation": seen.id,
        "insight": insight.id,
        "opportunity": chance.id,
        "memo": memo.id,
    }


_REMOVE: dict[str, Callable[[Study, dict[str, Any]], object]] = {
    "segment": lambda study, ids: study.people.remove_segment(ids["segment"]),
    "person": lambda study, ids: study.people.remove(ids["person"]),
    "session": lambda study, ids: study.materials.remove_session(ids["session"]),
    "source": lambda study, ids: study.materials.remove_source(ids["source"]),
    "code": lambda study, ids: study.codebook.remove(ids["code"]),
    "stage": lambda study, ids: study.journeys.remove_stage(ids["stage"]),
    "touchpoint": lambda study, ids: study.journeys.remove_touchpoint(ids["touchpoint"]),
    "observation": lambda study, ids: study.observations.remove([ids["observation"]]),
    "insight": lambda study, ids: study.findings.remove_insight(ids["insight"]),
    "opportunity": lambda study, ids: study.findings.remove_opportunity(ids["opportunity"]),
    "memo": lambda study, ids: study.memos.write("code", ids["code"], ""),
}
_TOLD = {
    "segment": ("Starters", {"people": 1}),
    "person": ("Maya", {"sessions": 1}),
    "session": ("Maya at home", {"people": 1, "sources": 1, "observations": 1}),
    "source": ("Maya at home", {"observations": 1}),
    "code": ("Delay", {"observations": 1, "codes": 1}),
    "stage": ("Waiting", {"observations": 1}),
    "touchpoint": ("Letter", {"observations": 1}),
    "observation": ("three weeks", {"insights": 1}),
    "insight": ("Waiting is worse than late", {"observations": 1}),
    "opportunity": ("Name the day", {}),
    "memo": ("Compare with the calls.", {}),
}


@pytest.mark.parametrize("kind", _REMOVE)
def test_each_kind_is_told_and_comes_back_as_it_was(study: Study, clock: Clock, kind: str) -> None:
    ids = _full(study)
    before = rows_of(study)
    assert study.bin.items() == []
    study.coder = "Ada"
    clock.tick()
    _REMOVE[kind](study, ids)
    gone = rows_of(study)
    name, holds = _TOLD[kind]
    assert _only(study) == Binned(kind, ids[kind], name, "2026-09-12T10:01:01+00:00", "Ada", holds)
    study.coder = "Ben"
    clock.tick()
    restored = study.bin.restore([ids[kind]])
    assert ([one.id for one in restored.items], restored.notes) == ([ids[kind]], ())
    assert rows_of(study) == before
    assert study.bin.items() == []
    assert study.undo_label == "Restore from the bin"
    study.undo()
    assert rows_of(study) == gone
    assert _only(study).removed_by == "Ada"
    study.redo()
    assert rows_of(study) == before


def test_a_person_comes_back_under_a_name_that_nobody_else_has(study: Study) -> None:
    maya, other = person(study, "Maya"), person(study, "Ruth")
    study.people.remove(maya)
    study.people.change(other, pseudonym="MAYA")
    restored = study.bin.restore([maya])
    names = {row.id: row.pseudonym for row in study.people.participants()}
    assert names == {maya: "Maya 2", other: "MAYA"}
    assert [note for note in restored.notes if "“Maya 2”" in note]


def test_a_step_of_the_company_keeps_no_stage_from_coming_back(study: Study) -> None:
    stage = study.journeys.add_stage("Delivery")
    study.journeys.add_stage("Delivery", track=Track.COMPANY)
    study.journeys.remove_stage(stage.id)
    assert study.bin.restore([stage.id]).notes == ()
    assert study.journeys.stages() == [stage]


def test_undone_removals_are_not_in_the_bin(study: Study) -> None:
    ids = _full(study)
    for remove in _REMOVE.values():
        remove(study, ids)
        study.undo()
        assert study.bin.items() == []


def test_a_session_takes_its_sources_and_leaves_those_removed_before(
    study: Study, tmp_path: Path
) -> None:
    (visit,) = study.imports.take_in([files.write(tmp_path, "Visit.md", "One.")])
    home = visit.session_id
    notes = files.write(tmp_path, "Notes.md", "Two.")
    (second,) = study.imports.take_in([notes], session_id=home)
    study.materials.remove_source(second.id)
    study.materials.remove_session(home)
    assert _bin(study) == [("session", "Visit", {"sources": 1}), ("source", "Notes", {})]
    study.bin.restore([home])
    assert [source.title for source in study.materials.sources()] == ["Visit"]
    assert _bin(study) == [("source", "Notes", {})]


def test_what_lies_in_something_brings_that_back(study: Study) -> None:
    ids = _full(study)
    study.observations.remove([ids["observation"]])
    study.materials.remove_source(ids["source"])
    study.materials.remove_session(ids["session"])
    assert len(study.bin.items()) == 3
    restored = study.bin.restore([ids["observation"]])
    assert [one.kind for one in restored.items] == ["session", "source", "observation"]
    assert [seen.observation.words for seen in study.passages.find()] == ["three weeks"]
    assert study.bin.items() == []


def test_merged_codes_come_back_with_their_passages(study: Study) -> None:
    ids = _full(study)
    late = study.codebook.add("Late")
    study.memos.write("code", late.id, "Often said.")
    study.recoding.merge([ids["code"]], late.id)
    assert _bin(study) == [("code", "Delay", {"observations": 1, "codes": 1, "memos": 1})]
    study.bin.restore([ids["code"]])
    names = {code.id: code.name for code in study.codebook.codes()}
    found = study.observations.codes_of(ids["observation"])
    assert {names[one] for one in found} == {"Delay", "Broken date", "Late"}
    memo = study.memos.of("code", ids["code"])
    assert memo is not None
    assert memo.text == "Compare with the calls."


def test_names_given_away_meanwhile_are_told(study: Study) -> None:
    maya = study.people.add(code="P01", pseudonym="Maya")
    delay = study.codebook.add("Delay")
    study.people.remove(maya.id)
    study.codebook.remove(delay.id)
    study.people.add(code="P01", pseudonym="Noah")
    study.codebook.add("delay")
    restored = study.bin.restore([maya.id, delay.id])
    assert restored.notes == (
        "Another person is called “P01” by now, so the restored one is “P01 2”.",
        "Another code is called “Delay” by now, so the restored one is “Delay 2”.",
    )
    assert [one.code for one in study.people.participants()] == ["P01", "P01 2"]
    assert [code.name for code in study.codebook.codes()] == ["Delay 2", "delay"]


def test_what_changed_meanwhile_stays(study: Study) -> None:
    ids = _full(study)
    study.codebook.remove(ids["code"])
    child = study.codebook.find("Broken date")
    assert child is not None
    study.codebook.change(child.id, name="Date broken", definition="Said and not kept.")
    study.journeys.remove_stage(ids["stage"])
    other = study.journeys.add_stage("Living with it")
    study.observations.change(ids["observation"], stage_id=other.id)
    study.bin.restore([ids["code"], ids["stage"]])
    child = study.codebook.code(child.id)
    assert (child.name, child.parent_id) == ("Date broken", ids["code"])
    seen = study.observations.get(ids["observation"])
    assert seen.stage_id == other.id
    assert "Waiting" in [stage.name for stage in study.journeys.stages()]


def test_a_memo_that_was_rewritten_or_joined_is_not_in_the_bin(study: Study, clock: Clock) -> None:
    ids = _full(study)
    clock.tick()
    study.memos.write("code", ids["code"], "")
    clock.tick()
    assert [one.kind for one in study.bin.items()] == ["memo"]
    study.memos.write("code", ids["code"], "Anew.")
    assert study.bin.items() == []


def test_passages_find_their_words_in_the_text_that_came_meanwhile(
    study: Study, tmp_path: Path
) -> None:
    old = recognised(study, "It took three weeks.")
    seen = observe(study, old.id, "three weeks")
    study.observations.remove([seen.id])
    heard = files.write(tmp_path, "heard.txt", "Well.\n\nIt took three weeks.")
    new = study.imports.attach(old.source_id, heard).transcript
    study.bin.restore([seen.id])
    placed = study.observations.get(seen.id)
    assert (placed.transcript_id, placed.deleted_at) == (new.id, None)
    assert text_under(study, placed) == "three weeks"


def test_an_unknown_id_restores_nothing(study: Study) -> None:
    ids = _full(study)
    study.findings.remove_insight(ids["insight"])
    with pytest.raises(UserError, match="nothing “x” in the bin"):
        study.bin.restore([ids["insight"], "x"])
    assert len(study.bin.items()) == 1


def test_the_bin_of_a_study_open_for_reading_can_be_looked_at(study: Study) -> None:
    ids = _full(study)
    study.people.remove(ids["person"])
    study.close()
    with Study.open(study.folder, read_only=True) as looked_at:
        assert [one.name for one in looked_at.bin.items()] == ["Maya"]
        with pytest.raises(UserError, match="reading only"):
            looked_at.bin.restore([ids["person"]])
