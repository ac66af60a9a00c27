"""The codebook of a study: make, find, rename, move and count codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from workbench.domain.change import Op
from workbench.domain.codebook import Code, Counts, split_path
from workbench.domain.declaring import Given, named
from workbench.domain.ids import CodeId, new_id
from workbench.domain.naming import called, required
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.services.people.casting import Cast
from workbench.storage import queries
from workbench.storage.code_use import code_counts, codes_together

PALETTE_SIZE = 8
_NAMING = timedelta(minutes=10)  # a new code is named in the tree; that may take a while


class CodeUse:
    """What the codes of one study are given to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self) -> dict[CodeId, Counts]:
        """Return by how many observations, people and sources each code is used."""
        return code_counts(self._desk.db, Cast(self._desk).people())

    def together(self, code_ids: Iterable[CodeId]) -> dict[CodeId, int]:
        """Return how often each other code is on an observation that has one of these."""
        return codes_together(self._desk.db, list(code_ids))

    def mentions(self) -> dict[CodeId, int]:
        """Return how many live observations carry each code."""
        return queries.mentions(self._desk.db)


class Codebook:
    """The tree of codes of one study.

    Attributes:
        use: what the codes are given to.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables
        self.use = CodeUse(desk)

    def codes(self) -> list[Code]:
        """Return all codes that are not in the bin, in their order."""
        return self._tables.code.select(deleted_at=None, order="position, name")

    def code(self, code_id: CodeId) -> Code:
        """Return one code.

        Raises:
            KeyError: unknown id.
        """
        return self._tables.code.get(code_id)

    def exists(self, code_id: CodeId) -> bool:
        """Tell whether a code is in the codebook and not in the bin."""
        return bool(self._tables.code.count(id=code_id, deleted_at=None))

    def find(self, name: str) -> Code | None:
        """Return the code with this name; case does not matter."""
        return called(name, self.codes())

    def add(self, name: str, *, parent_id: CodeId | None = None, definition: str = "") -> Code:
        """Add a code, or return the one that has this name already.

        Raises:
            UserError: the name is empty.
        """
        name = required(name, "code")
        if existing := self.find(name):
            return existing
        position = self._tables.code.count()
        code = Code(
            CodeId(new_id()),
            name,
            parent_id,
            colour=position % PALETTE_SIZE,
            definition=definition,
            position=position,
        )
        with self._desk.step(Op.EDIT_CODEBOOK, merge_key=_making(code.id), pause=_NAMING):
            return self._tables.code.add(code)

    def add_path(self, typed: str) -> Code:
        """Add a code below others: "waiting / broken date" makes what is missing of the path.

        A name stands in the codebook only once; a code that is there stays where it is.

        Raises:
            UserError: there is no name in it.
        """
        parent_id: CodeId | None = None
        with self._desk.step(Op.EDIT_CODEBOOK):
            for name in split_path(typed)[:-1]:
                parent_id = self.add(name, parent_id=parent_id).id
            return self.add((split_path(typed) or [""])[-1], parent_id=parent_id)

    def name_new(self, code_id: CodeId, name: str, *, origin: object = None) -> Code:
        """Name a code that was made a moment ago: making and naming are one step.

        Raises:
            UserError: the name is empty or taken.
        """
        name = self.free_name(code_id, name)
        key = _making(code_id)
        with self._desk.step(Op.EDIT_CODEBOOK, origin=origin, merge_key=key, pause=_NAMING):
            return self._tables.code.change(code_id, name=name)

    def change(
        self, code_id: CodeId, *given: Given[Code], origin: object = None, **values: Any
    ) -> Code:
        """Change fields of a code.

        Raises:
            UserError: the name is empty or taken, or the new parent lies below the code itself.
        """
        values |= named(*given)
        if "name" in values:
            values["name"] = self.free_name(code_id, values["name"])
        parent = values.get("parent_id")
        if parent is not None:
            self._refuse_circle([code_id], parent)
        with self._desk.step(Op.EDIT_CODEBOOK, origin=origin):
            return self._tables.code.change(code_id, **values)

    def paint(self, code_ids: Iterable[CodeId], colour: int, *, origin: object = None) -> None:
        """Give codes a colour of the palette, in one step."""
        with self._desk.step(Op.EDIT_CODEBOOK, origin=origin):
            for code_id in code_ids:
                self._tables.code.change(code_id, colour=colour % PALETTE_SIZE)

    def move(
        self,
        code_ids: Sequence[CodeId],
        *,
        parent_id: CodeId | None,
        row: int | None = None,
        origin: object = None,
    ) -> None:
        """Put codes, with all below them, under a parent and at a place among its children.

        Args:
            code_ids: the codes; those below another one of them go along with it.
            parent_id: the new parent; `None` = top level.
            row: place among the children that stay; `None` = at the end.
            origin: who asks.

        Raises:
            UserError: the parent is one of the codes or lies below one.
        """
        moved = [one for one in code_ids if not set(self.above(one)) & set(code_ids)]
        if parent_id is not None:
            self._refuse_circle(moved, parent_id)
        stay = [code.id for code in self.children(parent_id) if code.id not in moved]
        place = len(stay) if row is None else max(0, min(row, len(stay)))
        with self._desk.step(Op.MOVE_CODES, origin=origin):
            for code_id in moved:
                self._tables.code.change(code_id, parent_id=parent_id)
            self._number(parent_id, [*stay[:place], *moved, *stay[place:]])

    def children(self, parent_id: CodeId | None) -> list[Code]:
        """Return the codes directly below a code, or those of the top level, in order."""
        codes = self.codes()
        live = {code.id for code in codes}
        return [code for code in codes if _parent(code, live) == parent_id]

    def remove(self, code_id: CodeId) -> None:
        """Put a code into the bin; its children move up."""
        with self._desk.step(Op.EDIT_CODEBOOK):
            parent = self.code(code_id).parent_id
            for child in self._tables.code.select(parent_id=code_id):
                self._tables.code.change(child.id, parent_id=parent)
            self._tables.code.change(code_id, deleted_at=self._desk.stamp())

    def remove_all(self, code_ids: Iterable[CodeId], *, origin: object = None) -> None:
        """Put codes into the bin in one step; their children move up."""
        with self._desk.step(Op.EDIT_CODEBOOK, origin=origin):
            for code_id in code_ids:
                self.remove(code_id)

    def _number(self, parent_id: CodeId | None, first: list[CodeId]) -> None:
        """Count all codes from the top down, so that the flat order is that of the tree.

        Args:
            parent_id: the parent whose children have a new order.
            first: that order.
        """
        codes = self.codes()
        live = {code.id for code in codes}
        below: dict[CodeId | None, list[CodeId]] = {}
        for code in codes:
            below.setdefault(_parent(code, live), []).append(code.id)
        below[parent_id] = first
        waiting, position = list(reversed(below.get(None, []))), 0
        while waiting:
            code_id = waiting.pop()
            self._tables.code.change(code_id, position=position)
            position += 1
            waiting += reversed(below.get(code_id, []))

    def free_name(self, code_id: CodeId | None, name: str) -> str:
        """Return a name as it is kept, if a code can have it; `None` stands for a new code.

        Raises:
            UserError: the name is empty or taken.
        """
        name = required(name, "code")
        taken = self.find(name)
        if taken is not None and taken.id != code_id:
            raise UserError(
                "name-taken",
                "There is a code “{name}” already.",
                "Choose another name, or merge the two codes.",
                name=taken.name,
            )
        return name

    def _refuse_circle(self, moved: Sequence[CodeId], parent_id: CodeId) -> None:
        if set(moved) & {parent_id, *self.above(parent_id)}:
            raise UserError(
                "code-circle",
                "A code cannot lie below itself.",
                "Choose a parent outside this branch.",
            )

    def above(self, code_id: CodeId) -> list[CodeId]:
        """Return the parents of a code, from the nearest to the root."""
        found = []
        parent = self.code(code_id).parent_id
        while parent is not None:
            found.append(parent)
            parent = self.code(parent).parent_id
        return found


def _making(code_id: CodeId) -> str:
    return f"{code_id}/new"


def _parent(code: Code, live: set[CodeId]) -> CodeId | None:
    """Return the parent of a code, or `None` when that is in the bin."""
    return code.parent_id if code.parent_id in live else None
