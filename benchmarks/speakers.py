"""Measure the promise on speakers: who said which word, how many people, how fast.

    python benchmarks/speakers.py WHISPER_FOLDER SAMPLE_FOLDER [RECORDING …]

WHISPER_FOLDER holds a CTranslate2 model, SAMPLE_FOLDER the sample recordings with their
`.truth.json`; every further RECORDING needs an `.rttm` of the same name beside it. Prints for each
recording the share of words given to the right person when the number of people is known, the
number found without knowing it, the diarization error rate (collar 0.25 s, overlap scored) against
an `.rttm`, and processing time ÷ duration of the speaker pass.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio
from scipy.optimize import linear_sum_assignment

from workbench.domain.transcript import TurnDraft, Word
from workbench.speech.attribution import attribute
from workbench.speech.diarize import Diarization, diarize, recluster

RATE = 16_000
COLLAR = 0.25

Reference = list[tuple[float, float, str]]
"""(start s, end s, name) of each true turn."""


def main(arguments: Sequence[str]) -> None:
    """Print the table for the given folders and recordings."""
    whisper, samples, *calls = (Path(argument) for argument in arguments)
    model = WhisperModel(str(whisper), device="cpu", compute_type="int8", cpu_threads=2)
    print(f"{'recording':20} {'people':>6} {'found':>6} {'words right':>12} {'DER':>7} {'RTF':>6}")
    for truth in sorted(samples.glob("*.truth.json")):
        reference = [(t["start"], t["end"], t["speaker"]) for t in json.loads(truth.read_text())]
        recording = truth.with_name(truth.name.replace(".truth.json", ".opus"))
        pcm, found, speed = _timed(recording)
        known = recluster(found, _people(reference))
        right = words_right(attribute(recognise(model, pcm), known), reference)
        _print_row(recording.stem, reference, found, results=(f"{right:.1%}", ""), speed=speed)
    for recording in calls:
        reference = read_rttm(recording.with_suffix(".rttm"))
        _, found, speed = _timed(recording)
        error = error_rate(reference, recluster(found, _people(reference)).timeline)
        _print_row(recording.stem, reference, found, results=("", f"{error:.1%}"), speed=speed)


def recognise(model: WhisperModel, pcm: npt.NDArray[np.int16]) -> list[TurnDraft]:
    """Recognise a recording as the worker does: one turn per segment, words with times."""
    segments, _ = model.transcribe(
        pcm.astype(np.float32) / 32_768, beam_size=5, word_timestamps=True, vad_filter=True
    )
    turns = []
    for ordinal, segment in enumerate(segments):
        text, words = "", []
        for heard in segment.words:
            said = heard.word if text else heard.word.lstrip()
            start = len(text) + len(said) - len(said.lstrip())
            text += said
            times = round(heard.start * 1000), round(heard.end * 1000)
            words.append(Word(start, len(text), *times, round(heard.probability * 1000)))
        turns.append(
            TurnDraft(ordinal, text, words[0].start_ms, words[-1].end_ms, words=tuple(words))
        )
    return turns


def words_right(turns: Sequence[TurnDraft], reference: Reference) -> float:
    """Return the share of words whose speaker is the one who was speaking in the middle of it."""
    names = sorted({name for *_, name in reference})
    labels = sorted({turn.speaker or "" for turn in turns})
    table = np.zeros((len(names), len(labels)), int)
    for turn in turns:
        for word in turn.words:
            middle = (word.start_ms + word.end_ms) / 2000
            name = min(reference, key=lambda said: max(said[0] - middle, middle - said[1]))[2]
            table[names.index(name), labels.index(turn.speaker or "")] += 1
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())


def error_rate(reference: Reference, timeline: Sequence[tuple[int, int, int]]) -> float:
    """Return the diarization error rate on 10-ms frames, best matching of names."""
    length = 1 + round(100 * max(e for _, e, _ in reference)) + timeline[-1][1] // 10
    names = sorted({name for *_, name in reference})
    true = np.zeros((length, len(names)), int)
    told = np.zeros((length, 1 + max(label for *_, label in timeline)), int)
    scored = np.ones(length, bool)
    for start, end, name in reference:
        true[round(start * 100) : round(end * 100), names.index(name)] = 1
        for edge in (start, end):
            scored[max(0, round((edge - COLLAR) * 100)) : round((edge + COLLAR) * 100)] = False
    for begin, stop, label in timeline:
        told[begin // 10 : stop // 10, label] = 1
    true, told = true[scored], told[scored]
    rows, columns = linear_sum_assignment(true.T @ told, maximize=True)
    correct = (true[:, rows] & told[:, columns]).sum()
    return float((np.maximum(true.sum(1), told.sum(1)).sum() - correct) / true.sum())


def read_rttm(path: Path) -> Reference:
    """Read the SPEAKER lines of an RTTM file."""
    fields = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return [(float(f[3]), float(f[3]) + float(f[4]), f[7]) for f in fields if f]


def _timed(recording: Path) -> tuple[npt.NDArray[np.int16], Diarization, float]:
    pcm = (decode_audio(str(recording), sampling_rate=RATE) * 32_767).astype(np.int16)
    begin = time.perf_counter()
    found = diarize(pcm)
    return pcm, found, (time.perf_counter() - begin) * RATE / len(pcm)


def _people(reference: Reference) -> int:
    return len({name for *_, name in reference})


def _print_row(
    name: str, reference: Reference, found: Diarization, *, results: tuple[str, str], speed: float
) -> None:
    words, error = results
    print(
        f"{name:20} {_people(reference):6} {found.speakers:6} {words:>12} {error:>7} {speed:6.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
