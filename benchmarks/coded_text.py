"""Measure reading and coding a text of a megabyte with 5,000 observations against a bare view.

    python benchmarks/coded_text.py [--characters N] [--observations N] [--runs N]

The bare view is a `QPlainTextEdit` with the same text, font and size, measured in the same process
in turn with the program's real window. Everything counts until it is painted:

open:    the text is chosen in Code, while another is shown, until its first page is painted,
         against `setPlainText`;
rest:    the same until the whole text and all marks are there;
study:   the study is opened, and the text is the first thing it shows; then also as the first
         study since the program was started, against both the bare view and the first text of a
         bare view in a process of its own, where nothing was laid out or painted before either;
place, resize, remove: one observation, until it is painted so, against one repaint of the bare
         view; then until it is stored with its undo step and told to every view;
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
from workbench.domain.stretching import Edge
from workbench.settings import WindowState
from workbench.study import Study

KINDS = ("transcript", "document")
ROUNDS, GESTURES, PAGES = 5, 60, 120
LEAST = 20_000  # characters
_WHAT = {
    "open": ("open the text, first page", "setPlainText"),
    "rest": ("open the text, all of it", "setPlainText"),
    "study": ("open the study with it, first page", "setPlainText"),
    "first study": ("the same as the first one of the program", "setPlainText"),
    "fresh study": ("the same", "the first setPlainText of a process"),
    "place": ("place an observation, p95", "a repaint"),
    "resize": ("resize one, p95", "a repaint"),
    "remove": ("remove one, p95", "a repaint"),
    "stored place": ("the same until all is stored and told", "a repaint"),
    "stored resize": ("… resize", "a repaint"),
    "stored remove": ("… remove", "a repaint"),
    "scroll": ("scroll a page, median", "scroll a page"),
}


def main() -> None:
    """Make the studies, measure and print the tables; or be the process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--characters", type=int, default=1_000_000, help=f"at least {LEAST:,} (default: 1,000,000)"
    )
    parser.add_argument(
        "--observations", type=int, default=5_000, help="at least 1 (default: 5,000)"
    )
    parser.add_argument("--runs", type=int, default=3, help="the medians are printed (default: 3)")
    parser.add_argument("--kind", choices=KINDS, help="only this one")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        print(json.dumps(_first_bare(asked.child, **json.loads(asked.bare))))
        return
    if asked.child:
        print(json.dumps(_measure(asked.child)))
        return
    if asked.characters < LEAST:
        parser.error("in a text of a few pages there is nothing to scroll")
    if asked.observations < 1:
        parser.error("without an observation there is no code to give again")
    with tempfile.TemporaryDirectory() as scratch:
        for kind in [asked.kind] if asked.kind else KINDS:
            folder = Path(scratch) / f"{kind}.study"
            make(folder, kind, asked.characters, asked.observations)
            homes = (Path(scratch) / f"{kind} {run}" for run in range(asked.runs))
            found = middle([_both(folder, home) for home in homes])
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


def _both(folder: Path, home: Path) -> dict[str, float]:
    """Measure the program in a process, and the first text of a bare view in another."""
    found = in_child(__file__, "--child", folder, home=home)
    look = json.dumps(found.pop("look"))
    bare = in_child(__file__, "--child", folder, "--bare", look, home=home)
    return found | bare | {"fresh study": found["first study"]}


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
            [source] = study.imports.take_in([text], method=Method.INTERVIEW)
            written = study.transcripts.of_source(source.id)
            assert written is not None
            turns = study.transcripts.turns(written.id)
        short = folder.parent / "short.txt"
        short.write_text("A short text.", "utf-8")
        study.imports.take_in([short], method=Method.FIELD_NOTE)
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
    from PySide6.QtWidgets import QApplication

    desk = Desk(QApplication(sys.argv[:1]))
    look = {"font": desk.ours.font().toString(), "wide": desk.ours.width()}
    look["high"] = desk.ours.height()
    desk.seconds(lambda: desk.window.open_path(folder), desk.ours)
    first = desk.first
    big_study.settle(desk.app)
    times = _opening(desk) | {"first study": [first], "study": _studies(desk, folder)}
    found = {name: _median(took) for name, took in times.items()}
    found |= {f"bare {name}": found["setPlainText"] for name in times}
    times = gestures(desk)
    repaint = _median(times.pop("repaint"))
    found |= {name: _p95(took) for name, took in times.items()}
    found |= {f"bare {name}": repaint for name in times}
    found |= {name: _median(took) for name, took in scrolling(desk).items()}
    desk.window.close()
    return found | {"look": look}


def _first_bare(folder: Path, font: str, wide: int, high: int) -> dict[str, float]:
    """Return the seconds that the first text of a bare view takes in this process."""
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    app = QApplication(sys.argv[:1])
    with Study.open(folder, read_only=True) as study:
        texts = [study.transcripts.of_source(one.id) for one in study.materials.sources()]
        turns = max((study.transcripts.turns(one.id) for one in texts if one), key=len)
    text, look, view = "\n".join(turn.text for turn in turns), QFont(), QPlainTextEdit()
    look.fromString(font)
    view.setFont(look)
    view.resize(wide, high)
    view.show()
    big_study.settle(app)
    painted = watch_painting(view)
    begin = time.perf_counter()
    view.setPlainText(text)
    app.sendPostedEvents()
    return {"bare fresh study": painted[0][1] - begin}


