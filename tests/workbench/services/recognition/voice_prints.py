"""Voice prints of two people who take turns every two seconds, made without any sound."""

from __future__ import annotations

import numpy as np

from workbench.domain.ids import TranscriptId
from workbench.speech.diarize import Diarization
from workbench.study import Study

STEP_MS = 16.875
TURN_MS = 2_000
_FRAMES = 589


def two_voices(study: Study, transcript_id: TranscriptId) -> None:
    """Keep voice prints for the recording of a transcript, as the worker does."""
    source = study.materials.source(study.transcripts.transcript(transcript_id).source_id)
    folder = study.folder / "voices"
    folder.mkdir(exist_ok=True)
    (folder / f"{source.sha256}.npz").write_bytes(_made().to_bytes())


def _made() -> Diarization:
    """Return ten seconds in which local voice 0 and 1 take turns; nothing is decided yet."""
    middles = np.arange(_FRAMES) * STEP_MS + 495 / 16
    speaking = (middles // TURN_MS).astype(int) % 2
    activity = (speaking + 1).astype(np.uint8)[None]
    edges = np.flatnonzero(np.diff(speaking)) + 1
    starts, ends = [0, *edges], [*edges, _FRAMES]
    rnd = np.random.default_rng(3)
    people = np.linalg.qr(rnd.normal(size=(192, 2)))[0].T
    prints = [people[speaking[start]] + rnd.normal(0, 0.01, 192) for start in starts]
    rows = np.array(prints, np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Diarization(
        step_ms=STEP_MS,
        timeline=(),
        overlaps=(),
        centroids=np.zeros((0, 192), np.float32),
        activity=activity,
        embeddings=rows,
        windows=np.zeros(len(rows), np.int32),
        voices=np.array([speaking[start] for start in starts], np.uint8),
        stretches=np.array(list(zip(starts, ends, strict=True)), np.int32),
        seconds=np.array(
            [(end - start) * STEP_MS / 1000 for start, end in zip(starts, ends, strict=True)],
            np.float32,
        ),
    )
