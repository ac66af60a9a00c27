"""The customer's journey, and the company's track beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.declaring import Field
from workbench.domain.ids import JourneyId, StageId, TouchpointId


class Track(StrEnum):
    """Whose journey it is."""

    CUSTOMER = "customer"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Journey:
    """A sequence of stages, the customer's or the company's."""

    id: JourneyId
    name: str
    track: Track = Track.CUSTOMER
    position: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a journey: what is needed, what comes out of it, and around it.

    Attributes:
        colour: index into the theme's stage colours, 0…7.
        counterpart_id: for a company stage, the customer stage it serves.
    """

    id: StageId
    journey_id: JourneyId
    name: str
    need: str = ""
    outcome: str = ""
    context: str = ""
    colour: int = 0
    position: int = 0
    counterpart_id: StageId | None = None


STAGE_NAME: Field[Stage, str] = Field("name", lambda stage: stage.name, "Stage")
NEED: Field[Stage, str] = Field("need", lambda stage: stage.need, "Need")
OUTCOME: Field[Stage, str] = Field("outcome", lambda stage: stage.outcome, "Outcome")
CONTEXT: Field[Stage, str] = Field("context", lambda stage: stage.context, "Context")


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A place where customer and company meet."""

    id: TouchpointId
    name: str
    channel: str = ""
    owner: str = ""
    position: int = 0


POINT_NAME: Field[Touchpoint, str] = Field("name", lambda point: point.name, "Name")
CHANNEL: Field[Touchpoint, str] = Field("channel", lambda point: point.channel, "Channel")
OWNER: Field[Touchpoint, str] = Field("owner", lambda point: point.owner, "Owner")
