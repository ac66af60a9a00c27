"""The codebook of a study: make, find, rename, merge and count codes."""

from __future__ import annotations

from typing import Any

from workbench.domain.change import Op
from workbench.domain.codebook import Code
from workbench.domain.ids import CodeId, new_id
from workbench.domain.observation import Memo
from workbench.errors import UserError
from workbench.services.desk import Desk
from workbench.storage import queries
from workbench.storage.tables import ObservationCode

PALETTE_SIZE = 8


class Codebook:
    """The tree of codes of one study."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def codes(self) -> list[Code]:
        """Return all codes that are not in the bin, in their order."""
        return self._tables.code.select(deleted_at=None, order="position, name")

    def code(self, code_id: CodeId) -> Code:
        """Return one code.

        Raises:
            KeyError: unknown id.
        """
        return self._tables.code.get(code_id)

    def find(self, name: str) -> Code | None:
        """Return the code with this name; case does not matter."""
        wanted = name.strip().casefold()
        return next((code for code in self.codes() if code.name.casefold() == wanted), None)

    def add(self, name: str, *, parent_id: CodeId | None = None, definition: str = "") -> Code:
        """Add a code, or return the one that has this name already.

        Raises:
            UserError: the name is empty.
        """
        name = " ".join(name.split())
        if not name:
            raise UserError("name-missing", "The code has no name.", "Type a name.")
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
        with self._desk.step(Op.EDIT_CODEBOOK):
            return self._tables.code.add(code)

    def change(self, code_id: CodeId, **values: Any) -> Code:
        """Change fields of a code.

        Raises:
            UserError: the new parent lies below the code itself.
        """
        parent = values.get("parent_id")
        if parent is not None and code_id in [parent, *self._above(parent)]:
            raise UserError(
                "code-circle",
                "A code cannot lie below itself.",
                "Choose a parent outside this branch.",
            )
        with self._desk.step(Op.EDIT_CODEBOOK):
            return self._tables.code.change(code_id, **values)

    def merge(self, code_ids: list[CodeId], into: CodeId) -> Code:
        """Give all observations and children of some codes to one, and bin the others."""
        with self._desk.step(Op.MERGE_CODES):
            for code_id in code_ids:
                if code_id != into:
                    self._move(code_id, into)
            return self.code(into)

    def remove(self, code_id: CodeId) -> None:
        """Put a code into the bin; its children move up."""
        with self._desk.step(Op.EDIT_CODEBOOK):
            parent = self.code(code_id).parent_id
            for child in self._tables.code.select(parent_id=code_id):
                self._tables.code.change(child.id, parent_id=parent)
            self._tables.code.change(code_id, deleted_at=self._desk.stamp())

    def mentions(self) -> dict[CodeId, int]:
        """Return how many live observations carry each code."""
        return queries.mentions(self._desk.db)

    def _move(self, code_id: CodeId, into: CodeId) -> None:
        if code_id in self._above(into):
            self._tables.code.change(into, parent_id=self.code(code_id).parent_id)
        for link in self._tables.observation_code.select(code_id=code_id):
            self._tables.observation_code.remove(link.observation_id, code_id)
            self._tables.observation_code.put(ObservationCode(link.observation_id, into))
        for child in self._tables.code.select(parent_id=code_id):
            if child.id != into:
                self._tables.code.change(child.id, parent_id=into)
        for memo in self._tables.memo.select(subject="code", subject_id=code_id):
            self._join_memo(memo, into)
        self._tables.code.change(code_id, deleted_at=self._desk.stamp())

    def _above(self, code_id: CodeId) -> list[CodeId]:
        """Return the parents of a code, from the nearest to the root."""
        found = []
        parent = self.code(code_id).parent_id
        while parent is not None:
            found.append(parent)
            parent = self.code(parent).parent_id
        return found

    def _join_memo(self, memo: Memo, into: CodeId) -> None:
        """Give a memo to another code; an object has at most one, so texts are joined."""
        present = self._tables.memo.select(subject="code", subject_id=into)
        if not present:
            self._tables.memo.change(memo.id, subject_id=into)
            return
        text = f"{present[0].text}\n\n{memo.text}"
        self._tables.memo.change(present[0].id, text=text, updated_at=self._desk.stamp())
        self._tables.memo.remove(memo.id)
