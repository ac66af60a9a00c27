"""Which changes of a text are one edit, so that undo takes back one edit at a time.

Letters written one after the other are one edit, and so are letters deleted one after the other.
Whatever else happens ends it: the caret moves, deleting follows writing, a line begins, something
is pasted. That a pause ends one too is for those to say who know the time.
"""

from __future__ import annotations

from enum import Enum, auto

PAUSE_S = 1.0
"""So long a pause ends an edit."""
LONGEST_S = 10.0
"""So long an edit lasts at most, also of somebody who never pauses: no more can be lost."""


class _Does(Enum):
    WRITING = auto()
    DELETING = auto()


class Typing:
    """The edit somebody is at in one text."""

    def __init__(self) -> None:
        self._does: _Does | None = None
        self._at = 0

    def begins(self, position: int, removed: int, added: str) -> bool:
        """Take in a change, and tell whether an edit begins with it.

        Args:
            position: where the text changed.
            removed: how many characters went there.
            added: what came in their place.
        """
        does = _Does.WRITING if added else _Does.DELETING
        if does is _Does.WRITING:
            goes_on = position == self._at and not removed and _is_key(added)
        else:
            goes_on = self._at in (position, position + removed)
        begins = not (goes_on and does is self._does)
        self._does = does if not added or _is_key(added) else None
        self._at = position + len(added)
        return begins

    def end(self) -> None:
        """End the edit: the caret has moved, or somebody has paused or gone."""
        self._does = None


def _is_key(added: str) -> bool:
    """Tell whether a key can have written it; what is longer was pasted or put in at once."""
    return len(added) == 1 and added.isprintable()
