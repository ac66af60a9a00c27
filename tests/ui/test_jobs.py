"""The queue with real workers and the fake engine: words stay, whatever happens to the child."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.workbench.speech.recordings import samples_of, silence, write_wav
from ui.bridge.importing import Intake
from ui.bridge.jobs import JobRunner
from ui.context import Signals
from workbench.domain.consent import State, Use
from workbench.domain.jobs import Job, JobState
from workbench.speech import speed
from workbench.study import Study

CHUNKS = 4
LOOK_MS = 50


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Four utterances with silences between them: a chunk each."""
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    return write_wav(folder / "Interview.wav", np.concatenate([speech, silence(4)] * CHUNKS))


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner(Signals())
    yield runner
    runner.set_study(None)


@pytest.fixture
def add(study: Study, recording: Path) -> Callable[..., Job]:
    def add(model: str = "fake", speakers: int = 0) -> Job:
        [source] = study.imports.take_in([recording], keep_both=True)
        return study.jobs.add(source.id, model=model, speakers=speakers)

    return add


@dataclass(frozen=True, slots=True)
class Held:
    """A model that says its first words and waits with the others until it is let go."""

    gate: Path

    @property
    def model(self) -> str:
        return f"fake:{self.gate}"

    def let_go(self, runner: JobRunner, qtbot: QtBot) -> None:
        """Let it hear the rest, once it has read what it was told."""
        process = runner.worker and runner.worker._process
        if process:
            qtbot.waitUntil(lambda: process.bytesToWrite() == 0)
            qtbot.wait(2 * LOOK_MS)
        self.gate.touch()


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path / "gate")


def state_of(study: Study, job: Job) -> JobState:
    return study.jobs.get(job.id).state


def texts(study: Study, job: Job) -> list[str]:
    return [turn.text for turn in study.transcripts.turns(job.transcript_id)]


def wait_for(qtbot: QtBot, study: Study, job: Job, state: JobState) -> None:
    qtbot.waitUntil(lambda: state_of(study, job) is state)


def wait_for_words(qtbot: QtBot, study: Study, job: Job) -> list[str]:
    qtbot.waitUntil(lambda: bool(texts(study, job)))
    return texts(study, job)


def test_two_recordings_one_after_the_other(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job]
) -> None:
    one, two = add(), add()
    lines: list[str] = []
    runner._signals.status_changed.connect(lines.append)
    runner.set_study(study)
    wait_for(qtbot, study, two, JobState.DONE)
    assert state_of(study, one) is JobState.DONE
    assert texts(study, one) == texts(study, two) != []
    qtbot.waitUntil(lambda: runner.worker is None)
    assert any(line.startswith("Transcribing Interview · ") for line in lines)
    assert lines[-1] == ""


def test_a_queue_keeps_its_worker_and_an_empty_one_has_none(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job]
) -> None:
    jobs = [add(), add(), add("fake:1")]
    pids: dict[str, set[int]] = {job.id: set() for job in jobs}

    def look(job_id: str) -> None:
        if runner.worker is not None and runner.worker.pid:
            pids[job_id].add(runner.worker.pid)

    runner.progressed.connect(look)
    runner.set_study(study)
    wait_for(qtbot, study, jobs[2], JobState.DONE)
    qtbot.waitUntil(lambda: runner.worker is None and runner._spare._process is None)
    assert pids[jobs[0].id] == pids[jobs[1].id]
    assert len(pids[jobs[0].id]) == 1
    assert not pids[jobs[2].id] & pids[jobs[0].id]  # another model, another child
    assert texts(study, jobs[0]) == texts(study, jobs[1]) == texts(study, jobs[2]) != []
    assert not any(Path(f"/proc/{pid}").exists() for found in pids.values() for pid in found)


