"""Measure the promises on long recordings: speed, first words, memory.

    python benchmarks/transcription_long.py [speed] [reference] [words] [memory] [--quick]

The recordings of the sample study are joined and repeated. Everything is measured without the
start of a process, with the model loaded, int8, beam 5, word times.

speed:  20 minutes through our chunks, batches and guards, against faster-whisper's sequential
        `transcribe`.
reference: one recording, against openai-whisper's own `transcribe` with the same weights, if it
        is installed; it is too slow for 20 minutes.
words:  seconds from the order until the first turn, for 60 minutes coded in Opus.
memory: most memory of the worker's process on 3 hours against 10 minutes; decoding, waveform and
        voice detection go over the whole recording, recognition over its first chunks.

--quick takes 2 minutes, one minute, 10 and 20 minutes instead, for a machine that has no time.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from measuring import TRUTH, print_table
from numpy.typing import NDArray

from tests.support import openai_checkpoint
from tests.support.wer import word_error_rate
from workbench.speech import audio, client, protocol
from workbench.speech.chunks import find_regions, plan_chunks
from workbench.speech.engine import SAMPLE_RATE
from workbench.speech.models import BASE, ModelStore
from workbench.speech.openai import OpenAIWhisperEngine
from workbench.speech.pace import Pace
from workbench.speech.protocol import Order, Progress, TurnFound
from workbench.speech.recognise import Recogniser
from workbench.speech.whisper import WhisperEngine

PARTS = ("speed", "reference", "words", "memory")
ENOUGH_CHUNKS = 24  # several full batches, so that the worker has as much memory as it ever needs
Sound = NDArray[np.int16]


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="|".join(PARTS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=2, help="of the comparison of speeds")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound, said = joined(folder)
        for part in asked.parts or PARTS:
            match part:
                case "speed":
                    measure_speed(sound, said, 120 if asked.quick else 1_200, asked.rounds)
                case "reference":
                    which = "mystery_shop_memo" if asked.quick else "interview_maya"
                    measure_reference(folder, which, asked.rounds)
                case "words":
                    measure_words(sound, folder, 600 if asked.quick else 3_600)
                case _:
                    measure_memory(sound, folder, 1_200 if asked.quick else 10_800)


def joined(folder: Path) -> tuple[Sound, str]:
    """Return the sample recordings one after the other, and what is said in them."""
    sounds, texts = [], []
    for truth in sorted(TRUTH.glob("*.truth.json")):
        sound, said = _sample(folder, truth.name.replace(".truth.json", ""))
        sounds.append(sound)
        texts.append(said)
    return np.concatenate(sounds), " ".join(texts)


def _sample(folder: Path, name: str) -> tuple[Sound, str]:
    """Return a recording of the sample study, and what is said in it."""
    audio.decode(TRUTH / f"{name}.opus", folder / name, on_progress=_ignore)
    truth = json.loads((TRUTH / f"{name}.truth.json").read_text("utf-8"))
    return audio.open_pcm(folder / name)[:], " ".join(turn["text"] for turn in truth)


def measure_speed(once: Sound, said: str, least: int, rounds: int) -> None:
    """Print the table of engines; they take turns, and the fastest run of each counts."""
    times = -(-least * SAMPLE_RATE // len(once))
    sound, said = np.tile(once, times), " ".join([said] * times)
    length = len(sound) / SAMPLE_RATE
    ways: dict[str, Callable[[Sound], str]] = {
        "faster-whisper, sequential": _sequential(condition=True),
        "faster-whisper, sequential, windows on their own": _sequential(condition=False),
        "ours: chunks, batches, guards": _ours(),
    }
    _compare(ways, (sound, said), rounds, f"{length / 60:.0f} minutes", "sequential")


def measure_reference(folder: Path, name: str, rounds: int) -> None:
    """Print the table beside openai-whisper with the same weights, on one recording."""
    if not (importlib.util.find_spec("whisper") and importlib.util.find_spec("torch")):
        print("openai-whisper is not installed; its comparison is left out.")
        return
    sound, said = _sample(folder, name)
    ways = {
        "openai-whisper, its own transcribe": _openai(folder),
        "faster-whisper, sequential": _sequential(condition=True),
        "ours: chunks, batches, guards": _ours(),
    }
    length = len(sound) / SAMPLE_RATE
    _compare(ways, (sound, said), rounds, f"{name}, {length:.0f} s", "openai-whisper")


def _compare(
    ways: dict[str, Callable[[Sound], str]],
    recording: tuple[Sound, str],
    rounds: int,
    what: str,
    first_name: str,
) -> None:
    sound, said = recording
    length = len(sound) / SAMPLE_RATE
    best = dict.fromkeys(ways, (float("inf"), float("inf")))
    errors = {}
    for _ in range(rounds):
        for name, way in ways.items():
            begin, work = time.perf_counter(), time.process_time()
            heard = way(sound)
            took = (time.perf_counter() - begin, time.process_time() - work)
            best[name] = min(best[name], took)
            errors[name] = word_error_rate(said, heard)
    first, first_work = next(iter(best.values()))
    print_table(
        [what, "RTF", f"× {first_name}", "processor s", f"× {first_name}", "WER"],
        [
            [name, f"{took / length:.3f}", f"{first / took:.2f}", f"{work:.0f}",
             f"{first_work / work:.2f}", f"{errors[name]:.2%}"]
            for name, (took, work) in best.items()
        ],
    )  # fmt: skip


def _sequential(*, condition: bool) -> Callable[[Sound], str]:
    from faster_whisper import WhisperModel

    from workbench.speech.machine import physical_cores

    model = WhisperModel(
        str(ModelStore().path(BASE)),
        device="cpu",
        compute_type="int8",
        cpu_threads=physical_cores(),
        local_files_only=True,
    )

    def heard(sound: Sound) -> str:
        segments, _ = model.transcribe(
            sound.astype(np.float32) / 32_768,
            beam_size=5,
            word_timestamps=True,
            condition_on_previous_text=condition,
        )
        return " ".join(segment.text.strip() for segment in segments)

    return heard


def _ours() -> Callable[[Sound], str]:
    engine = WhisperEngine(ModelStore().path(BASE))
    engine.load()

    def heard(sound: Sound) -> str:
        regions = find_regions(audio.speech_probabilities(sound, on_progress=_ignore))
        chunks = plan_chunks(regions, total_ms=audio.milliseconds(sound))
        recogniser = Recogniser(engine, sound, language=None, names="")
        pace = Pace(audio.milliseconds(sound))
        words = []
        while chunks:
            size = pace.batch(recogniser.batch)
            batch, chunks = chunks[:size], chunks[size:]
            pace.begin()
            words += [word.text for outcome in recogniser.hear(batch) for word in outcome.words]
            pace.end(sum(chunk.end_ms - chunk.start_ms for chunk in batch), len(batch))
        return " ".join(words)

    return heard


def _openai(folder: Path) -> Callable[[Sound], str]:
    path = openai_checkpoint.write(ModelStore().path(BASE), folder / "base.pt")
    engine = OpenAIWhisperEngine(str(path))
    engine.load()
    model = engine._model  # noqa: SLF001  the library's own way through a file is measured

    def heard(sound: Sound) -> str:
        found = model.transcribe(
            sound.astype(np.float32) / 32_768,
            beam_size=5,
            best_of=5,
            word_timestamps=True,
            fp16=model.device.type == "cuda",
        )
        return str(found["text"])

    return heard


def measure_words(once: Sound, folder: Path, seconds: int) -> None:
    """Print when the first turn comes; what an empty recording takes is the start of the worker."""
    media = _opus(_wav(once, folder / "long.wav", seconds), folder / "long.opus")
    short = _opus(_wav(once, folder / "short.wav", 3), folder / "short.opus")
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

        media = _wav(once, folder / f"{length}.wav", length)
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


def _wav(once: Sound, path: Path, seconds: int) -> Path:
    left = seconds * SAMPLE_RATE
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        while left > 0:
            file.writeframes(once[:left].tobytes())
            left -= len(once)
    return path


def _opus(source: Path, target: Path) -> Path:
    with av.open(str(target), "w") as out, av.open(str(source)) as sound:
        stream = out.add_stream("libopus", rate=48_000, layout="mono")
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=48_000, frame_size=960
        )
        for frame in sound.decode(audio=0):
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return target


def _ignore(_done_ms: int) -> None:
    return


if __name__ == "__main__":
    main()
