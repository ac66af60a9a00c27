"""Search over everything, in a part of the material, and coding of what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.studies import observe, person, recognised, text_under, written
from workbench.domain.anchors import Edit
from workbench.domain.materials import Method
from workbench.domain.searching import CLOSE, KINDS, OPEN, Extent, Mode, Search
from workbench.domain.sentences import sentence_around
from workbench.errors import UserError
from workbench.storage.search import _RANKED
from workbench.study import Study

FIRST = "I chose the date. \U0001f600 Then the date moved! Nobody rang, said no reason."
SECOND = "We waited for weeks, and the weeks were long."


@pytest.fixture
def told(study: Study) -> Study:
    """A study with two people, each in a session, and something of every kind."""
    maya, ruth = person(study, "Maya", note="date first"), person(study, "Ruth")
    one = written(study, FIRST, people=[maya], method=Method.INTERVIEW, title="With Maya")
    two = written(study, SECOND, people=[ruth], method=Method.FIELD_NOTE, title="A date with Ruth")
    stage = study.journeys.add_stage("Waiting", need="a date to plan with")
    code = study.codebook.add("broken date", definition="what was promised moved")
    found = observe(study, one, "date moved", code_ids=[code.id], comparator="Date & Sons")
    observe(study, two, "weeks were long", stage_id=stage.id)
    study.memos.write("observation", found.id, "The date is the point.")
    study.memos.write("code", code.id, "See the date in the shop.")
    study.findings.add_insight("A date is a promise.")
    study.findings.add_opportunity("Keep the date")
    study.journeys.add_touchpoint("Date desk")
    study.edit_charter(promise="A date at once.")
    return study


def _found(study: Study, text: str, mode: Mode = Mode.WORDS, **values: object) -> list[str]:
    hits = study.searching.find(Search(text, mode, **values))  # type: ignore[arg-type]
    return [hit.snippet.replace(OPEN, "[").replace(CLOSE, "]") for hit in hits]


def test_everything_is_searched_in_one_order(told: Study) -> None:
    hits = told.searching.find(Search("date"))
    assert list(dict.fromkeys(hit.kind for hit in hits)) == list(KINDS)
    assert all(OPEN in hit.snippet for hit in hits)
    assert {hit.title for hit in hits if hit.kind == "turn"} == {"With Maya"}


@pytest.mark.parametrize(
    ("typed", "mode", "count"),
    [
        ("date nobody", Mode.WORDS, 1),
        ("nobody dat", Mode.WORDS, 1),
        ("dat nobody", Mode.WORDS, 0),
        ("dat nob", Mode.PREFIX, 1),
        ("the date moved", Mode.PHRASE, 1),
        ("date the moved", Mode.PHRASE, 0),
        ("waited long", Mode.NEAR, 1),
        ("i reason", Mode.NEAR, 0),
        (r"\bweeks?\b", Mode.PATTERN, 1),
        ("WEEKS", Mode.PATTERN, 1),
        ("^we", Mode.PATTERN, 1),
        ("x*", Mode.PATTERN, 0),
        ("", Mode.PATTERN, 0),
    ],
)
def test_words_are_meant_as_chosen(told: Study, typed: str, mode: Mode, count: int) -> None:
    assert len(_found(told, typed, mode, kinds=("turn",))) == count


def test_search_keeps_to_a_part_of_the_material(told: Study) -> None:
    maya, ruth = (row.id for row in told.people.participants())
    stage = told.journeys.stages()[0].id
    said = ("turn",)
    assert len(_found(told, "the", participant_id=maya)) == 2
    assert _found(told, "date", participant_id=ruth, kinds=said) == []
    for mode in (Mode.WORDS, Mode.PATTERN):
        assert len(_found(told, "date", mode, method=Method.INTERVIEW)) == 2
        assert _found(told, "date", mode, method=Method.FOCUS_GROUP) == []
        assert len(_found(told, "weeks", mode, stage_id=stage)) == 1
        assert _found(told, "date", mode, stage_id=stage, kinds=said) == []


def test_what_belongs_to_a_part_is_found_with_it(told: Study) -> None:
    maya, ruth = (row.id for row in told.people.participants())
    stage = told.journeys.stages()[0].id
    one = told.materials.sources()[0]
    transcript = told.transcripts.of_source(one.id)
    assert transcript is not None
    told.memos.write("turn", told.transcripts.turns(transcript.id)[0].id, "Zanzibar said.")
    for subject, key in (
        ("charter", told.charter.id), ("participant", maya), ("session", one.session_id),
        ("source", one.id), ("code", told.codebook.codes()[0].id), ("stage", stage),
        ("observation", told.passages.find()[0].observation.id),
    ):  # fmt: skip
        told.memos.write(subject, key, f"Zanzibar {subject}.")
    for mode in (Mode.WORDS, Mode.PATTERN):

        def about(mode: Mode = mode, **part: object) -> set[str]:
            hits = told.searching.find(Search("zanzibar", mode, **part))  # type: ignore[arg-type]
            return {hit.title for hit in hits if hit.kind == "memo"}

        assert len(about()) == 8
        here = {"session", "source", "turn", "observation"}
        assert about(participant_id=maya) == {"participant", *here}
        assert about(method=Method.INTERVIEW) == here
        assert about(participant_id=maya, method=Method.INTERVIEW) == here
        assert about(participant_id=ruth) == set()
        assert about(stage_id=stage) == {"stage"}
    assert [hit.kind for hit in told.searching.find(Search("ruth", participant_id=ruth))] == [
        "participant", "session", "source",
    ]  # fmt: skip
    assert [hit.kind for hit in told.searching.find(Search("plan", stage_id=stage))] == ["stage"]


def test_words_kept_of_a_lost_passage_are_found(told: Study) -> None:
    [source] = [one for one in told.materials.sources() if one.title == "With Maya"]
    transcript = told.transcripts.of_source(source.id)
    assert transcript is not None
    turn = told.transcripts.turns(transcript.id)[0]
    found = observe(told, transcript.id, "date moved")
    told.corrections.edit(turn.id, Edit(0, len(turn.text), "Nothing."))
    hits = told.searching.find(Search("moved", kinds=("observation",)))
    assert found.id in {hit.id for hit in hits}


def test_signs_that_mark_hits_cannot_be_in_a_text(study: Study) -> None:
    transcript = written(study, f"It {OPEN}took{CLOSE} three weeks.")
    code = study.codebook.add("Delay")
    hits = study.searching.find(Search("weeks"))
    study.searching.code_all(hits, code.id, extent=Extent.WORDS)
    [made] = study.observations.in_transcript(transcript)
    assert made.words == "weeks"


def test_places_are_exact_to_the_letter(told: Study) -> None:
    for mode in (Mode.WORDS, Mode.PATTERN):
        [hit] = told.searching.find(Search("date", mode, kinds=("turn",)))
        assert [FIRST[at:to] for at, to in hit.spans] == ["date", "date"]


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        (Extent.WORDS, ["date", "date"]),
        (Extent.SENTENCE, ["I chose the date.", "\U0001f600 Then the date moved!"]),
        (Extent.TURN, [FIRST]),
    ],
)
def test_all_hits_are_coded_in_one_step(told: Study, extent: Extent, words: list[str]) -> None:
    code = told.codebook.add("When")
    hits = told.searching.find(Search("date"))
    before = len(told.passages.find())
    assert told.searching.code_all(hits, code.id, extent=extent) == len(words)
    made = [row for row in told.passages.find() if code in row.codes]
    assert [row.observation.words for row in made] == words
    assert [text_under(told, row.observation) for row in made] == words
    assert told.searching.code_all(hits, code.id, extent=extent) == 0
    told.undo()
    assert len(told.passages.find()) == before


def test_words_that_are_coded_get_the_code_too(told: Study) -> None:
    [hit] = told.searching.find(Search("date moved", Mode.PHRASE, kinds=("turn",)))
    before = len(told.passages.find())
    assert told.searching.code_all([hit], told.codebook.add("When").id, extent=Extent.WORDS) == 1
    assert len(told.passages.find()) == before


@pytest.mark.parametrize("pattern", ["(", "[", "*", "(?<n>", "a{2,1}", "\\"])
def test_a_broken_pattern_is_a_sentence(told: Study, pattern: str) -> None:
    with pytest.raises(UserError) as caught:
        told.searching.find(Search(pattern, Mode.PATTERN))
    assert caught.value.code == "search-pattern"


def test_a_pattern_without_end_is_stopped(study: Study) -> None:
    written(study, "a" * 60 + "b")
    with pytest.raises(UserError) as caught:
        study.searching.find(Search(r"(a|aa)+$", Mode.PATTERN))
    assert caught.value.code == "search-slow"


@given(st.text(), st.sampled_from([mode for mode in Mode if mode is not Mode.PATTERN]))
def test_any_words_are_no_error(told: Study, typed: str, mode: Mode) -> None:
    assert isinstance(told.searching.find(Search(typed, mode)), list)


@given(st.text(max_size=60), st.data())
def test_a_sentence_holds_what_it_is_around(text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    inside = [at for at, letter in enumerate(text) if not letter.isspace()]
    start = data.draw(st.sampled_from(inside))
    first, last = sentence_around(text, start, start + 1)
    assert 0 <= first <= start < last <= len(text)
    assert text[first:last] == text[first:last].strip()


def test_words_that_are_everywhere_come_in_the_order_of_the_material(study: Study) -> None:
    transcript = recognised(study, *(f"the turn number {n}" for n in range(_RANKED + 1)))
    ids = [turn.id for turn in study.transcripts.turns(transcript.id)]
    assert [hit.id for hit in study.search("the turn", 3)] == ids[:3]
    assert [hit.id for hit in study.search("the number 7", 1)] == [ids[7]]


def _each(remove: Callable[[Any], None], rows: Sequence[Any]) -> None:
    for row in rows:
        remove(row.id)


_TO_THE_BIN: dict[str, Callable[[Study], None]] = {
    "observation": lambda study: study.observations.remove(
        [passage.id for passage in study.passages.find()]
    ),
    "code": lambda study: study.codebook.remove(study.codebook.codes()[0].id),
    "stage": lambda study: study.journeys.remove_stage(study.journeys.stages()[0].id),
    "touchpoint": lambda study: study.journeys.remove_touchpoint(
        study.journeys.touchpoints()[0].id
    ),
    "participant": lambda study: _each(study.people.remove, study.people.participants()),
    "session": lambda study: _each(study.materials.remove_session, study.materials.sessions()),
    "source": lambda study: _each(study.materials.remove_source, study.materials.sources()),
    "insight": lambda study: study.findings.remove_insight(study.findings.insights()[0].id),
    "opportunity": lambda study: study.findings.remove_opportunity(
        study.findings.opportunities()[0].id
    ),
}


def _hits(study: Study, mode: Mode) -> set[tuple[str, str]]:
    return {(hit.kind, hit.id) for hit in study.searching.find(Search("date", mode))}


@pytest.mark.parametrize("mode", [Mode.WORDS, Mode.PATTERN])
@pytest.mark.parametrize("kind", _TO_THE_BIN)
def test_what_lies_in_the_bin_is_not_found_until_it_is_back(
    told: Study, kind: str, mode: Mode
) -> None:
    before = _hits(told, mode)
    own = {key for one, key in before if one == kind}
    _TO_THE_BIN[kind](told)
    there = _hits(told, mode)
    assert own
    assert not own & {key for _, key in there}
    told.bin.restore([item.id for item in told.bin.items()])
    assert _hits(told, mode) == before


def test_with_everything_in_the_bin_only_the_study_itself_is_found(told: Study) -> None:
    """Also no memo on a thing in the bin, nor on words of a recording that lies there."""
    turn = told.searching.find(Search("date", kinds=("turn",)))[0]
    told.memos.write("turn", turn.id, "Which date?")
    told.memos.write("session", told.materials.sessions()[0].id, "No date was said.")
    assert len([hit for hit in told.search("date") if hit.kind == "memo"]) == 4
    for remove in _TO_THE_BIN.values():
        remove(told)
    assert told.search("date") == []
    for mode in (Mode.WORDS, Mode.PATTERN):
        assert {kind for kind, _ in _hits(told, mode)} == {"charter"}


def test_what_is_noted_on_a_recording_goes_with_it(told: Study) -> None:
    """An observation and its memo are in no bin themselves when their recording is."""
    _each(told.materials.remove_source, told.materials.sources())
    for mode in (Mode.WORDS, Mode.PATTERN):
        assert {kind for kind, _ in _hits(told, mode)}.isdisjoint({"observation", "turn"})
