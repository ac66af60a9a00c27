"""What is there only while a study is open, asked from what is always there.

Actions and buttons stay when a study closes; what they do to it works at its desk (`desk.py`) and
goes with it. So none of those parts has to ask whether there is a study.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Part = TypeVar("Part")


class WhileOpen(Generic[Owner, Part]):
    """A part that an owner has while a study is open; without it nothing is done.

    Args:
        part: returns it, or None.
    """

    def __init__(self, part: Callable[[Owner], Part | None]) -> None:
        self._part = part

    def run(self, act: Callable[[Part], object]) -> Callable[[Owner], None]:
        """Return what an action does."""

        def do(owner: Owner) -> None:
            if (part := self._part(owner)) is not None:
                act(part)

        return do

    def can(self, ask: Callable[[Part], bool]) -> Callable[[Owner], bool]:
        """Return what tells whether an action is enabled, or on."""

        def told(owner: Owner) -> bool:
            part = self._part(owner)
            return part is not None and ask(part)

        return told
