"""Measure reading and coding a text of a megabyte with 5,000 observations against a bare view.

    python benchmarks/coded_text.py [--characters N] [--observations N] [--runs N]

The bare view is a `QPlainTextEdit` with the same text, font and size, measured in the same process
in turn with the program's real window. Everything counts until it is painted:

open:    the text is chosen in Code, while another is shown, until its first page is painted,
         against `setPlainText`;
rest:    the same until the whole text and all marks are there;
study:   the study is opened, and the text is the first thing it shows;
place, resize, remove: one observation, stored with its undo step and told to every view,
         against one repaint of the bare view;
scroll:  one page, highlights, labels and margins with it, against a page of the bare view.

It is done twice: with a transcript, which has a voice and a time for every word, and with a
document. `benchmarks/keys.py` measures key presses.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import big_study
from measuring import in_child, middle, print_table

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.materials import Method
from workbench.settings import WindowState
from workbench.study import Study

KINDS = ("transcript", "document")
ROUNDS, GESTURES, PAGES = 5, 60, 120
_WHAT = {
    "open": ("open the text, first page", "setPlainText"),
    "rest": ("open the text, all of it", "setPlainText"),
    "study": ("open the study with it, first page", "setPlainText"),
    "place": ("place an observation, p95", "a repaint"),
    "resize": ("resize one, p95", "a repaint"),
    "remove": ("remove one, p95", "a repaint"),
    "scroll": ("scroll a page, median", "scroll a page"),
}


def main() -> None:
    """Make the studies, measure and print the tables; or be the process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--observations", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=3, help="the medians are printed (default: 3)")
    parser.add_argument("--kind", choices=KINDS, help="only this one")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.child)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for kind in [asked.kind] if asked.kind else KINDS:
            folder = Path(scratch) / f"{kind}.study"
            make(folder, kind, asked.characters, asked.observations)
            homes = (Path(scratch) / f"{kind} {run}" for run in range(asked.runs))
            found = middle([in_child(__file__, "--child", folder, home=home) for home in homes])
            print_table(
                [f"a {kind} of {asked.characters:,} characters", "ms", "bare, ms", "ratio"],
                [
                    [
                        f"{name} ÷ {floor}",
                        f"{1000 * found[key]:.1f}",
                        f"{1000 * found[f'bare {key}']:.1f}",
                        f"{found[key] / found[f'bare {key}']:.2f}",
                    ]
                    for key, (name, floor) in _WHAT.items()
                ],
            )
            print()


def make(folder: Path, kind: str, characters: int, observations: int) -> None:
    """Make a study with one long text, coded all over, and a short one."""
    dice = random.Random(1)
    big_study.TURNS = 1 + characters // _turn_length()
    big_study.make(folder, 1, 0)
    with Study.open(folder) as study:
        [source] = study.materials.sources()
        spoken = study.transcripts.of_source(source.id)
        assert spoken is not None
        turns = study.transcripts.turns(spoken.id)
        if kind == "document":
            text = folder.parent / "long.txt"
            text.write_text("\n".join(turn.text for turn in turns), "utf-8")
            study.materials.remove_source(source.id)
            [source] = study.materials.import_files([text], method=Method.INTERVIEW)
            written = study.transcripts.of_source(source.id)
            assert written is not None
            turns = study.transcripts.turns(written.id)
        short = folder.parent / "short.txt"
        short.write_text("A short text.", "utf-8")
        study.materials.import_files([short], method=Method.FIELD_NOTE)
        codes = [code.id for code in study.codebook.codes()]
        stages = [stage.id for stage in study.journeys.stages()]
        with study.step(Op.PLACE_OBSERVATION):
            for _ in range(observations):
                at = dice.randrange(len(turns) - 1)
                length = dice.randrange(40, 300)
                start = dice.randrange(len(turns[at].text) - 20)
                last = at + (start + length > len(turns[at].text))
                end = start + length if last == at else dice.randrange(10, 60)
                study.observations.place(
                    TextAnchor(turns[at].id, start, turns[last].id, end),
                    code_ids=dice.sample(codes, dice.choice((1, 1, 2))),
                    stage_id=dice.choice(stages),
                    emotion=dice.choice((None, -2, -1, 0, 1, 2)),
                )


