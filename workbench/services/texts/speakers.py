"""The voices of transcripts: those there are, new ones, and those that say nothing any more."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.ids import SpeakerId, TranscriptId, new_id
from workbench.domain.transcript import Speaker, TurnDraft
from workbench.services.desk import Desk
from workbench.services.texts import voice_matching
from workbench.storage import queries

_LAST = 1 << 60  # behind all others


class Speakers:
    """The voices of all transcripts; what changes them runs inside an open step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables

    def of(self, transcript_id: TranscriptId) -> list[Speaker]:
        """Return the voices of a transcript: S1, S2 … first, then as they begin to speak."""
        found = self._tables.speaker.select(transcript_id=transcript_id, order="rowid")
        # Not as they lie in the table: an undo puts rows back at its end.
        named = sum(not voice.number for voice in found)
        first = queries.first_turns(self._desk.db, transcript_id) if named > 1 else {}
        return sorted(found, key=lambda voice: (voice.number or _LAST, first.get(voice.id, _LAST)))

    def add(self, transcript_id: TranscriptId, label: str = "") -> Speaker:
        """Add a voice with this label, or with the first that is free: S1, S2 …"""
        if not label:
            taken = {voice.label for voice in self.of(transcript_id)}
            number = next(n for n in range(1, len(taken) + 2) if f"S{n}" not in taken)
            label = f"S{number}"
        voice = Speaker(SpeakerId(new_id()), transcript_id, label, "", None)
        return self._tables.speaker.add(voice)

    def behind(
        self, transcript_id: TranscriptId, drafts: Sequence[TurnDraft]
    ) -> dict[str, SpeakerId]:
        """Return the voice behind each label: the known one it shares most time with, or new."""
        labels = dict.fromkeys(draft.speaker for draft in drafts if draft.speaker)
        turns = self._tables.turn.select(transcript_id=transcript_id, order="ordinal")
        found = voice_matching.matched(turns, drafts)
        return {label: found.get(label) or self.add(transcript_id).id for label in labels}

    def forget_silent(self, transcript_id: TranscriptId) -> None:
        """Take the voices away that say nothing any more."""
        for voice in self.of(transcript_id):
            if not self._tables.turn.count(speaker_id=voice.id):
                self._tables.speaker.remove(voice.id)
