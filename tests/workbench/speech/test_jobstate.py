"""Every turn that the life of a job can take."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain.transcript import TurnDraft
from workbench.speech import protocol
from workbench.speech.jobstate import (
    Event,
    JobMachine,
    Kill,
    RunState,
    Send,
    Start,
    StateChanged,
    Terminate,
    TurnsArrived,
)
from workbench.speech.protocol import (
    Cancel,
    Done,
    Failed,
    Heartbeat,
    Hello,
    Message,
    Note,
    Order,
    Pause,
    Peaks,
    Progress,
    Resume,
    Speakers,
    State,
    TurnFound,
)
from workbench.words import said

JOB = Order("j", "a.wav", "", "cache", "spool")
DONE = Done("en", 900, 1, 1000, "base")
FAILED = Failed("disk-full", said("The disk is full."), said("Make room."))


def _send(message: Message) -> Send:
    return Send(protocol.encode(message))


def _feed(machine: JobMachine, *messages: Message, now: float = 0.0) -> list[Event]:
    return machine.feed(b"".join(map(protocol.encode, messages)), now)


def _running() -> JobMachine:
    machine = JobMachine(JOB)
    assert machine.start() == [StateChanged(RunState.STARTING), Start(1)]
    assert machine.started(0.0) == [_send(JOB)]
    assert _feed(machine, Hello(7)) == [StateChanged(RunState.RUNNING)]
    return machine


def test_a_job_runs_to_its_end() -> None:
    machine = _running()
    assert machine.start() == []
    told = [
        Note("a", "b"),
        Peaks(9, (1,)),
        Progress("recognising", 1, 2, 3),
        Speakers(None, 1, ()),
    ]
    assert _feed(machine, Heartbeat(), *told, Hello(7)) == told
    assert _feed(machine, DONE) == [DONE]
    assert machine.exited(0) == [StateChanged(RunState.DONE)]
    assert machine.exited(0) == machine.cancel(0) == machine.pause() == machine.resume() == []


def test_a_worker_that_stays_is_done_at_its_word_and_takes_what_wants_the_same_model() -> None:
    machine = JobMachine(replace(JOB, stays=True))
    machine.start()
    machine.started(0.0)
    _feed(machine, Hello(7))
    assert not machine.worker_takes(JOB)
    assert _feed(machine, DONE) == [DONE, StateChanged(RunState.DONE)]
    assert _feed(machine, Heartbeat(), State("cancelled")) == []
    assert machine.worker_takes(replace(JOB, job="k", media="b.wav"))
    for other in ({"model": "small"}, {"translate": True}, {"key": "00"}):
        assert not machine.worker_takes(replace(JOB, **other))
    assert machine.exited(-9) == []


def test_a_worker_told_to_cancel_takes_no_other_job() -> None:
    machine = JobMachine(replace(JOB, stays=True))
    machine.start()
    machine.started(0.0)
    _feed(machine, Hello(7))
    machine.cancel(1.0)
    assert _feed(machine, DONE) == [DONE, StateChanged(RunState.DONE)]
    assert not machine.worker_takes(JOB)


def test_turns_come_in_one_event_before_the_rest() -> None:
    machine = _running()
    turns = (TurnDraft(0, "a"), TurnDraft(1, "b"))
    progress = Progress("recognising", 1, 2, None)
    assert _feed(machine, TurnFound(turns[0]), progress, TurnFound(turns[1])) == [
        TurnsArrived(turns),
        progress,
    ]


def test_a_done_job_whose_process_crashes_while_unloading_is_done() -> None:
    machine = _running()
    _feed(machine, DONE)
    assert machine.exited(-11) == [StateChanged(RunState.DONE)]


def test_a_job_that_says_why_it_failed_is_not_tried_again() -> None:
    machine = _running()
    assert _feed(machine, FAILED) == [FAILED]
    assert machine.exited(1) == [StateChanged(RunState.FAILED)]


def test_pause_and_resume() -> None:
    machine = _running()
    assert machine.resume() == []
    assert machine.pause() == [_send(Pause())]
    assert machine.state is RunState.RUNNING
    assert _feed(machine, State("running")) == []
    assert _feed(machine, State("paused")) == [StateChanged(RunState.PAUSED)]
    assert machine.pause() == _feed(machine, State("paused")) == []
    assert machine.resume() == [_send(Resume())]
    assert _feed(machine, State("running")) == [StateChanged(RunState.RUNNING)]


def test_a_paused_job_that_crashes_comes_back_paused() -> None:
    machine = _running()
    machine.pause()
    assert machine.exited(-9) == [StateChanged(RunState.STARTING), Start(2)]
    assert machine.started(1.0) == [_send(JOB), _send(Pause())]


def test_cancel_climbs_the_ladder() -> None:
    machine = _running()
    assert machine.cancel(10) == [StateChanged(RunState.CANCELLING), _send(Cancel())]
    assert machine.cancel(11) == machine.tick(15) == []
    assert machine.tick(15.1) == [Terminate()]
    assert machine.tick(16) == []
    assert machine.tick(20.1) == [Kill()]
    assert machine.tick(99) == []
    assert machine.exited(-9) == [StateChanged(RunState.CANCELLED)]


def test_cancel_before_the_start() -> None:
    machine = JobMachine(JOB)
    assert machine.cancel(0) == [StateChanged(RunState.CANCELLED)]
    assert machine.start() == machine.tick(999) == []


def test_cancel_while_starting_is_sent_behind_the_job() -> None:
    machine = JobMachine(JOB)
    machine.start()
    machine.cancel(0)
    assert machine.started(1) == [_send(JOB), _send(Cancel())]
    assert _feed(machine, Hello(7), State("cancelled")) == []
    assert machine.exited(0) == [StateChanged(RunState.CANCELLED)]


def test_a_cancel_that_comes_too_late_leaves_the_job_done() -> None:
    machine = _running()
    machine.cancel(0)
    _feed(machine, DONE)
    assert machine.exited(0) == [StateChanged(RunState.DONE)]


def test_a_crash_resumes_and_a_second_without_headway_asks() -> None:
    machine = _running()
    turn = TurnFound(TurnDraft(3, "a"))
    _feed(machine, turn)
    assert machine.exited(-9)[1:] == [Start(2)]
    machine.started(1.0)
    _feed(machine, Hello(8), turn)  # told again: no headway
    problem, changed = machine.exited(-9)
    assert isinstance(problem, Failed)
    assert problem.code == "worker-crashed"
    assert "-9" in str(problem.happened)
    assert changed == StateChanged(RunState.CRASHED)


def test_headway_earns_another_try() -> None:
    machine = _running()
    for attempt in range(2, 6):
        assert machine.exited(-9)[1:] == [Start(attempt)]
        machine.started(0)
        _feed(machine, Hello(7), TurnFound(TurnDraft(attempt, "new")))
    assert machine.state is RunState.RUNNING


def test_half_a_line_of_a_dead_worker_is_forgotten() -> None:
    machine = _running()
    machine.feed(b'{"v":1,"type":"do', 0)
    machine.exited(-9)
    machine.started(0)
    assert _feed(machine, Hello(8)) == [StateChanged(RunState.RUNNING)]


def test_a_silent_worker_is_killed() -> None:
    machine = _running()
    _feed(machine, Heartbeat(), now=100)
    assert machine.tick(160) == []
    assert machine.tick(160.1) == [Kill()]
    assert machine.tick(161) == []
    assert JobMachine(JOB).tick(1_000) == []


def test_messages_of_the_app_are_not_obeyed_when_a_worker_says_them() -> None:
    assert _feed(_running(), Pause(), JOB) == []
