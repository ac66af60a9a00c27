"""Who says what was found, and what they said to being quoted; asked for rows that are seen."""

from __future__ import annotations

from ui.models.passages import signature
from ui.models.voices import Voiced, voiced
from workbench.domain.ids import ObservationId, TranscriptId, TurnId
from workbench.domain.searching import Hit
from workbench.study import Study


class SaidBy:
    """Tells it for the hits of one search; each text is read once.

    Args:
        study: the open study.
    """

    def __init__(self, study: Study | None) -> None:
        self._study = study
        self._texts: dict[TranscriptId, Voiced] = {}
        self._told: dict[str, str] = {}

    def of(self, hit: Hit) -> str:
        """Return “Leila (quotes: refused)”; "" where nobody of the study speaks."""
        read = {"turn": self._turn, "observation": self._observed}.get(hit.kind)
        if read is None or self._study is None:
            return ""
        if hit.id not in self._told:
            try:
                self._told[hit.id] = read(self._study, hit.id)
            except (KeyError, ValueError):  # undone a moment ago: it is searched anew at once
                return ""
        return self._told[hit.id]

    def _observed(self, study: Study, observation_id: str) -> str:
        [passage] = study.passages.read([ObservationId(observation_id)])
        return signature(passage)

    def _turn(self, study: Study, turn_id: str) -> str:
        turn = study.transcripts.turn(TurnId(turn_id))
        if turn.transcript_id not in self._texts:
            self._texts[turn.transcript_id] = voiced(study, turn.transcript_id)
        names, said = self._texts[turn.transcript_id]
        one = said.get(turn.speaker_id)
        if one is None:
            return ""
        name = names[turn.speaker_id]
        return name if one.allows else f"{name} ({one.sentence})"
