"""Words as they arrive: turn by turn from the engine, or whole with a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.domain.anchors import TimeSpan
from workbench.domain.change import Op
from workbench.domain.ids import SourceId, TranscriptId, TurnId, new_id
from workbench.domain.letters import letters
from workbench.domain.transcript import ByHand, Transcript, Turn, TurnDraft
from workbench.domain.unheard import Hole
from workbench.services.coding.anchoring import Anchoring
from workbench.services.desk import Desk
from workbench.services.people.casting import directory_of
from workbench.services.texts.transcripts import Transcripts
from workbench.storage import queries
from workbench.storage.tables import Recognition


class Arrivals:
    """What comes into the transcripts of one study.

    Args:
        desk: where the study is kept.
        anchoring: puts observations on the words that arrive.
        transcripts: what is there already.
    """

    def __init__(self, desk: Desk, anchoring: Anchoring, transcripts: Transcripts) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._anchoring = anchoring
        self._transcripts = transcripts
        self._speakers = transcripts.speakers

    def load(self, source_id: SourceId, drafts: Sequence[TurnDraft], language: str) -> Transcript:
        """Store a finished text (a document, an imported transcript) in the open step.

        It is the present transcript of its source from now on; the one before is kept.
        """
        if previous := self._transcripts.of_source(source_id):
            self._tables.transcript.change(previous.id, replaced_at=self._desk.stamp())
        transcript = self._tables.transcript.add(
            Transcript(
                TranscriptId(new_id()), source_id, "", language, self._desk.stamp(), laid=True
            )
        )
        self._add_turns(transcript.id, drafts)
        source = self._tables.source.get(source_id)
        seats = self._tables.attendance.select(session_id=source.session_id)
        present = {seat.participant_id for seat in seats}
        directory = directory_of(self._tables)
        # A real name must not stay in the label, and a person keeps the voice when renamed.
        for voice in self._speakers.of(transcript.id):
            if person := directory.only(voice.label, present):
                known = replace(
                    voice, label=person.pseudonym, name=person.pseudonym, participant_id=person.id
                )
                self._tables.speaker.put(known)
        return transcript

    def start(
        self,
        source_id: SourceId,
        *,
        model: str = "",
        language: str = "",
        translated: bool = False,
        track: int = 0,
    ) -> Transcript:
        """Begin an empty transcript; it replaces the present one when its first words arrive."""
        transcript = Transcript(
            TranscriptId(new_id()),
            source_id,
            model,
            language,
            self._desk.stamp(),
            translated=translated,
            laid=True,
            track=track,
        )
        with self._desk.step(Op.START_TRANSCRIPT):
            previous = self._transcripts.of_source(source_id)
            if previous is not None and not self._transcripts.turns(previous.id):
                self._tables.transcript.change(previous.id, replaced_at=self._desk.stamp())
                previous = None
            if previous is not None:
                transcript = replace(transcript, replaced_at="")
            return self._tables.transcript.add(transcript)

    def accept(self, transcript_id: TranscriptId, drafts: Iterable[TurnDraft]) -> int:
        """Store turns that arrive from the engine; turns that came before are left alone.

        Returns:
            how many were new.
        """
        known = self._recognised(transcript_id)
        ordinals = {row.ordinal for row in known}
        told = {draft.ordinal: draft for draft in drafts}
        new = [draft for ordinal, draft in told.items() if ordinal not in ordinals]
        if new:
            # What came after the last chunk has counted the turns anew, so their words tell.
            said = _said(known)
            new = [draft for draft in new if not _is_heard(draft, said)]
        if new:
            with self._desk.step(Op.RECEIVE_TURNS, merge_key=transcript_id):
                self._take_over(transcript_id)
                self._tables.recognition.add_all(_recognition(transcript_id, new))
                added = self._add_turns(transcript_id, self._in_order(transcript_id, new))
                self._anchoring.refresh(added)
        return len(new)

    def accept_speakers(self, transcript_id: TranscriptId, drafts: Sequence[TurnDraft]) -> None:
        """Regroup a transcript by voice.

        The engine's drafts replace the turns, and observations are placed again on their words.
        Where somebody has corrected, cut, joined or assigned turns already, all turns stay, so
        that this can be undone, and only learn whose they are; those assigned keep their voice.
        """
        with self._desk.step(Op.RECEIVE_SPEAKERS, merge_key=transcript_id):
            old = self._transcripts.turns(transcript_id)
            if self._is_edited(transcript_id) or any(turn.by_hand for turn in old):
                self._attribute(transcript_id, drafts)
                return
            if self._are_same(transcript_id, old, drafts):
                return
            self._renew(transcript_id, old, drafts)

    def accept_again(
        self,
        transcript_id: TranscriptId,
        drafts: Sequence[TurnDraft],
        added: Sequence[int],
        holes: Sequence[tuple[int, int]],
    ) -> None:
        """Take in what a second hearing found, and where there are still no words.

        Where somebody has corrected, cut, joined or assigned turns already, all turns stay, and
        what was found stands between them.

        Args:
            drafts: the whole transcript as it was recognised, in order of time.
            added: which of them are new, by ordinal.
            holes: begin and end in ms of what has no words; what was dismissed stays so.
        """
        with self._desk.step(Op.RECEIVE_TURNS, merge_key=transcript_id):
            known = self._recognised(transcript_id)
            said = _recognition(transcript_id, drafts)
            if known != said:
                old = self._transcripts.turns(transcript_id)
                touched = self._is_edited(transcript_id) or any(turn.by_hand for turn in old)
                for row in known:
                    self._tables.recognition.remove(row.transcript_id, row.ordinal)
                self._tables.recognition.add_all(said)
                if touched:
                    self._insert(transcript_id, old, [drafts[ordinal] for ordinal in added])
                else:
                    self._renew(transcript_id, old, drafts)
            self._renew_holes(transcript_id, holes)

    def accept_unheard(self, transcript_id: TranscriptId, start_ms: int, end_ms: int) -> None:
        """Store where the engine heard speech but no word; what was dismissed stays so."""
        if self._tables.unheard.find(transcript_id, start_ms) is None:
            with self._desk.step(Op.RECEIVE_TURNS, merge_key=transcript_id):
                self._tables.unheard.add(Hole(transcript_id, start_ms, end_ms))

    def _renew_holes(self, transcript_id: TranscriptId, holes: Sequence[tuple[int, int]]) -> None:
        dismissed = []
        for hole in self._tables.unheard.select(transcript_id=transcript_id):
            if hole.dismissed:
                dismissed.append(TimeSpan(hole.start_ms, hole.end_ms))
            elif (hole.start_ms, hole.end_ms) not in holes:
                self._tables.unheard.remove(transcript_id, hole.start_ms)
        for start, end in holes:
            if not any(span.overlap(TimeSpan(start, end)) for span in dismissed):
                self.accept_unheard(transcript_id, start, end)

    def finish(self, transcript_id: TranscriptId, language: str) -> None:
        """Note the language the engine found, and place what waits on these words.

        Observations of an earlier transcript, or of none, move to the place where their words
        are now; those whose words are not found surely wait for review.
        """
        with self._desk.step(Op.RECEIVE_TURNS, merge_key=transcript_id):
            self._take_over(transcript_id)
            transcript = self._tables.transcript.change(transcript_id, language=language)
        with self._desk.step(Op.REANCHOR):
            self._anchoring.settle(transcript.source_id)

    def give_way(self, transcript_id: TranscriptId) -> None:
        """Let the transcript before come back, because this one was not finished.

        Its words stay, and it takes over again when the next ones arrive.
        """
        unfinished = self._transcripts.transcript(transcript_id)
        earlier = [
            row
            for row in self._tables.transcript.select(
                source_id=unfinished.source_id, order="replaced_at"
            )
            if row.replaced_at and self._transcripts.turns(row.id)
        ]
        if unfinished.replaced_at is None and earlier:
            with self._desk.step(Op.RECEIVE_TURNS, merge_key=transcript_id):
                self._tables.transcript.change(earlier[-1].id, replaced_at=None)
                self._tables.transcript.change(transcript_id, replaced_at="")

    def _take_over(self, transcript_id: TranscriptId) -> None:
        transcript = self._transcripts.transcript(transcript_id)
        if transcript.replaced_at != "":
            return
        previous = self._transcripts.of_source(transcript.source_id)
        if previous is not None:
            self._tables.transcript.change(previous.id, replaced_at=self._desk.stamp())
        self._tables.transcript.change(transcript_id, replaced_at=None)

    def _add_turns(self, transcript_id: TranscriptId, drafts: Sequence[TurnDraft]) -> list[TurnId]:
        voices = {voice.label: voice.id for voice in self._speakers.of(transcript_id)}
        for label in dict.fromkeys(draft.speaker for draft in drafts):
            if label and label not in voices:
                voices[label] = self._speakers.add(transcript_id, label).id
        turns = [
            Turn(
                TurnId(new_id()),
                transcript_id,
                draft.ordinal,
                draft.text,
                draft.start_ms,
                draft.end_ms,
                voices.get(draft.speaker or ""),
                draft.words,
                draft.doubt,
                draft.layout,
            )
            for draft in drafts
        ]
        self._tables.turn.add_all(turns)
        return [turn.id for turn in turns]

    def _renew(
        self, transcript_id: TranscriptId, old: Sequence[Turn], drafts: Sequence[TurnDraft]
    ) -> None:
        """Put drafts in the place of all turns; observations stay on their words."""
        placed = self._anchoring.remember(transcript_id)
        for turn in old:
            self._tables.turn.remove(turn.id)
        self._add_turns(transcript_id, drafts)
        self._anchoring.place_again(placed, self._transcripts.turns(transcript_id))
        self._anchoring.carry_memos(old, self._transcripts.turns(transcript_id))

    def _insert(
        self, transcript_id: TranscriptId, old: Sequence[Turn], drafts: Sequence[TurnDraft]
    ) -> None:
        """Put drafts between turns, each behind the last turn that begins before it."""
        room = len(drafts) + 1
        queries.spread(self._desk.db, transcript_id, room)
        placed = []
        for number, draft in enumerate(drafts, start=1):
            before = sum((turn.start_ms or 0) <= (draft.start_ms or 0) for turn in old)
            placed.append(replace(draft, ordinal=max(0, before - 1) * room + number))
        self._anchoring.refresh(self._add_turns(transcript_id, placed))

    def _in_order(
        self, transcript_id: TranscriptId, drafts: Sequence[TurnDraft]
    ) -> list[TurnDraft]:
        """Return arriving turns with places that are right also after people split others.

        A split counts the turns anew, the engine goes on counting as before: so a turn that
        would come before one that is said earlier goes to the end.
        """
        last = queries.last_turn(self._desk.db, transcript_id)
        placed = []
        for draft in sorted(drafts, key=lambda draft: draft.ordinal):
            ordinal = draft.ordinal
            if last is not None and draft.start_ms is not None:
                end, said_ms = last
                if ordinal <= end and said_ms is not None and said_ms <= draft.start_ms:
                    ordinal = end + 1
            last = max(last or (-1, None), (ordinal, draft.start_ms), key=lambda one: one[0])
            placed.append(replace(draft, ordinal=ordinal))
        return placed

    def _recognised(self, transcript_id: TranscriptId) -> list[Recognition]:
        return self._tables.recognition.select(transcript_id=transcript_id, order="ordinal")

    def _is_edited(self, transcript_id: TranscriptId) -> bool:
        """Tell whether somebody has changed letters; turns may be grouped otherwise."""
        said = letters(row.text for row in self._recognised(transcript_id))
        return said != letters(turn.text for turn in self._transcripts.turns(transcript_id))

    def _are_same(
        self, transcript_id: TranscriptId, turns: Sequence[Turn], drafts: Sequence[TurnDraft]
    ) -> bool:
        labels = {voice.id: voice.label for voice in self._speakers.of(transcript_id)}
        present = [
            (turn.text, turn.start_ms, labels.get(turn.speaker_id) if turn.speaker_id else None)
            for turn in turns
        ]
        return present == [(draft.text, draft.start_ms, draft.speaker) for draft in drafts]

    def _attribute(self, transcript_id: TranscriptId, drafts: Sequence[TurnDraft]) -> None:
        turns = self._transcripts.turns(transcript_id)
        free = [turn for turn in turns if turn.by_hand is not ByHand.VOICE]
        labels = {turn.id: label for turn in free if (label := _loudest(turn, drafts))}
        voices = self._speakers.behind(transcript_id, drafts)
        for turn_id, label in labels.items():
            self._tables.turn.change(turn_id, speaker_id=voices[label])
        self._speakers.forget_silent(transcript_id)


def _recognition(transcript_id: TranscriptId, drafts: Iterable[TurnDraft]) -> list[Recognition]:
    return [
        Recognition(
            transcript_id,
            draft.ordinal,
            draft.text,
            draft.start_ms,
            draft.end_ms,
            draft.words,
            draft.doubt,
        )
        for draft in drafts
    ]


def _loudest(turn: Turn, drafts: Sequence[TurnDraft]) -> str:
    """Return the label that covers most of a turn's time."""
    if turn.start_ms is None or turn.end_ms is None:
        return ""
    span = TimeSpan(turn.start_ms, turn.end_ms)
    shares: dict[str, int] = {}
    for draft in drafts:
        if draft.speaker and draft.start_ms is not None and draft.end_ms is not None:
            shared = span.overlap(TimeSpan(draft.start_ms, draft.end_ms))
            shares[draft.speaker] = shares.get(draft.speaker, 0) + shared
    best = max(shares, key=lambda label: shares[label], default="")
    return best if shares.get(best) else ""


def _said(rows: Iterable[TurnDraft | Recognition]) -> set[tuple[int, int, str]]:
    """Return all words with their times: of people in channels of their own, times are alike."""
    return {
        (word.start_ms, word.end_ms, row.text[word.start : word.end])
        for row in rows
        for word in row.words
    }


def _is_heard(draft: TurnDraft, said: set[tuple[int, int, str]]) -> bool:
    """Tell whether all words of a turn are among those that came before."""
    return bool(draft.words) and _said([draft]) <= said
