"""What a job expects: voices, of the roster and whoever asks them, and names that are listed."""

from __future__ import annotations

import pytest

from tests.support.studies import drafts, recording
from workbench.domain.jobs import Job
from workbench.domain.materials import Method, Role, voices_expected
from workbench.speech import spool
from workbench.speech.protocol import Note, Speakers, TurnFound
from workbench.study import Study


def _job(study: Study, method: Method, people: int) -> Job:
    there = [study.people.add(pseudonym=f"P{n}").id for n in range(people)]
    return study.jobs.add(recording(study, people=there, method=method).id, model="base")


@pytest.mark.parametrize(
    ("method", "people", "expected"),
    [
        (Method.INTERVIEW, 1, 2),
        (Method.FOCUS_GROUP, 4, 5),
        (Method.MYSTERY_VISIT, 1, 1),
        (Method.FIELD_NOTE, 2, 2),
        (Method.INTERVIEW, 0, None),
        (Method.MYSTERY_VISIT, 0, None),
    ],
)
def test_somebody_asks_in_interviews_and_groups_only(
    study: Study, method: Method, people: int, expected: int | None
) -> None:
    assert _job(study, method, people).speakers == expected


def test_an_interviewer_on_the_roster_is_counted_once() -> None:
    assert voices_expected(Method.INTERVIEW, [Role.PARTICIPANT, Role.INTERVIEWER]) == 2


def test_fewer_voices_than_expected_are_noted_once(study: Study) -> None:
    job = _job(study, Method.FOCUS_GROUP, 2)
    one = drafts("It took weeks.", "It did.", speakers=["S1", "S1"])
    study.recognition.accept(job.id, one)
    study.recognition.accept(job.id, Note("truncated", "cut off"))
    for _ in range(2):  # a worker that goes on says it again
        study.recognition.accept(job.id, Speakers(3, 1, one))
    assert study.jobs.get(job.id).reason == (
        "cut off · 3 voices were expected; only one could be told apart"
    )


def test_as_many_voices_as_expected_need_no_note(study: Study) -> None:
    job = _job(study, Method.INTERVIEW, 1)
    two = drafts("It took weeks.", "It did.", speakers=["S1", "S2"])
    study.recognition.accept(job.id, two)
    for asked in (2, None):
        study.recognition.accept(job.id, Speakers(asked, 2, two))
    assert study.jobs.get(job.id).reason == ""


def test_notes_survive_a_crash(study: Study) -> None:
    job = _job(study, Method.FOCUS_GROUP, 2)
    said = drafts("It took weeks.", "It did.")
    record = spool.Spool(spool.path_of(study.folder / "spool", job.id), "key")
    record.append([*map(TurnFound, said), Speakers(3, 2, said)])
    record.close()
    study.recognition.recover()
    assert study.jobs.get(job.id).reason.startswith("3 voices were expected; only 2")


def test_a_job_is_told_the_words_of_its_session_and_of_the_study(study: Study) -> None:
    job = _job(study, Method.INTERVIEW, 1)
    session_id = study.materials.source(job.source_id).session_id
    study.edit_charter(vocabulary=("Northline", "Hub"))
    study.materials.expect([session_id], ["Oyelaran", "Hub"])
    study.materials.expect([session_id], ["Oyelaran", "Mbeki"])
    assert study.recognition.order(job).prompt == "Oyelaran, Hub, Mbeki, Northline"
    study.undo()
    assert study.materials.session(session_id).vocabulary == ("Oyelaran", "Hub")
