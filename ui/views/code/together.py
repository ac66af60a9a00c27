"""What several selected observations have in common, for the inspector that edits them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.domain.codebook import Code
from workbench.domain.declaring import Field
from workbench.domain.fields import Noted
from workbench.domain.ids import ObservationId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.observation import Observation
from workbench.domain.passage import Passage

V = TypeVar("V")


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

    def value(self, field: Field[Observation, V]) -> V | None:
        """Return what all have in a field; `None` where they differ."""
        return self._same(lambda passage: field.of(passage.observation))

    def differ(self, field: Field[Observation, V]) -> bool:
        """Tell whether they have different values in a field."""
        first = field.of(self.passages[0].observation)
        return any(field.of(passage.observation) != first for passage in self.passages)

    def having(self, field: Noted[V]) -> int:
        """Return how many have something in a field."""
        return sum(field.of(passage.observation) != field.empty for passage in self.passages)

    @property
    def stage(self) -> Stage | None:
        """Return the stage of all; `None` where they differ."""
        return self._same(lambda passage: passage.stage)

    @property
    def touchpoint(self) -> Touchpoint | None:
        """Return the touchpoint of all; `None` where they differ."""
        return self._same(lambda passage: passage.touchpoint)

    def _same(self, read: Callable[[Passage], V | None]) -> V | None:
        first = read(self.passages[0])
        return first if all(read(passage) == first for passage in self.passages) else None
