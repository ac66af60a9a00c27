"""Stretches of a text that overlap, as several rules find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """From `start` to before `end`."""

    @property
    def start(self) -> int:
        """Return where it begins."""
        ...

    @property
    def end(self) -> int:
        """Return where it is over."""
        ...


S = TypeVar("S", bound=Stretch)


def apart(found: Iterable[S]) -> list[S]:
    """Return stretches in their order; of those that overlap the first and longest."""
    kept: list[S] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


__all__ = ["apart"]
