"""Measure the promise on locked studies: at most 1.3 times as long as the same study in clear.

    python benchmarks/locked.py [--sources N] [--observations N] [--runs N] [--hours H] [--plays N]

A study is made, copied, and the copy locked. Then both are opened, searched and coded in turn, in
one process, as often as `--runs` says; the medians and their ratio are printed, of the processor's
time (which other work on the machine does not change) and of the clock's. What one reads of a
text before a page of it is painted is measured too; scrolling itself reads nothing from the disk.
Opening counts with the key at hand: stretching the passphrase takes some tenths of a second, and
is measured apart. The same is then seen in the real window, in processes of its own: a study is
opened until the first page of its text of a megabyte is painted, passages are coded, stretched and
removed, and pages are scrolled. Last, recordings of two hours (WAV, M4A, MP3) are played in
clear and locked, and gone through, in processes of their own. “First sound” is from the click on
a recording that has been shown for a moment to the first step of its position, which Qt tells
every 50 ms; “clicked at once” loads the media libraries and opens the file within it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import struct
import tempfile
import time
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import coded_text
from big_study import make
from measuring import in_child, middle, print_table

from workbench.domain.anchors import TextAnchor
from workbench.services.files import intake
from workbench.services.locking import locking
from workbench.study import Study
from workbench.vault import ring
from workbench.vault.keys import new_key

SAID = "four words for nobody"
MOST = 1.3
MOST_MS = 100
OPENINGS = 6
_CODECS = {"long.m4a": "aac", "long.mp3": "libmp3lame"}
_KINDS = ("ready", "once", "seek", "longest")
_PROMISED = ("first sound", "seek")


def main() -> None:
    """Make the studies and the recording, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sources", type=int, default=60)
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--plays", type=int, default=5, help="processes that play each file")
    parser.add_argument("--windows", type=int, default=3, help="windows for each study")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--key", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_heard(asked.child, asked.key)))
        return
    if asked.window:
        print(json.dumps(_seen(asked.window)))
        return
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
        _look(place, asked.windows)
        _play(place, asked.hours, asked.plays)


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
        sources = study.materials.sources()[:5]
        source = sources[run % len(sources)]
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        timed("search for a frequent word", lambda: study.search("letter"))
        timed("search for two words", lambda: study.search("friendly woman"))
        timed("count per source, first time", study.observations.per_source)
        timed("count per source again", study.observations.per_source)
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


def _look(place: Path, runs: int) -> None:
    clear, sealed = place / "text.study", place / "sealed text.study"
    coded_text.make(clear, "transcript", 1_000_000, 5_000)
    shutil.copytree(clear, sealed)
    locking.lock(sealed, SAID, lambda _share: False)
    found: tuple[list[dict[str, float]], list[dict[str, float]]] = ([], [])
    for run in range(runs):
        for folder, kept in zip((clear, sealed), found, strict=True):
            home = place / f"home {run} {folder.stem}"
            kept.append(in_child(__file__, "--window", folder, home=home))
    both = [middle(kept) for kept in found]
    print_table(
        ["processor time until it is painted", "in clear", "locked", f"ratio (≤ {MOST})"],
        [
            [name, *(f"{1000 * one[name]:.1f} ms" for one in both), f"{both[1][name] / took:.2f}"]
            for name, took in both[0].items()
        ],
    )
    print()


def _seen(folder: Path) -> dict[str, float]:
    """Work in a study in the real window, and return the seconds of the processor it took."""
    from PySide6.QtWidgets import QApplication

    desk = coded_text.Desk(QApplication([]), clock=time.process_time)
    opened = []
    for _ in range(OPENINGS):
        desk.window.run_action("study.close")  # which lets go of its key
        coded_text.big_study.settle(desk.app)
        if locking.is_locked(folder):
            locking.open_with(folder, SAID)
        desk.seconds(lambda: desk.window.open_path(folder), desk.ours)
        opened.append(desk.first)
        coded_text.big_study.settle(desk.app)
    took = {"open the study": median(opened)}
    desk.bare.setPlainText(desk.ours.toPlainText())  # both select and scroll the same
    desk.bare.resize(desk.ours.size())
    coded_text.big_study.settle(desk.app)
    acts = coded_text.gestures(desk)
    names = {"place": "code a passage", "resize": "stretch it", "remove": "remove it"}
    for act, name in names.items():
        took[name] = median(acts[act])
        took[f"{name}, until it is stored and told"] = median(acts[f"stored {act}"])
    took["scroll a page"] = median(coded_text.scrolling(desk)["scroll"])
    desk.window.close()
    return took


