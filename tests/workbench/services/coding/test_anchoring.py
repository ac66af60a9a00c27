"""Observations stay on their words: through typing, voices and new transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import Clock, drafts, observe, recognised, rows_of, text_under, written
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.observation import Observation, Placement
from workbench.domain.passage import Query
from workbench.domain.transcript import Turn
from workbench.errors import UserError
from workbench.study import Study

_PIECES = ("wait", "🙂🙂", "cafe\u0301", "مرحبا بك", "שלום", "a\r\nb", " ", "weeks", "l’été", "𝔘nd")


def _text(rnd: Random) -> str:
    return " ".join(rnd.choice(_PIECES) for _ in range(rnd.randint(1, 8)))


def _untouched(observation: Observation, turn_id: str, edit: Edit) -> bool:
    stop = edit.position + edit.removed
    if observation.first_turn_id != observation.last_turn_id:
        return False
    return observation.first_turn_id != turn_id or (
        stop <= observation.start or edit.position >= observation.end
    )


@examples(0.3)
@given(rnd=st.randoms(use_true_random=False))
def test_random_edits_leave_the_others_on_their_words(
    rnd: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clock = Clock()
    folder = tmp_path_factory.mktemp("random") / "a.study"
    with Study.create(folder, now=clock) as study:
        transcript_id = recognised(study, *(_text(rnd) for _ in range(4))).id
        turns = study.transcripts.turns(transcript_id)
        for _ in range(6):
            first, last = sorted(rnd.sample(range(len(turns)), 2)) if rnd.random() < 0.4 else [0, 0]
            size = len(turns[first].text)
            start = rnd.randrange(size)
            end = rnd.randint(start + 1, size) if first == last else rnd.randint(1, 3)
            anchor = TextAnchor(turns[first].id, start, turns[last].id, end)
            with suppress(UserError):  # no words there, only spaces
                study.observations.place(anchor)
        states = [(rows_of(study), study.show())]
        for _ in range(8):
            clock.tick()
            _edit_somewhere(study, transcript_id, rnd)
            if (now := (rows_of(study), study.show())) != states[-1]:
                states.append(now)
        while study.undo_label == "Edit text":
            study.undo()
            states.pop()
            assert (rows_of(study), study.show()) == states[-1]
        assert len(states) == 1
        assert study.check() == []


def _edit_somewhere(study: Study, transcript_id: str, rnd: Random) -> None:
    turns = study.transcripts.turns(transcript_id)
    turn = rnd.choice(turns)
    position = rnd.randint(0, len(turn.text))
    removed = rnd.randint(0, min(6, len(turn.text) - position))
    edit = Edit(position, removed, rnd.choice([*_PIECES, "", ""]))
    before = {row.id: row for row in study.observations.in_transcript(transcript_id)}
    changed = study.corrections.edit(turn.id, edit)
    assert changed == study.transcripts.turn(turn.id)
    after = {row.id: row for row in study.observations.in_transcript(transcript_id)}
    assert after.keys() == before.keys()
    for key, row in after.items():
        if _untouched(before[key], turn.id, edit):
            assert row.words == before[key].words
            assert row.placement is before[key].placement
        if row.placement is Placement.PLACED:
            assert text_under(study, row) == row.words
            assert row.words.strip()
        else:
            assert row.words.strip()
    grown = len(edit.added) - removed
    for word in turn.words:
        if word.end < position:
            assert word in changed.words
        elif word.start > position + removed:
            there = replace(word, start=word.start + grown, end=word.end + grown)
            assert there in changed.words


def test_word_times_stay_on_their_words(study: Study) -> None:
    transcript = recognised(study, "It took three weeks.")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(3, 4, "lasted 🙂"))
    study.corrections.edit(turn.id, Edit(0, 0, "Well. "))
    changed = study.transcripts.turn(turn.id)
    said = {word.start_ms: changed.text[word.start : word.end] for word in changed.words}
    assert said == {0: "It", 400: "lasted", 742: "🙂", 800: "three", 1200: "weeks."}
    study.corrections.edit(turn.id, Edit(0, len(changed.text), ""))
    assert study.transcripts.turn(turn.id).words == ()


def test_the_words_between_first_and_last_turn_are_part_of_the_witness(study: Study) -> None:
    transcript_id = written(study, "One two", "three for", "five six")
    found = observe(study, transcript_id, "two three for five")
    middle = study.transcripts.turns(transcript_id)[1]
    study.corrections.edit(middle.id, Edit(6, 3, "four"))
    assert study.observations.get(found.id).words == "two three four five"
    assert study.check() == []


@pytest.mark.parametrize("by_key", [True, False])
def test_an_observation_whose_words_are_deleted_is_kept_for_review(
    study: Study, clock: Clock, by_key: bool
) -> None:
    transcript_id = written(study, "It took three weeks to come.")
    turn = study.transcripts.turns(transcript_id)[0]
    found = observe(study, transcript_id, "three weeks")
    clock.tick()
    for _ in range(11 if by_key else 1):
        clock.tick(2)  # with pauses: what was said is kept, not what was left of it
        study.corrections.edit(turn.id, Edit(8, 1 if by_key else 11, ""))
    waiting = study.observations.get(found.id)
    assert (waiting.placement, waiting.words) == (Placement.REVIEW, "three weeks")
    assert [row.observation.id for row in study.passages.find(Query(review=True))] == [found.id]
    study.corrections.edit(turn.id, Edit(0, 0, "So "))
    assert study.observations.get(found.id).words == "three weeks"
    assert study.check() == []


def test_an_observation_over_two_turns_loses_its_words_one_by_one(study: Study) -> None:
    transcript_id = written(study, "It took three", "weeks to come.")
    found = observe(study, transcript_id, "three weeks")
    one, two = study.transcripts.turns(transcript_id)
    study.corrections.edit(one.id, Edit(8, 5, ""))
    assert study.observations.get(found.id).placement is Placement.PLACED
    study.corrections.edit(two.id, Edit(0, 5, ""))
    waiting = study.observations.get(found.id)
    assert waiting.placement is Placement.REVIEW
    assert waiting.words.split() == ["three", "weeks"]
    assert study.check() == []


def test_an_observation_waiting_without_a_turn_does_not_mind_edits(study: Study) -> None:
    transcript = recognised(study, "It took three weeks.")
    study.observations.expect(transcript.source_id, "nothing like this at all, never said")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(0, 2, "That"))
    assert study.passages.find()[0].observation.placement is Placement.REVIEW


def test_an_edit_outside_the_text_is_refused(study: Study) -> None:
    turn = study.transcripts.turns(written(study, "Hello"))[0]
    for edit in (Edit(-1, 0, "x"), Edit(0, -1, "x"), Edit(3, 3, "x"), Edit(6, 0, "x")):
        with pytest.raises(UserError) as caught:
            study.corrections.edit(turn.id, edit)
        assert caught.value.code == "edit-outside"
    assert study.transcripts.turn(turn.id) == turn


@pytest.mark.parametrize("odd", ["\0", "\ud83d", "a\0\udc00b"])
def test_characters_that_cannot_be_stored_do_not_move_anchors(study: Study, odd: str) -> None:
    transcript_id = written(study, "It took weeks.")
    found = observe(study, transcript_id, "weeks")
    turn = study.transcripts.turns(transcript_id)[0]
    changed = study.corrections.edit(turn.id, Edit(3, 0, odd))
    assert len(changed.text) == len(turn.text) + len(odd)
    assert changed == study.transcripts.turn(turn.id)
    assert text_under(study, study.observations.get(found.id)) == "weeks"
    assert study.check() == []


# --- new turns under observations


def test_voices_put_every_observation_back_to_the_letter(study: Study) -> None:
    heard = "No, no. No! Well, no. It took weeks, did it? Yes, yes: weeks. No, no."
    transcript = recognised(study, heard)
    chosen = [("no", 1), ("No!", 0), ("weeks", 1), ("No, no.", 1), ("no. It took", 0), ("ell", 0)]
    placed = [observe(study, transcript.id, words, nth) for words, nth in chosen]
    study.arrivals.accept_speakers(
        transcript.id,
        drafts(
            "No, no. No! Well, no.",
            "It took weeks, did it?",
            "Yes, yes: weeks. No, no.",
            speakers=("S1", "S2", "S1"),
        ),
    )
    joined = " ".join(turn.text for turn in study.transcripts.turns(transcript.id))
    assert joined == heard
    for old in placed:
        new = study.observations.get(old.id)
        assert (new.words, new.placement) == (old.words, Placement.PLACED)
        assert text_under(study, new) == old.words
        turns = study.transcripts.turns(transcript.id)
        at = sum(len(turn.text) + 1 for turn in turns if turn.ordinal < _ordinal(turns, new))
        assert at + new.start == old.start
    assert study.check() == []


def _ordinal(turns: Sequence[Turn], observation: Observation) -> int:
    return next(turn.ordinal for turn in turns if turn.id == observation.first_turn_id)


def test_a_new_transcript_takes_over_and_gets_the_observations(study: Study) -> None:
    old = recognised(study, "It took tree weeks to come.", "And nobody called back.")
    near = observe(study, old.id, "took tree weeks")
    same = observe(study, old.id, "nobody called")
    gone = observe(study, old.id, "to come")
    new = study.arrivals.start(old.source_id, model="small")
    assert study.transcripts.of_source(old.source_id) == old
    study.arrivals.accept(new.id, drafts("Well, it took three weeks"))
    present = study.transcripts.of_source(old.source_id)
    assert present is not None
    assert present.id == new.id
    assert study.transcripts.transcript(old.id).replaced_at
    assert len(study.transcripts.turns(old.id)) == 2
    study.arrivals.accept(new.id, drafts("for it. Nobody called", "back.", first=1))
    study.arrivals.finish(new.id, "en")
    placed = {row.id: row for row in study.observations.in_transcript(new.id)}
    assert placed[near.id].words == "took three weeks"
    assert placed[same.id].words == "Nobody called"
    waiting = study.observations.get(gone.id)
    assert (waiting.placement, waiting.words) == (Placement.REVIEW, "to come")
    assert [row.observation.id for row in study.passages.find(Query(review=True))] == [gone.id]
    assert study.check() == []
    after = rows_of(study)
    study.arrivals.finish(new.id, "en")
    assert rows_of(study) == after
    study.undo()
    assert study.observations.get(near.id) == near
    assert study.observations.get(gone.id) == gone


def test_memos_on_turns_follow_to_a_new_transcript(study: Study) -> None:
    old = recognised(study, "It took tree weeks to come.", "No.", "Nobody called.", "No.")
    first, _, called, last = study.transcripts.turns(old.id)
    for turn in (first, called, last):
        study.memos.write("turn", turn.id, f"On {turn.text}")
    new = study.arrivals.start(old.source_id, model="small")
    again = drafts("Well, no. It took three weeks to come.", "Something else was said.", "No.")
    study.arrivals.accept(new.id, again)
    before = rows_of(study)
    study.arrivals.finish(new.id, "en")
    weeks, _, no = study.transcripts.turns(new.id)
    notes = {note.memo.subject_id: note for note in study.memos.notes()}
    assert notes.keys() == {weeks.id, called.id, no.id}
    assert notes[weeks.id].memo.text == "On It took tree weeks to come."
    assert notes[no.id].memo.text == "On No."
    assert (notes[called.id].adrift, notes[called.id].title) == (True, "“Nobody called.”")
    assert not notes[weeks.id].adrift
    assert [memo.subject_id for memo in study.memos.adrift(old.source_id)] == [called.id]
    assert study.check() == []
    after = rows_of(study)
    study.arrivals.finish(new.id, "en")
    assert rows_of(study) == after
    study.undo()
    assert rows_of(study).items() >= {k: v for k, v in before.items() if k[0] == "memo"}.items()


def test_a_second_job_before_any_words_replaces_the_empty_one(study: Study) -> None:
    transcript = recognised(study)
    again = study.arrivals.start(transcript.source_id, model="small")
    assert study.transcripts.of_source(transcript.source_id) == again
    study.arrivals.accept(again.id, drafts("Hello."))
    study.arrivals.finish(again.id, "en")
    shown = study.transcripts.of_source(transcript.source_id)
    assert shown is not None
    assert (shown.id, shown.language) == (again.id, "en")


def test_words_that_are_known_wait_for_their_recording(study: Study) -> None:
    transcript = recognised(study)
    code = study.codebook.add("Delay")
    found = study.observations.expect(
        transcript.source_id, "three weeks", code_ids=[code.id], emotion=-1
    )
    assert found.placement is Placement.REVIEW
    study.arrivals.accept(transcript.id, drafts("It took three weeks."))
    study.arrivals.finish(transcript.id, "en")
    placed = study.observations.get(found.id)
    assert (placed.placement, placed.emotion) == (Placement.PLACED, -1)
    assert text_under(study, placed) == "three weeks"
    assert placed.span is not None
    now = study.observations.expect(transcript.source_id, "It took")
    assert now.placement is Placement.PLACED
