"""Whose voice is whose: tell them apart anew, merge, part and give them the turns that are theirs.

Every change is one step to undo; observations stay on their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.ids import SpeakerId, TranscriptId, TurnId
from workbench.domain.transcript import ByHand, Speaker, Turn
from workbench.domain.voices import UNCERTAIN, Share, without
from workbench.errors import UserError
from workbench.services.consent.ledger import Ledger
from workbench.services.consent.objecting import NEEDED
from workbench.services.desk import Desk
from workbench.services.recognition import listening
from workbench.services.recognition.voice_prints import VoicePrints
from workbench.services.texts import voice_matching
from workbench.services.texts.correcting import Corrections
from workbench.services.texts.regrouping import Regrouping, spoken
from workbench.services.texts.transcripts import Transcripts
from workbench.speech import client
from workbench.speech.protocol import Regroup, Speakers
from workbench.vault import ring

_DECIDED = [ByHand.BORDERS, ByHand.VOICE]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the process that tells voices apart, and about what.

    Attributes:
        kept: turns that stay as they are, in the order in which they are sent.
        message: what the process is told.
    """

    transcript_id: TranscriptId
    kept: tuple[TurnId, ...]
    message: Regroup


class Voices:
    """The voices of all transcripts of one study."""

    def __init__(
        self,
        desk: Desk,
        prints: VoicePrints,
        transcripts: Transcripts,
        corrections: Corrections,
        regrouping: Regrouping,
    ) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._prints = prints
        self._transcripts = transcripts
        self._corrections = corrections
        self._regrouping = regrouping

    # --- what there is

    def shares(self, transcript_id: TranscriptId) -> list[Share]:
        """Return how much each voice speaks, in the order of the voices."""
        spoken_ms: Counter[SpeakerId] = Counter()
        words: Counter[SpeakerId] = Counter()
        turns: Counter[SpeakerId] = Counter()
        for turn in self._transcripts.turns(transcript_id):
            if turn.speaker_id is not None:
                turns[turn.speaker_id] += 1
                words[turn.speaker_id] += len(turn.text.split())
                spoken_ms[turn.speaker_id] += (turn.end_ms or 0) - (turn.start_ms or 0)
        # A transcript without times, such as an imported one, is measured by its words.
        measure = spoken_ms if spoken_ms.total() else words
        whole = measure.total() or 1
        return [
            Share(
                voice.id,
                spoken_ms[voice.id],
                measure[voice.id] / whole,
                words[voice.id],
                turns[voice.id],
            )
            for voice in self._transcripts.speakers.of(transcript_id)
        ]

    def sample(self, speaker_id: SpeakerId) -> tuple[int, int] | None:
        """Return begin and end, in ms, of at most five good seconds of a voice; `None` if unheard.

        They lie in the longest stretch that is the voice's alone, without overlap or doubt; if
        there is no such stretch, in the longest one.
        """
        transcript_id = self._tables.speaker.get(speaker_id).transcript_id
        return listening.sample(self._transcripts.turns(transcript_id), speaker_id)

    def can_recluster(self, transcript_id: TranscriptId) -> bool:
        """Tell whether there are voice prints, so that the voices can be told apart anew.

        There are none of a transcript that an undo has taken away while it was still shown.
        """
        known = not self._desk.read_only and self._tables.transcript.find(transcript_id)
        return bool(known) and self._store(transcript_id).is_file()

    def forget(self) -> int:
        """Delete the voice prints that may not be kept; return how many."""
        return self._prints.forget()

    # --- telling them apart anew

    def question(self, transcript_id: TranscriptId, speakers: int | None) -> Question:
        """Return what to ask the process that tells voices apart.

        Args:
            transcript_id: recognised here.
            speakers: how many voices; `None` = find out.

        Raises:
            UserError: there are no voice prints, no recognised words, or somebody who is in it
                did not agree.
        """
        self._desk.writable()
        source = self._tables.source.get(self._tables.transcript.get(transcript_id).source_id)
        Ledger(self._desk).objections.require(
            source.session_id, NEEDED, source.title, "told apart by voice"
        )
        raw = self._tables.recognition.select(transcript_id=transcript_id, order="ordinal")
        store = self._store(transcript_id)
        if not store.is_file() or not raw:
            raise UserError(
                "voices-unknown",
                "The voices of this recording were never told apart here, or their prints were"
                " deleted.",
                "Transcribe the recording again; or assign the turns by hand.",
            )
        said = spoken(self._transcripts.turns(transcript_id), raw)
        message = Regroup(str(store), speakers, said.drafts, ring.pipe_key(store))
        return Question(transcript_id, said.kept, message)

    def accept(self, question: Question, answer: Speakers, *, origin: object = None) -> None:
        """Give the transcript the voices that were found, in one step.

        What people decided stays: turns they assigned keep their voice, and turns they corrected,
        cut or joined only learn whose they are. Voices keep names and identity where they speak
        for the most part at the same time.

        Raises:
            UserError: the transcript has changed since the question was asked.
        """
        transcript_id = question.transcript_id
        if question != self.question(transcript_id, question.message.speakers):
            raise UserError(
                "voices-outdated",
                "The transcript was changed while its voices were told apart.",
                "Choose the number of voices again.",
            )
        turns = self._transcripts.turns(transcript_id)
        with self._desk.step(Op.RECLUSTER_VOICES, origin=origin):
            voices = self._transcripts.speakers.behind(transcript_id, answer.turns)
            new = voice_matching.merged(turns, question.kept, answer.turns, voices)
            self._regrouping.replace(transcript_id, new)
            self._transcripts.speakers.forget_silent(transcript_id)

    def recluster(
        self, transcript_id: TranscriptId, speakers: int | None, *, origin: object = None
    ) -> int:
        """Tell the voices apart anew, without recognising again, and wait for it.

        Returns:
            how many were found.

        Raises:
            UserError: there are no voice prints, or they are damaged.
            EnvironmentProblem: the speech parts are not installed.
        """
        question = self.question(transcript_id, speakers)
        answer = client.regroup(question.message)
        self.accept(question, answer, origin=origin)
        return answer.count

    # --- by hand: what is said here stays when the voices are told apart anew

    def by_hand(self, transcript_id: TranscriptId) -> int:
        """Return how many turns people assigned, cut or joined."""
        return self._tables.turn.count(transcript_id=transcript_id, by_hand=_DECIDED)

    def release(self, transcript_id: TranscriptId, *, origin: object = None) -> int:
        """Let the turns that people assigned, cut or joined be told apart anew with the others.

        Nothing else changes now; corrected words stay in any case.

        Returns:
            how many they were.
        """
        turns = self._tables.turn.select(transcript_id=transcript_id, by_hand=_DECIDED)
        with self._desk.step(Op.RELEASE_TURNS, origin=origin):
            for turn in turns:
                self._tables.turn.change(turn.id, by_hand=ByHand.NOTHING)
        return len(turns)

    def merge(
        self, into: SpeakerId, others: Iterable[SpeakerId], *, origin: object = None
    ) -> Speaker:
        """Make several voices one; it takes a name of the others if it has none.

        That says of every turn of theirs who speaks it.
        """
        voice = self._tables.speaker.get(into)
        gone = [self._tables.speaker.get(other) for other in others if other != into]
        _require_one_transcript([voice, *gone])
        with self._desk.step(Op.MERGE_VOICES, origin=origin):
            one = [other.id for other in (voice, *gone)] if gone else []
            for turn in self._tables.turn.select(speaker_id=one):
                self._tables.turn.change(turn.id, speaker_id=into, by_hand=ByHand.VOICE)
            for other in gone:
                if not voice.name and not voice.participant_id:
                    voice = replace(voice, name=other.name, participant_id=other.participant_id)
                self._tables.speaker.remove(other.id)
            return self._tables.speaker.put(voice)

    def split(
        self, speaker_id: SpeakerId, turn_ids: Sequence[TurnId], *, origin: object = None
    ) -> Speaker:
        """Make some turns of a voice a new voice.

        Raises:
            UserError: none of them is of that voice.
        """
        turns = self._tables.turn.select(id=list(turn_ids), speaker_id=speaker_id)
        if not turns:
            raise UserError(
                "voice-nothing", "No turn of that voice is selected.", "Select its turns first."
            )
        return self.new_voice([turn.id for turn in turns], origin=origin)

    def new_voice(self, turn_ids: Sequence[TurnId], *, origin: object = None) -> Speaker:
        """Give turns of one transcript to a voice that is not there yet."""
        transcript_id = self._transcripts.turn(turn_ids[0]).transcript_id
        with self._desk.step(Op.SPLIT_VOICE, origin=origin):
            voice = self._transcripts.speakers.add(transcript_id)
            self.reassign(turn_ids, voice.id)
        return voice

    def reassign(
        self, turn_ids: Iterable[TurnId], speaker_id: SpeakerId, *, origin: object = None
    ) -> None:
        """Say who speaks in some turns; voices that say nothing any more vanish."""
        voice = self._tables.speaker.get(speaker_id)
        with self._desk.step(Op.ASSIGN_VOICE, origin=origin):
            for turn in self._tables.turn.select(
                id=list(turn_ids), transcript_id=voice.transcript_id
            ):
                self._tables.turn.change(
                    turn.id,
                    speaker_id=speaker_id,
                    doubt=without(turn.doubt, UNCERTAIN),
                    by_hand=ByHand.VOICE,
                )
            self._transcripts.speakers.forget_silent(voice.transcript_id)

    def reassign_part(
        self,
        turn_id: TurnId,
        start: int,
        end: int,
        speaker_id: SpeakerId,
        *,
        origin: object = None,
    ) -> Turn:
        """Say who speaks in a part of a turn, which is cut out at the borders of its words.

        Args:
            turn_id: the turn.
            start: code point in its text.
            end: code point after the last one.
            speaker_id: who speaks there.
            origin: who asks.

        Returns:
            the turn with the words of that part.

        Raises:
            UserError: the part holds no word.
        """
        anchor = TextAnchor(turn_id, start, turn_id, end)
        return self.reassign_words(anchor, speaker_id, origin=origin)[0]

    def reassign_words(
        self, anchor: TextAnchor, speaker_id: SpeakerId | None, *, origin: object = None
    ) -> list[Turn]:
        """Say who speaks the selected words; the first and the last turn are cut at whole words.

        Args:
            anchor: the words.
            speaker_id: who speaks them; `None` = a voice that is not there yet.
            origin: who asks.

        Returns:
            the turns with exactly these words.

        Raises:
            UserError: there is no word in the selection.
        """
        spans = self._whole_words(anchor)
        if not spans:
            raise UserError("part-empty", "There is no word in the selection.", "Select words.")
        first, last = next(iter(spans)), next(reversed(spans))
        op = Op.SPLIT_VOICE if speaker_id is None else Op.ASSIGN_VOICE
        with self._desk.step(op, origin=origin):
            (start, _), (_, end) = spans[first], spans[last]
            # The words round the selection stay free; its own borders hold the cuts.
            free = ByHand.NOTHING
            if self._transcripts.turn(last).text[end:].strip():
                self._corrections.split(last, end, by_hand=free)
            if self._transcripts.turn(first).text[:start].strip():
                tail = self._corrections.split(first, start, by_hand=free)[1]
                spans[tail.id] = spans.pop(first)
            if speaker_id is None:
                speaker_id = self._transcripts.speakers.add(
                    self._transcripts.turn(last).transcript_id
                ).id
            self.reassign(spans, speaker_id)
        return self._tables.turn.select(id=list(spans), order="ordinal")

    # --- inside

    def _whole_words(self, anchor: TextAnchor) -> dict[TurnId, tuple[int, int]]:
        """Return the turns under an anchor with their words in it, without those that have none."""
        turns = self._transcripts.turns(self._transcripts.turn(anchor.first_turn).transcript_id)
        ids = [turn.id for turn in turns]
        under = turns[ids.index(anchor.first_turn) : ids.index(anchor.last_turn) + 1]
        spans = {}
        for turn in under:
            start = anchor.start if turn.id == anchor.first_turn else 0
            end = anchor.end if turn.id == anchor.last_turn else len(turn.text)
            spans[turn.id] = listening.whole_words(turn, start, end)
        return {turn_id: span for turn_id, span in spans.items() if span[0] < span[1]}

    def _store(self, transcript_id: TranscriptId) -> Path:
        source_id = self._transcripts.transcript(transcript_id).source_id
        return self._prints.file(self._tables.source.get(source_id).sha256)


def _require_one_transcript(voices: Sequence[Speaker]) -> None:
    if len({voice.transcript_id for voice in voices}) > 1:
        raise UserError(
            "voices-apart",
            "These voices are of different recordings.",
            "Give both the name of the same person instead.",
        )
