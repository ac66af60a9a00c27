"""What a gesture of coding does to the study: each is one step, however much it touches."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.declaring import Field, Given
from workbench.domain.fields import STAGE, TOUCHPOINT
from workbench.domain.ids import CodeId, ObservationId, SourceId
from workbench.domain.journey import Stage
from workbench.domain.observation import Observation
from workbench.services.unsaved import Spot
from workbench.study import Study

_IN_VIVO = 60  # letters; a longer stretch of words is no name
_RECENT = 30
Made = tuple[ObservationId, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a gesture is about.

    Attributes:
        anchor: words that become an observation.
        ids: observations that are there; they win over words.
        words: the words, for what can be guessed from them.
    """

    anchor: TextAnchor | None = None
    ids: Made = ()
    words: str = ""


class Coding:
    """The gestures of one coder on one study.

    Args:
        study: what is changed.
        origin: whose changes they are.
    """

    def __init__(self, study: Study, origin: object) -> None:
        self.study = study
        self._origin = origin
        self._recent: list[CodeId] = []
        self._first: SourceId | None = None

    def on(self, study: Study) -> Coding:
        """Return the same gestures for the study once more, as a long step has it."""
        other = copy(self)
        other.study = study
        return other

    def stages(self) -> list[Stage]:
        """Return the customer's stages in order."""
        return self.study.journeys.stages()

    @property
    def recent(self) -> list[CodeId]:
        """Return the codes given last, newest first; at the beginning those of the first text."""
        if not self._recent and self._first is not None:
            self._recent += self.study.observations.newest_codes(self._first, _RECENT)
        return self._recent

    @property
    def last_code(self) -> CodeId | None:
        """Return the code given last, if it still exists."""
        return next((key for key in self.recent if self.study.codebook.exists(key)), None)

    def remember(self, source_id: SourceId) -> None:
        """Take the codes of a text as those used last, unless there are some already."""
        self._first = self._first or source_id

    # Gestures on words or on observations; each returns what it made or changed

    def add_code(self, code_id: CodeId, target: Target) -> Made:
        """Give a code to observations, or to words that become one."""
        self._use(code_id)
        if not target.ids:
            return self._place(target, code_ids=[code_id])
        self.study.observations.add_code(target.ids, code_id, origin=self._origin)
        return target.ids

    def add_new_code(self, path: str, target: Target) -> Made:
        """Make a code, also below another one ("waiting / date"), and give it, in one step."""
        op = Op.EDIT_OBSERVATION if target.ids else Op.PLACE_OBSERVATION
        with self.study.step(op, origin=self._origin):
            return self.add_code(self.study.codebook.add_path(path).id, target)

    def code_in_vivo(self, target: Target) -> Made:
        """Make the words themselves the name of their code."""
        name = " ".join(target.words.split()).strip("“”\"'‘’.,;:!?…–—- ")
        if len(name) > _IN_VIVO:
            name = name[:_IN_VIVO].rsplit(" ", 1)[0] + "…"
        with self.study.step(Op.PLACE_OBSERVATION, origin=self._origin):
            return self.add_code(self.study.codebook.add(name).id, Target(target.anchor))

    def remove_code(self, ids: Made, code_id: CodeId) -> Made:
        """Take a code off observations."""
        self.study.observations.drop_code(ids, code_id, origin=self._origin)
        return ids

    def set(self, target: Target, *given: Given[Observation]) -> Made:
        """Give fields new values, of observations or of words that become one."""
        if not target.ids:
            return self._place(target, *given)
        self.study.observations.change_all(target.ids, *given, origin=self._origin)
        return target.ids

    def set_new_touchpoint(self, target: Target, name: str) -> Made:
        """Make a touchpoint and give it, in one step."""
        op = Op.EDIT_OBSERVATION if target.ids else Op.PLACE_OBSERVATION
        with self.study.step(op, origin=self._origin):
            point = self.study.journeys.add_touchpoint(name)
            return self.set(target, TOUCHPOINT.to(point.id))

    def set_new_stage(self, target: Target, name: str) -> Made:
        """Give a stage that is typed, one at the end if it is new, in one step."""
        op = Op.EDIT_OBSERVATION if target.ids else Op.PLACE_OBSERVATION
        with self.study.step(op, origin=self._origin):
            return self.set(target, STAGE.to(self.study.journeys.stage_called(name).id))

    def move(self, observation_id: ObservationId, anchor: TextAnchor) -> None:
        """Put an observation on other words."""
        self.study.observations.move(observation_id, anchor, origin=self._origin)

    def remove(self, ids: Iterable[ObservationId]) -> None:
        """Put observations into the bin."""
        self.study.observations.remove(ids, origin=self._origin)

    def _place(
        self, target: Target, *given: Given[Observation], code_ids: Iterable[CodeId] = ()
    ) -> Made:
        if target.anchor is None:
            return ()
        made = self.study.observations.place(
            target.anchor, *given, code_ids=code_ids, origin=self._origin
        )
        return (made.id,)

    def _use(self, code_id: CodeId) -> None:
        others = [known for known in self.recent if known != code_id]
        self._recent[:] = [code_id, *others][:_RECENT]


def text_spot(study: Study, ids: Made, field: Field[Observation, str], title: str) -> Spot:
    """Return where the text of a field of observations belongs."""

    def write(text: str) -> None:
        study.observations.change_all(ids, field.to(text))

    return study.unsaved.spot(("observation", field.name, *ids), title, write)


def memo_spot(study: Study, observation_id: ObservationId, title: str) -> Spot:
    """Return where the memo of an observation belongs."""

    def write(text: str) -> None:
        study.memos.write("observation", observation_id, text)

    return study.unsaved.spot(("memo", "observation", observation_id), title, write)
