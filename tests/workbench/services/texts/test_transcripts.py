"""Turns arrive once, however often they are told, and nobody's corrections are overwritten."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import document, drafts, observe, person, recognised, rows_of, text_under
from workbench.domain.anchors import Edit
from workbench.domain.ids import TranscriptId
from workbench.domain.observation import Placement
from workbench.domain.transcript import TurnDraft
from workbench.study import Study

_HEARD = drafts("It took weeks.", "How many?", "Three, I think.", "Oh dear.")
_VOICES = drafts(
    "It took weeks.", "How many?", "Three, I think. Oh dear.", speakers=("S1", "S2", "S1")
)


def _texts(study: Study, transcript_id: TranscriptId) -> list[str]:
    return [turn.text for turn in study.transcripts.turns(transcript_id)]


def _labels(study: Study, transcript_id: TranscriptId) -> list[str | None]:
    labels = {row.id: row.label for row in study.transcripts.speakers.of(transcript_id)}
    turns = study.transcripts.turns(transcript_id)
    return [labels[turn.speaker_id] if turn.speaker_id else None for turn in turns]


@examples(0.4)
@given(batches=st.lists(st.lists(st.sampled_from(_HEARD), min_size=1, max_size=3), max_size=6))
def test_turns_arrive_once_in_any_order(
    batches: list[list[TurnDraft]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Study.create(tmp_path_factory.mktemp("turns") / "a.study") as study:
        transcript = recognised(study)
        arrived: set[int] = set()
        for batch in [*batches, list(_HEARD)]:
            ordinals = {draft.ordinal for draft in batch}
            assert study.arrivals.accept(transcript.id, batch) == len(ordinals - arrived)
            arrived |= ordinals
        before = rows_of(study)
        assert study.arrivals.accept(transcript.id, _HEARD) == 0
        assert rows_of(study) == before
        assert _texts(study, transcript.id) == [draft.text for draft in _HEARD]
        assert [turn.words for turn in study.transcripts.turns(transcript.id)] == [
            draft.words for draft in _HEARD
        ]


def test_voices_regroup_the_turns_and_come_once(study: Study) -> None:
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, _HEARD)
    found = observe(study, transcript.id, "I think. Oh")
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    assert _texts(study, transcript.id) == [draft.text for draft in _VOICES]
    assert _labels(study, transcript.id) == ["S1", "S2", "S1"]
    placed = study.observations.get(found.id)
    assert text_under(study, placed) == "I think. Oh"
    before = rows_of(study)
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    assert rows_of(study) == before
    assert study.check() == []


@pytest.mark.parametrize("edited", [False, True])
def test_a_spool_that_is_replayed_after_a_crash_adds_nothing(study: Study, edited: bool) -> None:
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, _HEARD)
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    if edited:
        turn = study.transcripts.turns(transcript.id)[0]
        study.corrections.edit(turn.id, Edit(0, 2, "That"))
    before = rows_of(study)
    assert study.arrivals.accept(transcript.id, _HEARD) == 0
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    assert rows_of(study) == before


def test_corrected_text_is_not_overwritten_by_voices(study: Study) -> None:
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, _HEARD)
    turn = study.transcripts.turns(transcript.id)[2]
    study.corrections.edit(turn.id, Edit(0, 5, "Thirty"))
    found = observe(study, transcript.id, "Thirty")
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    assert _texts(study, transcript.id) == [
        "It took weeks.",
        "How many?",
        "Thirty, I think.",
        "Oh dear.",
    ]
    assert _labels(study, transcript.id) == ["S1", "S2", "S1", "S1"]
    assert study.observations.get(found.id) == found


def test_a_voice_far_from_a_turn_is_not_guessed(study: Study) -> None:
    transcript = recognised(study)
    untimed = TurnDraft(4, "Written in later.")
    study.arrivals.accept(transcript.id, [*_HEARD, untimed])
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(0, 2, "That"))
    late = drafts("Later.", speakers=("S1",), begin_ms=90_000)
    study.arrivals.accept_speakers(transcript.id, [*late, TurnDraft(1, "Never.", speaker="S2")])
    assert _labels(study, transcript.id) == [None] * 5


def test_a_transcript_that_goes_on_after_voices_grows(study: Study) -> None:
    transcript = recognised(study)
    early = drafts("Hello.", "Hi.", speakers=("S1", "S2"))
    study.arrivals.accept(transcript.id, early)
    later = drafts("Well.", speakers=("S1",), first=2, begin_ms=10_000)
    assert study.arrivals.accept(transcript.id, later) == 1
    assert study.arrivals.accept(transcript.id, [TurnDraft(9, "No time.")]) == 1
    assert study.arrivals.accept(transcript.id, drafts("Well.", first=7, begin_ms=10_000)) == 0
    assert _labels(study, transcript.id) == ["S1", "S2", "S1", None]


def test_ten_voices_keep_the_order_they_were_found_in(study: Study) -> None:
    labels = [f"S{number}" for number in range(1, 12)]
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts(*["Hm."] * 11, speakers=labels))
    assert [row.label for row in study.transcripts.speakers.of(transcript.id)] == labels


def test_observations_of_a_replaced_transcript_keep_their_order_by_time(study: Study) -> None:
    transcript = recognised(study, "yes and yes and yes and yes")
    placed = [observe(study, transcript.id, "yes", nth) for nth in range(4)]
    new = study.arrivals.start(transcript.source_id)
    study.arrivals.accept(new.id, drafts("Yes and", "yes and", "yes and", "yes."))
    study.arrivals.finish(new.id, "en")
    turns = [study.observations.get(row.id).first_turn_id for row in placed]
    assert None not in turns
    assert all(
        row.placement is Placement.PLACED for row in study.observations.in_transcript(new.id)
    )


# --- who speaks


def test_names_in_an_imported_transcript_become_pseudonyms(study: Study) -> None:
    maya = person(study, "Maya", real_name="Anna Schmidt")
    source = document(study, "Hello.", "Hi.", speakers=("Anna Schmidt", "Moderator"))
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    voices = study.transcripts.speakers.of(transcript.id)
    assert [(row.label, row.participant_id) for row in voices] == [
        ("Maya", maya),
        ("Moderator", None),
    ]
    assert "Schmidt" not in str(study.show())


# --- show


def test_show_is_plain_data_without_real_names(study: Study, tmp_path: Path) -> None:
    maya = person(study, "Maya", real_name="Anna Schmidt")
    transcript = recognised(study, "It took weeks.", people=[maya])
    code = study.codebook.add("Delay")
    observe(study, transcript.id, "weeks.", code_ids=[code.id])
    shown = study.show()
    source = shown["sessions"][0]["sources"][0]
    assert [word["text"] for word in source["transcript"]["turns"][0]["words"]] == [
        "It",
        "took",
        "weeks.",
    ]
    assert source["transcript"]["turns"][0]["words"][0]["probability"] == 0.9
    [found] = shown["observations"]
    assert (found["words"], found["codes"], found["person"]) == ("weeks.", ["Delay"], "Maya")
    assert (found["start_ms"], found["end_ms"]) == (800, 1200)
    assert "Schmidt" not in str(shown)
    with Study.open(study.folder, read_only=True) as reader:
        assert reader.show() == shown


def test_all_orders_of_three_batches_give_the_same_text(study: Study) -> None:
    texts = set()
    for order in itertools.permutations([_HEARD[:2], _HEARD[1:3], _HEARD[3:]]):
        transcript = recognised(study)
        for batch in order:
            study.arrivals.accept(transcript.id, batch)
        texts.add(tuple(_texts(study, transcript.id)))
    assert texts == {tuple(draft.text for draft in _HEARD)}
