"""Where each piece of sound lies in its recording: rules over the stamps of a file, without FFmpeg.

A recorder that was paused, a browser that lost packets and a camera whose microphone wakes late
leave holes between the pieces of sound. Players wait there, and so all times of ours do: a hole is
silence. Stamps that go back, or far ahead, are broken; then the pieces are laid end to end.
"""

from __future__ import annotations

_NEAR_S = 0.1  # stamps are rounded, and clocks of recorders are not those of sound cards
_BACK_S = 1.0
_MOST_SILENCE_S = 6 * 3600.0  # a few odd bytes must not become days


class Timeline:
    """Lays pieces of sound one after the other.

    Args:
        zero: the stamp at which the recording begins, in seconds.
        counted: whether stamps are not looked at.

    Attributes:
        end: where the sound ends so far, in seconds from the begin.
        broken: whether a stamp was met that cannot be right.
    """

    def __init__(self, zero: float, *, counted: bool = False) -> None:
        self._zero = zero
        self._counted = counted
        self._silence = 0.0
        self.end = 0.0
        self.broken = False

    def lay(self, stamp: float | None, lasts: float) -> float:
        """Take the next piece and return the seconds of silence before it.

        A piece that comes a little early follows the one before: nothing is ever cut.

        Args:
            stamp: when it begins by the file, in seconds; `None` = the file does not say.
            lasts: its length in seconds.
        """
        gap = 0.0 if stamp is None or self._counted else stamp - self._zero - self.end
        if gap < -_BACK_S or self._silence + gap > _MOST_SILENCE_S:
            self.broken = True
        if self.broken or gap <= _NEAR_S:
            gap = 0.0
        self._silence += gap
        self.end += gap + lasts
        return gap


__all__ = ["Timeline"]
