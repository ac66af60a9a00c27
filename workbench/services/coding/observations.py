"""Observations: place them on words, code and rate them, count them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.fields import require
from workbench.domain.ids import (
    CodeId,
    CoderId,
    ObservationId,
    SourceId,
    StageId,
    TranscriptId,
    new_id,
)
from workbench.domain.observation import Observation, Placement
from workbench.services.coding.anchoring import Anchoring
from workbench.services.coding.coders import Coders
from workbench.services.desk import Desk
from workbench.storage import queries
from workbench.storage.tables import ObservationCode


class Observations:
    """The observations of one study."""

    def __init__(self, desk: Desk, anchoring: Anchoring) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._anchoring = anchoring
        self._coders = Coders(desk)

    def place(
        self,
        anchor: TextAnchor,
        *given: Given[Observation],
        code_ids: Iterable[CodeId] = (),
        origin: object = None,
        **values: Any,
    ) -> Observation:
        """Make an observation on a stretch of text.

        Args:
            anchor: the words.
            given: values of further fields, such as its stage.
            code_ids: codes to give it.
            origin: who asks; comes back in the `ChangeSet`.
            values: the same, by the names of the fields.

        Raises:
            UserError: the stretch holds no words.
        """
        values |= named(*given)
        require(values)
        fields = self._anchoring.fields(anchor)
        transcript = self._tables.transcript.get(fields["transcript_id"])
        with self._desk.step(Op.PLACE_OBSERVATION, origin=origin):
            observation = self._tables.observation.add(
                Observation(
                    id=ObservationId(new_id()),
                    source_id=transcript.source_id,
                    created_at=self._desk.stamp(),
                    coder_id=self._coders.at_work(),
                    **fields,  # type: ignore[arg-type]
                    **values,
                )
            )
            self._link(observation.id, code_ids)
        return observation

    def expect(
        self,
        source_id: SourceId,
        words: str,
        *,
        code_ids: Iterable[CodeId] = (),
        **values: Any,
    ) -> Observation:
        """Make an observation on words a source is known to hold.

        It is placed where the present transcript has them; without a transcript, or when they
        are not found, it waits for review and is placed when the next transcript is finished.
        """
        require(values)
        observation = Observation(
            id=ObservationId(new_id()),
            source_id=source_id,
            transcript_id=None,
            first_turn_id=None,
            start=0,
            last_turn_id=None,
            end=0,
            words=words,
            placement=Placement.REVIEW,
            created_at=self._desk.stamp(),
            **values,
        )
        with self._desk.step(Op.PLACE_OBSERVATION):
            self._tables.observation.add(observation)
            self._link(observation.id, code_ids)
            self._anchoring.settle(source_id)
        return self.get(observation.id)

    def anchors(self, source_id: SourceId, words: str) -> list[TextAnchor]:
        """Return every place where words stand in the present text of a source.

        Raises:
            UserError: there is no text, or they do not stand in it.
        """
        return self._anchoring.places(source_id, words)

    def get(self, observation_id: ObservationId) -> Observation:
        """Return one observation.

        Raises:
            KeyError: unknown id.
        """
        return self._tables.observation.get(observation_id)

    def change(
        self, observation_id: ObservationId, *, origin: object = None, **values: Any
    ) -> Observation:
        """Change fields of an observation.

        Raises:
            UserError: it cannot have such a value.
        """
        require(values)
        with self._desk.step(Op.EDIT_OBSERVATION, origin=origin):
            return self._tables.observation.change(observation_id, **values)

    def change_all(
        self,
        observation_ids: Iterable[ObservationId],
        *given: Given[Observation],
        origin: object = None,
    ) -> None:
        """Give fields of many observations new values in one step.

        Raises:
            UserError: they cannot have such a value.
        """
        values = named(*given)
        require(values)
        with self._desk.step(Op.EDIT_OBSERVATION, origin=origin):
            for observation_id in observation_ids:
                self._tables.observation.change(observation_id, **values)

    def add_code(
        self,
        observation_ids: Iterable[ObservationId],
        code_id: CodeId,
        *,
        origin: object = None,
    ) -> None:
        """Give a code to all of some observations; those that have it keep it."""
        with self._desk.step(Op.EDIT_OBSERVATION, origin=origin):
            for observation_id in observation_ids:
                if self._tables.observation_code.find(observation_id, code_id) is None:
                    self._link(observation_id, [code_id])

    def drop_code(
        self,
        observation_ids: Iterable[ObservationId],
        code_id: CodeId,
        *,
        origin: object = None,
    ) -> None:
        """Take a code off all of some observations."""
        with self._desk.step(Op.EDIT_OBSERVATION, origin=origin):
            for observation_id in observation_ids:
                if self._tables.observation_code.find(observation_id, code_id) is not None:
                    self._tables.observation_code.remove(observation_id, code_id)

    def move(
        self, observation_id: ObservationId, anchor: TextAnchor, *, origin: object = None
    ) -> Observation:
        """Put an observation on other words: resize it, or place it again after review.

        Raises:
            UserError: the stretch holds no words.
        """
        placed = self.get(observation_id).placement is Placement.PLACED
        op = Op.RESIZE_OBSERVATION if placed else Op.REANCHOR
        with self._desk.step(op, origin=origin):
            return self._tables.observation.change(observation_id, **self._anchoring.fields(anchor))

    def set_codes(
        self, observation_id: ObservationId, code_ids: Iterable[CodeId], *, origin: object = None
    ) -> None:
        """Give an observation exactly these codes."""
        wanted = set(code_ids)
        with self._desk.step(Op.EDIT_OBSERVATION, origin=origin):
            for code_id in self.codes_of(observation_id):
                if code_id not in wanted:
                    self._tables.observation_code.remove(observation_id, code_id)
            self._link(observation_id, wanted)

    def codes_of(self, observation_id: ObservationId) -> list[CodeId]:
        """Return the codes of an observation."""
        links = self._tables.observation_code.select(observation_id=observation_id)
        return [link.code_id for link in links]

    def remove(self, observation_ids: Iterable[ObservationId], *, origin: object = None) -> None:
        """Put observations into the bin."""
        with self._desk.step(Op.REMOVE_OBSERVATION, origin=origin):
            for observation_id in observation_ids:
                self._tables.observation.change(observation_id, deleted_at=self._desk.stamp())

    def in_transcript(self, transcript_id: TranscriptId) -> list[Observation]:
        """Return the live observations of a transcript, in the order they were made."""
        return self._tables.observation.select(
            transcript_id=transcript_id, deleted_at=None, order="created_at, rowid"
        )

    def per_coder(self) -> dict[CoderId | None, int]:
        """Return how many live observations each coder made; `None` stands for no name."""
        return queries.observations_per_coder(self._desk.db)

    def per_source(self) -> dict[SourceId, int]:
        """Return how many live observations each source holds."""
        return queries.observations_per_source(self._desk.db)

    def per_stage(self) -> dict[StageId, int]:
        """Return how many live observations each stage has."""
        return queries.observations_per_stage(self._desk.db)

    def newest_codes(self, source_id: SourceId, limit: int) -> list[CodeId]:
        """Return the codes of a source, those given last first."""
        return queries.newest_codes(self._desk.db, source_id, limit)

    def _link(self, observation_id: ObservationId, code_ids: Iterable[CodeId]) -> None:
        for code_id in code_ids:
            self._tables.observation_code.put(ObservationCode(observation_id, code_id))
