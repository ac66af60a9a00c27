"""The ways to hear a recording that are compared, each in a process of its own.

    python benchmarks/hearers.py WAY RECORDING

Ours is the worker of the program, with all it does; without voices it is not asked who speaks. The
peers are faster-whisper's own two ways, as they come: one window after the other, and its
`BatchedInferencePipeline`; and openai-whisper where it is installed. All have the base model in
int8, a beam of 5, as many threads as there are cores, and times of words. Their time is that of the
processor from the start of the process to its end: the loading of libraries, model and recording
is in it.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from faster_whisper.audio import decode_audio
from measuring import in_child

from workbench.speech import client
from workbench.speech.jobstate import Event, JobMachine, RunState
from workbench.speech.machine import physical_cores
from workbench.speech.models import BASE, ModelStore
from workbench.speech.protocol import Done, Failed, HeardAgain, Note, Order, Progress
from workbench.speech.spool import path_of, read

OURS, WITHOUT_VOICES = "ours", "without-voices"
SEQUENTIAL, BATCHED, OPENAI = "sequential", "batched", "openai"


@dataclass(slots=True)
class Heard:
    """What came of a recording.

    Attributes:
        words: text, begin and end in seconds, and whose voice it is, "" where nobody asked.
        language: of the recording.
        length: of the recording in seconds, as far as it was said.
        notes: codes of what was said of the recording.
        marks: begin and end in seconds of what is marked to be checked.
        told: seconds since the order, what was being done, and the seconds said to be left.
        processor: seconds of the processor.
        clock: seconds from the order to the end.
    """

    words: list[tuple[str, float, float, str]] = field(default_factory=list)
    language: str = ""
    length: float = 0.0
    notes: list[str] = field(default_factory=list)
    marks: list[tuple[float, float]] = field(default_factory=list)
    told: list[tuple[float, str, float | None]] = field(default_factory=list)
    processor: float = 0.0
    clock: float = 0.0

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(word for word, *_ in self.words)

    @property
    def voices(self) -> int:
        """How many people were told apart."""
        return len({who for *_, who in self.words if who})


def heard(way: str, recording: Path, home: Path) -> Heard:
    """Hear a recording in one of the ways, in a process of its own."""
    return Heard(**in_child(__file__, way, recording.absolute(), home=home))


def by_worker(recording: Path, *, voices: bool = False) -> Heard:
    """Hear a recording as the program does.

    Raises:
        SystemExit: with what the worker says, if it cannot.
    """
    found = Heard()
    begin, spent = time.perf_counter(), _of_children()

    def follow(event: Event, _machine: JobMachine) -> None:
        match event:
            case Progress():
                found.told.append((time.perf_counter() - begin, event.stage, event.eta_s))
            case Note():
                found.notes.append(event.code)
                if event.start_ms is not None and event.end_ms is not None:
                    found.marks.append((event.start_ms / 1000, event.end_ms / 1000))
            case HeardAgain(holes=holes):  # instead of those before
                found.marks = [
                    (start / 1000, end / 1000)
                    for start, end in zip(holes[::2], holes[1::2], strict=True)
                ]
            case Done():
                found.language, found.length = event.language, event.duration_ms / 1000
            case Failed():
                raise SystemExit(f"{recording}: {event.happened} {event.todo}")

    with tempfile.TemporaryDirectory() as folder:
        order = Order(
            "job", str(recording.absolute()), "", folder, folder, BASE,
            speakers=None if voices else 0,
        )  # fmt: skip
        state = client.run_job(order, follow)
        if state is not RunState.DONE:
            raise SystemExit(f"{recording}: recognition ended as “{state}”; see its log.")
        turns = read(path_of(Path(folder), "job")).final_turns()
    found.clock, found.processor = time.perf_counter() - begin, _of_children() - spent
    found.words = [
        (
            turn.text[word.start : word.end],
            word.start_ms / 1000,
            word.end_ms / 1000,
            turn.speaker or "",
        )
        for turn in turns
        for word in turn.words
    ]
    found.marks += [(turn.start_ms / 1000, turn.end_ms / 1000) for turn in turns if turn.doubt]
    return found


def by_peer(recording: Path, *, batched: bool) -> Heard:
    """Hear a recording with faster-whisper alone."""
    from faster_whisper import BatchedInferencePipeline

    begin = time.perf_counter()
    model = peer()
    if batched:
        pipeline = BatchedInferencePipeline(model)
        segments, info = pipeline.transcribe(
            str(recording), beam_size=5, word_timestamps=True, batch_size=8
        )
    else:
        segments, info = model.transcribe(str(recording), beam_size=5, word_timestamps=True)
    words = [word for segment in segments for word in segment.words or ()]
    return Heard(
        [(word.word.strip(), float(word.start), float(word.end), "") for word in words],
        info.language,
        info.duration,
        processor=time.process_time(),
        clock=time.perf_counter() - begin,
    )


def by_openai(recording: Path) -> Heard:
    """Hear a recording with openai-whisper, with our model written as its checkpoint."""
    import whisper

    from tests.support import openai_checkpoint

    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = openai_checkpoint.write(ModelStore().path(BASE), Path(folder) / "base.pt")
        model = whisper.load_model(str(path), device="cpu")
    sound = decode_audio(str(recording))
    found = model.transcribe(sound, beam_size=5, best_of=5, word_timestamps=True, fp16=False)
    words = [word for segment in found["segments"] for word in segment["words"]]
    return Heard(
        [(word["word"].strip(), float(word["start"]), float(word["end"]), "") for word in words],
        found["language"],
        processor=time.process_time(),
        clock=time.perf_counter() - begin,
    )


def peer() -> Any:
    """Return faster-whisper with our model, as it comes."""
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(ModelStore().path(BASE)),
        device="cpu",
        compute_type="int8",
        cpu_threads=physical_cores(),
        local_files_only=True,
    )


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Hear and print what was heard as JSON."""
    way, recording = sys.argv[1], Path(sys.argv[2])
    if way in {OURS, WITHOUT_VOICES}:
        found = by_worker(recording, voices=way == OURS)
    elif way == OPENAI:
        found = by_openai(recording)
    else:
        found = by_peer(recording, batched=way == BATCHED)
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
