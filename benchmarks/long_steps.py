"""Measure how long the window stands still while much is done in a study, and is undone.

    python benchmarks/long_steps.py [--codes N] [--observations N] [--workspace KEY]

A timer of the window's thread says how long it had to wait at most: while the step is written, and
while the views take over what has changed. How much the window's thread itself worked in one go is
what counts on a busy machine. Beside it stands how long the same step takes at once, which is what
the window stood still before there was a thread for it. The floor is a window at rest in the same
run: what the machine and Qt cost anyway.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from big_study import make, settle
from measuring import in_child, print_table

from workbench.study import Study

_AFTER_S = 2.0
_Work = Callable[[Study], object]


def main() -> None:
    """Make the study, measure in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--codes", type=int, default=300)
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--workspace", default="code", help="which is in front (default: code)")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.child, asked.workspace)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "study.study"
        make(folder, 10, asked.observations, codes=asked.codes)
        home = Path(scratch) / "home"
        child = ("--workspace", asked.workspace, "--child", folder)
        found = in_child(__file__, *child, home=home)
    idle = found["steps"][0][2]
    print_table(
        ["step", "at once", "waits at work", "waits after", "works in one go", "wait ÷ at rest"],
        [
            [name, *(f"{ms:.0f} ms" for ms in figures), f"{max(figures[1:3]) / max(idle, 1):.1f}"]
            for name, *figures in found["steps"]
        ],
    )


class _Beat:
    """Tells what was the longest time from one beat of the window's thread to the next."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._clock = QTimer(interval=1)
        self._clock.timeout.connect(self._on_time)
        self._last = time.perf_counter(), time.thread_time()
        self.begin()
        self._clock.start()

    def begin(self) -> None:
        """Begin anew; what goes on just now still counts."""
        self.waited = self.worked = 0.0

    def _on_time(self) -> None:
        now = time.perf_counter(), time.thread_time()
        waited, worked = (1000 * (one - last) for one, last in zip(now, self._last, strict=True))
        self.waited, self.worked = max(self.waited, waited), max(self.worked, worked)
        self._last = now


def _measure(folder: Path, workspace: str) -> dict[str, list[tuple[object, ...]]]:
    from PySide6.QtWidgets import QApplication

    from ui.app import build_context
    from ui.bridge import garbage
    from ui.main_window import MainWindow

    app = QApplication([])
    window = MainWindow(build_context(app))
    window.show()
    garbage.search_from_here(window)
    window.open_path(folder)
    window.show_workspace(workspace)
    study, steps = window._context.study, window._studies._long  # noqa: SLF001  what is measured
    assert study is not None
    beat, ended = _Beat(), list[bool]()
    steps.ended.connect(lambda _done: ended.append(True))

    def rest(seconds: float) -> list[float]:
        beat.begin()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            app.processEvents()
            time.sleep(0.0005)
        return [beat.waited, beat.worked]

    def at_once(work: _Work) -> float:
        begin = time.perf_counter()
        work(study)
        return 1000 * (time.perf_counter() - begin)

    def beside(title: str, work: _Work) -> list[float]:
        ended.clear()
        beat.begin()
        window._context.run_long(title, work, repr, size=10**6)  # noqa: SLF001  likewise
        while not ended:
            app.processEvents()
            time.sleep(0.0005)
        waits, works = beat.waited, beat.worked
        after, worked = rest(_AFTER_S)
        return [waits, after, max(works, worked)]

    settle(app)
    rest(_AFTER_S)  # until everything is painted
    waited, worked = rest(_AFTER_S)
    found: list[tuple[object, ...]] = [("nothing", 0.0, waited, waited, worked)]
    for title, work in _steps(study, folder.parent):
        once, undone = at_once(work), at_once(_undo)
        rest(_AFTER_S)
        found.append((title, once, *beside(title, work)))
        found.append(("its undo", undone, *beside("undo", _undo)))
    window.close()
    return {"steps": found}


def _undo(study: Study) -> None:
    study.undo()


def _steps(study: Study, scratch: Path) -> list[tuple[str, _Work]]:
    """Return what is done: its title, and how."""
    codes = [code.id for code in study.codebook.codes()]
    source = study.materials.sources()[0]
    text = study.transcripts.of_source(source.id)
    assert text is not None
    voices = [voice.id for voice in study.transcripts.speakers.of(text.id)]
    talk = scratch / "talk.txt"
    lines = (f"Anna: Sentence number {number} of a long talk." for number in range(5000))
    talk.write_text("\n\n".join(lines), encoding="utf-8")
    return [
        (f"merging {len(codes) - 1} codes", lambda one: one.recoding.merge(codes[1:], codes[0])),
        ("merging two voices", lambda one: one.voices.merge(voices[0], voices[1:])),
        ("importing 5,000 turns", lambda one: one.imports.take_in([talk])),
    ]


if __name__ == "__main__":
    main()
