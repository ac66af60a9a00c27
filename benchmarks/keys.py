"""Measure a key press in a transcript of 40,000 words against a bare QPlainTextEdit.

    python benchmarks/keys.py [--words N] [--observations N] [--keys N] [--runs N]

Both get the same text and the same keys in the same process, in turn: letters, spaces and
Backspace in the middle of the text. A key counts from the press until everything it set off is
done and the widget is painted: in the program that is storing the correction, moving the
observations and word times, telling the views, and painting. The program's window is the real
one, with the transcript open in Transcribe, then with somebody writing in it in Code.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import big_study
from measuring import in_child, middle, print_table

PLACES = {"transcribe": "Transcribe", "code": "Code, writing"}


def main() -> None:
    """Make the study, press the keys and print the table; or be the process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--observations", type=int, default=1_000)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3, help="the medians are printed (default: 3)")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--place", choices=PLACES, help="only this one")
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.child, asked.place, asked.keys)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "long.study"
        big_study.TURNS = asked.words // big_study.WORDS_PER_TURN
        big_study.make(folder, 1, asked.observations)
        rows = []
        for place in [asked.place] if asked.place else PLACES:
            homes = (Path(scratch) / f"{place} {run}" for run in range(asked.runs))
            command = ("--child", folder, "--place", place, "--keys", asked.keys)
            found = middle([in_child(__file__, *command, home=home) for home in homes])
            rows += _rows(PLACES[place], found)
    print_table(["a key press, ms", "median", "p95", "longest", "p95, ratio"], rows)


def _rows(place: str, found: dict[str, float]) -> list[list[str]]:
    ratio = f"{found['ours_p95'] / found['bare_p95']:.2f}"
    return [
        [name, *(f"{found[f'{key}_{what}']:.1f}" for what in ("median", "p95", "most")), shown]
        for name, key, shown in (("bare QPlainTextEdit", "bare", ""), (place, "ours", ratio))
    ]


def _measure(folder: Path, place: str, keys: int) -> dict[str, float]:
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from ui.app import build_context
    from ui.bridge import garbage
    from ui.main_window import MainWindow

    app = QApplication(sys.argv[:1])
    window = MainWindow(build_context(app))
    window.resize(1440, 900)
    window.show()
    garbage.search_from_here(window)
    window.open_path(folder)
    window.show_workspace(place)
    big_study.settle(app)
    workspace = window.workspaces[place]
    if place == "code":
        workspace.work.writing.toggle()
        ours = workspace.writing.text
    else:
        ours = workspace.text.view.text
    bare = QPlainTextEdit()
    bare.resize(ours.size())
    bare.setFont(ours.font())
    bare.setPlainText(ours.toPlainText())
    bare.show()
    middle_row = len(ours.turns) // 2
    for widget in (bare, ours):
        cursor = QTextCursor(widget.document().findBlockByNumber(middle_row))
        cursor.movePosition(QTextCursor.MoveOperation.NextWord, n=5)
        widget.setTextCursor(cursor)
        widget.centerCursor()
    found: dict[str, list[float]] = {"bare": [], "ours": []}
    dice = random.Random(1)
    for number in range(keys + 20):
        for name, widget in (("bare", bare), ("ours", ours)):
            took = _press(app, widget, number, dice)
            if number >= 20:  # the first ones fill caches
                found[name].append(took)
    window.close()
    return {
        f"{name}_{what}": 1000 * value
        for name, took in found.items()
        for what, value in _summary(sorted(took)).items()
    }


def _press(app, widget, number, dice):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    widget.activateWindow()
    widget.setFocus()
    app.processEvents()
    begin = time.perf_counter()
    if number % 7 == 6:
        QTest.keyClick(widget, Qt.Key.Key_Backspace)
    else:
        QTest.keyClick(widget, " " if number % 5 == 4 else dice.choice("aeinrst"))
    app.processEvents()
    widget.viewport().repaint()
    return time.perf_counter() - begin


def _summary(took: list[float]) -> dict[str, float]:
    return {
        "median": took[len(took) // 2],
        "p95": took[int(len(took) * 0.95)],
        "most": took[-1],
    }


if __name__ == "__main__":
    main()
