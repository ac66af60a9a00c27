"""Measure the promise on starting: how long from the command to a window that is drawn.

    python benchmarks/startup.py [--runs N] [--study FOLDER]

Each run starts three processes: Python alone, a bare PySide6 window, and the program. The time
from the start of the process until the window has drawn itself is compared with the bare window
of the same run, because times alone say more about the machine than about the program. The time of
the processor is what of that it worked, which holds on a busy machine, too.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import in_child, middle, peak_memory_mb, print_table

NAMES = {
    "python": "Python alone",
    "bare": "a bare PySide6 window",
    "workbench": "the program, welcome page",
    "study": "the program, with a study",
}


def main() -> None:
    """Measure and print the table, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="the medians are printed (default: 7)")
    parser.add_argument("--study", type=Path, help="a study to open as well")
    parser.add_argument("--child", choices=list(NAMES), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_be(asked.child, asked.study)))
        return
    kinds = [kind for kind in NAMES if kind != "study" or asked.study]
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as home:
        for run in range(asked.runs + 1):
            for kind in kinds:
                measures = _start(kind, asked.study, Path(home))
                if run:  # the first run only warms the disk's cache
                    found[kind].append(measures)
    medians = {kind: middle(runs) for kind, runs in found.items()}
    bare = medians["bare"]
    print_table(
        ["from the command to", "s", "× bare", "processor s", "× bare", "peak MB", "× bare"],
        [
            [
                NAMES[kind],
                f"{row['s']:.2f}",
                f"{row['s'] / bare['s']:.2f}",
                f"{row['cpu']:.2f}",
                f"{row['cpu'] / bare['cpu']:.2f}",
                f"{row['mb']:.0f}",
                f"{row['mb'] / bare['mb']:.2f}",
            ]
            for kind, row in medians.items()
        ],
    )


def _start(kind: str, study: Path | None, home: Path) -> dict[str, float]:
    begin = time.time()
    more = ["--study", study] if study else []
    child = in_child(__file__, "--child", kind, *more, home=home)
    return {"s": child["at"] - begin, "cpu": child["cpu"], "mb": child["mb"]}


def _be(kind: str, study: Path | None) -> dict[str, float]:
    if kind == "python":
        return _now()
    if kind == "bare":
        from PySide6.QtWidgets import QApplication, QMainWindow

        app = QApplication([])
        window = QMainWindow()
        return _when_drawn(app, lambda: (window.show(), app.exec()))
    from workbench.cli.arguments import load_window

    run = load_window()

    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    return _when_drawn(app, lambda: run([str(study)] if kind == "study" else []))


def _now() -> dict[str, float]:
    return {"at": time.time(), "cpu": time.process_time(), "mb": peak_memory_mb()}


def _when_drawn(app: object, show: Callable[[], object]) -> dict[str, float]:
    """Run the event loop until a window has drawn itself; return when that was."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow
    from typing_extensions import override

    measured: dict[str, float] = {}

    class Watch(QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                QTimer.singleShot(0, self._note)  # after the painting itself
            return False

        def _note(self) -> None:
            if not measured:
                measured.update(_now())
                QApplication.exit(0)

    watch = Watch()
    assert isinstance(app, QApplication)
    app.installEventFilter(watch)
    show()
    return measured


if __name__ == "__main__":
    main()