def watch_painting(*views, clock: Callable[[], float] = time.perf_counter):  # type: ignore[no-untyped-def]
    """Return a list that gets each of the views when it has been painted, and when that was."""
    from PySide6.QtCore import QEvent, QObject

    painted: list[tuple[QObject, float]] = []

    class Watch(QObject):
        """Paints in Qt's place, to know when that is done."""

        busy = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() != QEvent.Type.Paint or self.busy:
                return False
            self.busy = True
            watched.parent().viewportEvent(event)
            self.busy = False
            painted.append((watched.parent(), clock()))
            return True

    for view in views:
        view.viewport().installEventFilter(Watch(view))
    return painted


class Desk:
    """The program's window with Code in front, and a bare view of the same size beside it."""

    def __init__(self, app, clock: Callable[[], float] = time.perf_counter) -> None:  # type: ignore[no-untyped-def]
        from PySide6.QtWidgets import QPlainTextEdit

        from ui.app import build_context
        from ui.bridge import garbage
        from ui.main_window import MainWindow

        self.app, self._clock = app, clock
        self.context = build_context(app)
        self.context.remember(window=WindowState(workspace="code"))
        self.window = MainWindow(self.context)
        self.window.resize(1440, 900)
        self.window.show()
        garbage.search_from_here(self.window)
        while not self.window.workspaces.made():  # the rest of the program, and Code once unseen
            app.processEvents()
        big_study.settle(app)
        self.code = self.window.workspaces["code"]
        self.ours, self.bare = self.code.text, QPlainTextEdit()
        self.painted = watch_painting(self.ours, self.bare, clock=clock)
        self.bare.setFont(self.ours.font())
        self.bare.show()

    def seconds(self, act: Callable[[], object], view: object, *, all_of_it: bool = False) -> float:
        """Return the seconds until all is painted, or until nothing at all is left to do."""
        self.painted.clear()
        begin = self._clock()
        act()
        self.app.sendPostedEvents()  # painting is one of them
        if all_of_it:
            self.app.processEvents()
        took = self._clock() - begin
        self.first = next((at - begin for one, at in self.painted if one is view), None)
        if self.first is None:
            raise SystemExit("Something was measured that was not painted.")
        return took

    def select_words(self, row: int, begin: int) -> None:
        """Select the same eight words of a turn in both views."""
        from PySide6.QtGui import QTextCursor

        for view in (self.ours, self.bare):
            block = view.document().findBlockByNumber(row)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + begin)
            cursor.movePosition(QTextCursor.MoveOperation.NextWord)
            keep = QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(QTextCursor.MoveOperation.NextWord, keep, 8)
            view.setTextCursor(cursor)
            view.centerCursor()
        big_study.settle(self.app)


def _opening(desk: Desk) -> dict[str, list[float]]:
    sources = desk.context.study.materials.sources()
    long, short = (s.id for s in sorted(sources, key=lambda source: source.title == "short"))
    text = desk.ours.toPlainText()
    desk.bare.resize(desk.ours.size())
    times: dict[str, list[float]] = {name: [] for name in ("open", "rest", "setPlainText")}
    for number in range(2 * ROUNDS):
        desk.code.focus_object("source", short)
        desk.bare.setPlainText("A short text.")
        big_study.settle(desk.app)
        desk.seconds(lambda: desk.bare.setPlainText(text), desk.bare)
        times["setPlainText"].append(desk.first)
        big_study.settle(desk.app)
        name, opened = ("open", "rest")[number % 2], partial(desk.code.focus_object, "source", long)
        took = desk.seconds(opened, desk.ours, all_of_it=name == "rest")
        times[name].append(desk.first if name == "open" else took)
        big_study.settle(desk.app)
    return times


def _studies(desk: Desk, folder: Path) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        desk.window.run_action("study.close")
        big_study.settle(desk.app)
        desk.seconds(lambda: desk.window.open_path(folder), desk.ours)
        times.append(desk.first)
        big_study.settle(desk.app)
    return times


def gestures(desk: Desk) -> dict[str, list[float]]:
    """Return the seconds each gesture took until it was painted, and until it was stored."""
    dice, work = random.Random(2), desk.code.work
    acts = {
        "place": work.codes.give_again,
        "resize": lambda: work.passage.stretch(Edge.END, 1, letters=False),
        "remove": work.passage.remove,
    }
    names = ("repaint", *acts, *(f"stored {name}" for name in acts))
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(GESTURES):
        desk.select_words(dice.randrange(len(desk.ours.turns)), dice.randrange(100))
        times["repaint"].append(desk.seconds(desk.bare.viewport().update, desk.bare))
        for name, act in acts.items():
            times[f"stored {name}"].append(desk.seconds(act, desk.ours, all_of_it=True))
            times[name].append(desk.first)
            big_study.settle(desk.app)
    return times


def scrolling(desk: Desk) -> dict[str, list[float]]:
    """Return the seconds a page took in our view and in the bare one."""
    pages: dict[str, list[float]] = {"scroll": [], "bare scroll": []}
    for view in (desk.ours, desk.bare):
        view.verticalScrollBar().setValue(0)
    big_study.settle(desk.app)
    for _ in range(PAGES):
        for name, view in (("bare scroll", desk.bare), ("scroll", desk.ours)):
            bar = view.verticalScrollBar()
            if bar.value() == bar.maximum():  # a short text is gone through more than once
                bar.setValue(0)
                big_study.settle(desk.app)
            on = partial(bar.setValue, bar.value() + bar.pageStep())
            pages[name].append(desk.seconds(on, view))
            big_study.settle(desk.app)
    return pages


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
