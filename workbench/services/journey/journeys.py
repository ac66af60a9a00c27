"""The customer's journey and the company's track, with the figures that grow from observations."""

from __future__ import annotations

from typing import Any

from workbench.domain.change import Op
from workbench.domain.declaring import Given, named
from workbench.domain.ids import JourneyId, StageId, TouchpointId, new_id
from workbench.domain.journey import Journey, Stage, Touchpoint, Track
from workbench.domain.naming import called, required, unused
from workbench.domain.passage import Query
from workbench.errors import UserError
from workbench.services.coding.passages import Passages
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.journey.map import JourneyMap, build

STAGE_COLOURS = 8


class Journeys:
    """Stages, touchpoints and the company's track of one study."""

    def __init__(self, desk: Desk, passages: Passages) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._passages = passages

    def stages(self, track: Track = Track.CUSTOMER) -> list[Stage]:
        """Return the stages of a track in order."""
        ids = [row.id for row in self._tables.journey.select(track=track)]
        return self._tables.stage.select(journey_id=ids, order="position")

    def stage(self, stage_id: StageId) -> Stage:
        """Return one stage."""
        return self._tables.stage.get(stage_id)

    def add_stage(
        self,
        name: str,
        *,
        track: Track = Track.CUSTOMER,
        need: str = "",
        outcome: str = "",
        context: str = "",
        counterpart_id: StageId | None = None,
        position: int | None = None,
    ) -> Stage:
        """Add a stage to a track; at a place counted from 0, or at the end.

        Raises:
            UserError: the name is empty, or a stage of the track has it.
        """
        name = unused(name, "stage", self.stages(track))
        with self._desk.step(Op.EDIT_JOURNEY):
            journey = self._journey(track)
            present = self._tables.stage.select(journey_id=journey.id)
            last = max((row.position for row in present), default=-1) + 1
            made = self._tables.stage.add(
                Stage(
                    StageId(new_id()),
                    journey.id,
                    name,
                    need,
                    outcome,
                    context,
                    colour=last % STAGE_COLOURS,
                    position=last,
                    counterpart_id=counterpart_id,
                )
            )
            if position is None:
                return made
            self.move_stage(made.id, position)
            return self.stage(made.id)

    def stage_called(self, name: str) -> Stage:
        """Return the customer's stage of this name; one that is not there yet is added."""
        return called(name, self.stages()) or self.add_stage(name)

    def change_stage(self, stage_id: StageId, *given: Given[Stage], **values: Any) -> Stage:
        """Change fields of a stage.

        Raises:
            UserError: the name is empty, or another stage of the track has it.
        """
        values |= named(*given)
        if "name" in values:
            track = self._tables.stage.select(journey_id=self.stage(stage_id).journey_id)
            others = [row for row in track if row.id != stage_id]
            values["name"] = unused(values["name"], "stage", others)
        with self._desk.step(Op.EDIT_JOURNEY):
            return self._tables.stage.change(stage_id, **values)

    def move_stage(self, stage_id: StageId, position: int) -> None:
        """Put a stage at another place of its track, counted from 0.

        Raises:
            UserError: the track has no such place.
        """
        stage = self.stage(stage_id)
        others = self._tables.stage.select(journey_id=stage.journey_id, order="position")
        if not 0 <= position < len(others):
            raise UserError(
                "stage-position",
                "The journey has no place {number}.",
                "Its places are 1 to {last}.",
                number=position + 1,
                last=len(others),
            )
        order = [row for row in others if row.id != stage_id]
        order.insert(position, stage)
        with self._desk.step(Op.EDIT_JOURNEY):
            for number, row in enumerate(order):
                self._tables.stage.change(row.id, position=number)

    def remove_stage(self, stage_id: StageId) -> None:
        """Remove a stage; its observations stay, without one."""
        with self._desk.step(Op.EDIT_JOURNEY):
            self._tables.stage.remove(stage_id)

    def touchpoints(self) -> list[Touchpoint]:
        """Return all touchpoints in order."""
        return self._tables.touchpoint.select(order="position, name")

    def add_touchpoint(self, name: str, *, channel: str = "", owner: str = "") -> Touchpoint:
        """Add a touchpoint, or return the one that has this name already.

        Raises:
            UserError: the name is empty.
        """
        name = required(name, "touchpoint")
        if (known := called(name, self.touchpoints())) is not None:
            return known
        position = self._tables.touchpoint.count()
        with self._desk.step(Op.EDIT_JOURNEY):
            return self._tables.touchpoint.add(
                Touchpoint(TouchpointId(new_id()), name, channel, owner, position)
            )

    def change_touchpoint(
        self, touchpoint_id: TouchpointId, *given: Given[Touchpoint], **values: Any
    ) -> Touchpoint:
        """Change fields of a touchpoint.

        Raises:
            UserError: the name is empty, or another touchpoint has it.
        """
        values |= named(*given)
        if "name" in values:
            others = [point for point in self.touchpoints() if point.id != touchpoint_id]
            values["name"] = unused(values["name"], "touchpoint", others)
        with self._desk.step(Op.EDIT_JOURNEY):
            return self._tables.touchpoint.change(touchpoint_id, **values)

    def remove_touchpoint(self, touchpoint_id: TouchpointId) -> None:
        """Remove a touchpoint; its observations stay, without one."""
        with self._desk.step(Op.EDIT_JOURNEY):
            self._tables.touchpoint.remove(touchpoint_id)

    def map(self, query: Query | None = None) -> JourneyMap:
        """Return the journey map: what the observations say about each stage, in order.

        Args:
            query: restricts the observations, for example to a segment or a method.
        """
        query = query or Query()
        sessions = self._tables.session.select(deleted_at=None, order="position")
        return build(
            self.stages(),
            self._passages.mentions(query, coded=False),
            steps=self.stages(Track.COMPANY),
            # Who is asked for one group or one method knows that the others are not there.
            sessions=sessions if query == Query() else (),
            cleaned=Confidential(self._desk).words,
            query=query,
        )

    def data(self, query: Query | None = None) -> dict[str, Any]:
        """Return the journey map as plain data for others; see `journey/data.py` for its shape."""
        from workbench.services.journey.data import as_data

        return as_data(Confidential(self._desk).of(self.map(query)))

    def _journey(self, track: Track) -> Journey:
        found = self._tables.journey.select(track=track)
        if found:
            return found[0]
        name = "The customer’s journey" if track is Track.CUSTOMER else "The company’s track"
        position = self._tables.journey.count()
        return self._tables.journey.add(Journey(JourneyId(new_id()), name, track, position))
