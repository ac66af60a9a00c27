"""How fast recognition goes here: how many chunks to take at once, and how long it will take."""

from __future__ import annotations

from time import monotonic

_PATIENCE_S = 12.0  # between two deliveries, so that text flows and a pause is soon obeyed


class Pace:
    """Measures batches.

    Args:
        total_ms: sound to recognise.
    """

    def __init__(self, total_ms: int) -> None:
        self._left_ms = total_ms
        self._done_ms = 0
        self._spent_s = 0.0
        self._chunks = 0
        self._last = 0
        self._begun = 0.0

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
        self._begun = monotonic()

    def end(self, length_ms: int, chunks: int) -> int:
        """A batch has ended; return the seconds left.

        Args:
            length_ms: sound in the batch.
            chunks: how many chunks it had.
        """
        self._spent_s += monotonic() - self._begun
        self._done_ms += length_ms
        self._left_ms -= length_ms
        self._chunks += chunks
        self._last = chunks
        return round(self._spent_s * self._left_ms / max(1, self._done_ms))
