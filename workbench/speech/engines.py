"""Which engine a job wants; the one of the job before stays in memory, where that is the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.speech.models import ModelStore
from workbench.speech.protocol import Order

if TYPE_CHECKING:
    from workbench.speech.engine import Engine


def chosen(job: Order) -> Engine:
    """Return the engine that the model of a job is for.

    Raises:
        UserError: there is no such model.
    """
    kind, _, rest = job.model.partition(":")
    if kind == "fake":
        from workbench.speech.fake import FakeEngine

        return FakeEngine(rest)
    if kind == "openai":
        from workbench.speech.openai import OpenAIWhisperEngine

        return OpenAIWhisperEngine(rest, translate=job.translate)
    from workbench.speech.whisper import WhisperEngine

    return WhisperEngine(ModelStore().path(job.model), translate=job.translate)


class Engines:
    """Keeps the last engine.

    Args:
        choose: gives a job its engine.
    """

    def __init__(self, choose: Callable[[Order], Engine] = chosen) -> None:
        self._choose = choose
        self._engine: Engine | None = None
        self._of: tuple[str, bool] | None = None

    def ready(self, job: Order) -> Engine:
        """Return the engine for a job with its model in memory.

        Raises:
            UserError: there is no such model.
            EnvironmentProblem: it cannot be loaded.
        """
        wanted = (job.model, job.translate)
        if self._engine is None or self._of != wanted:
            self._engine = None  # two models may be too much
            self._engine, self._of = self._choose(job), wanted
        self._engine.load()
        return self._engine
