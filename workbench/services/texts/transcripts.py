"""Transcripts as they are: the texts of sources, their turns, and who speaks in them."""

from __future__ import annotations

from workbench.domain.ids import SourceId, TranscriptId, TurnId
from workbench.domain.spoken import Spoken
from workbench.domain.transcript import Transcript, Turn
from workbench.domain.unheard import Hole
from workbench.services.desk import Desk
from workbench.services.texts.speakers import Speakers
from workbench.storage import queries


class Transcripts:
    """The transcripts of one study.

    Attributes:
        speakers: their voices.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables = desk.tables
        self.speakers = Speakers(desk)

    def of_source(self, source_id: SourceId) -> Transcript | None:
        """Return the present transcript of a source."""
        found = self._tables.transcript.select(
            source_id=source_id, replaced_at=None, order="created_at, rowid"
        )
        return found[-1] if found else None

    def present(self) -> dict[SourceId, Transcript]:
        """Return the present transcript of every source that has one, also an empty one."""
        found = self._tables.transcript.select(replaced_at=None)
        return {transcript.source_id: transcript for transcript in found}

    def transcript(self, transcript_id: TranscriptId) -> Transcript:
        """Return one transcript."""
        return self._tables.transcript.get(transcript_id)

    def turns(self, transcript_id: TranscriptId, *, most: int = -1) -> list[Turn]:
        """Return the turns of a transcript in order, or so many from its begin."""
        return self._tables.turn.select(transcript_id=transcript_id, order="ordinal", most=most)

    def turn(self, turn_id: TurnId) -> Turn:
        """Return one turn."""
        return self._tables.turn.get(turn_id)

    def before(self, turn_id: TurnId) -> Turn | None:
        """Return the turn before another one; `None` before the first."""
        found = queries.following(self._desk.db, turn_id, back=True)
        return self.turn(found) if found else None

    def spoken(self, transcript_id: TranscriptId) -> list[Spoken]:
        """Return which language was heard where, in order."""
        return self._tables.spoken.select(transcript_id=transcript_id, order="start_ms")

    def unheard(self, transcript_id: TranscriptId) -> list[Hole]:
        """Return where there is speech without words; `domain.unheard` tells which are open."""
        return self._tables.unheard.select(transcript_id=transcript_id, order="start_ms")
