"""How fast recognition goes here: how many chunks to take at once, and how long the job will take.

The voices are told apart after the words, and take a good part of the whole. What that will take is
known from earlier jobs on this computer, or tried on a moment of the recording.
"""

from __future__ import annotations

from collections.abc import Callable

_PATIENCE_S = 12.0  # between two deliveries, so that text flows and a pause is soon obeyed
_TOLD = 5.0  # a fifth of a pass tells its speed by itself


class Pace:
    """Measures batches.

    Args:
        now: seconds of a clock that stands still while the job rests.
        total_ms: sound to recognise.
    """

    def __init__(self, now: Callable[[], float], total_ms: int) -> None:
        self._now = now
        self._left_ms = total_ms
        self._done_ms = 0
        self._spent_s = 0.0
        self._chunks = 0
        self._last = 0
        self._begun = 0.0
        self._after_s = 0.0

    def batch(self, most: int) -> int:
        """Return how many chunks to take next: one at first, so that the first words come soon.

        Args:
            most: how many at once pay off with this engine.
        """
        if not self._last:
            return 1
        in_time = int(_PATIENCE_S * self._chunks / max(0.001, self._spent_s))
        return max(1, min(2 * self._last, most, in_time))

    def begin(self) -> None:
        """A batch begins."""
        self._begun = self._now()

    def end(self, length_ms: int, chunks: int) -> None:
        """A batch has ended.

        Args:
            length_ms: sound in the batch.
            chunks: how many chunks it had.
        """
        if chunks > self._last:  # more at once are faster: smaller batches tell nothing any more
            self._spent_s, self._done_ms, self._chunks = 0.0, 0, 0
        self._spent_s += self._now() - self._begun
        self._done_ms += length_ms
        self._left_ms -= length_ms
        self._chunks += chunks
        self._last = max(chunks, min(self._last, 2 * chunks))

    def expect(self, seconds: float) -> None:
        """Count in what is to be done after the words.

        Args:
            seconds: how long that will take.
        """
        self._after_s = seconds

    @property
    def left_s(self) -> int:
        """Return the seconds until the job is done."""
        words_s = self._spent_s * self._left_ms / max(1, self._done_ms)
        return round(words_s + self._after_s)


class Pass:
    """Tells how long one pass over a recording will still take, from its first moment on.

    Args:
        now: seconds of a clock that stands still while the job rests.
        expected_s: how long it was thought to take, 0 when nobody knows.
    """

    def __init__(self, now: Callable[[], float], expected_s: float) -> None:
        self._now = now
        self._expected_s = expected_s
        self._begun = now()

    @property
    def spent_s(self) -> float:
        """Return the seconds since it began."""
        return self._now() - self._begun

    def left_s(self, share: float) -> int | None:
        """Return the seconds until it is done, `None` while nobody knows.

        Args:
            share: how much of it is done, 0 to 1.
        """
        trust = min(1.0, _TOLD * share) if self._expected_s else 1.0
        if not share and trust:
            return None
        measured_s = self.spent_s / share if share else 0.0
        whole_s = trust * measured_s + (1 - trust) * self._expected_s
        return max(0, round(whole_s * (1 - share)))
