"""One recognition job from the recording to the last message; runs inside the worker only."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from workbench.domain.figures import clock
from workbench.errors import EnvironmentProblem
from workbench.speech import audio, guards, protocol, second_ear, spool
from workbench.speech.awake import Awake
from workbench.speech.chunks import Chunk, find_regions, plan_chunks
from workbench.speech.engine import SAMPLE_RATE, Engine, Pcm
from workbench.speech.engines import Engines
from workbench.speech.levelled import Levelled
from workbench.speech.link import Link
from workbench.speech.listening import Listening
from workbench.speech.pace import Pace
from workbench.speech.protocol import (
    ChunkDone,
    Done,
    HeardAgain,
    Message,
    Note,
    Order,
    Peaks,
    Progress,
    Speakers,
    TurnFound,
)
from workbench.speech.recognise import RECIPE, Outcome, Recogniser
from workbench.speech.spool import Spool
from workbench.speech.survey import Survey, survey
from workbench.speech.turns import Heard, build_turns
from workbench.words import t

_TELL_EVERY_S = 0.2
_LONG_MS = 300_000  # from here on preparing takes so long that the first words come before it
_HEAD_MS = 60_000
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
        self._total_ms = 0
        self._told_at = 0.0
        self._heard_language = (job.language or "", 1000 if job.language else 0)

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
            if self._total_ms >= _LONG_MS and not self._job.part and record.content.chunk is None:
                self._begin_early(record, media, found)
            if found.tracks > 1 and self._voices and record.content.chunk is None:
                self._voices.unlink(missing_ok=True)  # those of other tracks, perhaps
            pcm = self._decode(media, sha256, found)
            self._note_new(record, self._check_times(probe, found, pcm))
            if self._job.part:
                pcm = self._part(pcm)
            chunks = self._plan(pcm)
            if not chunks:
                self._note_new(record, [Note("no-speech", t("no speech found"))])
            self._refuse_other_cuts(record, chunks)
            self._recognise(record, pcm, chunks)
            self._tell_apart(record, pcm)
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

    def _check_times(self, probe: audio.Probe, found: Survey, pcm: Pcm) -> list[Note]:
        self._total_ms = audio.milliseconds(pcm)
        notes = []
        missing = audio.missing_ms(found.stated_ms, self._total_ms)
        if missing:
            notes.append(Note("truncated", audio.truncation(missing)))
        elif probe.warning:
            notes.append(Note("truncated", probe.warning))
        if found.counted:
            told = t(
                "The times in the file are broken, so the sound was laid end to end. Where the"
                " recording was interrupted, the player may show other times than the text."
            )
            notes.append(Note("times", told))
        if found.tracks > 1 and not self._job.track:
            told = t(
                "The recording has {n} tracks of sound. Those in one language are heard together;"
                " another attempt can hear one of them alone.",
                n=found.tracks,
            )
            notes.append(Note("tracks", told))
        return notes

    def _part(self, pcm: Pcm) -> Pcm:
        """Return the part of the recording that is asked for."""
        first, last = (ms * SAMPLE_RATE // 1000 for ms in self._job.part)
        part = pcm[first:last]
        self._total_ms = audio.milliseconds(part)
        return part

    def _plan(self, pcm: Pcm) -> list[Chunk]:
        probabilities = audio.speech_probabilities(Levelled(pcm), on_progress=self._preparing)
        regions = find_regions(probabilities)
        _log.info("%d ms of sound, %d stretches of speech", self._total_ms, len(regions))
        return plan_chunks(regions, total_ms=self._total_ms)

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
        if record.content.again is not None:
            self._link.send(record.content.again)

    def _note_new(self, record: Spool, notes: Sequence[Note]) -> None:
        new = [note for note in notes if note not in record.content.notes]
        if new:
            self._tell(record, new)

    def _begin_early(self, record: Spool, media: Path, found: Survey) -> None:
        """Recognise the first words of a long recording before the rest of it is prepared."""
        head = audio.decode_head(media, _HEAD_MS, counted=found.counted, track=self._job.track)
        first = self._plan(head)[:2]
        if len(first) < 2 or first[0].end_ms > _HEAD_MS // 2:
            return  # not sure that the whole recording will be cut in the same place
        self._link.check()
        recogniser = self._recogniser(head)
        self._keep(record, first[0], recogniser.hear(first[:1])[0])

    def _refuse_other_cuts(self, record: Spool, chunks: Sequence[Chunk]) -> None:
        """Begin anew if the words so far end where no chunk ends: another voice detector, say."""
        last = record.content.chunk
        if last is None or [chunk.end_ms for chunk in chunks][last.index :][:1] == [last.end_ms]:
            return
        _log.warning("the recording is cut otherwise than before and is recognised anew")
        record.restart()

    def _recognise(self, record: Spool, pcm: Pcm, chunks: Sequence[Chunk]) -> None:
        last = record.content.chunk
        if last is not None:
            self._heard_language = (last.language, last.language_probability)
        waiting = list(chunks[last.index + 1 :] if last else chunks)
        if not waiting:
            return
        self._link.check()
        recogniser = self._recogniser(pcm)
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
                pace.expect(self._listening.expected_s(pcm, chunk.start_ms))
                done = (chunk.end_ms, self._total_ms, pace.left_s)
                self._link.send(Progress("recognising", *done))

    def _keep(self, record: Spool, chunk: Chunk, outcome: Outcome) -> None:
        """Write what was heard in a chunk in one piece, then say it."""
        turns = build_turns(outcome.words, first_ordinal=len(record.content.turns))
        record.content.turns.update({turn.ordinal: turn for turn in turns})
        self._heard_language = (outcome.language, outcome.language_probability)
        notes = [_unheard_note(hole) for hole in outcome.holes]
        border = ChunkDone(chunk.index, chunk.end_ms, *self._heard_language)
        self._tell(record, [*map(TurnFound, turns), *notes, border])

    def _recogniser(self, pcm: Pcm) -> Recogniser:
        """Return somebody who hears this sound; the model is loaded once."""
        job = self._job
        if self._engine is None:
            self._engine = self._engines.ready(job)
        recogniser = Recogniser(self._engine, pcm, language=job.language, names=job.prompt)
        recogniser.follow(*self._heard_language)
        return recogniser

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

        def hear(hole: guards.Hole, words: Sequence[Heard]) -> list[Heard]:
            nonlocal recogniser
            self._link.check()
            recogniser = recogniser or self._recogniser(pcm)
            return recogniser.hear_again(hole, words)

        notes = record.content.notes
        told = [(n.start_ms, n.end_ms) for n in notes if n.start_ms is not None and n.end_ms]
        woven = second_ear.listen(record.content.said(), voices, told, hear)
        _log.info("%d turns heard again, %d places", len(woven.added), len(woven.holes))
        if woven.added or list(woven.holes) != told:
            holes = tuple(moment for hole in woven.holes for moment in hole)
            self._tell(record, [HeardAgain(woven.turns, woven.added, holes)])

    def _hearing_voices(self, share: float) -> None:
        self._link.check()
        done = (round(share * self._total_ms), self._total_ms, self._listening.left_s(share))
        self._link.send(Progress("speakers", *done))

    def _finish(self, record: Spool) -> None:
        language, probability = self._heard_language
        count = len(record.content.said())
        done = Done(language, probability, count, self._total_ms, self._job.model)
        self._tell(record, [done])

    def _tell(self, record: Spool, messages: Sequence[Message]) -> None:
        """Write to the disk, then say; what only the spool needs is not said."""
        record.append(messages)
        for message in messages:
            if isinstance(message, ChunkDone):
                record.content.chunk = message
                continue
            self._link.send(message)
            if isinstance(message, Note):
                record.content.notes.append(message)
            if isinstance(message, HeardAgain):
                record.content.again = message
            if isinstance(message, Speakers):
                record.content.speakers = message


def plan_key(job: Order, sha256: str) -> str:
    """Return what the recognised words depend on, as one hash.

    The number of speakers is no part of it: voices can be told apart again without recognising
    again.
    """
    parts = [protocol.VERSION, RECIPE, sha256, job.model, job.language, job.prompt]
    if job.translate:
        parts.append("translate")
    if job.track:
        parts.append(job.track)
    if job.part:
        parts.append(job.part)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _length(chunk: Chunk) -> int:
    return chunk.end_ms - chunk.start_ms


def _unheard_note(hole: guards.Hole) -> Note:
    start, end = hole
    told = t("speech without words from {start} to {end}", start=clock(start), end=clock(end))
    return Note("unheard", told, start, end)