def test_a_killed_worker_loses_no_word_that_was_shown(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    whole = add()
    runner.set_study(study)
    wait_for(qtbot, study, whole, JobState.DONE)
    job = add(held.model)
    shown = wait_for_words(qtbot, study, job)
    assert runner.worker is not None
    os.kill(runner.worker.pid, signal.SIGKILL)
    held.gate.touch()
    wait_for(qtbot, study, job, JobState.DONE)
    assert texts(study, job)[: len(shown)] == shown
    assert texts(study, job) == texts(study, whole)


def test_pause_holds_the_queue_and_another_may_go_first(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    one, two = add(held.model), add()
    runner.set_study(study)
    wait_for_words(qtbot, study, one)
    runner.pause(one.id)
    held.let_go(runner, qtbot)
    wait_for(qtbot, study, one, JobState.PAUSED)
    assert state_of(study, two) is JobState.WAITING
    runner.first(two.id)
    wait_for(qtbot, study, two, JobState.DONE)
    assert state_of(study, one) is JobState.PAUSED
    runner.resume(one.id)
    wait_for(qtbot, study, one, JobState.DONE)
    assert texts(study, one) == texts(study, two)


def test_all_pause_also_the_one_at_work(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    one, two = add(held.model), add()
    runner.set_study(study)
    wait_for_words(qtbot, study, one)
    runner.pause_all()
    held.let_go(runner, qtbot)
    wait_for(qtbot, study, one, JobState.PAUSED)
    assert state_of(study, two) is JobState.PAUSED
    runner.resume_all()
    wait_for(qtbot, study, two, JobState.DONE)
    assert state_of(study, one) is JobState.DONE


def test_one_paused_before_it_began_is_passed_over(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job]
) -> None:
    one, two = add(), add()
    runner.set_study(study)
    runner.pause(one.id)
    wait_for(qtbot, study, two, JobState.DONE)
    assert state_of(study, one) is JobState.PAUSED
    runner.set_study(None)


def test_another_model_begins_anew_while_the_first_is_at_work(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    job = add(held.model)
    runner.set_study(study)
    wait_for_words(qtbot, study, job)
    runner.retry(job.id, model="fake")
    again = study.jobs.newest()[job.source_id]
    assert again.id != job.id
    wait_for(qtbot, study, again, JobState.DONE)
    assert state_of(study, job) is JobState.CANCELLED
    present = study.transcripts.of_source(job.source_id)
    assert present is not None
    assert present.id == again.transcript_id


def test_finished_jobs_tell_how_fast_a_model_is(
    qtbot: QtBot,
    study: Study,
    runner: JobRunner,
    add: Callable[..., Job],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(study.folder / "home"))
    job = add("fake")
    runner.set_study(study)
    wait_for(qtbot, study, job, JobState.DONE)
    qtbot.waitUntil(lambda: runner.worker is None)
    assert speed.measured()["fake"].sound_ms == 60_000
    log = study.recognition.log_path(job.id).read_text("utf-8")
    assert "stretches of speech" in log
    assert not any(text in log for text in texts(study, job))


def test_cancelled_keeps_its_words_and_can_be_taken_up(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    job = add(held.model)
    runner.set_study(study)
    shown = wait_for_words(qtbot, study, job)
    runner.cancel(job.id)
    held.let_go(runner, qtbot)
    wait_for(qtbot, study, job, JobState.CANCELLED)
    assert texts(study, job)[: len(shown)] == shown
    runner.retry(job.id)
    wait_for(qtbot, study, job, JobState.DONE)
    assert texts(study, job)[: len(shown)] == shown


def test_closing_ends_the_child_and_opening_goes_on(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    job = add(held.model)
    runner.set_study(study)
    shown = wait_for_words(qtbot, study, job)
    assert runner.running() == ["Interview"]
    runner.set_study(None)
    study.close()
    held.gate.touch()
    with Study.open(study.folder) as again:
        assert texts(again, job)[: len(shown)] == shown
        runner.set_study(again)
        wait_for(qtbot, again, job, JobState.DONE)
        runner.set_study(None)


def test_a_run_does_not_hold_whoever_owns_it(
    qtbot: QtBot, study: Study, add: Callable[..., Job]
) -> None:
    """A run that is deleted with the last that holds its owner is deleted twice."""
    runner = JobRunner(Signals())
    job = add()
    runner.set_study(study)
    wait_for(qtbot, study, job, JobState.RUNNING)
    runner.set_study(None)
    owner = weakref.ref(runner)
    del runner
    gc.collect()
    assert owner() is None


def test_material_in_the_bin_is_not_transcribed(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    job = add(held.model)
    runner.set_study(study)
    wait_for_words(qtbot, study, job)
    study.materials.remove_source(job.source_id)
    qtbot.waitUntil(lambda: runner.worker is None)
    held.gate.touch()
    study.undo()
    wait_for(qtbot, study, job, JobState.DONE)


def test_a_missing_model_says_what_to_do(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job]
) -> None:
    job = add("no-such-model")
    runner.set_study(study)
    wait_for(qtbot, study, job, JobState.FAILED)
    assert study.jobs.get(job.id).reason


def test_a_program_that_does_not_start_is_a_failure_not_a_loop(
    qtbot: QtBot,
    study: Study,
    runner: JobRunner,
    add: Callable[..., Job],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workbench.speech.client.worker_command", lambda: ["/no/such/program"])
    job = add()
    runner.set_study(study)
    wait_for(qtbot, study, job, JobState.FAILED)
    assert "twice" in study.jobs.get(job.id).reason


def test_files_come_in_while_the_window_lives(qtbot: QtBot, study: Study, jfk: Path) -> None:
    intake = Intake()
    with qtbot.waitSignal(intake.finished) as caught:
        intake.start([jfk], study.materials.media)
    [source] = study.imports.add(caught.args[0])
    assert source.duration_ms == 11_000
    assert study.check() == []


def test_bad_and_cancelled_files_leave_nothing(
    qtbot: QtBot, study: Study, jfk: Path, tmp_path: Path
) -> None:
    intake = Intake()
    empty = tmp_path / "empty.wav"
    empty.touch()
    with qtbot.waitSignal(intake.finished) as caught:
        intake.start([empty], study.materials.media)
    assert caught.args[0] == []
    assert [one.path for one in caught.args[1]] == [empty]
    with qtbot.waitSignal(intake.cancelled):
        intake.start([jfk, Path(shutil.copy(jfk, tmp_path / "b.flac"))], study.materials.media)
        intake.cancel()
    assert list(study.materials.media.iterdir()) == []


def test_words_wait_while_a_long_step_alone_may_write(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    whole, job = add(), add(held.model)
    runner.set_study(study)
    early = wait_for_words(qtbot, study, job)
    study.aside.hold("Merging codes")
    held.let_go(runner, qtbot)
    qtbot.waitUntil(lambda: runner._run is not None and bool(runner._run._said))
    assert texts(study, job) == early
    study.aside.release([])
    wait_for(qtbot, study, job, JobState.DONE)
    assert texts(study, job) == texts(study, whole) != early


def test_who_says_no_ends_the_job_at_work_and_lets_the_others_go_on(
    qtbot: QtBot, study: Study, runner: JobRunner, add: Callable[..., Job], held: Held
) -> None:
    job, other = add(held.model), add()
    [maya] = study.people.participants()
    session = study.materials.source(job.source_id).session_id
    study.materials.set_roster(session, [maya.id])
    runner.set_study(study)
    shown = wait_for_words(qtbot, study, job)
    study.ledger.set([maya.id], {Use.TRANSCRIBE: State.REFUSED})
    wait_for(qtbot, study, job, JobState.FAILED)
    assert "Maya (P01) – transcript: refused" in study.jobs.get(job.id).reason
    assert texts(study, job) == shown  # what was there stays until a person decides
    wait_for(qtbot, study, other, JobState.DONE)
    assert state_of(study, job) is JobState.FAILED
