"""Measure how long the window stands still while many codes are merged, and while that is undone.

    python benchmarks/long_steps.py [--codes N] [--observations N]

A timer of the window's thread says how long it had to wait at most: while the step is written, and
while the views take over what has changed. Beside it stands how long the same step takes at once,
which is what the window stood still before there was a thread for it. The floor is a window at
rest in the same run: what the machine and Qt cost anyway.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from big_study import make
from measuring import in_child, print_table

from workbench.study import Study


def main() -> None:
    """Make the study, measure in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--codes", type=int, default=300)
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.child)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "study.study"
        make(folder, 10, asked.observations, codes=asked.codes)
        found = in_child(__file__, "--child", folder, home=Path(scratch) / "home")
    idle = found["nothing"][1]
    print_table(
        ["step", "at once", "longest wait at work", "longest wait after", "wait ÷ at rest"],
        [
            [name, *(f"{ms:.0f} ms" for ms in figures), f"{max(figures[1:]) / max(idle, 1):.1f}"]
            for name, figures in found.items()
        ],
    )


def _measure(folder: Path) -> dict[str, list[float]]:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.app import build_context, calm_garbage
    from ui.main_window import MainWindow

    app = QApplication([])
    window = MainWindow(build_context(app))
    window.show()
    calm_garbage()
    window.open_path(folder)
    window.show_workspace("code")
    study, steps = window._context.study, window._studies._long  # noqa: SLF001  what is measured
    assert study is not None
    gaps, last, ended = [0.0], [time.perf_counter()], [False]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(1000 * (now - last[0]))
        last[0] = now

    clock = QTimer(interval=1)
    clock.timeout.connect(beat)
    steps.ended.connect(lambda _done: ended.append(True))
    codes = [code.id for code in study.codebook.codes()]

    def at_once(work):  # type: ignore[no-untyped-def]
        begin = time.perf_counter()
        work(study)
        return 1000 * (time.perf_counter() - begin)

    def beside(title, work):  # type: ignore[no-untyped-def]
        app.processEvents()
        gaps[:], ended[:] = [0.0], []
        last[0] = time.perf_counter()
        clock.start()
        window._context.run_long(title, work, print, size=10**6)  # noqa: SLF001
        while not ended:
            app.processEvents()
        waits = max(gaps[:-1])
        gaps[:] = [0.0]
        for _ in range(50):
            app.processEvents()
            time.sleep(0.002)
        clock.stop()
        return [waits, max(gaps)]

    def idle() -> float:
        gaps[:], last[0], begin = [0.0], time.perf_counter(), time.perf_counter()
        clock.start()
        while time.perf_counter() - begin < 2:
            app.processEvents()
        clock.stop()
        return max(gaps)

    def merge(one: Study) -> None:
        one.codebook.merge(codes[1:], codes[0])

    def undo(one: Study) -> None:
        one.undo()

    times = {f"merging {len(codes) - 1} codes": at_once(merge), "its undo": at_once(undo)}
    idle()  # until everything is painted
    nothing = idle()
    waits = [beside("merge", merge), beside("undo", undo)]
    window.close()
    return {"nothing": [0.0, nothing, nothing]} | {
        name: [ms, *wait] for (name, ms), wait in zip(times.items(), waits, strict=True)
    }


if __name__ == "__main__":
    main()
