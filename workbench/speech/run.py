"""One recognition job from the recording to the last message; runs inside the worker only."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from workbench.domain import languages
from workbench.domain.wording import CERTAIN
from workbench.errors import EnvironmentProblem
from workbench.speech import audio, channels, guards, language, notices, second_ear, spool
from workbench.speech.awake import Awake
from workbench.speech.channels import Line, line_of, may_be_apart
from workbench.speech.chunks import Chunk, find_regions, plan_chunks
from workbench.speech.engine import SAMPLE_RATE, Engine, Pcm
from workbench.speech.engines import Engines
from workbench.speech.language import Tongue
from workbench.speech.levelled import Levelled
from workbench.speech.link import Link
from workbench.speech.listening import Listening
from workbench.speech.pace import Pace, Pass
from workbench.speech.protocol import (
    VERSION,
    ChunkDone,
    Done,
    HeardAgain,
    LanguageFound,
    Message,
    Note,
    Order,
    Peaks,
    Progress,
    Speakers,
    SpokenHere,
    TurnFound,
)
from workbench.speech.recognise import RECIPE, Outcome, Recogniser, find_language
from workbench.speech.spool import Spool
from workbench.speech.survey import Survey, survey
from workbench.speech.turns import Heard, build_turns
from workbench.words import t

_TELL_EVERY_S = 0.2
_LONG_MS = 300_000  # from here on preparing takes so long that the first words come before it
_HEAD_MS = 90_000  # with half a minute of speech in it, as a rule
_LAID = 2  # raised when a recording is laid on its time in another way than before
_log = logging.getLogger(__name__)


class Run:
    """Carries a job out; everything said is written to the spool first."""

    def __init__(self, job: Order, link: Link, engines: Engines) -> None:
        self._job = job
        self._link = link
        self._engines = engines
        self._voices: Path | None = None
        self._listening = Listening(link.clock, none=job.speakers == 0)
        self._engine: Engine | None = None
        self._line: Line | None = None  # of parts that are recognised each alone
        self._total_ms = 0
        self._told_at = 0.0
        self._tongue = Tongue(job.language, CERTAIN) if job.language else None

    def go(self) -> None:
        """Prepare, recognise, tell the voices apart, say done."""
        media = Path(self._job.media)
        probe, found = audio.probe(media), survey(media)
        self._total_ms = found.stated_ms or found.length_ms
        sha256 = self._job.sha256 or audio.file_hash(media)
        if self._job.voices:
            self._listening.store = self._voices = Path(self._job.voices) / f"{sha256}.npz"
        record = Spool(
            spool.path_of(Path(self._job.spool), self._job.job), plan_key(self._job, sha256)
        )
        awake = Awake()
        self._link.on_pause = lambda paused: awake.release() if paused else awake.hold()
        try:
            awake.hold()
            self._send_old(record)
            parts = 0
            if not self._job.part:
                parts = may_be_apart(media, found, self._job.track, self._speech)
                if not parts and self._total_ms >= _LONG_MS and record.content.chunk is None:
                    self._begin_early(record, media, found)
            if found.tracks > 1 and self._voices and record.content.chunk is None:
                self._voices.unlink(missing_ok=True)  # those of other tracks, perhaps
            pcm = self._decode(media, sha256, found)
            self._total_ms = audio.milliseconds(pcm)
            self._note_new(record, notices.of_times(probe, found, self._total_ms))
            if self._job.part:
                first, last = (ms * SAMPLE_RATE // 1000 for ms in self._job.part)
                pcm = pcm[first:last]
                self._total_ms = audio.milliseconds(pcm)
            sound: Pcm = pcm
            if parts:
                target = Path(self._job.cache) / f"{sha256}.{_LAID}.{self._job.track}.parts.pcm"
                line = line_of(len(pcm), parts)
                channels.write(media, target, found, line, self._job.track)
                if beside := channels.opened_if_apart(target, line, self._speech):
                    sound, self._line = beside, line
            if not self._job.track:
                self._note_new(record, notices.of_tracks(found, apart=self._line is not None))
            chunks = self._plan(sound)
            if not chunks:
                self._note_new(record, [Note("no-speech", t("no speech found"))])
            self._refuse_other_cuts(record, chunks)
            self._recognise(record, sound, chunks)
            if self._line is None:
                self._tell_apart(record, pcm)
            else:
                self._name_parts(record, [self._line.label(chunk.start_ms) for chunk in chunks])
            self._finish(record)
        finally:
            awake.release()
            record.close()

    def _decode(self, media: Path, sha256: str, found: Survey) -> Pcm:
        cache = Path(self._job.cache)
        target = cache / f"{sha256}.{_LAID}.{self._job.track}.pcm"
        audio.decode(media, target, found, track=self._job.track, on_progress=self._preparing)
        pcm = audio.open_pcm(target)
        audio.write_detail(pcm, cache / f"{sha256}.peaks")
        self._link.send(Peaks(audio.milliseconds(pcm), tuple(audio.peaks(pcm)), found.tracks))
        return pcm

    def _speech(self, pcm: Pcm) -> list[float]:
        return audio.speech_probabilities(Levelled(pcm), on_progress=self._preparing)

    def _plan(self, pcm: Pcm) -> list[Chunk]:
        regions = find_regions(self._speech(pcm))
        total_ms = audio.milliseconds(pcm)
        _log.info("%d ms of sound, %d stretches of speech", total_ms, len(regions))
        return plan_chunks(regions, total_ms=total_ms)

    def _preparing(self, done_ms: int) -> None:
        self._link.check()
        if monotonic() - self._told_at >= _TELL_EVERY_S:
            self._told_at = monotonic()
            self._link.send(Progress("preparing", done_ms, max(done_ms, self._total_ms), None))

    def _send_old(self, record: Spool) -> None:
        """Say again what an earlier worker recognised; the app may not have heard all of it."""
        for note in record.content.notes:
            self._link.send(note)
        for ordinal in sorted(record.content.turns):
            self._link.send(TurnFound(record.content.turns[ordinal]))
        for spoken in (record.content.language, *record.content.spoken):
            if spoken is not None:
                self._link.send(spoken)
        if record.content.again is not None:
            self._link.send(record.content.again)

    def _note_new(self, record: Spool, notes: Sequence[Note]) -> None:
        new = [note for note in notes if note not in record.content.notes]
        if new:
            self._tell(record, new)

    def _begin_early(self, record: Spool, media: Path, found: Survey) -> None:
        """Recognise the first words of a long recording before the rest of it is prepared."""
        head = audio.decode_head(media, _HEAD_MS, counted=found.counted, track=self._job.track)
        chunks = self._plan(head)
        if len(chunks) < 2 or chunks[0].end_ms > _HEAD_MS // 2:
            return  # not sure that the whole recording will be cut in the same place
        if self._job.language is None and not language.first_speech(chunks)[1]:
            return  # too little speech to tell the language by
        self._link.check()
        recogniser = self._recogniser(record, head, chunks)
        self._keep(record, chunks[0], recogniser.hear(chunks[:1])[0])

    def _refuse_other_cuts(self, record: Spool, chunks: Sequence[Chunk]) -> None:
        """Begin anew if the words so far end where no chunk ends: another voice detector, say."""
        last = record.content.chunk
        if last is None or [chunk.end_ms for chunk in chunks][last.index :][:1] == [last.end_ms]:
            return
        _log.warning("the recording is cut otherwise than before and is recognised anew")
        record.restart()

    def _recognise(self, record: Spool, pcm: Pcm, chunks: Sequence[Chunk]) -> None:
        last = record.content.chunk
        waiting = list(chunks[last.index + 1 :] if last else chunks)
        if not waiting:
            return
        self._link.check()
        recogniser = self._recogniser(record, pcm, chunks)
        pace = Pace(self._link.clock, sum(map(_length, waiting)))
        while waiting:
            self._link.check()
            size = pace.batch(recogniser.batch)
            batch, waiting = waiting[:size], waiting[size:]
            pace.begin()
            outcomes = recogniser.hear(batch)
            pace.end(sum(map(_length, batch)), len(batch))
            for chunk, outcome in zip(batch, outcomes, strict=True):
                self._keep(record, chunk, outcome)
                if self._line is None:  # else nobody has to find out whose voices they are
                    pace.expect(self._listening.expected_s(pcm, chunk.start_ms))
                reached = chunk.end_ms // (self._line.parts if self._line else 1)
                done = (min(reached, self._total_ms), self._total_ms, pace.left_s)
                self._link.send(Progress("recognising", *done))

    def _keep(self, record: Spool, chunk: Chunk, outcome: Outcome) -> None:
        """Write what was heard in a chunk in one piece, then say it."""
        words, holes = outcome.words, outcome.holes
        if self._line is not None:
            words, holes = self._line.placed(chunk.start_ms, words, holes)
        turns = build_turns(words, first_ordinal=len(record.content.turns))
        record.content.turns.update({turn.ordinal: turn for turn in turns})
        notes = [notices.of_hole(hole) for hole in holes]
        back = self._line.before(chunk.start_ms) if self._line else 0
        spoken = [
            notices.of_stretch(stretch, self._job.script, back) for stretch in outcome.stretches
        ]
        border = ChunkDone(chunk.index, chunk.end_ms)
        self._tell(record, [*map(TurnFound, turns), *spoken, *notes, border])

    def _recogniser(self, record: Spool, pcm: Pcm, chunks: Sequence[Chunk]) -> Recogniser:
        """Return somebody who hears this sound; model and language are found once."""
        job = self._job
        if self._engine is None:
            self._engine = self._engines.ready(job)
        return Recogniser(
            self._engine,
            pcm,
            tongue=self._main_language(record, self._engine, pcm, chunks),
            fixed=job.language is not None,
            names=job.prompt,
            script="" if job.translate else job.script,
        )

    def _main_language(
        self, record: Spool, engine: Engine, pcm: Pcm, chunks: Sequence[Chunk]
    ) -> Tongue:
        """Return the language of the recording, as an earlier worker found it or from the sound."""
        if self._tongue is None and (told := record.content.language) is not None:
            self._tongue = Tongue(languages.base_of(told.language), told.probability)
        if self._tongue is None:
            self._tongue = find_language(engine, pcm, language.first_speech(chunks)[0])
        if record.content.language is None:
            code = languages.written(self._tongue.code, self._job.script)
            record.content.language = found = LanguageFound(code, self._tongue.probability)
            self._tell(record, [*notices.of_language(self._job.model, found), found])
        return self._tongue

    def _tell_apart(self, record: Spool, pcm: Pcm) -> None:
        """Find out who speaks when, and what of it was passed over."""
        asked = self._job.speakers
        if asked == 0 or not record.content.turns:
            return
        old = record.content.speakers
        if old is not None and old.asked == asked:
            self._link.send(old)
            return
        self._link.check()
        self._listening.begin(pcm)
        self._hearing_voices(0.0)
        try:
            from workbench.speech import attribution, diarize, voices

            found = voices.listen(
                pcm, store=self._voices, speakers=asked, on_progress=self._hearing_voices
            )
            self._listening.learn(pcm)
        except (ImportError, EnvironmentProblem) as error:
            _log.warning("voices were not told apart: %s", error)
            self._tell(
                record,
                [Note("no-speakers", t("the voices were not told apart ({reason})", reason=error))],
            )
            return
        self._hear_again(record, pcm, diarize.voiced(found))
        self._tell(
            record, [voices.told(asked, attribution.attribute(record.content.said(), found))]
        )

    def _hear_again(self, record: Spool, pcm: Pcm, voices: Sequence[guards.Hole]) -> None:
        """Hear again where somebody speaks and no word was recognised; tell what came of it."""
        if record.content.again is not None:
            return
        recogniser: Recogniser | None = None
        time = Pass(self._link.clock, 0.0)

        def tell(share: float) -> None:
            self._link.check()
            done = (round(share * self._total_ms), self._total_ms, time.left_s(share))
            self._link.send(Progress("again", *done))

        def hear(hole: guards.Hole, words: Sequence[Heard]) -> list[Heard]:
            nonlocal recogniser
            recogniser = recogniser or self._recogniser(record, pcm, ())
            return recogniser.hear_again(hole, words, _language_at(record, hole[0]))

        notes = record.content.notes
        told = [(n.start_ms, n.end_ms) for n in notes if n.start_ms is not None and n.end_ms]
        woven = second_ear.listen(record.content.said(), voices, told, hear, tell)
        _log.info("%d turns heard again, %d places", len(woven.added), len(woven.holes))
        if woven.added or list(woven.holes) != told:
            holes = tuple(moment for hole in woven.holes for moment in hole)
            self._tell(record, [HeardAgain(woven.turns, woven.added, holes)])

    def _name_parts(self, record: Spool, labels: Sequence[str]) -> None:
        """Let each part be a voice, and put what they said in the order of the conversation.

        Args:
            record: what was recognised.
            labels: of each chunk what its voice is called.
        """
        asked, old = self._job.speakers, record.content.speakers
        if old is not None and old.asked == asked:
            self._link.send(old)
            return
        from workbench.speech.attribution import interleave

        said = record.content
        turns = interleave(
            [
                replace(said.turns[at], speaker=labels[said.chunk_of[at]])
                for at in sorted(said.turns)
            ]
        )
        if said.again is None:
            places = [(n.start_ms or 0, n.end_ms or 0) for n in said.notes if n.code == "unheard"]
            holes = tuple(moment for place in sorted(places) for moment in place)
            nobody = tuple(replace(turn, speaker=None) for turn in turns)
            self._tell(record, [HeardAgain(nobody, (), holes)])
        count = len({turn.speaker for turn in turns})
        if asked == 0:
            turns, count = [replace(turn, speaker=None) for turn in turns], 0
        self._tell(record, [Speakers(asked, count, tuple(turns))])

    def _hearing_voices(self, share: float) -> None:
        self._link.check()
        done = (round(share * self._total_ms), self._total_ms, self._listening.left_s(share))
        self._link.send(Progress("speakers", *done))

    def _finish(self, record: Spool) -> None:
        found = record.content.language or LanguageFound(self._job.language or "", 0)
        count = len(record.content.said())
        done = Done(found.language, found.probability, count, self._total_ms, self._job.model)
        self._tell(record, [done])

    def _tell(self, record: Spool, messages: Sequence[Message]) -> None:
        """Write to the disk, then say; what only the spool needs is not said."""
        record.append(messages)
        for message in messages:
            if isinstance(message, ChunkDone):
                record.content.close_chunk(message)
                continue
            self._link.send(message)
            if isinstance(message, Note):
                record.content.notes.append(message)
            if isinstance(message, SpokenHere):
                record.content.spoken.append(message)
            if isinstance(message, HeardAgain):
                record.content.again = message
            if isinstance(message, Speakers):
                record.content.speakers = message


def plan_key(job: Order, sha256: str) -> str:
    """Return what the recognised words depend on, as one hash.

    The number of speakers is no part of it: voices can be told apart again without recognising
    again.
    """
    parts = [VERSION, RECIPE, sha256, job.model, job.language, job.script, job.prompt]
    if job.translate:
        parts.append("translate")
    if job.track:
        parts.append(job.track)
    if job.part:
        parts.append(job.part)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _language_at(record: Spool, ms: int) -> str:
    """Return the language that was heard last at a moment, or first after it."""
    heard = record.content.spoken
    before = [one for one in heard if one.start_ms <= ms]
    return languages.base_of((before[-1] if before else heard[0]).language)


def _length(chunk: Chunk) -> int:
    return chunk.end_ms - chunk.start_ms
