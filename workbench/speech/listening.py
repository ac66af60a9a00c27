"""How long telling the voices apart will take, before it begins and while it goes on.

It is known from earlier jobs on this computer. The first one tries it on a moment of its recording,
as soon as the first words are told: it takes seconds, and the time left is true from then on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from workbench.errors import EnvironmentProblem
from workbench.speech import audio, speed
from workbench.speech.engine import SAMPLE_RATE, Pcm
from workbench.speech.pace import Pass
from workbench.speech.speed import VOICES, Measured

_WORTH_MS = 120_000  # a shorter recording is done before anybody has read how long it will take
_log = logging.getLogger(__name__)


class Listening:
    """The time that one job needs for its voices.

    Args:
        now: seconds of a clock that stands still while the job rests.
        none: whether the job tells no voices apart.

    Attributes:
        store: where voice prints are kept; if they are there, nothing is heard again.
    """

    def __init__(self, now: Callable[[], float], *, none: bool) -> None:
        self.store: Path | None = None
        self._now = now
        self._none = none
        self._rate: float | None = None  # seconds for a second of sound, once it is asked for
        self._expected_s = 0.0
        self._new = True
        self._pass = Pass(now, 0.0)

    def expected_s(self, pcm: Pcm, at_ms: int = 0) -> float:
        """Return how long it will take.

        Args:
            pcm: the recording.
            at_ms: where there is speech, for a trial.
        """
        if self._none or self._is_known:
            return 0.0
        if self._rate is None:
            self._rate = _known() or _tried(pcm, at_ms)
            self._expected_s = self._rate * len(pcm) / SAMPLE_RATE
        return self._expected_s

    def begin(self, pcm: Pcm) -> None:
        """Take the time from now on."""
        self._new = not self._is_known
        if self._rate is None:
            self._expected_s = _known() * len(pcm) / SAMPLE_RATE
        self._pass = Pass(self._now, self._expected_s if self._new else 0.0)

    def left_s(self, share: float) -> int | None:
        """Return the seconds until it is done; see `Pass.left_s`."""
        return self._pass.left_s(share)

    def learn(self, pcm: Pcm) -> None:
        """Keep for the next job how long it took, if anything was heard."""
        if self._new:
            speed.keep(VOICES, Measured(audio.milliseconds(pcm), round(1000 * self._pass.spent_s)))

    @property
    def _is_known(self) -> bool:
        return self.store is not None and self.store.is_file()


def _known() -> float:
    """Return the seconds for a second of sound on this computer, 0 where nothing is known."""
    found = speed.measured().get(VOICES)
    return found.spent_ms / found.sound_ms if found else 0.0


def _tried(pcm: Pcm, at_ms: int) -> float:
    if audio.milliseconds(pcm) < _WORTH_MS:
        return 0.0
    first = at_ms * SAMPLE_RATE // 1000
    try:
        from workbench.speech import voices

        last = first + voices.TRIED_S * SAMPLE_RATE
        return voices.seconds_per_second(pcm[first:last])
    except (ImportError, EnvironmentProblem) as problem:
        _log.warning("how long the voices take is not known: %s", problem)
        return 0.0
