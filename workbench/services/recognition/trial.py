"""Try another speech model on one minute of a recording; the study is not touched by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from workbench import paths
from workbench.domain import trial
from workbench.domain.transcript import TurnDraft
from workbench.domain.trial import Comparison, Tried
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import spool
from workbench.speech.client import OF_MACHINE, Workers
from workbench.speech.jobstate import Event, JobMachine, RunState, StateChanged, TurnsArrived
from workbench.speech.protocol import Failed, Order, Progress


@dataclass(slots=True)
class Trial:
    """One minute that two models are to hear; made beside the study, run anywhere.

    Attributes:
        orders: what the other model and the present one are told; one that is not there is then
            told of at once.
        whole_ms: length of the whole recording.
    """

    orders: tuple[Order, Order]
    whole_ms: int

    def run(self, on_model: Callable[[str], object] = str) -> Comparison:
        """Let both hear it, and wait for them; Ctrl+C ends it.

        Args:
            on_model: told which model begins.

        Raises:
            UserError: there is no such model, the recording cannot be read, or it was ended.
            EnvironmentProblem: a model cannot be loaded.
        """
        found = []
        for order in self.orders:
            on_model(order.model)
            heard = Heard(order)
            try:
                with Workers() as workers:
                    workers.run(order, heard.hear)
            finally:
                heard.tidy()
            heard.tried(self.whole_ms)  # or says why not, before the next one listens
            found.append(heard)
        return self.compared(*found)

    def compared(self, other: Heard, present: Heard) -> Comparison:
        """Return what both heard, in the order of `orders`.

        Raises:
            UserError: one could not hear it.
            EnvironmentProblem: a model cannot be loaded.
        """
        theirs, ours = other.tried(self.whole_ms), present.tried(self.whole_ms)
        begin, end = present.order.part
        return Comparison(begin, end, ours, theirs, trial.differing(ours.text, theirs.text))


class Heard:
    """Gathers what a worker says of the minute.

    Args:
        order: what it was told.

    Attributes:
        order: the same.
        done: whether it heard all of it.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self._failure: UserError | EnvironmentProblem = _without_answer(order.model)
        self.done = False
        self._turns: dict[int, TurnDraft] = {}
        self._steps: list[tuple[float, int]] = []  # seconds of a clock, ms of sound done

    def hear(self, event: Event, _machine: JobMachine) -> None:
        """Take one event of a job that `Workers` do."""
        self.take(event)

    def take(self, event: Event) -> None:
        """Take one event of the job."""
        match event:
            case TurnsArrived():
                self._turns |= {turn.ordinal: turn for turn in event.turns}
            case StateChanged(RunState.RUNNING):
                self._steps.append((monotonic(), 0))
            case StateChanged(RunState.DONE):
                self.done = True
            case Progress() if event.stage == "recognising":
                self._steps.append((monotonic(), event.done_ms))
            case Failed():
                kind = EnvironmentProblem if event.code in OF_MACHINE else UserError
                self._failure = kind(event.code, event.happened, event.todo)

    def tidy(self) -> None:
        """Leave nothing of it behind."""
        spool.path_of(Path(self.order.spool), self.order.job).unlink(missing_ok=True)
        paths.job_log(self.order.job).unlink(missing_ok=True)

    def tried(self, whole_ms: int) -> Tried:
        """Return it as a whole.

        Args:
            whole_ms: length of the whole recording.

        Raises:
            UserError: it could not be heard.
            EnvironmentProblem: the model cannot be loaded.
        """
        if not self.done:
            raise self._failure
        turns = [self._turns[ordinal] for ordinal in sorted(self._turns)]
        sure = [word.probability for turn in turns for word in turn.words]
        return Tried(
            self.order.model,
            " ".join(turn.text for turn in turns),
            len(sure),
            round(sum(sure) / max(1, len(sure)) / 10),
            round(_seconds_per_ms(self._steps) * whole_ms),
        )


def _seconds_per_ms(steps: Sequence[tuple[float, int]]) -> float:
    """Return how long a millisecond of sound takes; the first piece loads the model, too."""
    done = [step for step in steps if step[1]]
    first, last = (done or steps)[:1], steps[-1:]
    if first and last and last[0][1] > first[0][1]:
        return (last[0][0] - first[0][0]) / (last[0][1] - first[0][1])
    return (last[0][0] - steps[0][0]) / max(1, last[0][1]) if last else 0.0


def _without_answer(model: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "trial-failed",
        "The model “{model}” could not be tried: it ended without an answer.",
        "It may need more memory than there is. Close other programs, or try a smaller one.",
        model=model,
    )


__all__ = ["Heard", "Trial"]
