"""The recordings that benchmarks make hold what is said of them."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from tests.support.source import ROOT
from tests.support.wer import word_errors

LOUD = 400


def made(name: str, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """Return a recording and what is said in it."""
    script = ROOT / "benchmarks" / "recordings.py"
    done = subprocess.run(
        [sys.executable, script, name, folder],
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    recording = Path(done.stdout.strip())
    return recording, json.loads((folder / f"{name}.truth.json").read_text("utf-8"))


def loud(recording: Path) -> list[float]:
    """Return the seconds of the file's time at which something is loud, a packet each."""
    with av.open(str(recording)) as file:
        return [
            float(frame.pts * frame.time_base)
            for frame in file.decode(audio=0)
            if frame.pts is not None and abs(frame.to_ndarray()).max() * 32_768 > LOUD
        ]


@pytest.mark.parametrize(("name", "silent"), [("late", (0, 8)), ("gap", (36, 55.5))])
def test_what_is_not_stored_moves_what_is_said(
    name: str, silent: tuple[float, float], tmp_path: Path
) -> None:
    recording, turns = made(name, tmp_path)
    moments = loud(recording)
    assert not [at for at in moments if silent[0] <= at < silent[1]]
    assert all(any(turn["start"] <= at <= turn["end"] for at in moments) for turn in turns)
    assert turns[-1]["start"] > silent[1]


def test_who_interrupts_has_a_channel(tmp_path: Path) -> None:
    _, turns = made("overlap", tmp_path)
    assert {turn["channel"] for turn in turns} == {0, 1}
    assert all(after["start"] < before["end"] for before, after in pairwise(turns))


def test_words_are_counted_as_wrong_missing_and_added() -> None:
    assert word_errors("Thirty-one houses, at 9:30.", "31 houses at nine thirty") == (0, 5)
    assert word_errors("one two three", "one free") == (2, 3)
    assert word_errors("", "so so") == (2, 0)
