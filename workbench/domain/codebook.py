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


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as it travels between studies.

    Attributes:
        parent: name of the code above, "" at the top; names are unique in a codebook.
        colour: index into the theme's palette; `None` where the file does not say.
    """

    name: str
    parent: str = ""
    colour: int | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""


@dataclass(frozen=True, slots=True)
class Starter:
    """A codebook to begin with: a family of codes that fits any journey."""

    name: str
    title: str
    codes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How widely a code is used: observations, people who said them, sources."""

    mentions: int = 0
    people: int = 0
    sources: int = 0
