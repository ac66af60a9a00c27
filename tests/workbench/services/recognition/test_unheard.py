"""Speech without words arrives with the words, once, and is dismissed by people only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.studies import drafts, recording, rows_of
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.jobs import Job
from workbench.domain.unheard import Hole
from workbench.speech import spool
from workbench.speech.protocol import HeardAgain, Note, TurnFound, decode
from workbench.study import Study

_NOTE = Note("unheard", "speech without words from 0:03 to 0:07", 3_000, 7_500)


@pytest.fixture
def job(study: Study) -> Job:
    """A recording that waits."""
    return study.jobs.add(recording(study).id, model="base")


def test_a_note_of_a_place_becomes_a_hole_once(study: Study, job: Job) -> None:
    for _ in range(2):
        study.recognition.accept(job.id, _NOTE)
    assert study.transcripts.unheard(job.transcript_id) == [Hole(job.transcript_id, 3_000, 7_500)]
    assert study.jobs.get(job.id).reason == ""
    study.recognition.accept(job.id, Note("truncated", "cut off"))
    assert study.jobs.get(job.id).reason == "cut off"


def test_what_was_dismissed_stays_so_and_can_be_undone(study: Study, job: Job) -> None:
    study.recognition.accept(job.id, _NOTE)
    before = rows_of(study)
    study.corrections.dismiss_unheard(job.transcript_id, 3_000)
    study.recognition.accept(job.id, _NOTE)
    assert [hole.dismissed for hole in study.transcripts.unheard(job.transcript_id)] == [True]
    assert study.undo() is Op.DISMISS_GAP
    assert rows_of(study) == before


def test_a_spool_brings_its_holes_back_after_a_crash(study: Study, job: Job) -> None:
    record = spool.Spool(spool.path_of(study.folder / "spool", job.id), "key")
    record.append([*map(TurnFound, drafts("It took weeks.")), _NOTE])
    record.close()
    study.recognition.recover()
    study.recognition.recover()
    assert [hole.start_ms for hole in study.transcripts.unheard(job.transcript_id)] == [3_000]


def test_a_note_of_an_older_worker_is_read_still(study: Study, job: Job) -> None:
    line = b'{"v":1,"type":"note","code":"unheard","text":"speech without words from 0:03"}'
    note = decode(line)
    assert isinstance(note, Note)
    assert note == Note("unheard", "speech without words from 0:03", None, None)
    study.recognition.accept(job.id, note)
    assert study.transcripts.unheard(job.transcript_id) == []
    assert study.jobs.get(job.id).reason.startswith("speech without words")


def _again(*texts: str, added: tuple[int, ...], holes: tuple[int, ...] = ()) -> HeardAgain:
    return HeardAgain(tuple(drafts(*texts)), added, holes)


def test_a_second_hearing_brings_words_and_takes_the_mark_they_fill(study: Study, job: Job) -> None:
    study.recognition.accept(job.id, tuple(drafts("It took weeks.", "Nobody called.")))
    study.recognition.accept(job.id, _NOTE)
    texts = ("It took weeks.", "Oh really?", "Nobody called.")
    told = _again(*texts, added=(1,), holes=(9_000, 11_000))
    for _ in range(2):
        study.recognition.accept(job.id, told)
    turns = study.transcripts.turns(job.transcript_id)
    assert [turn.text for turn in turns] == list(texts)
    assert study.transcripts.unheard(job.transcript_id) == [Hole(job.transcript_id, 9_000, 11_000)]
    # What was recognised is all there, so that a turn can be restored and nothing seems edited.
    said = study.corrections.recognised(turns[1].id)
    assert said is not None
    assert said.text == "Oh really?"


def test_words_found_late_stand_between_corrected_turns(study: Study, job: Job) -> None:
    first, _, last = drafts("It took weeks.", "Oh really?", "Nobody called.")
    study.recognition.accept(job.id, (first, replace(last, ordinal=1)))
    turn = study.transcripts.turns(job.transcript_id)[0]
    study.corrections.edit(turn.id, Edit(0, 2, "That"))
    study.recognition.accept(
        job.id, _again("It took weeks.", "Oh really?", "Nobody called.", added=(1,))
    )
    turns = study.transcripts.turns(job.transcript_id)
    assert [turn.text for turn in turns] == ["That took weeks.", "Oh really?", "Nobody called."]
    assert turns[0].id == turn.id


def test_what_was_dismissed_does_not_come_back_with_another_begin(study: Study, job: Job) -> None:
    study.recognition.accept(job.id, tuple(drafts("It took weeks.")))
    study.recognition.accept(job.id, _NOTE)
    study.corrections.dismiss_unheard(job.transcript_id, 3_000)
    study.recognition.accept(job.id, _again("It took weeks.", added=(), holes=(2_500, 7_000)))
    assert study.transcripts.unheard(job.transcript_id) == [
        Hole(job.transcript_id, 3_000, 7_500, dismissed=True)
    ]


def test_a_spool_brings_the_second_hearing_back(study: Study, job: Job) -> None:
    record = spool.Spool(spool.path_of(study.folder / "spool", job.id), "key")
    again = _again("It took weeks.", "Oh really?", added=(1,), holes=(9_000, 11_000))
    record.append([*map(TurnFound, drafts("It took weeks.")), _NOTE, again])
    record.close()
    for _ in range(2):
        study.recognition.recover()
    turns = study.transcripts.turns(job.transcript_id)
    assert [turn.text for turn in turns] == ["It took weeks.", "Oh really?"]
    assert [hole.start_ms for hole in study.transcripts.unheard(job.transcript_id)] == [9_000]


def test_two_who_speak_at_once_both_arrive_also_where_a_voice_was_assigned(
    study: Study, job: Job
) -> None:
    """Channels that are people of their own come one after the other, with the same times."""
    study.recognition.accept(job.id, drafts("It took weeks.", "Nobody called."))
    with study.step(Op.NAME_SPEAKER):
        study.transcripts.speakers.add(job.transcript_id)
    study.recognition.accept(job.id, drafts("Was it so?", "Oh really?", first=2))
    said = [turn.text for turn in study.transcripts.turns(job.transcript_id)]
    assert sorted(said) == ["It took weeks.", "Nobody called.", "Oh really?", "Was it so?"]


def test_a_job_that_goes_on_doubles_nothing_that_was_put_together_since(
    study: Study, job: Job
) -> None:
    told = drafts("It took", "weeks. Nobody", "called.")
    study.recognition.accept(job.id, told)
    study.recognition.accept(job.id, _again("It took weeks.", "Nobody called.", added=()))
    study.recognition.accept(job.id, told)
    said = [turn.text for turn in study.transcripts.turns(job.transcript_id)]
    assert said == ["It took weeks.", "Nobody called."]
