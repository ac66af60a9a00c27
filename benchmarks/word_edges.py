"""Measure how far the times of words are off at the borders of what somebody says.

    python benchmarks/word_edges.py [RECORDING.opus …]

What is taken out of a recording goes with a margin (`workbench/domain/quieting.py`), which has to
be wider than these errors. Each recording (default: those of the sample study, which are spoken
with silence between the turns) is recognised with the base model. For the first and the last word
of each turn, as its `.truth.json` has it, the time of the word is held against the moment at which
the sound itself begins and ends. Floor: the turns of the truth; the margin has to be at least 1.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
from measuring import TRUTH, print_table
from numpy.typing import NDArray

from workbench.domain.quieting import MARGIN_MS, TRAIL_MS
from workbench.speech import audio, client
from workbench.speech.engine import SAMPLE_RATE
from workbench.speech.jobstate import JobMachine, RunState
from workbench.speech.models import BASE
from workbench.speech.protocol import Order
from workbench.speech.spool import path_of, read

_STEP = SAMPLE_RATE // 100
_QUIET = 0.03  # of the loud parts of the recording


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("recordings", nargs="*", type=Path, default=sorted(TRUTH.glob("*.opus")))
    late, early = [], []
    for recording in parser.parse_args().recordings:
        for begins, off in _errors(recording):
            (late if begins else early).append(off)
    print_table(
        ["a word", "words", "median off, ms", "furthest, ms", "margin, ms", "margin ÷ furthest"],
        [
            _row("begins too late", late, MARGIN_MS),
            _row("ends too early", early, TRAIL_MS),
        ],
    )


def _row(name: str, off: list[float], margin: int) -> list[str]:
    furthest = max(off)
    return [
        name, str(len(off)), f"{median(off):.0f}", f"{furthest:.0f}", str(margin),
        f"{margin / furthest:.2f}",
    ]  # fmt: skip


def _errors(recording: Path) -> Iterator[tuple[bool, float]]:
    """Yield whether a turn begins there, and by how many ms its sound is outside of its word."""
    loud = _loud(recording)
    turns = json.loads(recording.with_suffix(".truth.json").read_text("utf-8"))
    said: list[tuple[str, int | None, int | None]] = []
    for turn in turns:
        words = [folded for word in turn["text"].split() if (folded := _folded(word))]
        said += [(word, None, None) for word in words]
        said[-len(words)] = (words[0], _first(loud, turn["start"]), said[-len(words)][2])
        said[-1] = (words[-1], said[-1][1], _last(loud, turn["end"]))
    heard = _recognised(recording)
    same = difflib.SequenceMatcher(
        None, [word for word, *_ in heard], [word for word, *_ in said], autojunk=False
    )
    for ours, theirs, count in same.get_matching_blocks():
        for at in range(count):
            _, start, end = heard[ours + at]
            _, begun, ended = said[theirs + at]
            if begun is not None:
                yield True, start - begun
            if ended is not None:
                yield False, ended - end


def _recognised(recording: Path) -> list[tuple[str, int, int]]:
    """Return the words that are heard, with their times in ms."""
    with tempfile.TemporaryDirectory() as name:
        order = Order("job", str(recording), "", name, name, BASE, speakers=0)
        machine = JobMachine(order)
        done = client.run_job(order, lambda _event, _machine: None, machine=machine)
        if done is not RunState.DONE:
            raise SystemExit("the recognition failed")
        turns = read(path_of(Path(name), "job")).final_turns()
    return [
        (folded, word.start_ms, word.end_ms)
        for turn in turns
        for word in turn.words
        if (folded := _folded(turn.text[word.start : word.end]))
    ]


def _loud(recording: Path) -> NDArray[np.bool_]:
    """Return for each hundredth of a second whether anything is to be heard."""
    sound = audio.decode_head(recording, 24 * 3_600_000)
    steps = sound[: len(sound) // _STEP * _STEP].reshape(-1, _STEP)
    power = np.sqrt((steps.astype(np.float64) ** 2).mean(axis=1))
    return power > _QUIET * np.percentile(power, 95)


def _first(loud: NDArray[np.bool_], seconds: float) -> int:
    at = int(seconds * 100)
    while at < len(loud) and not loud[at : at + 3].all():
        at += 1
    return at * 10


def _last(loud: NDArray[np.bool_], seconds: float) -> int:
    at = min(int(seconds * 100), len(loud))
    while at > 3 and not loud[at - 3 : at].all():
        at -= 1
    return at * 10


def _folded(word: str) -> str:
    return re.sub(r"\W", "", word.casefold())


if __name__ == "__main__":
    main()
