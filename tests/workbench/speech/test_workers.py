"""A queue keeps one worker: what the first job has loaded serves those after it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import samples_of, silence, write_wav
from workbench import paths
from workbench.domain.transcript import TurnDraft
from workbench.speech.client import Workers
from workbench.speech.jobstate import Event, JobMachine, RunState, StateChanged, TurnsArrived
from workbench.speech.protocol import Order, Progress


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Three utterances with silences between them: a chunk each."""
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    return write_wav(folder / "three.wav", np.concatenate([speech, silence(4)] * 3))


class Heard:
    """Keeps what a job said, and which process said it."""

    def __init__(self, workers: Workers, act: Callable[[Event], object] = bool) -> None:
        self.turns: dict[int, TurnDraft] = {}
        self.states: list[RunState] = []
        self.pids: set[int] = set()
        self._workers = workers
        self._act = act

    def __call__(self, event: Event, _machine: JobMachine) -> None:
        if self._workers._child is not None:
            self.pids.add(self._workers._child.pid)
        if isinstance(event, TurnsArrived):
            self.turns.update({turn.ordinal: turn for turn in event.turns})
        if isinstance(event, StateChanged):
            self.states.append(event.state)
        self._act(event)


def _order(folder: Path, media: Path, name: str, model: str = "fake") -> Order:
    return Order(
        name, str(media), "", str(folder / "cache"), str(folder / "spool"), model, speakers=0
    )


def test_jobs_of_one_model_have_one_worker(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:
        said = []
        for name in ("first", "second", "third"):
            heard = Heard(workers)
            assert workers.run(_order(tmp_path, recording, name), heard) is RunState.DONE
            assert heard.states == [RunState.STARTING, RunState.RUNNING, RunState.DONE]
            said.append(heard)
        assert said[0].turns == said[1].turns == said[2].turns != {}
        assert len(set.union(*(heard.pids for heard in said))) == 1
        child = workers._child
        assert child is not None
        for name in ("first", "second", "third"):  # each has its log, and only that
            assert paths.job_log(name).read_text("utf-8").count("stretches of speech") == 1
    assert child.poll() is not None


def test_another_model_has_another_worker(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:
        one, two = Heard(workers), Heard(workers)
        workers.run(_order(tmp_path, recording, "one"), one)
        assert workers.run(_order(tmp_path, recording, "two", "fake:1"), two) is RunState.DONE
        assert not one.pids & two.pids
        assert one.turns == two.turns


def test_a_worker_killed_while_it_waits_costs_nothing(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:
        one, two = Heard(workers), Heard(workers)
        workers.run(_order(tmp_path, recording, "one"), one)
        os.kill(min(one.pids), signal.SIGKILL)
        assert workers.run(_order(tmp_path, recording, "two"), two) is RunState.DONE
        assert two.turns == one.turns


def test_a_worker_killed_in_its_second_job_goes_on(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:
        one = Heard(workers)
        workers.run(_order(tmp_path, recording, "one", "fake:100"), one)

        def kill_once(event: Event) -> None:
            if isinstance(event, Progress) and event.stage == "recognising" and len(two.pids) == 1:
                os.kill(min(one.pids), signal.SIGKILL)

        two = Heard(workers, kill_once)
        assert workers.run(_order(tmp_path, recording, "two", "fake:100"), two) is RunState.DONE
        assert len(two.pids) == 2
        assert two.turns == one.turns


def test_a_failed_or_cancelled_job_leaves_no_worker_behind(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:
        bad = tmp_path / "bad.wav"
        bad.write_bytes(b"no sound at all")
        assert workers.run(_order(tmp_path, bad, "bad"), Heard(workers)) is RunState.FAILED
        good = Heard(workers)
        assert workers.run(_order(tmp_path, recording, "good"), good) is RunState.DONE

        def cancel(event: Event) -> None:
            if isinstance(event, Progress) and workers._machine.state is RunState.RUNNING:
                raise KeyboardInterrupt

        gone = Heard(workers, cancel)
        order = _order(tmp_path, recording, "gone", "fake:200")
        assert workers.run(order, gone) is RunState.CANCELLED
        assert workers.run(_order(tmp_path, recording, "last"), Heard(workers)) is RunState.DONE


def test_a_job_rests_and_goes_on_from_outside(recording: Path, tmp_path: Path) -> None:
    with Workers() as workers:

        def rest(event: Event) -> None:
            if event == StateChanged(RunState.RUNNING) and RunState.PAUSED not in heard.states:
                workers.pause()
            if event == StateChanged(RunState.PAUSED):
                assert not heard.turns or len(heard.turns) < 3
                workers.resume()

        heard = Heard(workers, rest)
        assert workers.run(_order(tmp_path, recording, "one", "fake:50"), heard) is RunState.DONE
        assert heard.states[2:] == [RunState.PAUSED, RunState.RUNNING, RunState.DONE]
        assert heard.turns
