"""The codebook: a tree of codes with definitions."""

from __future__ import annotations

from collections.abc import Iterable
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


def paths_of(codes: Iterable[Code]) -> dict[CodeId, tuple[str, ...]]:
    """Return the names from the top of the tree down to each code, itself included.

    Args:
        codes: all that are not in the bin; below one that is, the path begins anew.
    """
    known = {code.id: code for code in codes}
    found: dict[CodeId, tuple[str, ...]] = {}
    for code in known.values():
        names, at, seen = [code.name], code.parent_id, {code.id}
        while at in known and at not in seen:
            seen.add(at)
            names.append(known[at].name)
            at = known[at].parent_id
        found[code.id] = tuple(reversed(names))
    return found


def split_path(typed: str) -> list[str]:
    """Return the names of a path as one types it: "waiting / broken date"."""
    return [name for part in typed.split("/") if (name := " ".join(part.split()))]
