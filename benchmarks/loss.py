"""Measure the promise on loss: kill -9 at a random moment loses no word that was shown.

    python benchmarks/loss.py [--runs 100] [--seed 1] [--delay 400]

Each run recognises a recording of six utterances with an engine that takes its time (`--delay`,
in milliseconds for each) but hears nothing (what is measured is the machinery). At a random moment
the worker, the program, or both are killed; a killed program is started again. Every turn the study
held at that moment has to be there at the end, no turn twice, and the final text has to equal that
of an undisturbed run. Linux only: the worker is found through /proc. The exit code is 1 if
anything was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from measuring import ROOT, print_table

from tests.support.commands import started, worker_of
from workbench.speech import audio
from workbench.study import Study

UTTERANCES = 6
VICTIMS = ("worker", "program", "both")


def main() -> None:
    """Kill, compare, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--delay", type=int, default=400)
    asked = parser.parse_args()
    draw = random.Random(asked.seed)
    counts: dict[str, Counter[str]] = {victim: Counter() for victim in VICTIMS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_HOME"] = str(folder / "home")
        template = prepare(folder)
        engine = ("--model", f"fake:{asked.delay}", "--speakers", "0")
        undisturbed = finish(copy_of(template, folder / "undisturbed.study"), engine)
        longest = 1.3 * UTTERANCES * asked.delay / 1000
        for number in range(asked.runs):
            victim = VICTIMS[number % len(VICTIMS)]
            study = copy_of(template, folder / f"{number}.study")
            moment = draw.uniform(0, longest)
            counts[victim].update(run(study, engine, victim, moment, undisturbed))
            shutil.rmtree(study)
    heads = [
        "killed",
        "runs",
        "hit in mid-run",
        "turns shown before",
        "lost",
        "twice",
        "other text",
    ]
    keys = ["runs", "hit", "shown", "lost", "twice", "other"]
    print_table(
        heads, [[victim, *(count[key] for key in keys)] for victim, count in counts.items()]
    )
    if any(count[key] for count in counts.values() for key in ("lost", "twice", "other")):
        raise SystemExit("Words were lost, told twice, or changed.")


def prepare(folder: Path) -> Path:
    """Make a study with one recording in it, not yet recognised."""
    pcm = folder / "speech.pcm"
    audio.decode(ROOT / "tests" / "data" / "jfk.flac", pcm, on_progress=lambda _done: None)
    speech = audio.open_pcm(pcm)[:]
    silence = np.random.default_rng(1).normal(0, 6, 4 * 16_000).astype(np.int16)
    recording = folder / "recording.wav"
    with wave.open(str(recording), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.concatenate([speech, silence] * UTTERANCES).tobytes())
    with Study.create(folder / "template.study", title="Loss") as study:
        study.imports.take_in([recording])
        return study.folder


def copy_of(template: Path, folder: Path) -> Path:
    """Copy a closed study."""
    shutil.copytree(template, folder)
    return folder


def finish(study: Path, engine: Sequence[str]) -> list[dict[str, Any]]:
    """Recognise what is left and return the turns."""
    with started("transcribe", study, *engine) as program:
        said = program.communicate()[1].decode()
    if program.returncode:
        raise SystemExit(said)
    return turns_of(study)


def run(
    study: Path,
    engine: Sequence[str],
    victim: str,
    moment: float,
    undisturbed: list[dict[str, Any]],
) -> dict[str, int]:
    """Kill once, `moment` seconds after work began, go on to the end, and count what is wrong."""
    with started("transcribe", study, *engine) as program:
        while not any((study / "spool").glob("*.jsonl")) and program.poll() is None:
            time.sleep(0.01)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(moment)
        hit = program.poll() is None
        worker = _worker(program)
        if victim != "program" and worker:
            _kill(worker)
        shown = turns_of(study)
        if victim == "worker":
            program.communicate()
        else:
            _kill(program.pid)
            program.wait()
            shown = turns_of(study)
    final = finish(study, engine)
    places = Counter(turn["start_ms"] for turn in final)
    return {
        "runs": 1,
        "hit": hit,
        "shown": len(shown),
        "lost": len([turn for turn in shown if turn not in final]),
        "twice": sum(count - 1 for count in places.values()),
        "other": int([*map(_plain, final)] != [*map(_plain, undisturbed)]),
    }


def turns_of(study: Path) -> list[dict[str, Any]]:
    """Return the turns as another program sees them at this moment."""
    with Study.open(study, read_only=True) as opened:
        [session] = opened.show()["sessions"]
    transcript = session["sources"][0]["transcript"]
    return list(transcript["turns"]) if transcript else []


def _plain(turn: dict[str, Any]) -> dict[str, Any]:
    return {**turn, "id": ""}


def _worker(program: subprocess.Popen[bytes]) -> int:
    try:
        return worker_of(program)
    except (LookupError, OSError):  # not started yet, or just ended
        return 0


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    if not sys.platform.startswith("linux"):
        raise SystemExit(__doc__)
    main()
