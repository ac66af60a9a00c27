"""The codebook: a tree of codes with definitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.declaring import Field
from workbench.domain.ids import CodeId, ObservationId

_LONG_NAME = 3  # words


@dataclass(frozen=True, slots=True)
class Code:
    """A code; `parent_id` makes the tree, `colour` is an index into the theme's palette.

    Attributes:
        include: when to give it; so `exclude`: when not.
        example: a quote that shows what is meant, typed.
        example_id: the observation chosen as its example.
    """

    id: CodeId
    name: str
    parent_id: CodeId | None = None
    colour: int = 0
    definition: str = ""
    include: str = ""
    exclude: str = ""
    position: int = 0
    deleted_at: str | None = None
    example: str = ""
    example_id: ObservationId | None = None

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Return what was written about it."""
        return self.definition, self.include, self.exclude, self.example


DEFINITION: Field[Code, str] = Field("definition", lambda code: code.definition, "Definition")
INCLUDE: Field[Code, str] = Field("include", lambda code: code.include, "Give it when")
EXCLUDE: Field[Code, str] = Field("exclude", lambda code: code.exclude, "Not when")
EXAMPLE: Field[Code, str] = Field("example", lambda code: code.example, "Example")
TEXTS = (DEFINITION, INCLUDE, EXCLUDE, EXAMPLE)


def may_repeat_words(name: str) -> bool:
    """Tell whether the name of a code is so long that it may be what somebody said.

    A code made of the words of a passage is called as they are; shorter names are common speech,
    nobody's own words.
    """
    return len(name.split()) >= _LONG_NAME


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
    example: str = ""


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


def in_tree(codes: Iterable[Code]) -> list[tuple[Code, int]]:
    """Return codes from the top of the tree down, each with how deep it lies."""
    known = {code.id: code for code in codes}
    below: dict[CodeId | None, list[Code]] = {}
    for code in known.values():
        parent = code.parent_id if code.parent_id in known else None
        below.setdefault(parent, []).append(code)
    found: list[tuple[Code, int]] = []
    waiting = [(code, 0) for code in reversed(below.get(None, []))]
    while waiting:
        code, depth = waiting.pop()
        found.append((code, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(code.id, []))]
    return found