def _play(place: Path, hours: float, runs: int) -> None:
    clear, folder = place / "sound", place / "sealed"
    clear.mkdir()
    folder.mkdir()
    _record(clear / "long.wav", hours)
    for name, codec in _CODECS.items():
        _packed(clear / "long.wav", clear / name, codec, hours)
    key = new_key()
    ring.hold(folder, key)
    rows = []
    for name in ("long.wav", *_CODECS):
        intake.write(clear / name, folder / name, lambda: False)
        for how, path, secret in (
            ("in clear", clear / name, ""),
            ("locked", folder / name, key.files.hex()),
        ):
            found = [
                in_child(__file__, "--child", path, "--key", secret, home=place / "home")
                for _ in range(runs)
            ]
            ready, once, *seeks = (median(run[kind] for run in found) for kind in _KINDS)
            rows.append(
                [f"{path.suffix[1:]}, {how}", *(f"{ms:.0f} ms" for ms in (ready, once, *seeks))]
            )
    kinds = ("first sound", "clicked at once", "seek", "longest seek")
    heads = (f"{kind} (≤ {MOST_MS} ms)" if kind in _PROMISED else kind for kind in kinds)
    print_table([f"{hours:g} hours of sound", *heads], rows)


def _heard(path: Path, key: str) -> dict[str, float]:
    """Play a recording in this process, first ready and then clicked as soon as it is shown."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from ui.views.player.engine import Engine

    ring.hold_files(path.parent, key)
    app = QApplication([])

    def until(reached: Callable[[], bool], act: Callable[[], object]) -> float:
        begin = time.perf_counter()
        act()
        while not reached():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
        return 1000 * (time.perf_counter() - begin)

    def played(goal: int, act: Callable[[], object], engine: Engine) -> float:
        return until(lambda: goal < engine.position < goal + 5_000, act)

    at_once = Engine()
    at_once.load(path)
    once = played(0, partial(at_once.play, 0), at_once)
    at_once.end()
    from PySide6.QtMultimedia import QMediaPlayer  # now only: a click at once loads it, too

    engine = Engine()
    engine.load(path)
    engine.get_ready()
    player: Any = engine.findChild(QMediaPlayer)
    until(lambda: player.mediaStatus() == player.MediaStatus.LoadedMedia, lambda: None)
    ready = played(0, partial(engine.play, 0), engine)
    length = player.duration()
    seeks = [
        played(length * part // 100, partial(engine.seek, length * part // 100), engine)
        for part in (80, 10, 55, 97, 30, 61, 5, 90, 44)
    ]
    engine.end()
    return {"ready": ready, "once": once, "seek": median(seeks), "longest": max(seeks)}


def _record(path: Path, hours: float) -> None:
    minute = struct.pack("<48000h", *(n * 7919 % 20_000 - 10_000 for n in range(48_000))) * 60
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        for _ in range(max(1, int(hours * 60))):
            file.writeframes(minute)


def _packed(sound: Path, out: Path, codec: str, hours: float) -> None:
    """Pack a recording: ten minutes of it, over and over, which takes a twelfth of the time."""
    import av

    with av.open(str(sound)) as source, av.open(str(out), "w") as target:
        stream: Any = target.add_stream(codec, rate=48_000, layout="mono")
        packets: list[Any] = []
        for number, frame in enumerate(source.decode(audio=0)):
            if number * frame.samples >= 600 * 48_000:
                break
            packets += stream.encode(frame)
        packets += stream.encode(None)
        first, last = packets[0].pts, packets[-1]
        step = last.pts + last.duration - first
        for lap in range(max(1, int(hours * 6))):
            for packet in packets:
                again = av.Packet(bytes(packet))
                again.pts = again.dts = packet.pts - first + lap * step
                again.duration, again.time_base = packet.duration, packet.time_base
                again.stream = stream
                target.mux(again)


if __name__ == "__main__":
    main()