def _turn_length() -> int:
    big_study.WORDS_PER_TURN = 110
    return len(big_study.turn_draft(0, 0).text)


def _measure(folder: Path) -> dict[str, float]:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from ui.app import build_context
    from ui.main_window import MainWindow

    app = QApplication(sys.argv[:1])
    context = build_context(app)
    context.remember(window=WindowState(workspace="code"))
    window = MainWindow(context)
    window.resize(1440, 900)
    window.show()
    big_study.settle(app)
    found: dict[str, float] = {}

    def timed(act: Callable[[], object], view: QPlainTextEdit, *, all_of_it: bool = False) -> float:
        """Return the seconds until all is painted, or until nothing at all is left to do."""
        painted.clear()
        begin = time.perf_counter()
        act()
        app.sendPostedEvents()  # painting is one of them
        if all_of_it:
            app.processEvents()
        took = time.perf_counter() - begin
        assert view in painted, "the text was not painted"
        return took

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(watched.parent())
            return False

    code = window.workspaces["code"]
    ours, bare = code.text, QPlainTextEdit()
    painted: list[QObject] = []
    watch = Watch()
    for view in (ours, bare):
        view.viewport().installEventFilter(watch)
    found["study"] = timed(lambda: window.open_path(folder), ours)
    big_study.settle(app)
    bare.resize(ours.size())
    bare.setFont(ours.font())
    bare.show()
    big_study.settle(app)
    text = ours.toPlainText()
    study = context.study
    long, short = (source.id for source in _in_order(study))
    times: dict[str, list[float]] = {name: [] for name in ("open", "rest", "bare")}
    for number in range(2 * ROUNDS):
        code.focus_object("source", short)
        bare.setPlainText("A short text.")
        big_study.settle(app)
        name = ("open", "rest")[number % 2]
        times["bare"].append(timed(lambda: bare.setPlainText(text), bare))
        big_study.settle(app)
        opened = partial(code.focus_object, "source", long)
        times[name].append(timed(opened, ours, all_of_it=name == "rest"))
        big_study.settle(app)
    found["open"], found["rest"] = _median(times["open"]), _median(times["rest"])
    for name in ("open", "rest", "study"):
        found[f"bare {name}"] = _median(times["bare"])

    dice = random.Random(2)
    times = {name: [] for name in ("place", "resize", "remove", "repaint")}
    code.focus_object("code", study.codebook.codes()[0].id)
    for _ in range(GESTURES):
        row = dice.randrange(len(ours.turns))
        for view in (ours, bare):
            block = view.document().findBlockByNumber(row)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + dice.randrange(100))
            cursor.movePosition(QTextCursor.MoveOperation.NextWord)
            cursor.movePosition(
                QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 8
            )
            view.setTextCursor(cursor)
            view.centerCursor()
        big_study.settle(app)
        times["repaint"].append(timed(bare.viewport().update, bare))
        times["place"].append(timed(code.code_again, ours))
        made = code.passage.observation
        wider = TextAnchor(made.first_turn_id, made.start, made.last_turn_id, made.end + 9)
        times["resize"].append(
            timed(lambda made=made, wider=wider: study.observations.move(made.id, wider), ours)
        )
        times["remove"].append(timed(code.remove_observation, ours))
    for name in ("place", "resize", "remove"):
        found[name], found[f"bare {name}"] = _p95(times[name]), _median(times["repaint"])

    pages: dict[str, list[float]] = {"scroll": [], "bare scroll": []}
    for view in (ours, bare):
        view.verticalScrollBar().setValue(0)
    big_study.settle(app)
    for _ in range(PAGES):
        for name, view in (("bare scroll", bare), ("scroll", ours)):
            bar = view.verticalScrollBar()
            pages[name].append(timed(lambda bar=bar: bar.setValue(bar.value() + 25), view))
    found |= {name: _median(took) for name, took in pages.items()}
    window.close()
    return found


def _in_order(study: Study):  # type: ignore[no-untyped-def]
    return sorted(study.materials.sources(), key=lambda source: source.title == "short")


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
