"""The charter: what a study is for."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import StudyId


@dataclass(frozen=True, slots=True)
class Charter:
    """Purpose, promise, values and questions of a study."""

    id: StudyId
    title: str
    client: str = ""
    purpose: str = ""
    promise: str = ""
    values: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
