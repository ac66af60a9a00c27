"""The queue: its order, its pauses, and another attempt with another model."""

from __future__ import annotations

import pytest

from tests.support.studies import drafts, recognised, recording
from workbench.domain.ids import JobId
from workbench.domain.jobs import Job, JobState
from workbench.study import Study


@pytest.fixture
def jobs(study: Study) -> list[Job]:
    """Four recordings that wait, the first of which runs."""
    made = [study.jobs.add(recording(study, title=name).id, model="base") for name in "abcd"]
    study.jobs.change(made[0].id, state=JobState.RUNNING)
    return made


def order(study: Study) -> str:
    return "".join(
        study.materials.source(job.source_id).title for job in study.jobs.queue.waiting()
    )


def states(study: Study) -> list[str]:
    return [job.state.value for job in study.jobs.all()]


def test_a_job_moves_up_and_down_and_stops_at_the_ends(study: Study, jobs: list[Job]) -> None:
    study.jobs.queue.move(jobs[2].id, -1)
    assert order(study) == "acbd"
    study.jobs.queue.move(jobs[3].id, 1)
    assert order(study) == "acbd"
    study.jobs.queue.move(jobs[0].id, -1)
    assert order(study) == "acbd"
    study.jobs.queue.place(jobs[3].id, 0)
    assert order(study) == "dacb"
    study.jobs.queue.place(jobs[3].id, 99)
    assert order(study) == "acbd"
    study.jobs.change(jobs[1].id, state=JobState.DONE)
    study.jobs.queue.move(jobs[1].id, -1)
    study.jobs.queue.place(JobId("gone"), 0)
    assert order(study) == "acd"


def test_order_survives_a_restart(study: Study, jobs: list[Job]) -> None:
    study.jobs.queue.place(jobs[3].id, 1)
    study.close()
    with Study.open(study.folder) as again:
        assert order(again) == "adbc"
        assert states(again) == ["waiting"] * 4  # what ran goes on by itself


def test_all_pause_and_go_on(study: Study, jobs: list[Job]) -> None:
    study.jobs.change(jobs[1].id, state=JobState.FAILED)
    study.jobs.queue.pause_all()
    assert states(study) == ["running", "failed", "paused", "paused"]
    study.jobs.queue.resume_all()
    assert states(study) == ["running", "failed", "waiting", "waiting"]


def test_a_failed_job_goes_on_or_begins_anew_with_another_model(
    study: Study, jobs: list[Job]
) -> None:
    failed = study.jobs.change(jobs[1].id, state=JobState.FAILED, reason="No memory.")
    again = study.jobs.retry(failed.id)
    assert (again.id, again.state, again.reason) == (failed.id, JobState.WAITING, "")
    assert order(study) == "acdb"
    assert study.jobs.retry(again.id) == again
    other = study.jobs.retry(failed.id, model="small", language="de")
    assert (other.model, other.language, other.state) == ("small", "de", JobState.WAITING)
    assert other.id != failed.id
    assert study.jobs.get(failed.id).state is JobState.CANCELLED
    assert study.jobs.newest()[failed.source_id].id == other.id
    assert order(study) == "acdb"


def test_the_old_text_stays_until_new_words_arrive(study: Study, jobs: list[Job]) -> None:
    done = jobs[0]
    study.recognition.accept(done.id, drafts("The promise is kept."))
    study.jobs.change(done.id, state=JobState.DONE)
    again = study.jobs.retry(done.id, language="de")
    present = study.transcripts.of_source(done.source_id)
    assert present is not None
    assert present.id == done.transcript_id
    study.recognition.accept(again.id, drafts("Das Versprechen gilt."))
    present = study.transcripts.of_source(done.source_id)
    assert present is not None
    assert present.id == again.transcript_id


def test_each_job_has_a_log_of_its_own(study: Study, jobs: list[Job]) -> None:
    assert len({study.recognition.log_path(job.id) for job in jobs}) == 4


@pytest.mark.parametrize("end", [JobState.CANCELLED, JobState.FAILED])
def test_the_text_before_comes_back_when_another_attempt_ends_early(
    study: Study, end: JobState
) -> None:
    whole = recognised(study, "It took three weeks.", "Nobody said why.")
    again = study.jobs.add(whole.source_id, model="base")
    study.arrivals.accept(again.transcript_id, drafts("It took free weeks."))
    assert study.transcripts.of_source(whole.source_id).id == again.transcript_id  # type: ignore[union-attr]
    study.jobs.change(again.id, state=end)
    assert study.transcripts.of_source(whole.source_id).id == whole.id  # type: ignore[union-attr]
    study.jobs.retry(again.id)
    study.arrivals.accept(again.transcript_id, drafts("It took free weeks.", "Nobody."))
    present = study.transcripts.of_source(whole.source_id)
    assert present is not None
    assert [turn.text for turn in study.transcripts.turns(present.id)] == [
        "It took free weeks.",
        "Nobody.",
    ]
