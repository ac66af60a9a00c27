"""Who let out what the lookout had found, and what may always leave; never the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from workbench.domain.change import Op
from workbench.domain.ids import LetOutId, new_id
from workbench.domain.looking_out import Found, LeftAlone, LetOut, What, numbers_of
from workbench.services.desk import Desk
from workbench.services.door import Decide, Finding, Leaving
from workbench.services.lookout.lookout import Lookout

Allowed = Callable[[Found], bool]


def everything(_found: Found) -> bool:
    """Allow all that is found: somebody said so before anything was looked for."""
    return True


def just(found: Iterable[Found]) -> Allowed:
    """Allow what somebody has seen, and nothing that has come since."""
    keys = {one.key for one in found}
    return lambda one: one.key in keys


class LettingOut:
    """The decisions of one study about what was found in files on their way out.

    Args:
        desk: the open study, whose door is watched from now on.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.door.inspectors.append(Lookout(desk))
        desk.door.decide = _only_undecided

    @contextmanager
    def allowing(self, allowed: Allowed) -> Iterator[None]:
        """Let files leave meanwhile in which nothing else is found, and keep that they left.

        Nothing leaves that cannot be kept: a study open for reading only lets nothing out.
        """

        def decide(leaving: Leaving, findings: Sequence[Finding]) -> bool:
            found = [one for one in findings if isinstance(one, Found)]
            if len(found) < len(findings) or not all(map(allowed, found)):
                return False
            self._keep(leaving.name, found)
            return True

        with self._deciding(decide):
            yield

    def asking(self) -> AbstractContextManager[None]:
        """Let nothing leave meanwhile in which anything is found: somebody is there to decide."""
        return self._deciding(lambda _leaving, _findings: False)

    @contextmanager
    def telling(self, tell: Callable[[str], object]) -> Iterator[None]:
        """Say of files that leave meanwhile how many proposed names in them are undecided."""

        def decide(leaving: Leaving, findings: Sequence[Finding]) -> bool:
            leaves = _only_undecided(leaving, findings)
            for one in findings if leaves else ():
                tell(f"“{leaving.name}”: {one.sentence}")
            return leaves

        with self._deciding(decide):
            yield

    @contextmanager
    def _deciding(self, decide: Decide) -> Iterator[None]:
        door = self._desk.door
        before, door.decide = door.decide, decide
        try:
            yield
        finally:
            door.decide = before

    def all(self) -> list[LetOut]:
        """Return what was let out, newest first."""
        return self._desk.tables.let_out.select(order="let_out_at DESC, rowid DESC")

    def leave_alone(self, found: Collection[Found]) -> None:
        """Decide that something may always leave, wherever it stands."""
        with self._desk.step(Op.LEAVE_ALONE):
            self._leave_alone(found)

    def _keep(self, name: str, found: Sequence[Found]) -> None:
        """Keep that a file left; of names that are undecided nobody is asked twice."""
        numbers = numbers_of(found)
        kept = LetOut(
            LetOutId(new_id()),
            self._desk.stamp(),
            _without(name, found),
            self._desk.coder,
            *(numbers[what] for what in What),
        )
        with self._desk.step(Op.LET_OUT):
            self._desk.tables.let_out.add(kept)
            self._leave_alone(one for one in found if one.what is What.UNDECIDED)

    def _leave_alone(self, found: Iterable[Found]) -> None:
        kept = {key: one.what for one in found for key in one.keys}
        now = self._desk.stamp()
        for key, what in kept.items():
            self._desk.tables.left_alone.put(LeftAlone(key, what, now, self._desk.coder))


def _only_undecided(_leaving: Leaving, findings: Sequence[Finding]) -> bool:
    """Let a file leave where nobody is asked: a proposal is a guess, and holds nothing back."""
    return all(isinstance(one, Found) and one.what is What.UNDECIDED for one in findings)


def _without(name: str, found: Iterable[Found]) -> str:
    """Return the name of a file without what was found in files."""
    strings = {text for one in found for text in one.strings}
    for words in sorted(strings, key=len, reverse=True):
        name = name.replace(words, "[…]")
    return name
