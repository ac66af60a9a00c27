"""What people decided about voices and borders stays, whatever the machine finds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import Clock, drafts, lines, observe, recognised, rows_of, text_under
from tests.workbench.services.recognition.voice_prints import two_voices
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.ids import SpeakerId, TranscriptId, TurnId
from workbench.domain.letters import letters
from workbench.domain.transcript import ByHand, Turn, TurnDraft
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.speech import spool, voices
from workbench.speech.protocol import Plan, Speakers, TurnFound
from workbench.study import Study

_TALK = (
    "How did it all begin?",  # five words of 400 ms each: the voices change with the turns
    "With a letter I think.",
    "Yes indeed it was so.",
    "Then came the long wait.",
)


@pytest.fixture
def talk(study: Study) -> TranscriptId:
    """Two voices that take turns, recognised as one."""
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts(*_TALK, speakers=("S1",) * 4))
    two_voices(study, transcript.id)
    return transcript.id


def tell_apart(study: Study, transcript_id: TranscriptId, number: int | None) -> None:
    """Do what the child process does, without a process."""
    question = study.voices.question(transcript_id, number)
    study.voices.accept(question, voices.regroup(question.message))


def turns(study: Study, transcript_id: TranscriptId) -> list[Turn]:
    return study.transcripts.turns(transcript_id)


def test_an_assigned_turn_keeps_its_voice(study: Study, talk: TranscriptId) -> None:
    tell_apart(study, talk, 2)
    assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S1", "S2"]
    second = turns(study, talk)[1]
    study.voices.reassign([turns(study, talk)[2].id], second.speaker_id or SpeakerId(""))
    before = rows_of(study)
    for number in (2, None):
        tell_apart(study, talk, number)
        assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S2", "S2"]
    tell_apart(study, talk, 1)
    assert ("S2", _TALK[2]) in lines(study, talk)
    assert study.check() == []
    while study.undo_label == Op.RECLUSTER_VOICES.label:
        study.undo()
    assert rows_of(study) == before


def test_a_new_voice_is_not_lost_though_its_prints_say_otherwise(
    study: Study, talk: TranscriptId
) -> None:
    voice = study.voices.new_voice([turns(study, talk)[0].id])
    study.speaking.name(voice.id, "Maya")
    tell_apart(study, talk, 1)
    named = {one.id: one.name for one in study.transcripts.speakers.of(talk)}
    assert named[voice.id] == "Maya"
    assert turns(study, talk)[0].speaker_id == voice.id
    # The machine hears Maya in the third turn too, so it is hers and nobody new.
    tell_apart(study, talk, 2)
    said_by = [turn.speaker_id for turn in turns(study, talk)]
    assert said_by[0] == said_by[2] == voice.id
    assert said_by[1] == said_by[3] != voice.id
    assert len(study.transcripts.speakers.of(talk)) == 2


def test_assigned_words_stay_cut_out_and_the_words_round_them_are_free(
    study: Study, talk: TranscriptId
) -> None:
    turn = turns(study, talk)[1]
    other = study.voices.new_voice([turns(study, talk)[3].id])
    study.voices.reassign_part(turn.id, 7, 13, other.id)
    found = observe(study, talk, "a letter I")
    tell_apart(study, talk, 1)
    assert lines(study, talk) == [
        ("S1", "How did it all begin? With a"),
        ("S2", "letter"),
        ("S1", "I think. Yes indeed it was so."),
        ("S2", _TALK[3]),
    ]
    assert text_under(study, study.observations.get(found.id)) == "a letter I"


def test_merged_voices_stay_one(study: Study, talk: TranscriptId) -> None:
    tell_apart(study, talk, 2)
    one, other = study.transcripts.speakers.of(talk)
    study.voices.merge(one.id, [other.id])
    tell_apart(study, talk, 2)
    assert [label for label, _ in lines(study, talk)] == ["S1"] * 4


def test_a_voice_merged_with_itself_decides_nothing(study: Study, talk: TranscriptId) -> None:
    [voice] = study.transcripts.speakers.of(talk)
    study.voices.merge(voice.id, [voice.id])
    assert study.voices.by_hand(talk) == 0


def test_a_turn_cut_by_hand_stays_cut(study: Study, talk: TranscriptId) -> None:
    study.corrections.split(turns(study, talk)[0].id, 7)
    for number in (1, 2):
        tell_apart(study, talk, number)
        assert lines(study, talk)[:2] == [("S1", "How did"), ("S1", "it all begin?")]
    assert lines(study, talk)[2][0] == "S2"
    assert study.voices.by_hand(talk) == 2


def test_turns_joined_by_hand_stay_joined(study: Study, talk: TranscriptId) -> None:
    study.corrections.merge(turns(study, talk)[1].id)
    assert turns(study, talk)[0].by_hand is ByHand.BORDERS
    tell_apart(study, talk, 2)
    joined, third, fourth = lines(study, talk)
    assert joined[1] == f"{_TALK[0]} {_TALK[1]}"
    assert {third[0], fourth[0]} == {"S1", "S2"}


def test_turns_of_two_voices_joined_are_of_the_first(study: Study, talk: TranscriptId) -> None:
    tell_apart(study, talk, 2)
    study.corrections.merge(turns(study, talk)[2].id)
    tell_apart(study, talk, 2)
    assert [label for label, _ in lines(study, talk)] == ["S1", "S2", "S2"]


def test_released_turns_are_told_apart_with_the_others(study: Study, talk: TranscriptId) -> None:
    tell_apart(study, talk, 2)
    [one, _] = study.transcripts.speakers.of(talk)
    study.voices.reassign([turns(study, talk)[1].id], one.id)
    study.corrections.split(turns(study, talk)[3].id, 9)
    before = rows_of(study)
    assert study.voices.by_hand(talk) == 3
    assert study.voices.release(talk) == 3
    tell_apart(study, talk, 2)
    assert lines(study, talk) == list(zip(["S1", "S2", "S1", "S2"], _TALK, strict=True))
    assert [study.undo(), study.undo()] == [Op.RECLUSTER_VOICES, Op.RELEASE_TURNS]
    assert rows_of(study) == before


def test_a_kept_turn_stays_spoken_over(study: Study) -> None:
    transcript = recognised(study)
    told = list(drafts(*_TALK, speakers=("S1",) * 4))
    doubt = f"{UNCERTAIN}; {SPEAKS_OVER}"
    first = told[0]
    told[0] = TurnDraft(0, first.text, first.start_ms, first.end_ms, "S1", first.words, doubt)
    study.arrivals.accept(transcript.id, told)
    two_voices(study, transcript.id)
    study.corrections.edit(turns(study, transcript.id)[0].id, Edit(0, 3, "Who"))
    tell_apart(study, transcript.id, 2)
    assert turns(study, transcript.id)[0].doubt == SPEAKS_OVER


# --- voices that arrive when people have begun already

_VOICES = drafts(*_TALK, speakers=("S1", "S2", "S1", "S2"))


def test_voices_that_arrive_late_leave_alone_what_was_assigned(study: Study) -> None:
    transcript = recognised(study)
    study.arrivals.accept(transcript.id, drafts(*_TALK))
    second = turns(study, transcript.id)[1]
    mine = study.voices.new_voice([second.id])
    study.corrections.split(turns(study, transcript.id)[2].id, 10)
    before = turns(study, transcript.id)
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    now = turns(study, transcript.id)
    assert [turn.id for turn in now] == [turn.id for turn in before]
    # The voice I made is heard where the machine heard its second one; its first is another.
    assert [turn.speaker_id == mine.id for turn in now] == [False, True, False, False, True]
    assert len({turn.speaker_id for turn in now}) == 2
    after = rows_of(study)
    study.arrivals.accept_speakers(transcript.id, _VOICES)
    assert rows_of(study) == after
    assert study.undo() is Op.SPLIT_TURN
    assert lines(study, transcript.id)[2][1] == _TALK[2]
    assert study.check() == []


def test_a_spool_replayed_after_a_crash_leaves_it_alone_too(study: Study) -> None:
    source = study.materials.source(study.transcripts.transcript(recognised(study).id).source_id)
    job = study.jobs.add(source.id, model="base")
    study.recognition.accept(job.id, _VOICES)
    study.recognition.accept(job.id, Speakers(2, 2, _VOICES))
    one, _ = study.transcripts.speakers.of(job.transcript_id)
    study.voices.reassign([turns(study, job.transcript_id)[1].id], one.id)
    file = spool.path_of(study.folder / "spool", job.id)
    record = spool.Spool(file, "key")
    record.append([Plan("key"), *map(TurnFound, drafts(*_TALK)), Speakers(2, 2, _VOICES)])
    record.close()
    study.recognition.recover()
    assert [label for label, _ in lines(study, job.transcript_id)] == ["S1", "S1", "S1", "S2"]


# --- whatever people do, in any order


class People:
    """Do things at random, and remember for each word what was decided about it."""

    def __init__(self, study: Study, transcript_id: TranscriptId, rnd: Random) -> None:
        self.study, self.transcript_id, self.rnd = study, transcript_id, rnd
        self.voices: dict[str, SpeakerId] = {}
        self.cuts: set[str] = set()
        self.joints: set[str] = set()

    def words(self, turn: Turn) -> list[str]:
        return [word[:3] for word in turn.text.split()]

    def turns(self) -> list[Turn]:
        return turns(self.study, self.transcript_id)

    def assign(self) -> None:
        turn = self.rnd.choice(self.turns())
        voice = self.rnd.choice(self.study.transcripts.speakers.of(self.transcript_id)).id
        self.study.voices.reassign([turn.id], voice)
        self.decide(turn.id, voice)

    def assign_words(self) -> None:
        turn = self.rnd.choice(self.turns())
        start = self.rnd.randrange(len(turn.text))
        end = self.rnd.randint(start + 1, len(turn.text))
        if not turn.text[start:end].strip():
            return
        voice = self.rnd.choice(self.study.transcripts.speakers.of(self.transcript_id)).id
        part = self.study.voices.reassign_part(turn.id, start, end, voice)
        self.decide(part.id, voice)
        self.joints -= {self.words(one)[0] for one in self.turns()}  # where it was cut out

    def new_voice(self) -> None:
        turn = self.rnd.choice(self.turns())
        self.decide(turn.id, self.study.voices.new_voice([turn.id]).id)

    def merge_voices(self) -> None:
        found = self.study.transcripts.speakers.of(self.transcript_id)
        if len(found) > 1:
            into, gone = self.rnd.sample(found, 2)
            self.study.voices.merge(into.id, [gone.id])
            for turn in self.turns():
                if turn.speaker_id == into.id:
                    self.decide(turn.id, into.id)

    def decide(self, turn_id: TurnId, voice: SpeakerId) -> None:
        turn = self.study.transcripts.turn(turn_id)
        self.voices |= dict.fromkeys(self.words(turn), voice)
        self.cuts.add(self.words(turn)[0])
        self.joints.discard(self.words(turn)[0])
        self.joints |= set(self.words(turn)[1:])

    def cut(self) -> None:
        turn = self.rnd.choice(self.turns())
        blanks = [at for at, letter in enumerate(turn.text) if letter == " "]
        if blanks:
            _, tail = self.study.corrections.split(turn.id, self.rnd.choice(blanks))
            self.cuts.add(self.words(tail)[0])
            self.joints.discard(self.words(tail)[0])

    def join(self) -> None:
        pair = self.turns()
        if len(pair) > 1:
            at = self.rnd.randrange(1, len(pair))
            first, second = pair[at - 1], pair[at]
            joined = self.study.corrections.merge(second.id)
            self.cuts.discard(self.words(second)[0])
            self.joints |= set(self.words(joined)[1:])
            decided = [word in self.voices for word in self.words(joined)]
            if first.speaker_id != second.speaker_id or any(decided):
                self.decide(joined.id, joined.speaker_id or SpeakerId(""))

    def edit(self) -> None:
        turn = self.rnd.choice(self.turns())
        word = self.rnd.choice(self.words(turn))
        self.study.corrections.edit(turn.id, Edit(turn.text.index(word) + 3, 0, "e"))

    def tell_apart(self) -> None:
        tell_apart(self.study, self.transcript_id, self.rnd.choice([1, 2, None]))
        now = self.turns()
        firsts = {self.words(turn)[0] for turn in now}
        assert self.cuts <= firsts
        assert not self.joints & firsts
        said_by = {word: turn.speaker_id for turn in now for word in self.words(turn)}
        assert {word: said_by[word] for word in self.voices} == self.voices

    def acts(self) -> list[Callable[[], None]]:
        return [
            *(self.assign, self.assign_words, self.new_voice, self.merge_voices),
            *(self.cut, self.join, self.edit, self.tell_apart, self.tell_apart),
        ]


@examples(0.5)
@given(rnd=st.randoms(use_true_random=False), count=st.integers(1, 9))
def test_whatever_people_do_their_decisions_stay_and_all_of_it_is_undone(
    rnd: Random, count: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clock = Clock()
    with Study.create(tmp_path_factory.mktemp("talk") / "a.study", now=clock) as study:
        transcript = recognised(study)
        words = [f"w{number:02}" for number in range(20)]
        said = [" ".join(words[at : at + 5]) + "." for at in range(0, 20, 5)]
        study.arrivals.accept(transcript.id, drafts(*said, speakers=("S1",) * 4))
        two_voices(study, transcript.id)
        found = observe(study, transcript.id, "w03 w04. w05")
        before = rows_of(study)
        people = People(study, transcript.id, rnd)
        done = len(study.history())
        for _ in range(count):
            clock.tick()
            rnd.choice(people.acts())()
            assert letters(text_under(study, study.observations.get(found.id)))[:2] == "w0"
        people.tell_apart()
        assert study.check() == []
        after = rows_of(study)
        steps = len(study.history()) - done
        for _ in range(steps):
            study.undo()
        assert rows_of(study) == before
        for _ in range(steps):
            study.redo()
        assert rows_of(study) == after
