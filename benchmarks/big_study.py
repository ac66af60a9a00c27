"""Measure the promise on size: a study of 200 sources and 50,000 observations against an empty one.

    python benchmarks/big_study.py [--study FOLDER] [--sources N] [--observations N] [--runs N]

The big study is made first, through the program's own door (minutes; `--study` keeps it for the
next time). Then each measure is taken in processes of its own on both studies: opening, finding
the observations of one source, counting, searching, and in the window opening the study and
bringing each workspace to the front, until it is drawn. Peak memory is that of the process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from measuring import in_child, middle, peak_memory_mb, print_table

from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.ids import SourceId, new_id
from workbench.domain.materials import Method, SourceKind
from workbench.domain.passage import Query
from workbench.domain.transcript import TurnDraft, Word
from workbench.services.files.intake import Incoming
from workbench.services.journey.lanes import fill
from workbench.study import Study

TURNS = 200
WORDS_PER_TURN = 25
WORD_MS = 400
PEOPLE, CODES, STAGES, TOUCHPOINTS = 60, 120, 8, 12
_SPOKEN = (
    "we waited for the letter and nobody called so I went to the shop where a friendly woman told "
    "me that the date was wrong again which is why I never believe what they promise any more"
)


def main() -> None:
    """Make the big study, measure both and print the table; or be a process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="where the big study is, or is to be made")
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--observations", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3, help="the medians are printed (default: 3)")
    parser.add_argument("--child", choices=["study", "window"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(
            json.dumps(
                _measure_study(asked.study)
                if asked.child == "study"
                else _measure_window(asked.study)
            )
        )
        return
    with tempfile.TemporaryDirectory() as scratch:
        big = asked.study or Path(scratch) / "big.study"
        if not big.exists():
            make(big, asked.sources, asked.observations)
        empty = Path(scratch) / "empty.study"
        Study.create(empty).close()
        for kind in ("study", "window"):
            _compare(kind, empty, big, asked.runs, Path(scratch) / "home")


def make(folder: Path, sources: int, observations: int, *, codes: int = CODES) -> None:
    """Make a study of a given size, with people, codes, a journey and transcripts of an hour.

    Args:
        folder: the study to make.
        sources: how many recordings of 5,000 words.
        observations: how many in all, with a code or two, a stage and sometimes ratings.
        codes: how many.
    """
    dice = random.Random(1)
    begin = time.perf_counter()
    with Study.create(folder, title="A large study") as study:
        with study.step(Op.EDIT_CODEBOOK):
            given = [study.codebook.add(f"Code {number}").id for number in range(codes)]
            stages = [study.journeys.add_stage(f"Stage {number}").id for number in range(STAGES)]
            points = [study.journeys.add_touchpoint(f"Place {n}").id for n in range(TOUCHPOINTS)]
            people = [study.people.add(pseudonym=f"Person {n}").id for n in range(PEOPLE)]
        for number in range(sources):
            turns = _source(study, number, people[number % PEOPLE])
            with study.step(Op.PLACE_OBSERVATION):
                for at in range(number, observations, sources):
                    turn = turns[(at // sources * 7) % len(turns)]
                    start = dice.randrange(0, 40)
                    study.observations.place(
                        TextAnchor(turn.id, start, turn.id, start + dice.randrange(10, 60)),
                        code_ids=dice.sample(given, dice.choice((1, 1, 2))),
                        stage_id=dice.choice(stages),
                        touchpoint_id=dice.choice(points),
                        emotion=dice.choice((None, -2, -1, 0, 1, 2)),
                    )
            if sys.stderr.isatty():
                print(f"\rmaking the study: {number + 1}/{sources}", end="", file=sys.stderr)
    print(f"The big study was made in {time.perf_counter() - begin:.0f} s.", file=sys.stderr)


def more_text(folder: Path, characters: int) -> None:
    """Fill a study with further transcripts until its turns hold so many characters.

    One turn holds a word that occurs nowhere else, so that there is a rare one to look for.
    """
    with Study.open(folder) as study:
        person = study.people.participants()[0].id
        held = sum(
            len(turn.text)
            for source in study.materials.sources()
            if (transcript := study.transcripts.of_source(source.id))
            for turn in study.transcripts.turns(transcript.id)
        )
        number = len(study.materials.sources())
        rare = "A zeppelin passed by."
        while held < characters:
            turns = _source(study, number, person, last=rare)
            held += sum(len(turn.text) for turn in turns)
            number, rare = number + 1, ""


def _source(study, number, person, last=""):  # type: ignore[no-untyped-def]
    name = f"{new_id()}.bin"
    data = name.encode()
    (study.materials.media / name).write_bytes(data)
    incoming = Incoming(
        SourceId(new_id()), Path(f"Interview {number}.bin"), SourceKind.AUDIO, name,
        hashlib.sha256(data).hexdigest(), len(data), None, TURNS * WORDS_PER_TURN * WORD_MS,
    )  # fmt: skip
    [source] = study.imports.add(
        [incoming], method=Method.INTERVIEW, people=[person], title=f"Interview {number}"
    )
    transcript = study.arrivals.start(source.id, model="base", language="en")
    study.arrivals.accept(transcript.id, [turn_draft(number, ordinal) for ordinal in range(TURNS)])
    if last:
        begin = TURNS * WORDS_PER_TURN * WORD_MS
        draft = TurnDraft(TURNS, last, begin, begin + WORD_MS, "S1", ())
        study.arrivals.accept(transcript.id, [draft])
    study.arrivals.finish(transcript.id, "en")
    return study.transcripts.turns(transcript.id)


def turn_draft(source: int, ordinal: int) -> TurnDraft:
    """Return a turn of a made-up recording."""
    spoken = _SPOKEN.split()
    begin, position, texts, words = ordinal * WORDS_PER_TURN * WORD_MS, 0, [], []
    for at in range(WORDS_PER_TURN):
        text = spoken[(source + ordinal * 3 + at) % len(spoken)]
        time_ms = begin + at * WORD_MS
        words.append(Word(position, position + len(text), time_ms, time_ms + WORD_MS, 950))
        texts.append(text)
        position += len(text) + 1
    end = begin + WORDS_PER_TURN * WORD_MS
    return TurnDraft(ordinal, " ".join(texts), begin, end, f"S{ordinal % 2 + 1}", tuple(words))


def _compare(kind: str, empty: Path, big: Path, runs: int, home: Path) -> None:
    def measured(study: Path) -> dict[str, float]:
        asked = ("--child", kind, "--study", study)
        # A home of its own: the program would open the workspace that was in front last.
        homes = (home / f"{study.stem}-{kind}-{run}" for run in range(runs))
        return middle([in_child(__file__, *asked, home=own) for own in homes])

    without, full = measured(empty), measured(big)
    print_table(
        [f"in the {kind}", "empty", "big", "big ÷ empty"],
        [
            [name, _figure(name, small), _figure(name, full[name]), f"{full[name] / small:.1f}"]
            for name, small in without.items()
        ],
    )
    print()


def _figure(name: str, value: float) -> str:
    return f"{value:.0f} MB" if name.startswith("peak memory") else f"{value * 1000:.0f} ms"


def _measure_study(folder: Path) -> dict[str, float]:
    clock = _Stopwatch()
    study = Study.open(folder)
    clock.lap("open")
    sources = study.materials.sources()
    source_id = sources[0].id if sources else SourceId(new_id())
    clock.lap("list sources")
    study.passages.find(Query(source_id=source_id))
    clock.lap("observations of one source")
    study.observations.per_source()
    clock.lap("count per source")
    study.codebook.use.mentions()
    clock.lap("count per code")
    study.search("friendly woman")
    clock.lap("search")
    with study.step(Op.EDIT_CODEBOOK):
        study.codebook.add("one more")
    clock.lap("one step")
    study.undo()
    clock.lap("undo it")
    fill(study.journeys.map())
    clock.lap("figures of the journey")
    study.close()
    clock.lap("close")
    return clock.laps | {"peak memory": peak_memory_mb()}


def _measure_window(folder: Path) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from ui.app import build_context
    from ui.main_window import MainWindow
    from ui.workspaces import WORKSPACES

    app = QApplication([])
    window = MainWindow(build_context(app))
    window.show()
    settle(app)
    memory: dict[str, float] = {}
    clock = _Stopwatch()
    if not window.open_path(folder):
        raise SystemExit("the study was not opened")
    settle(app)
    clock.lap("open the study")
    for kind in WORKSPACES:
        window.show_workspace(kind.key)
        settle(app)
        clock.lap(f"show {kind.key}")
        if kind.key == "code":
            memory = {"peak memory, up to Code": peak_memory_mb()}
    memory["peak memory"] = peak_memory_mb()
    window.close()
    return clock.laps | memory


def settle(app) -> None:  # type: ignore[no-untyped-def]
    """Work until nothing is left to be drawn, nor to be read beside the window."""
    from PySide6.QtCore import QEventLoop, QTimer

    from ui.bridge.reading import ReadBeside
    from ui.views.report.portions import Portions

    def busy() -> bool:
        found = (top.findChildren(kind) for top in app.topLevelWidgets() for kind in kinds)
        return any(one.busy for some in found for one in some)

    kinds = (ReadBeside, Portions)
    while busy():
        app.processEvents()
    loop = QEventLoop()
    for _ in range(3):  # a painting may ask for another one
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        app.processEvents()


class _Stopwatch:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._begin = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note the time since the last lap."""
        self.laps[name] = time.perf_counter() - self._begin
        self._begin = time.perf_counter()


if __name__ == "__main__":
    main()
