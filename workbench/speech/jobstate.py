"""The life of one recognition job as a pure state machine.

Window and command line run the worker differently (QProcess, subprocess) but must agree on
what its bytes, its silence and its end mean. They feed bytes, exit codes and the time, and do
what the returned events say. No clock, no process, no file in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.transcript import TurnDraft
from workbench.speech import protocol
from workbench.speech.protocol import (
    Decoder,
    Done,
    Failed,
    HeardAgain,
    Hello,
    LanguageFound,
    Message,
    Note,
    Peaks,
    Progress,
    Speakers,
    SpokenHere,
    State,
    TurnFound,
)
from workbench.words import said

WATCHDOG_S = 60.0
"""So long a worker may be silent before it counts as stuck; it beats every 5 s."""

_GRACE_S = 5.0  # after a cancel, until terminate; the same again until kill
_MOST_CRASHES = 2  # in a row without a new turn


class RunState(StrEnum):
    """Where the run of a job stands; what a study keeps of it is `domain.jobs.JobState`."""

    WAITING = "waiting"
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    CRASHED = "crashed"


FINAL = frozenset({RunState.DONE, RunState.FAILED, RunState.CANCELLED, RunState.CRASHED})
"""States that nothing leaves, except by starting a new machine."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The job is in another state."""

    state: RunState


@dataclass(frozen=True, slots=True)
class TurnsArrived:
    """Turns to store by ordinal; later ones replace earlier ones."""

    turns: tuple[TurnDraft, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes to the worker's standard input."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Start:
    """Start a worker process, then call `started`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Terminate:
    """Ask the operating system to end the worker."""


@dataclass(frozen=True, slots=True)
class Kill:
    """End the worker at once."""


Event = (
    StateChanged | TurnsArrived | Send | Start | Terminate | Kill
    | Progress | Note | Peaks | HeardAgain | Speakers | LanguageFound | SpokenHere | Done | Failed
)  # fmt: skip


class JobMachine:
    """Decides; the caller acts on the events that each method returns, in their order."""

    def __init__(self, job: protocol.Order) -> None:
        self.job = job
        self.state = RunState.WAITING
        self._decoder = Decoder()
        self._heard_at = 0.0
        self._attempt = 0
        self._crashes = 0
        self._last_ordinal = -1
        self._wants_pause = False
        self._cancel_at: float | None = None
        self._steps_taken = 0
        self._outcome: Done | Failed | None = None

    def worker_takes(self, other: protocol.Order) -> bool:
        """Tell whether the worker of this job waits for that one, with all it needs in memory."""
        job = self.job
        alike = (job.model, job.translate, job.key) == (other.model, other.translate, other.key)
        return self.state is RunState.DONE and job.stays and self._cancel_at is None and alike

    def start(self) -> list[Event]:
        """Leave the queue."""
        if self.state is not RunState.WAITING:
            return []
        self._attempt = 1
        return [*self._enter(RunState.STARTING), Start(1)]

    def started(self, now: float) -> list[Event]:
        """Take note that the worker process runs; `now` is in seconds of any steady clock."""
        self._heard_at = now
        self._decoder = Decoder()
        if self.state is RunState.CANCELLING:
            self._cancel_at = now
            return [Send(protocol.encode(self.job)), Send(protocol.encode(protocol.Cancel()))]
        events: list[Event] = [Send(protocol.encode(self.job))]
        if self._wants_pause:
            events.append(Send(protocol.encode(protocol.Pause())))
        return events

    def feed(self, data: bytes, now: float) -> list[Event]:
        """Read what the worker wrote to its standard output."""
        self._heard_at = now
        messages = self._decoder.feed(data)
        turns = tuple(m.turn for m in messages if isinstance(m, TurnFound))
        events: list[Event] = []
        if turns:
            # A worker that resumes tells the old turns again; only new ones count as headway.
            last = max(turn.ordinal for turn in turns)
            if last > self._last_ordinal:
                self._last_ordinal, self._crashes = last, 0
            events.append(TurnsArrived(turns))
        for message in messages:
            events += self._take(message)
        return events

    def pause(self) -> list[Event]:
        """Stop after the chunk in work."""
        if self.state not in {RunState.STARTING, RunState.RUNNING}:
            return []
        self._wants_pause = True
        return [Send(protocol.encode(protocol.Pause()))]

    def resume(self) -> list[Event]:
        """Go on after a pause."""
        if self.state in FINAL or not self._wants_pause:
            return []
        self._wants_pause = False
        return [Send(protocol.encode(protocol.Resume()))]

    def cancel(self, now: float) -> list[Event]:
        """End the job; what was recognised stays."""
        if self.state in FINAL or self.state is RunState.CANCELLING:
            return []
        if self.state is RunState.WAITING:
            return self._enter(RunState.CANCELLED)
        self._cancel_at = now
        return [*self._enter(RunState.CANCELLING), Send(protocol.encode(protocol.Cancel()))]

    def tick(self, now: float) -> list[Event]:
        """Look at the clock, about once a second."""
        if self._cancel_at is not None and self.state is RunState.CANCELLING:
            return self._climb(now - self._cancel_at)
        waiting = {RunState.STARTING, RunState.RUNNING, RunState.PAUSED}
        if self.state in waiting and now - self._heard_at > WATCHDOG_S:
            self._heard_at = now
            return [Kill()]
        return []

    def exited(self, code: int) -> list[Event]:
        """Take note that the worker process ended, or that it could not be started.

        Args:
            code: exit code, negative for a signal.
        """
        if self.state in FINAL:
            return []
        if isinstance(self._outcome, Failed):
            return self._enter(RunState.FAILED)
        if isinstance(self._outcome, Done):
            return self._enter(RunState.DONE)
        if self.state is RunState.CANCELLING:
            return self._enter(RunState.CANCELLED)
        self._crashes += 1
        if self._crashes < _MOST_CRASHES:
            self._attempt += 1
            return [*self._enter(RunState.STARTING), Start(self._attempt)]
        problem = Failed(
            "worker-crashed",
            said(
                "Recognition stopped unexpectedly, twice at the same place (code {code}).",
                code=code,
            ),
            said(
                "What was recognised is kept. Close other programs and resume, or choose a smaller"
                " model."
            ),
        )
        return [problem, *self._enter(RunState.CRASHED)]

    def _take(self, message: Message) -> list[Event]:
        if isinstance(
            message,
            Progress | Note | Peaks | HeardAgain | Speakers | LanguageFound | SpokenHere,
        ):
            return [message]
        if isinstance(message, Done) and self.job.stays:
            return [message, *self._enter(RunState.DONE)]
        if isinstance(message, Done | Failed):
            self._outcome = message
            return [message]
        if isinstance(message, Hello):
            return self._running() if self.state is RunState.STARTING else []
        if isinstance(message, State):
            return self._told(message.state)
        return []

    def _told(self, state: str) -> list[Event]:
        if self.state is RunState.RUNNING and state == "paused":
            return self._enter(RunState.PAUSED)
        if self.state is RunState.PAUSED and state == "running":
            return self._enter(RunState.RUNNING)
        return []

    def _running(self) -> list[Event]:
        return self._enter(RunState.RUNNING)

    def _climb(self, waited: float) -> list[Event]:
        """Climb the ladder cancel, terminate, kill."""
        if self._steps_taken == 0 and waited > _GRACE_S:
            self._steps_taken = 1
            return [Terminate()]
        if self._steps_taken == 1 and waited > 2 * _GRACE_S:
            self._steps_taken = 2
            return [Kill()]
        return []

    def _enter(self, state: RunState) -> list[Event]:
        self.state = state
        return [StateChanged(state)]
