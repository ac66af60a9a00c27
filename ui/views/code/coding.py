"""What a gesture of coding does to the study: each is one step, however much it touches."""

from __future__ import annotations

from typing import Any

from ui.views.code.matching import Option
from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.ids import CodeId, ObservationId, SourceId, StageId, TouchpointId
from workbench.domain.journey import Stage
from workbench.domain.observation import Expectation, Kind, Observation, Promise
from workbench.study import Study

_IN_VIVO = 60  # letters; a longer stretch of words is no name
_RECENT = 30


class Coding:
    """The gestures of one coder on one study.

    Args:
        study: what is changed.
        origin: whose changes they are.
    """

    def __init__(self, study: Study, origin: object) -> None:
        self._study = study
        self._origin = origin
        self._recent: list[CodeId] = []

    # What can be picked

    def code_options(self) -> list[Option]:
        """Return all codes: those used last first, then those used most."""
        mentions = self._study.codebook.mentions()
        place = {code_id: at for at, code_id in enumerate(self._recent)}
        codes = sorted(
            self._study.codebook.codes(),
            key=lambda code: (place.get(code.id, _RECENT), -mentions.get(code.id, 0)),
        )
        return [
            Option(code.id, code.name, str(mentions[code.id]) if mentions.get(code.id) else "")
            for code in codes
        ]

    def touchpoint_options(self) -> list[Option]:
        """Return all touchpoints in order."""
        return [
            Option(point.id, point.name, point.channel)
            for point in self._study.journeys.touchpoints()
        ]

    def stages(self) -> list[Stage]:
        """Return the customer's stages in order."""
        return self._study.journeys.stages()

    @property
    def last_code(self) -> CodeId | None:
        """Return the code given last, if it still exists."""
        known = {code.id for code in self._study.codebook.codes()}
        return next((code_id for code_id in self._recent if code_id in known), None)

    def remember(self, source_id: SourceId) -> None:
        """Take the codes of a text as those used last, unless there are some already."""
        if not self._recent:
            self._recent = self._study.observations.newest_codes(source_id, _RECENT)

    # Gestures on words or on an observation

    def add_code(
        self, code_id: CodeId, anchor: TextAnchor | None, observation_id: ObservationId | None
    ) -> ObservationId | None:
        """Give a code to an observation, or to words that become one.

        Returns:
            the observation, `None` when there was neither.
        """
        self._use(code_id)
        if observation_id is not None:
            codes = [*self._study.observations.codes_of(observation_id), code_id]
            self._study.observations.set_codes(observation_id, codes, origin=self._origin)
            return observation_id
        if anchor is None:
            return None
        return self._study.observations.place(anchor, code_ids=[code_id], origin=self._origin).id

    def add_new_code(
        self, name: str, anchor: TextAnchor | None, observation_id: ObservationId | None
    ) -> ObservationId | None:
        """Make a code and give it, in one step."""
        op = Op.PLACE_OBSERVATION if observation_id is None else Op.EDIT_OBSERVATION
        with self._study.step(op, origin=self._origin):
            code = self._study.codebook.add(name)
            return self.add_code(code.id, anchor, observation_id)

    def code_in_vivo(self, anchor: TextAnchor, words: str) -> ObservationId | None:
        """Make the words themselves the name of their code."""
        name = " ".join(words.split()).strip("“”\"'‘’.,;:!?…–—- ")
        if len(name) > _IN_VIVO:
            name = name[:_IN_VIVO].rsplit(" ", 1)[0] + "…"
        return self.add_new_code(name, anchor, None)

    def remove_code(self, observation_id: ObservationId, code_id: CodeId) -> None:
        """Take a code off an observation."""
        codes = self._study.observations.codes_of(observation_id)
        self._study.observations.set_codes(
            observation_id, [code for code in codes if code != code_id], origin=self._origin
        )

    def set_stage(
        self,
        stage_id: StageId | None,
        anchor: TextAnchor | None,
        observation_id: ObservationId | None,
    ) -> ObservationId | None:
        """Put an observation, or words that become one, into a stage."""
        if observation_id is not None:
            self.change(observation_id, stage_id=stage_id)
            return observation_id
        if anchor is None:
            return None
        return self._study.observations.place(anchor, stage_id=stage_id, origin=self._origin).id

    def change(self, observation_id: ObservationId, **values: Any) -> Observation:
        """Change fields of an observation."""
        return self._study.observations.change(observation_id, origin=self._origin, **values)

    def set_new_touchpoint(self, observation_id: ObservationId, name: str) -> None:
        """Make a touchpoint and give it to an observation, in one step."""
        with self._study.step(Op.EDIT_OBSERVATION, origin=self._origin):
            point = self._study.journeys.add_touchpoint(name)
            self.change(observation_id, touchpoint_id=TouchpointId(point.id))

    def move(self, observation_id: ObservationId, anchor: TextAnchor) -> None:
        """Put an observation on other words."""
        self._study.observations.move(observation_id, anchor, origin=self._origin)

    def remove(self, observation_id: ObservationId) -> None:
        """Put an observation into the bin."""
        self._study.observations.remove([observation_id], origin=self._origin)

    def write_memo(self, observation_id: ObservationId, text: str) -> None:
        """Keep the memo of an observation."""
        self._study.memos.write("observation", observation_id, text, origin=self._origin)

    def _use(self, code_id: CodeId) -> None:
        self._recent = [code_id, *(known for known in self._recent if known != code_id)][:_RECENT]


def next_kind(kind: Kind | None) -> Kind | None:
    """Return what the key for fact and perception makes of it: fact, perception, neither."""
    return {None: Kind.FACT, Kind.FACT: Kind.PERCEPTION, Kind.PERCEPTION: None}[kind]


def next_expectation(expectation: Expectation | None) -> Expectation | None:
    """Return expected, had, neither, in turn."""
    return {
        None: Expectation.EXPECTED,
        Expectation.EXPECTED: Expectation.HAD,
        Expectation.HAD: None,
    }[expectation]


def next_promise(promise: Promise | None) -> Promise | None:
    """Return named, kept, broken, none, in turn."""
    return {
        None: Promise.NAMED,
        Promise.NAMED: Promise.KEPT,
        Promise.KEPT: Promise.BROKEN,
        Promise.BROKEN: None,
    }[promise]
