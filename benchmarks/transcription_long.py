"""Measure the promises on long recordings: first words, memory.

    python benchmarks/transcription_long.py [words] [memory] [--quick]

The recordings of the sample study are joined and repeated. How right and how fast the whole of a
long recording is heard is measured by `hearing.py`.

words:  seconds from the order until the first turn, for 60 minutes coded in Opus.
memory: most memory of the worker's process on 3 hours against 10 minutes; decoding, waveform and
        voice detection go over the whole recording, recognition over its first chunks.

--quick takes 10 and 20 minutes instead, for a machine that has no time.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from containers import Sound, Track, write_tracks, write_wave
from made import repeated
from measuring import print_table

from workbench.speech import client, protocol
from workbench.speech.engine import SAMPLE_RATE
from workbench.speech.models import BASE, ModelStore
from workbench.speech.protocol import Order, Progress, TurnFound
from workbench.speech.whisper import WhisperEngine

PARTS = ("words", "memory")
ENOUGH_CHUNKS = 24  # several full batches, so that the worker has as much memory as it ever needs


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="|".join(PARTS))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    once = repeated(1).sound
    with tempfile.TemporaryDirectory() as name:
        for part in asked.parts or PARTS:
            if part == "words":
                measure_words(once, Path(name), 600 if asked.quick else 3_600)
            else:
                measure_memory(once, Path(name), 1_200 if asked.quick else 10_800)


def measure_words(once: Sound, folder: Path, seconds: int) -> None:
    """Print when the first turn comes; what an empty recording takes is the start of the worker."""
    media, short = folder / "long.opus", folder / "short.opus"
    write_tracks(media, [Track(((0.0, np.resize(once, seconds * SAMPLE_RATE)),))])
    write_tracks(short, [Track(((0.0, once[: 3 * SAMPLE_RATE]),))])
    start = min(_first(short, folder, f"short{n}", "fake") for n in range(3))
    whole = min(_first(media, folder, f"long{n}", BASE) for n in range(2))
    ready = _load_seconds()
    print_table(
        [f"{seconds // 60} minutes of Opus", "s"],
        [
            ["the process on an almost empty recording, start to end", f"{start:.1f}"],
            ["loading the base model", f"{ready:.1f}"],
            ["from the order to the first turn", f"{whole:.1f}"],
            ["the same, process started and model loaded", f"{whole - start - ready:.1f}"],
        ],
    )


def _first(media: Path, folder: Path, name: str, model: str) -> float:
    begin = time.perf_counter()
    _work(media, folder / name, model, lambda message, _pid: isinstance(message, TurnFound))
    return time.perf_counter() - begin


def _load_seconds() -> float:
    engine = WhisperEngine(ModelStore().path(BASE))
    begin = time.perf_counter()
    engine.load()
    return time.perf_counter() - begin


def measure_memory(once: Sound, folder: Path, seconds: int) -> None:
    """Print the most memory of the worker on a short and on a long recording."""
    rows: list[list[str]] = []
    peaks: list[int] = []
    for length in (600, seconds):
        chunks = 0
        peak = 0

        def enough(message: protocol.Message | None, pid: int) -> bool:
            nonlocal chunks, peak
            chunks += isinstance(message, Progress) and message.stage == "recognising"
            status = Path(f"/proc/{pid}/status").read_text("ascii")
            peak = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
            return chunks >= ENOUGH_CHUNKS

        media = folder / f"{length}.wav"
        write_wave(media, np.resize(once, length * SAMPLE_RATE))
        _work(media, folder / str(length), BASE, enough)
        media.unlink()
        peaks.append(peak)
        rows.append([f"{length // 60} minutes", str(peak), f"{peak / peaks[0]:.2f}"])
    print_table(["recording", "MB at most", "× 10 minutes"], rows)


def _work(
    media: Path, folder: Path, model: str, enough: Callable[[protocol.Message | None, int], bool]
) -> None:
    """Let a worker recognise until it is enough."""
    job = Order("j", str(media), "0" * 64, str(folder), str(folder), model, speakers=0)
    with subprocess.Popen(
        client.worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(protocol.encode(job))
        worker.stdin.flush()
        for line in worker.stdout:
            if enough(protocol.decode(line), worker.pid):
                break
        worker.kill()


if __name__ == "__main__":
    main()
