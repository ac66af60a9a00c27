"""Split, merge, restore, replace: observations stay on their words, undo brings all back."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import drafts, observe, recognised, rows_of, text_under, written
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.ids import TranscriptId
from workbench.domain.observation import Placement
from workbench.errors import UserError
from workbench.study import Study

TEXTS = (
    "It took three weeks 🙂 to come.",
    "مرحبا, how many?",
    "Three, I think. Oh dear cafe\u0301.",
)


def texts(study: Study, transcript_id: TranscriptId) -> list[str]:
    return [turn.text for turn in study.transcripts.turns(transcript_id)]


@examples(0.5)
@given(rnd=st.randoms(use_true_random=False))
def test_observations_follow_every_cut_and_join(
    rnd: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Study.create(tmp_path_factory.mktemp("cuts") / "a.study") as study:
        transcript = recognised(study, *TEXTS)
        turns = study.transcripts.turns(transcript.id)
        found = []
        for _ in range(6):
            first, last = sorted(rnd.choices(range(len(turns)), k=2))
            start = rnd.randrange(len(turns[first].text))
            end = rnd.randrange(start if first == last else 0, len(turns[last].text)) + 1
            anchor = TextAnchor(turns[first].id, start, turns[last].id, end)
            with suppress(UserError):  # a blank is nothing to code
                found.append(study.observations.place(anchor))
        before, whole = rows_of(study), " ".join(texts(study, transcript.id))
        steps = 0
        for _ in range(10):
            turn = rnd.choice(study.transcripts.turns(transcript.id))
            try:
                if rnd.random() < 0.6:
                    # Between words, so that joining gives back the same letters.
                    spaces = [at for at, sign in enumerate(turn.text) if sign == " "]
                    study.corrections.split(turn.id, rnd.choice(spaces or [0]))
                else:
                    study.corrections.merge(turn.id)
            except UserError:
                continue
            steps += 1
            assert " ".join(texts(study, transcript.id)) == whole
            for one in found:
                now = study.observations.get(one.id)
                assert now.words.split() == one.words.split()
                assert now.placement is one.placement
                assert text_under(study, now) == now.words
            assert study.check() == []
        for _ in range(steps):
            study.undo()
        assert rows_of(study) == before


def test_a_turn_cannot_be_cut_where_there_are_no_words(study: Study) -> None:
    transcript = recognised(study, "Yes.", "No.")
    first, second = study.transcripts.turns(transcript.id)
    for offset in (0, 4, 99):
        with pytest.raises(UserError, match="no words"):
            study.corrections.split(first.id, offset)
    with pytest.raises(UserError, match="first turn"):
        study.corrections.merge(first.id)
    assert study.transcripts.before(second.id) == first


def test_turns_that_arrive_after_a_split_stand_at_the_end(study: Study) -> None:
    transcript = recognised(study, "It took weeks.", "How many?")
    first = study.transcripts.turns(transcript.id)[0]
    for _ in range(2):
        study.corrections.split(first.id, study.transcripts.turn(first.id).text.rindex(" "))
    later = drafts("Three.", "Oh dear.", first=2, begin_ms=2_000)
    assert study.arrivals.accept(transcript.id, later) == 2
    assert study.arrivals.accept(transcript.id, later) == 0
    assert texts(study, transcript.id) == [
        "It",
        "took",
        "weeks.",
        "How many?",
        "Three.",
        "Oh dear.",
    ]


def test_splitting_one_turn_often_finds_room(study: Study) -> None:
    transcript = recognised(study, " ".join(map(str, range(40))), "The end.")
    first = study.transcripts.turns(transcript.id)[0]
    over_all = observe(study, transcript.id, first.text + " The")
    for number in range(39, 0, -1):
        study.corrections.split(first.id, first.text.index(f" {number}"))
    assert texts(study, transcript.id) == [*map(str, range(40)), "The end."]
    turns = study.transcripts.turns(transcript.id)
    assert len({turn.ordinal for turn in turns}) == 41
    assert all(turn.words for turn in turns)
    assert study.observations.get(over_all.id).words.split() == over_all.words.split()


def test_a_long_turn_can_be_parted_word_by_word(study: Study) -> None:
    transcript = recognised(study, " ".join(map(str, range(90))), *map(str, range(90, 120)))
    here = study.transcripts.turns(transcript.id)[0]
    for number in range(1, 90):
        here = study.corrections.split(here.id, here.text.index(f" {number}"))[1]
    assert texts(study, transcript.id) == [*map(str, range(120))]
    for _ in range(89):
        study.undo()
    assert texts(study, transcript.id)[0] == " ".join(map(str, range(90)))
    assert study.check() == []


def test_what_was_recognised_is_found_by_time_and_restored(study: Study) -> None:
    transcript = recognised(study, "It took three weeks.", "How many?")
    first, second = study.transcripts.turns(transcript.id)
    found = observe(study, transcript.id, "three weeks")
    study.corrections.edit(first.id, Edit(3, 4, "lasted 🙂"))
    head, tail = study.corrections.split(first.id, 11)
    said = [study.corrections.recognised(turn.id) for turn in (head, tail, second)]
    assert [one.text for one in said if one] == ["It took", "three weeks.", "How many?"]
    assert study.corrections.restore(head.id).text == "It took"
    study.corrections.merge(second.id)
    joined = study.corrections.recognised(tail.id)
    assert joined is not None
    assert joined.text == "three weeks. How many?"
    assert study.transcripts.turn(tail.id).words == joined.words
    now = study.observations.get(found.id)
    assert (now.words, now.placement) == ("three weeks", Placement.PLACED)


def test_nothing_is_restored_where_nothing_was_recognised(study: Study) -> None:
    transcript_id = written(study, "A note.")
    turn = study.transcripts.turns(transcript_id)[0]
    assert study.corrections.recognised(turn.id) is None
    with pytest.raises(UserError, match="Nothing was recognised"):
        study.corrections.restore(turn.id)


def test_words_are_found_and_replaced_in_all_transcripts(study: Study) -> None:
    one = recognised(study, "The Rooter and the rooter.", "A rooters’ choice.")
    other = recognised(study, "Another rooter 🙂.", title="Second")
    found = observe(study, one.id, "the rooter.")
    everywhere = [one.id, other.id]
    assert len(study.corrections.find("rooter", everywhere)) == 4
    assert len(study.corrections.find("rooter", everywhere, whole_words=True)) == 3
    assert len(study.corrections.find("Rooter", everywhere, match_case=True)) == 1
    assert study.corrections.find("", everywhere) == []
    assert study.corrections.find(".", [other.id])[0].start == 16
    before = rows_of(study)
    places = study.corrections.find("rooter", everywhere, whole_words=True)
    assert study.corrections.replace(places, "router") == 3
    assert texts(study, one.id) == ["The router and the router.", "A rooters’ choice."]
    assert texts(study, other.id) == ["Another router 🙂."]
    assert study.observations.get(found.id).words == "the router."
    study.undo()
    assert rows_of(study) == before
