"""Measure the promise on speakers: who said which word, how many people, how fast.

    python benchmarks/speakers.py [--model FOLDER] [--meetings FOLDER]

The sample recordings have their `.truth.json` and the real telephone call of the tests has its
`.rttm`. Shown are, for each: the share of words given to the right person when the number of people
is known from the roster; the number found without knowing it; the diarization error rate (collar
0.25 s, overlap scored) where the reference marks pauses; processing time ÷ duration of the speaker
pass on this machine, whatever else it does, with and without loading the networks, and the
processor’s time ÷ duration shared by two cores, which other work does not disturb. Then the same
pass on all recordings joined, and telling apart anew from stored prints. FOLDER of meetings holds
recordings with one `.rttm` whose third field ends their names; they are shown, not promised.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio
from measuring import ROOT, TRUTH, print_table
from scipy.optimize import linear_sum_assignment

from workbench.domain.transcript import TurnDraft, Word
from workbench.speech import client
from workbench.speech.attribution import attribute
from workbench.speech.diarize import Diarization, diarize, recluster
from workbench.speech.models import BASE, ModelStore
from workbench.speech.protocol import Regroup

RATE = 16_000
COLLAR = 0.25
CORES = 2
CALL = ROOT / "tests" / "data" / "call_two_speakers.flac"

Pcm = npt.NDArray[np.int16]
Reference = list[tuple[float, float, str]]
"""(start s, end s, name) of each true turn."""


@dataclass(frozen=True)
class Pass:
    """One speaker pass: what was found, seconds on the clock and of the processor."""

    found: Diarization
    wall: float
    processor: float


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=None, help="CTranslate2 model for words")
    parser.add_argument("--meetings", type=Path, default=None)
    asked = parser.parse_args()
    model = WhisperModel(
        str(asked.model or ModelStore().path(BASE)), device="cpu", compute_type="int8"
    )
    rows, joined = [], []
    for recording, reference in [*_samples(), (CALL, read_rttm(CALL.with_suffix(".rttm")))]:
        pcm = _decode(recording)
        turns = recognise(model, pcm)
        joined.append((pcm, turns))
        rows.append(_row(recording, pcm, turns, reference, exact=recording == CALL))
    heads = ["recording", "s", "people", "found", "words right", "DER", "RTF", "RTF of two cores"]
    print_table(heads, rows)
    print()
    _print_joined(joined)
    if asked.meetings:
        print()
        meetings = sorted(asked.meetings.glob("ami_*.flac"))
        [truth] = asked.meetings.glob("ami_*.rttm")
        every = read_meetings(truth)
        print_table(heads, (_meeting(model, file, every[file.stem[4:]]) for file in meetings))


def _samples() -> Iterator[tuple[Path, Reference]]:
    for truth in sorted(TRUTH.glob("*.truth.json")):
        told = json.loads(truth.read_text("utf-8"))
        reference = [(t["start"], t["end"], t["speaker"]) for t in told]
        yield truth.with_name(truth.name.replace(".truth.json", ".opus")), reference


def _meeting(model: WhisperModel, recording: Path, reference: Reference) -> list[str]:
    pcm = _decode(recording)
    return _row(recording, pcm, recognise(model, pcm), reference, exact=True)


def _row(
    recording: Path, pcm: Pcm, turns: Sequence[TurnDraft], reference: Reference, *, exact: bool
) -> list[str]:
    """Measure one recording; `exact` when the reference marks the pauses inside of turns."""
    length, people = len(pcm) / RATE, _people(reference)
    told = _pass(pcm)
    known = recluster(told.found, people)
    attributed = attribute(turns, known)
    spoken = any(turn.words for turn in attributed)
    return [
        recording.stem,
        f"{length:.0f}",
        str(people),
        str(told.found.speakers),
        f"{words_right(attributed, reference):.1%}" if spoken else "no words",
        f"{error_rate(reference, known.timeline):.1%}" if exact else "",
        f"{told.wall / length:.3f}",
        f"{told.processor / CORES / length:.3f}",
    ]


def _print_joined(pieces: Sequence[tuple[Pcm, list[TurnDraft]]]) -> None:
    """Measure twenty minutes in one piece, and telling their voices apart anew."""
    times = -(-20 * 60 * RATE // sum(len(pcm) for pcm, _ in pieces))
    whole, turns, at = [], [], 0
    for pcm, said in list(pieces) * times:
        turns += [_moved(turn, at * 1000 // RATE, len(turns) + n) for n, turn in enumerate(said)]
        whole.append(pcm)
        at += len(pcm)
    sound = np.concatenate(whole)
    length = len(sound) / RATE
    told = _pass(sound)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "voices.npz"
        store.write_bytes(told.found.to_bytes())
        rows = []
        for number in (told.found.speakers, None):
            begin, spent = time.perf_counter(), time.process_time()
            attribute(turns, recluster(told.found, number))
            here, spent = time.perf_counter() - begin, time.process_time() - spent
            begin = time.perf_counter()
            client.regroup(Regroup(str(store), number, tuple(turns)))
            child = time.perf_counter() - begin
            name = "anew, number given" if number else "anew, number found out"
            rows.append([name, f"{here:.2f}", f"{spent:.2f}", f"{child:.2f}"])
    begin, spent = time.perf_counter(), time.process_time()
    diarize(sound[:RATE])
    load = [f"{time.perf_counter() - begin:.2f}", f"{time.process_time() - spent:.2f}", ""]
    first = [f"{told.wall:.2f}", f"{told.processor:.2f}", ""]
    title = f"{length / 60:.0f} min joined"
    rows = [["whole pass", *first], ["of it, loading the networks", *load], *rows]
    print_table([title, "s", "s of the processor", "s with its process"], rows)
    print()
    print(
        f"RTF of the whole pass: {told.wall / length:.3f} on the clock,"
        f" {told.processor / CORES / length:.3f} of two cores"
    )


def _moved(turn: TurnDraft, by: int, ordinal: int) -> TurnDraft:
    words = tuple(
        replace(word, start_ms=word.start_ms + by, end_ms=word.end_ms + by) for word in turn.words
    )
    start, end = words[0].start_ms, words[-1].end_ms
    return replace(turn, ordinal=ordinal, start_ms=start, end_ms=end, words=words)


def _pass(pcm: Pcm) -> Pass:
    begin, spent = time.perf_counter(), time.process_time()
    found = diarize(pcm)
    return Pass(found, time.perf_counter() - begin, time.process_time() - spent)


def _decode(recording: Path) -> Pcm:
    return (decode_audio(str(recording), sampling_rate=RATE) * 32_767).astype(np.int16)


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
    last = timeline[-1][1] if timeline else 0
    length = 1 + round(100 * max(e for _, e, _ in reference)) + last // 10
    names = sorted({name for *_, name in reference})
    true = np.zeros((length, len(names)), int)
    told = np.zeros((length, 1 + max((label for *_, label in timeline), default=0)), int)
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


def read_meetings(path: Path) -> dict[str, Reference]:
    """Read an RTTM file of several recordings, by the name of each."""
    found: dict[str, Reference] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if f := line.split():
            found.setdefault(f[1], []).append((float(f[3]), float(f[3]) + float(f[4]), f[7]))
    return found


def _people(reference: Reference) -> int:
    return len({name for *_, name in reference})


if __name__ == "__main__":
    main()
