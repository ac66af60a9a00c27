"""Who speaks: told apart anew, merged, parted and assigned, and nobody's words are moved."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import (
    Clock,
    agree,
    document,
    drafts,
    lines,
    observe,
    person,
    recognised,
    rows_of,
    text_under,
)
from tests.workbench.services.recognition.voice_prints import two_voices
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.ids import SpeakerId, TranscriptId
from workbench.domain.letters import letters
from workbench.domain.transcript import Speaker, TurnDraft
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.errors import UserError
from workbench.study import Study

_TALK = ("How was it?", "It took weeks. Three of them.", "Really?", "Yes, really.")


@pytest.fixture
def talk(study: Study) -> TranscriptId:
    """Two voices that take turns: the second speaks most."""
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts(*_TALK, speakers=("S1", "S2", "S1", "S2")))
    return transcript.id


def voices(study: Study, transcript_id: TranscriptId) -> list[Speaker]:
    return study.transcripts.speakers.of(transcript_id)


def second(study: Study, transcript_id: TranscriptId) -> SpeakerId:
    return voices(study, transcript_id)[1].id


# --- how much, and where to listen


def test_shares_are_of_the_time_spoken(study: Study, talk: TranscriptId) -> None:
    one, other = study.voices.shares(talk)
    assert (one.spoken_ms, one.words, one.turns) == (1_600, 4, 2)
    assert (other.spoken_ms, other.words, other.turns) == (3_200, 8, 2)
    assert (one.share, other.share) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_shares_without_times_are_of_the_words(study: Study) -> None:
    source = document(study, "One two three.", "Four.", speakers=("Ann", "Bo"))
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    assert [share.share for share in study.voices.shares(transcript.id)] == [0.75, 0.25]
    [ann, _] = voices(study, transcript.id)
    assert study.voices.sample(ann.id) is None


def test_sample_is_the_longest_stretch_of_one_voice_alone(study: Study) -> None:
    transcript = recognised(study)
    words = "word " * 10
    told = drafts(*[words.strip()] * 4, speakers=("S1", "S2", "S1", "S2"))
    doubtful = TurnDraft(4, words * 3, 20_000, 40_000, "S1", (), SPEAKS_OVER)
    later = drafts("Well well well.", "So so.", speakers=("S1", "S1"), first=5, begin_ms=50_000)
    study.arrivals.accept(transcript.id, [*told, doubtful, *later])
    one = voices(study, transcript.id)[0]
    assert study.voices.sample(one.id) == (0, 4_000)
    study.voices.reassign([study.transcripts.turns(transcript.id)[1].id], one.id)
    assert study.voices.sample(one.id) == (0, 5_000)


def test_a_voice_that_is_never_alone_is_heard_nevertheless(study: Study) -> None:
    transcript = recognised(study)
    study.arrivals.accept(
        transcript.id, [TurnDraft(0, "Oh no.", 2_000, 9_000, "S1", (), UNCERTAIN)]
    )
    assert study.voices.sample(voices(study, transcript.id)[0].id) == (2_000, 7_000)


# --- by hand


def test_merged_voices_are_one_and_keep_a_name(study: Study, talk: TranscriptId) -> None:
    maya = person(study, "Maya")
    one, other = voices(study, talk)
    study.speaking.name(other.id, "Maya")
    before = rows_of(study)
    merged = study.voices.merge(one.id, [other.id, one.id])
    assert (merged.id, merged.name, merged.participant_id) == (one.id, "Maya", maya)
    assert {label for label, _ in lines(study, talk)} == {"S1"}
    assert len(voices(study, talk)) == 1
    assert study.undo() is Op.MERGE_VOICES
    assert rows_of(study) == before


def test_voices_of_two_recordings_are_not_merged(study: Study, talk: TranscriptId) -> None:
    other = recognised(study)
    study.arrivals.accept(other.id, drafts("Hello.", speakers=("S1",)))
    with pytest.raises(UserError, match="different recordings"):
        study.voices.merge(voices(study, talk)[0].id, [voices(study, other.id)[0].id])


def test_turns_become_a_new_voice(study: Study, talk: TranscriptId) -> None:
    turns = study.transcripts.turns(talk)
    new = study.voices.split(second(study, talk), [turns[3].id, turns[0].id])
    assert new.label == "S3"
    assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S1", "S3"]
    assert study.undo() is Op.SPLIT_VOICE
    assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S1", "S2"]
    with pytest.raises(UserError, match="No turn of that voice"):
        study.voices.split(second(study, talk), [turns[0].id])


def test_assigned_turns_are_certain_and_silent_voices_vanish(study: Study) -> None:
    transcript = recognised(study)
    heard = [
        TurnDraft(0, "Yes.", 0, 400, "S1", (), f"check here; {UNCERTAIN}"),
        TurnDraft(1, "No.", 400, 800, "S2"),
    ]
    study.arrivals.accept(transcript.id, heard)
    turn = study.transcripts.turns(transcript.id)[0]
    order = [voice.label for voice in voices(study, transcript.id)]
    study.voices.reassign([turn.id], second(study, transcript.id))
    assert study.transcripts.turn(turn.id).doubt == "check here"
    assert [voice.label for voice in voices(study, transcript.id)] == ["S2"]
    assert study.undo() is Op.ASSIGN_VOICE
    assert [voice.label for voice in voices(study, transcript.id)] == order


def test_part_of_a_turn_is_cut_out_at_its_words(study: Study, talk: TranscriptId) -> None:
    turn = study.transcripts.turns(talk)[1]
    found = observe(study, talk, "weeks. Three of")
    start = turn.text.index("eeks")
    part = study.voices.reassign_part(turn.id, start, start + 8, voices(study, talk)[0].id)
    assert part.text == "weeks. Three"
    assert lines(study, talk)[1:4] == [
        ("S2", "It took"),
        ("S1", "weeks. Three"),
        ("S2", "of them."),
    ]
    placed = study.observations.get(found.id)
    assert (text_under(study, placed), placed.start_ms) == ("weeks. Three of", found.start_ms)
    cut = study.transcripts.turns(talk)[1:4]
    assert [(one.start_ms, one.end_ms) for one in cut] == [(1200, 2000), (2000, 2800), (2800, 3600)]
    assert study.undo() is Op.ASSIGN_VOICE
    assert lines(study, talk)[1] == ("S2", _TALK[1])
    with pytest.raises(UserError, match="no word"):
        study.voices.reassign_part(turn.id, 2, 3, voices(study, talk)[0].id)


def test_a_selection_over_turns_is_cut_at_both_ends(study: Study, talk: TranscriptId) -> None:
    turns = study.transcripts.turns(talk)
    anchor = TextAnchor(turns[0].id, 5, turns[2].id, 0)
    parts = study.voices.reassign_words(anchor, None)
    assert [part.text for part in parts] == ["was it?", _TALK[1]]
    assert [label for label, _ in lines(study, talk)] == ["S1", "S3", "S3", "S1", "S2"]
    assert study.undo() is Op.SPLIT_VOICE
    assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S1", "S2"]


def test_the_whole_turn_is_not_cut(study: Study, talk: TranscriptId) -> None:
    turn = study.transcripts.turns(talk)[1]
    part = study.voices.reassign_part(turn.id, 1, len(turn.text) - 1, voices(study, talk)[0].id)
    assert (part.id, part.text) == (turn.id, turn.text)
    assert len(study.transcripts.turns(talk)) == 4


def test_words_written_without_blanks_are_cut_between_characters(study: Study) -> None:
    transcript = recognised(study)
    [draft] = drafts("今 天 很 好", speakers=("S1",))
    joined = [
        type(word)(number, number + 1, word.start_ms, word.end_ms, word.probability)
        for number, word in enumerate(draft.words)
    ]
    told = TurnDraft(0, "今天很好", 0, 1_600, "S1", tuple(joined))
    study.arrivals.accept(
        transcript.id, [told, *drafts("嗯", speakers=("S2",), first=1, begin_ms=1_600)]
    )
    turn = study.transcripts.turns(transcript.id)[0]
    part = study.voices.reassign_part(turn.id, 1, 3, second(study, transcript.id))
    assert part.text == "天很"
    assert [text for _, text in lines(study, transcript.id)] == ["今", "天很", "好", "嗯"]


@examples(0.5)
@given(rnd=st.randoms(use_true_random=False))
def test_whatever_is_assigned_observations_keep_their_letters(
    rnd: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Study.create(tmp_path_factory.mktemp("talk") / "a.study", now=Clock()) as study:
        transcript = recognised(study)
        heard = drafts(*_TALK, "It’s 🙂 fine, e\u0301h?", speakers=("S1", "S2", "S1", "S2", "S1"))
        study.arrivals.accept(transcript.id, heard)
        words = " ".join(draft.text for draft in heard).split()
        found = []
        for _ in range(3):
            first = rnd.randrange(len(words))
            last = rnd.randrange(first, min(first + 6, len(words)))
            found.append(observe(study, transcript.id, " ".join(words[first : last + 1])))
        said = [letters([row.words]) for row in found]
        before = rows_of(study)
        steps = rnd.randint(1, 4)
        for _ in range(steps):
            turn = rnd.choice(study.transcripts.turns(transcript.id))
            voice = rnd.choice(voices(study, transcript.id))
            start = rnd.randrange(len(turn.text))
            end = rnd.randint(start + 1, len(turn.text))
            if turn.text[start:end].strip():
                study.voices.reassign_part(turn.id, start, end, voice.id)
        placed = [study.observations.get(row.id) for row in found]
        assert [letters([text_under(study, row)]) for row in placed] == said
        assert [row.words for row in placed] == [text_under(study, row) for row in placed]
        whole = letters(text for _, text in lines(study, transcript.id))
        assert whole == letters(draft.text for draft in heard)
        assert study.check() == []
        while study.undo_label == Op.ASSIGN_VOICE.label:
            study.undo()
        assert rows_of(study) == before


# --- told apart anew, by the real process from real voice prints


def _heard(study: Study, speakers: tuple[str | None, ...] = ()) -> TranscriptId:
    """Recognise two sentences of two seconds each; two voices are on the recording."""
    transcript = recognised(study)
    told = drafts(
        "How did it all begin?",
        "With a letter I think.",
        "Yes indeed it was so.",
        speakers=speakers,
    )
    study.arrivals.accept(transcript.id, told)
    two_voices(study, transcript.id)
    return transcript.id


def test_one_voice_becomes_two_and_one_again(study: Study) -> None:
    transcript_id = _heard(study, ("S1", "S1", "S1"))
    found = observe(study, transcript_id, "begin? With")
    before = rows_of(study)
    assert study.voices.recluster(transcript_id, 2) == 2
    assert lines(study, transcript_id) == [
        ("S1", "How did it all begin?"),
        ("S2", "With a letter I think."),
        ("S1", "Yes indeed it was so."),
    ]
    assert text_under(study, study.observations.get(found.id)) == "begin? With"
    assert study.voices.recluster(transcript_id, 1) == 1
    assert [label for label, _ in lines(study, transcript_id)] == ["S1"]
    assert text_under(study, study.observations.get(found.id)) == "begin? With"
    assert study.check() == []
    assert [study.undo(), study.undo()] == [Op.RECLUSTER_VOICES] * 2
    assert rows_of(study) == before


def test_names_stay_with_the_voice_that_speaks_then(study: Study) -> None:
    maya = person(study, "Maya")
    transcript_id = _heard(study, ("S1", "S2", "S1"))
    study.speaking.name(second(study, transcript_id), "Maya")
    study.voices.recluster(transcript_id, 1)
    assert [voice.name for voice in voices(study, transcript_id)] == [""]
    study.undo()
    study.voices.recluster(transcript_id, None)
    assert [(voice.label, voice.participant_id) for voice in voices(study, transcript_id)] == [
        ("S1", None),
        ("S2", maya),
    ]


def test_corrected_turns_keep_their_text(study: Study, clock: Clock) -> None:
    transcript_id = _heard(study, ("S1", "S1", "S1"))
    turn = study.transcripts.turns(transcript_id)[1]
    study.corrections.edit(turn.id, Edit(turn.text.index("letter"), 6, "telegram"))
    found = observe(study, transcript_id, "telegram")
    clock.tick()
    study.voices.recluster(transcript_id, 2)
    assert lines(study, transcript_id) == [
        ("S1", "How did it all begin?"),
        ("S2", "With a telegram I think."),
        ("S1", "Yes indeed it was so."),
    ]
    assert study.observations.get(found.id) == found
    assert study.transcripts.turns(transcript_id)[1].id == turn.id
    study.voices.recluster(transcript_id, 1)
    assert [label for label, _ in lines(study, transcript_id)] == ["S1", "S1", "S1"]


def test_doubts_of_the_engine_do_not_spread(study: Study) -> None:
    transcript = recognised(study)
    told = drafts("How did it all begin?", "With a letter I think.")
    doubtful = TurnDraft(
        1, told[1].text, told[1].start_ms, told[1].end_ms, None, told[1].words, "check here"
    )
    study.arrivals.accept(transcript.id, [told[0], doubtful])
    two_voices(study, transcript.id)
    for number in (1, 2):
        study.voices.recluster(transcript.id, number)
    assert [turn.doubt for turn in study.transcripts.turns(transcript.id)] == ["", "check here"]


def test_an_answer_to_a_question_of_before_is_refused(study: Study) -> None:
    from workbench.speech import client

    transcript_id = _heard(study, ("S1", "S1", "S1"))
    question = study.voices.question(transcript_id, 2)
    answer = client.regroup(question.message)
    turn = study.transcripts.turns(transcript_id)[0]
    study.corrections.edit(turn.id, Edit(0, 3, "Why"))
    with pytest.raises(UserError, match="was changed"):
        study.voices.accept(question, answer)


def test_without_prints_it_says_what_to_do(study: Study, talk: TranscriptId) -> None:
    with pytest.raises(UserError, match="never told apart"):
        study.voices.recluster(talk, 2)


def test_damaged_prints_are_said(study: Study) -> None:
    transcript_id = _heard(study)
    [file] = (study.folder / "voices").iterdir()
    file.write_bytes(b"half an archive")
    with pytest.raises(UserError, match="damaged"):
        study.voices.recluster(transcript_id, 2)


# --- voice prints are personal data


def _prints(study: Study) -> list[Path]:
    return list((study.folder / "voices").iterdir())


def test_prints_go_with_their_recording(study: Study) -> None:
    transcript_id = _heard(study)
    assert study.voices.forget() == 0
    study.materials.remove_source(study.transcripts.transcript(transcript_id).source_id)
    assert _prints(study) == []


def test_prints_go_with_their_session_and_consent(study: Study) -> None:
    maya = person(study, "Maya")
    transcript = recognised(study, "Hello there.", people=[maya])
    source = study.materials.source(study.transcripts.transcript(transcript.id).source_id)
    job = study.jobs.add(source.id, model="base")
    assert study.recognition.order(job).voices == str(study.folder / "voices")
    two_voices(study, transcript.id)
    assert len(_prints(study)) == 1
    study.ledger.withdraw(maya)
    assert _prints(study) == []
    assert study.voices._prints.folder_for(source.sha256) == ""


@pytest.mark.parametrize("who", ["the first", "the second"])
def test_who_refuses_to_be_recorded_leaves_no_print(study: Study, who: str) -> None:
    """One refusal is enough for a conversation of two; other conversations keep theirs."""
    people = {"the first": person(study, "Maya"), "the second": person(study, "Ruth")}
    kept = _heard(study)
    transcript = recognised(study, "Hello there.", people=list(people.values()), title="Both")
    source = study.materials.source(study.transcripts.transcript(transcript.id).source_id)
    job = study.jobs.add(source.id, model="base")
    two_voices(study, transcript.id)
    assert len(_prints(study)) == 2
    agree(study, people[who])
    assert len(_prints(study)) == 2
    study.ledger.set([people[who]], {Use.RECORD: State.REFUSED})
    other = study.materials.source(study.transcripts.transcript(kept).source_id)
    assert [path.stem for path in _prints(study)] == [other.sha256]
    assert study.voices._prints.folder_for(source.sha256) == ""
    study.ledger.set([people[who]], {Use.RECORD: State.GIVEN})
    assert study.recognition.order(job).voices == str(study.folder / "voices")


def test_prints_left_behind_go_when_the_study_opens(study: Study, tmp_path: Path) -> None:
    _heard(study)
    stray = study.folder / "voices" / f"{'0' * 64}.npz"
    stray.write_bytes(b"of a recording that is gone")
    study.close()
    with Study.open(study.folder, read_only=True):
        assert stray.exists()
    with Study.open(study.folder) as again:
        assert not stray.exists()
        assert len(_prints(again)) == 1


def test_a_transcript_that_was_undone_is_not_told_apart(study: Study) -> None:
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts("Hello there.", speakers=("S1",)))
    two_voices(study, transcript.id)
    assert study.voices.can_recluster(transcript.id)
    while study.undo_label:
        study.undo()
    assert not study.voices.can_recluster(transcript.id)
