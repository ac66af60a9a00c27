"""What several selected observations have in common, for the inspector that edits them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from workbench.domain.codebook import Code
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Passage


class Together:
    """One or more passages as one.

    Args:
        passages: at least one.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)

    def __len__(self) -> int:
        return len(self.passages)

    @property
    def ids(self) -> tuple[ObservationId, ...]:
        """Return the observations."""
        return tuple(passage.id for passage in self.passages)

    @property
    def only(self) -> Passage | None:
        """Return the passage if there is just one."""
        return self.passages[0] if len(self.passages) == 1 else None

    @property
    def codes(self) -> list[tuple[Code, int]]:
        """Return all their codes, each with how many of them have it; those of most first."""
        counts = Counter(code.id for passage in self.passages for code in passage.codes)
        known = {code.id: code for passage in self.passages for code in passage.codes}
        return [(known[key], count) for key, count in counts.most_common()]

    def value(self, field: str) -> Any:
        """Return what all have in a field of the observation; `None` where they differ."""
        return self._same(lambda passage: getattr(passage.observation, field))

    def differ(self, field: str) -> bool:
        """Tell whether they have different values in a field of the observation."""
        first = getattr(self.passages[0].observation, field)
        return any(getattr(p.observation, field) != first for p in self.passages)

    def having(self, field: str) -> int:
        """Return how many have something in a field of the observation."""
        return sum(bool(getattr(passage.observation, field)) for passage in self.passages)

    def around(self, name: str) -> Any:
        """Return the `stage` or `touchpoint` of all; `None` where they differ."""
        return self._same(lambda passage: getattr(passage, name))

    def _same(self, read: Callable[[Passage], Any]) -> Any:
        first = read(self.passages[0])
        return first if all(read(passage) == first for passage in self.passages) else None
