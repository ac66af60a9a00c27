"""The codebook: a tree of codes with definitions."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import CodeId


@dataclass(frozen=True, slots=True)
class Code:
    """A code; `parent_id` makes the tree, `colour` is an index into the theme's palette."""

    id: CodeId
    name: str
    parent_id: CodeId | None = None
    colour: int = 0
    definition: str = ""
    include: str = ""
    exclude: str = ""
    position: int = 0
    deleted_at: str | None = None
