"""Measure the promise on transcription: as right as the engine alone, and not slower for its care.

    python benchmarks/transcription.py [RECORDING.opus …]

Each recording (default: those of the sample study) is recognised three times by processes that
start from nothing: by our worker, with its chunks, guards and spool; by our worker with telling
the voices apart; and by faster-whisper alone, sequentially, with the same model, threads and beam.
RTF is processing time ÷ duration, the start of the process and the loading of the model included.
The word error rate is taken against the `.truth.json` beside a recording.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from measuring import TRUTH, in_child, print_table

from tests.support.wer import word_error_rate
from workbench.speech import client
from workbench.speech.jobstate import JobMachine, RunState
from workbench.speech.models import BASE, ModelStore
from workbench.speech.protocol import Order
from workbench.speech.spool import path_of, read

KINDS = ("alone", "words", "voices")


def main() -> None:
    """Measure and print the table, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("recordings", nargs="*", type=Path, default=sorted(TRUTH.glob("*.opus")))
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps({"text": _recognise(asked.child, asked.recordings[0])}))
        return
    with tempfile.TemporaryDirectory() as home:
        in_child(__file__, "--child", "words", asked.recordings[0], home=Path(home))  # warms up
        rows = [_row(recording, Path(home)) for recording in asked.recordings]
    print_table(
        ["recording", "s", "RTF faster-whisper", "RTF ours", "ours ÷ it", "RTF with voices",
         "with voices ÷ it", "WER faster-whisper", "WER ours"],
        rows,
    )  # fmt: skip


def _row(recording: Path, home: Path) -> list[str]:
    turns = json.loads(recording.with_suffix(".truth.json").read_text("utf-8"))
    said, length = " ".join(turn["text"] for turn in turns), turns[-1]["end"]
    seconds, errors = {}, {}
    for kind in KINDS:
        begin = time.perf_counter()
        found = in_child(__file__, "--child", kind, recording, home=home)
        seconds[kind] = time.perf_counter() - begin
        errors[kind] = word_error_rate(said, found["text"])
    alone = seconds["alone"]
    return [
        recording.stem,
        f"{length:.0f}",
        f"{alone / length:.3f}",
        f"{seconds['words'] / length:.3f}",
        f"{seconds['words'] / alone:.2f}",
        f"{seconds['voices'] / length:.3f}",
        f"{seconds['voices'] / alone:.2f}",
        f"{errors['alone']:.2%}",
        f"{errors['words']:.2%}",
    ]


def _recognise(kind: str, recording: Path) -> str:
    return _alone(recording) if kind == "alone" else _ours(recording, voices=kind == "voices")


def _ours(recording: Path, *, voices: bool) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = Order(
            "job", str(recording), "", str(folder), str(folder), BASE,
            speakers=None if voices else 0,
        )  # fmt: skip
        machine = JobMachine(job)
        if client.run_job(job, lambda _event, _machine: None, machine=machine) is not RunState.DONE:
            raise SystemExit("the recognition failed")
        return " ".join(turn.text for turn in read(path_of(folder, "job")).final_turns())


def _alone(recording: Path) -> str:
    from faster_whisper import WhisperModel

    from workbench.speech.machine import physical_cores

    model = WhisperModel(
        str(ModelStore().path(BASE)),
        device="cpu",
        compute_type="int8",
        cpu_threads=physical_cores(),
        local_files_only=True,
    )
    segments, _ = model.transcribe(
        str(recording), beam_size=5, word_timestamps=True, vad_filter=True
    )
    return " ".join(segment.text.strip() for segment in segments)


if __name__ == "__main__":
    main()
