"""What people have typed and the study does not have yet: the one room that decides.

A text counts as saved when the step that writes it is committed, not before. Where the machine
stands in the way (a full disk, a lock of another program, a share that is gone) the text stays
here, is shown wherever its place is shown, and is tried again: after pauses that grow, when
anything else could be saved, and when somebody asks. Only people let it go. Since it is tried
again, nobody who types waits for a lock; whoever asks or closes does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass

from workbench.errors import EnvironmentProblem, UserError, problem_of
from workbench.services.desk import Desk
from workbench.storage.database import hurried

Key = tuple[str, ...]
PAUSES_S = (2, 4, 8, 15, 30, 60)
"""How long to wait before the next try, time after time; the last one for ever."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a typed text belongs.

    Attributes:
        room: knows whether the study has it.
        key: what tells this place from all others of the study.
        title: what people call it.
        write: puts a text there, as a step of the study.
        drop: clears up when the text is let go.
    """

    room: Unsaved
    key: Key
    title: str
    write: Callable[[str], object]
    drop: Callable[[], object] | None = None

    def keep(self, text: str) -> bool:
        """Have a text saved; `False` when it has to wait.

        Raises:
            UserError: the study refuses it; whoever has typed it can mend it.
        """
        return self.room.keep(self, text)

    def wait(self, text: str, problem: Exception) -> None:
        """Have a text wait that could not be saved on another way."""
        self.room.hold(self, text, problem)

    def shown(self, stored: str) -> str:
        """Return what is to be seen here: the text that waits, else what the study has."""
        waiting = self.waiting
        return stored if waiting is None else waiting

    @property
    def waiting(self) -> str | None:
        """Return the text that waits to be saved here, if one does."""
        return self.room.waiting_at(self.key)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that is not saved yet, and what stands in the way."""

    spot: Spot
    text: str
    problem: Exception


class Unsaved:
    """The texts of one study that wait.

    Args:
        desk: the study; what writes hardly waits for a lock when nobody has asked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: dict[Key, Waiting] = {}
        self._failures = 0
        self._callbacks: list[Callable[[], None]] = []

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Return what is not saved yet."""
        return tuple(self._waiting.values())

    @property
    def pause_s(self) -> int:
        """Return how long to wait before the next try."""
        return PAUSES_S[min(max(self._failures - 1, 0), len(PAUSES_S) - 1)]

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Hear whenever something has to wait, or waits no more."""
        self._callbacks.append(callback)

    def spot(
        self,
        key: Key,
        title: str,
        write: Callable[[str], object],
        drop: Callable[[], object] | None = None,
    ) -> Spot:
        """Return the place of a text."""
        return Spot(self, key, title, write, drop)

    def waiting_at(self, key: Key) -> str | None:
        """Return the text that waits to be saved at a place."""
        found = self._waiting.get(key)
        return found.text if found else None

    def keep(self, spot: Spot, text: str) -> bool:
        """Have a text saved; `False` when it has to wait.

        Raises:
            UserError: the study refuses it, so that waiting is of no use.
        """
        before = self._waiting.pop(spot.key, None)
        try:
            with hurried(self._desk.db):
                spot.write(text)
        except UserError:
            if before is not None:
                self._tell()
            raise
        except Exception as problem:
            self.hold(spot, text, problem)
            if _is_ours(problem):
                raise
            return False
        if before is not None:
            self._tell()
        return True

    def hold(self, spot: Spot, text: str, problem: Exception, *, tell: bool = True) -> None:
        """Have a text wait, and say what stands in the way."""
        self._waiting[spot.key] = Waiting(spot, text, _told(problem))
        self._failures += 1
        if tell:
            self._tell()

    def try_again(self, *, patiently: bool = False) -> bool:
        """Try to save everything that waits; tell whether nothing is left.

        Args:
            patiently: wait a while for a lock, since somebody has asked; else nobody shall notice.
        """
        known = self.waiting
        if not known:
            return True
        self._failures = 0 if patiently else self._failures
        with nullcontext() if patiently else hurried(self._desk.db):
            for one in known:
                if self._waiting.get(one.spot.key) is one and not self._saved(one):
                    break  # what stands in the way of one stands in the way of all
        self._tell()
        return not self._waiting

    def let_go(self) -> None:
        """Forget everything; somebody has said so."""
        gone, self._waiting = self.waiting, {}
        for one in gone:
            if one.spot.drop is not None:
                one.spot.drop()
        self._tell()

    def forget(self, ids: Collection[str]) -> None:
        """Forget the texts whose places are gone: nothing may bring back what was erased."""
        gone = [key for key in self._waiting if not set(key).isdisjoint(ids)]
        for key in gone:
            del self._waiting[key]
        if gone:
            self._tell()

    def _saved(self, one: Waiting) -> bool:
        """Try one; tell whether to go on with the others."""
        del self._waiting[one.spot.key]
        try:
            one.spot.write(one.text)
        except Exception as problem:  # noqa: BLE001  also a mistake of ours must not lose it
            self.hold(one.spot, one.text, problem, tell=False)
            return not isinstance(problem, EnvironmentProblem | OSError)
        return True

    def _tell(self) -> None:
        if not self._waiting:
            self._failures = 0
        for callback in tuple(self._callbacks):
            callback()


def _told(problem: Exception) -> Exception:
    """Return what people are told of what stands in the way."""
    if isinstance(problem, OSError):
        return problem_of(problem)
    if isinstance(problem, KeyError):
        return UserError(
            "place-gone",
            "What this text belongs to is no longer there.",
            "Copy the text and put it where it belongs now, or undo what was removed.",
        )
    return problem


def _is_ours(problem: Exception) -> bool:
    return not isinstance(problem, EnvironmentProblem | OSError | KeyError)
