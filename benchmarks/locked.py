"""Measure the promise on locked studies: at most 1.3 times as long as the same study in clear.

    python benchmarks/locked.py [--sources N] [--observations N] [--runs N] [--hours H]

A study is made, copied, and the copy locked. Then both are opened, searched and coded in turn, in
one process, as often as `--runs` says; the medians and their ratio are printed, of the processor's
time (which other work on the machine does not change) and of the clock's. What one reads of a
text before a page of it is painted is measured too; scrolling itself reads nothing from the disk.
Opening counts with the key at hand: stretching the passphrase takes some tenths of a second, and
is measured apart. Last, a WAV file of two hours is played in clear and locked, and gone through.
"""

from __future__ import annotations

import argparse
import os
import shutil
import struct
import tempfile
import time
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from big_study import make
from measuring import print_table

from workbench.domain.anchors import TextAnchor
from workbench.services import intake, locking
from workbench.study import Study
from workbench.vault import ring

SAID = "four words for nobody"
MOST = 1.3
MOST_SEEK_MS = 100


def main() -> None:
    """Make the studies and the recording, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sources", type=int, default=60)
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--hours", type=float, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        plain, locked = place / "plain.study", place / "locked.study"
        make(plain, asked.sources, asked.observations)
        shutil.copytree(plain, locked)
        begin = time.perf_counter()
        locking.lock(locked, SAID, lambda _share: False)
        print(f"Locked in {time.perf_counter() - begin:.1f} s.")
        begin = time.perf_counter()
        locking.open_with(locked, SAID)
        print(f"The passphrase took {1000 * (time.perf_counter() - begin):.0f} ms.\n")
        _compare(plain, locked, asked.runs)
        _play(place, asked.hours)


def _compare(plain: Path, locked: Path, runs: int) -> None:
    times: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = {}
    for run in range(runs + 1):
        for at, folder in enumerate((plain, locked)):
            for name, *took in _measured(folder, run):
                if run:  # the first warms both
                    times.setdefault(name, ([], []))[at].append((took[0], took[1]))
    rows = []
    for name, both in times.items():
        waited, worked = ([median(one[kind] for one in runs) for runs in both] for kind in (0, 1))
        clear, sealed = (f"{1000 * took:.1f} ms" for took in worked)
        ratios = [f"{locked / clear:.2f}" for clear, locked in (worked, waited)]
        rows.append([name, clear, sealed, *ratios])
    heads = ["processor time of", "in clear", "locked", f"ratio (≤ {MOST})", "of the clock’s time"]
    print_table(heads, rows)
    print()


def _measured(folder: Path, run: int) -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = []

    def timed(name: str, act: Callable[[], object]) -> object:
        begin, worked = time.perf_counter(), time.process_time()
        made = act()
        found.append((name, time.perf_counter() - begin, time.process_time() - worked))
        return made

    study = timed("open", lambda: Study.open(folder))
    assert isinstance(study, Study)
    with study:
        source = study.materials.sources()[run % 5]
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        timed("search for a frequent word", lambda: study.search("letter"))
        timed("search for two words", lambda: study.search("friendly woman"))
        timed("count per source", study.observations.per_source)
        turns = study.transcripts.turns(transcript.id)
        timed("read a text", lambda: study.transcripts.turns(transcript.id))
        timed("read its first page", lambda: study.transcripts.turns(transcript.id, most=30))
        timed("read its marks", lambda: study.observations.in_transcript(transcript.id))
        study.get_ready()
        code = study.codebook.codes()[0].id
        for turn in turns[:10]:
            anchor = TextAnchor(turn.id, 1, turn.id, 20)
            timed("code a passage", lambda anchor=anchor: study.observations.place(
                anchor, code_ids=[code]
            ))  # fmt: skip
        for _ in range(10):
            timed("undo it", study.undo)
    return found


def _play(place: Path, hours: float) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from ui.views.player.engine import Engine

    app = QApplication([])
    clear, folder = place / "long.wav", place / "sealed"
    _record(clear, hours)
    folder.mkdir()
    ring.hold(folder, ring.study_key(place / "locked.study"))
    intake.write(clear, folder / "long.wav", lambda: False)
    rows = []
    for name, path in (("in clear", clear), ("locked", folder / "long.wav")):
        engine = Engine()
        engine.load(path)

        def reached(goal: int, act: Callable[[], object], engine: Engine = engine) -> float:
            begin = time.perf_counter()
            act()
            while not goal < engine.position < goal + 5_000:
                app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
            return 1000 * (time.perf_counter() - begin)

        first = reached(0, partial(engine.play, 0))
        length = int(hours * 3_600_000)
        seeks = [
            reached(goal, partial(engine.seek, goal))
            for goal in (length * part // 100 for part in (80, 10, 55, 97, 30, 61, 5, 90, 44))
        ]
        engine.end()
        rows.append([name, f"{first:.0f} ms", f"{median(seeks):.0f} ms", f"{max(seeks):.0f} ms"])
    heads = [f"{hours:g} hours of sound", "first sound", f"seek (≤ {MOST_SEEK_MS} ms)", "longest"]
    print_table(heads, rows)


def _record(path: Path, hours: float) -> None:
    minute = struct.pack("<48000h", *(n * 7919 % 20_000 - 10_000 for n in range(48_000))) * 60
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        for _ in range(int(hours * 60)):
            file.writeframes(minute)


if __name__ == "__main__":
    main()
