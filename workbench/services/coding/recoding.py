"""Give what one code has to another: merge codes, split one, replace one on observations."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.change import Op
from workbench.domain.codebook import TEXTS, Code
from workbench.domain.declaring import named
from workbench.domain.ids import CodeId, ObservationId
from workbench.services.coding.codebook import Codebook
from workbench.services.coding.memos import hand_over, joined
from workbench.services.desk import Desk
from workbench.storage.tables import ObservationCode


class Recoding:
    """Moves observations, children, memos and words between the codes of one study."""

    def __init__(self, desk: Desk, codebook: Codebook) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._codebook = codebook

    def merge(self, code_ids: list[CodeId], into: CodeId) -> Code:
        """Give all that some codes have to one, and put the others into the bin.

        Observations, children and memos move; what was written about the codes is joined.
        """
        with self._desk.step(Op.MERGE_CODES):
            for code_id in code_ids:
                if code_id != into:
                    self._move(code_id, into)
            return self._codebook.code(into)

    def split(
        self,
        code_id: CodeId,
        name: str,
        observation_ids: Iterable[ObservationId],
        *,
        origin: object = None,
    ) -> Code:
        """Make a new code beside another one and give it some of its observations.

        Raises:
            UserError: the name is empty or taken.
        """
        name = self._codebook.free_name(None, name)
        with self._desk.step(Op.SPLIT_CODE, origin=origin):
            old = self._codebook.code(code_id)
            new = self._codebook.add(name, parent_id=old.parent_id)
            beside = [code.id for code in self._codebook.children(old.parent_id)]
            self._codebook.move([new.id], parent_id=old.parent_id, row=beside.index(code_id) + 1)
            self._tables.code.change(new.id, colour=old.colour)
            self._replace(observation_ids, code_id, new.id)
            return self._codebook.code(new.id)

    def replace(
        self,
        observation_ids: Iterable[ObservationId],
        code_id: CodeId,
        into: CodeId,
        *,
        origin: object = None,
    ) -> None:
        """Take a code from observations and give them another one instead."""
        with self._desk.step(Op.RECODE, origin=origin):
            self._replace(observation_ids, code_id, into)

    def _move(self, code_id: CodeId, into: CodeId) -> None:
        if code_id in self._codebook.above(into):
            self._tables.code.change(into, parent_id=self._codebook.code(code_id).parent_id)
        for link in self._tables.observation_code.select(code_id=code_id):
            self._tables.observation_code.remove(link.observation_id, code_id)
            self._tables.observation_code.put(ObservationCode(link.observation_id, into))
        for child in self._tables.code.select(parent_id=code_id):
            if child.id != into:
                self._tables.code.change(child.id, parent_id=into)
        hand_over(self._desk, "code", code_id, into)
        self._join_texts(self._codebook.code(code_id), self._codebook.code(into))
        self._tables.code.change(code_id, deleted_at=self._desk.stamp())

    def _replace(
        self, observation_ids: Iterable[ObservationId], code_id: CodeId, into: CodeId
    ) -> None:
        if code_id == into:
            return
        for observation_id in observation_ids:
            if self._tables.observation_code.find(observation_id, code_id):
                self._tables.observation_code.remove(observation_id, code_id)
                self._tables.observation_code.put(ObservationCode(observation_id, into))

    def _join_texts(self, gone: Code, into: Code) -> None:
        """Keep what was written about a code that goes; nothing is said twice."""
        texts = named(
            *(field.to(joined(field.of(into), field.of(gone))) for field in TEXTS if field.of(gone))
        )
        self._tables.code.change(into.id, example_id=into.example_id or gone.example_id, **texts)
