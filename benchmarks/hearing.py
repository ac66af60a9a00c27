"""Measure the promises on what is heard, beside faster-whisper's own two ways, in the same run.

    python benchmarks/hearing.py [PART …] [--quick]

All have the same model (base, int8), a beam of 5, and a process for each recording
(`hearers.py`); the recordings are made by script (`recordings.py`), texts are evened out in one
place (`scoring.py`). Time is that of the processor, with all that it takes to start, so that
neither another program nor a slow disk is in it; only the time left is a matter of the clock.

speed:     20 minutes: times as fast as the peers, voices, and whether the time left was true.
english:   the sample study, real sentences and a real speech: errors, and times of words.
quiet:     a voice 26 dB lower; a fan, a telephone.
languages: half in English, half in another language, and the other language alone.
channels:  a channel or a track for each speaker; channels upside down; gaps and a late begin.
voices:    how many people are found.
nobody:    words invented on silence, noises and music.

--quick takes a few minutes: two minutes instead of twenty, and one or two recordings of a kind.
--folder FOLDER keeps there what was heard, so that a run that was broken off goes on, and parts
that were measured one by one come into one table; another revision needs another folder.
--peers asks the peers everywhere, not only where a promise is held against them.
--reference adds openai-whisper itself, if it is installed, on one recording.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from statistics import median

import noises
from hearers import BATCHED, OPENAI, OURS, SEQUENTIAL, WITHOUT_VOICES, Heard, heard
from made import SENTENCES, Turn
from measuring import ROOT, print_table
from recordings import make, truth_of
from scoring import Errors, begins_off, edges, errors, errors_by_language, errors_by_voice, lost

WAYS = (OURS, SEQUENTIAL, BATCHED)
CORES = 2
SAMPLES = ("focus_group", "interview_daniel", "interview_maya", "mystery_shop_memo")
PEOPLE = {
    "focus_group": 5, "interview_daniel": 2, "interview_maya": 2, "mystery_shop_memo": 1,
    "call": 2, "phone": 2, "overlap": 2, "overlap_mixed": 2, "one_voice": 1, "speech": 1,
    "six_voices": 6,
}  # fmt: skip
_FEW = ("silence", "pink", "music")

Row = tuple[str, str, str, str, str, str]
"""What, the goal, ours, whether it is reached, faster-whisper in turn, and batched."""


class Bench:
    """Recordings, and what each way has heard in them; each is made and heard once.

    Attributes:
        quick: whether little is enough.
        ways: who is asked where no promise is held against the peers.
    """

    def __init__(self, folder: Path, *, quick: bool, peers: bool) -> None:
        self.quick = quick
        self.ways = WAYS if peers else WAYS[:1]
        self._folder = folder
        self.heard = cache(self._heard)

    def turns(self, name: str) -> list[Turn]:
        """Return what is said in a recording."""
        return truth_of(self.file(name))

    def file(self, name: str) -> Path:
        """Return a recording."""
        return make(name, self._folder / "recordings")

    def _heard(self, way: str, name: str) -> Heard:
        kept = self._folder / "heard" / f"{name}.{way}.json"
        if kept.exists():
            return Heard(**json.loads(kept.read_text("utf-8")))
        try:
            found = heard(way, self.file(name), self._folder / "home")
        except subprocess.CalledProcessError:  # it has said why; the other rows are still worth it
            found = Heard()
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(asdict(found)), "utf-8")
        print(f"{name}, {way}: {found.processor:.0f} s of the processor", flush=True)
        return found


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="|".join(PARTS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--reference", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench((asked.folder or Path(name)).absolute(), quick=asked.quick, peers=asked.peers)
        bench.heard(WITHOUT_VOICES, "speech")  # puts the model together
        rows = [row for part in asked.parts or PARTS for row in PARTS[part](bench)]
        if asked.reference:
            rows += reference(bench)
    print(f"\n{_circumstances(asked.quick)}\n")
    print_table(["", "goal", "ours", "reached", "sequential", "batched"], rows)


def speed(bench: Bench) -> Iterator[Row]:
    """Compare the time of the processor; then see what was told of the time left."""
    name = "interview_maya" if bench.quick else "long"
    turns = bench.turns(name)
    length = turns[-1].end
    found = {way: bench.heard(way, name) for way in (*WAYS, WITHOUT_VOICES)}
    spent = {way: one.processor for way, one in found.items()}
    wrong = {way: errors(turns, one) for way, one in found.items()}
    what = f"{length / 60:.0f} min"
    yield (
        f"{what}, processor s", "", f"{spent[WITHOUT_VOICES]:.0f}", "",
        f"{spent[SEQUENTIAL]:.0f}", f"{spent[BATCHED]:.0f}",
    )  # fmt: skip
    yield _row(f"{what}, sequential ÷ ours", spent[SEQUENTIAL] / spent[WITHOUT_VOICES], least=2.0)
    yield _row(f"{what}, ours ÷ batched", spent[WITHOUT_VOICES] / spent[BATCHED], most=1.2)
    yield (f"{what}, with voices, sequential ÷ ours", "", f"{spent[SEQUENTIAL] / spent[OURS]:.2f}",
           "", "", "")  # fmt: skip
    share = (spent[OURS] - spent[WITHOUT_VOICES]) / CORES / length
    yield _row(f"{what}, voices ÷ two cores", share, most=0.05)
    yield _compared(f"{what}, words wrong", [wrong[way] for way in WAYS])
    yield from _time_left(what, found[OURS])


def english(bench: Bench) -> Iterator[Row]:
    """Compare words and their times on what is easy."""
    names = [*(SAMPLES[-2:] if bench.quick else SAMPLES), "speech", "english"]
    totals, off = [Errors() for _ in WAYS], [[] for _ in WAYS]
    for name in names:
        wrong = []
        for at, way in enumerate(WAYS):
            found = bench.heard(way, name)
            wrong.append(errors(bench.turns(name), found))
            totals[at] += wrong[-1]
            if name in SAMPLES:
                off[at] += [abs(ms) for _, ms in edges(bench.file(name), bench.turns(name), found)]
        yield (f"{name}, words wrong", "", *_shown(wrong))
    yield _compared("all of these, words wrong", totals)
    middle = [median(one) for one in off]
    reached = middle[0] <= min(middle[1:])
    ours, *peers = (f"{one:.0f}" for one in middle)
    yield (
        "words at the borders of turns, median ms off",
        "≤ the better",
        ours,
        _said(reached),
        *peers,
    )


def quiet(bench: Bench) -> Iterator[Row]:
    """Hear who is far from the microphone."""
    for name in ["quiet"] if bench.quick else ["quiet", "quiet_asker", "quiet_group"]:
        yield _wrong(bench, name, 0.06)
    yield _lost(bench, ["quiet"] if bench.quick else ["quiet", "quiet_asker", "quiet_group"])
    for name in [] if bench.quick else ["noisy", "phone"]:
        wrong = [errors(bench.turns(name), bench.heard(way, name)) for way in WAYS]
        yield _compared(f"{name}, words wrong", wrong)


def languages(bench: Bench) -> Iterator[Row]:
    """Hear recordings in two languages."""
    others = ["german"] if bench.quick else ["german", "french", "spanish", "portuguese"]
    alone = {}
    for name in others:
        turns = bench.turns(name)
        each = [errors(turns, bench.heard(way, name)) for way in bench.ways]
        alone[turns[0].language] = each[0].rate
        yield (f"{name} alone, words wrong", "", *_shown(each))
    names = [f"half_{other}" for other in others] + ([] if bench.quick else ["german_half"])
    for name in names:
        turns = bench.turns(name)
        found = [errors_by_language(turns, bench.heard(way, name)) for way in bench.ways]
        for language, wrong in found[0].items():
            peers = [one[language] for one in found[1:]]
            what = f"{name}, the {language} half, words wrong"
            most = max(0.12, alone.get(language, 0))  # no better than the model knows the language
            yield _row(what, wrong.rate, most=most, peers=peers)
    yield _lost(bench, names)


def channels(bench: Bench) -> Iterator[Row]:
    """Hear all channels and tracks, at the time that the file says."""
    names = ["channels_quiet", "inverted", "gap"]
    if not bench.quick:
        names += ["channels", "two_tracks", "silent_track", "late"]
    for name in names:
        yield _wrong(bench, name, 0.05)
    yield _lost(bench, names)
    for name in {"gap", "late"} & set(names):
        turns = bench.turns(name)
        found = [bench.heard(way, name) for way in bench.ways]
        off = [begins_off(turns, one) for one in found]
        yield _row(f"{name}, three begins of turns in four, s off", off[0], most=0.5, peers=off[1:])
    turns, found = bench.turns("overlap"), bench.heard(OURS, "overlap")
    wrong = errors_by_voice(turns, found)
    yield _row("overlap, words wrong, each voice alone", wrong.rate, most=0.05)


def voices(bench: Bench) -> Iterator[Row]:
    """Count people."""
    for name, people in PEOPLE.items():
        if bench.quick and name not in {"call", "phone", "one_voice", "speech"}:
            continue
        count = bench.heard(OURS, name).voices
        yield (f"{name}, people", str(people), str(count), _said(count == people), "", "")
    if not bench.quick:
        yield _sentences(bench)


def _sentences(bench: Bench) -> Row:
    alone = [bench.heard(OURS, name).voices == 1 for name in SENTENCES]
    found, files = str(sum(alone)), str(len(alone))
    return ("real sentences, one voice in a file", files, found, _said(all(alone)), "", "")


def nobody(bench: Bench) -> Iterator[Row]:
    """Count the words that are heard where there are none."""
    kinds = _FEW if bench.quick else tuple(noises.KINDS)
    for kind in kinds:
        counts = [len(bench.heard(way, kind).words) for way in WAYS]
        yield (f"{kind}, words", "0", str(counts[0]), _said(counts[0] == 0), *map(str, counts[1:]))


def reference(bench: Bench) -> Iterator[Row]:
    """Compare with openai-whisper itself."""
    if not (importlib.util.find_spec("whisper") and importlib.util.find_spec("torch")):
        print("openai-whisper is not installed; its comparison is left out.")
        return
    name = "mystery_shop_memo"
    theirs, ours = bench.heard(OPENAI, name), bench.heard(WITHOUT_VOICES, name)
    wrong = errors(bench.turns(name), theirs)
    yield (
        f"{name}, openai-whisper ÷ ours",
        "",
        f"{theirs.processor / ours.processor:.1f}",
        "",
        "",
        "",
    )
    yield (f"{name}, openai-whisper, words wrong", "", str(wrong), "", "", "")


PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    part.__name__: part for part in (speed, english, quiet, languages, channels, voices, nobody)
}


def _time_left(what: str, found: Heard) -> Iterator[Row]:
    """Hold what was said to be left at quarter, half and three quarters against the truth."""
    for share in (0.25, 0.5, 0.75):
        told = [(at, left) for at, _, left in found.told if at <= share * found.clock]
        at, left = told[-1] if told else (0.0, None)
        true = found.clock - at
        reached = left is not None and abs(left - true) <= 0.2 * true
        said = "nothing" if left is None else f"{left:.0f} s"
        yield (
            f"{what}, time left at {share:.0%}",
            f"{true:.0f} s ± 20%",
            said,
            _said(reached),
            "",
            "",
        )


def _wrong(bench: Bench, name: str, most: float) -> Row:
    each = [errors(bench.turns(name), bench.heard(way, name)) for way in bench.ways]
    return _row(f"{name}, words wrong", each[0].rate, most=most, peers=each[1:])


def _row(
    what: str,
    value: float,
    *,
    least: float | None = None,
    most: float | None = None,
    peers: Sequence[object] = (),
) -> Row:
    percent = "wrong" in what
    shown = (lambda one: f"{one:.1%}") if percent else (lambda one: f"{one:.3g}")
    goal = f"≥ {least}" if least is not None else f"≤ {f'{most:.0%}' if percent else most}"
    reached = value >= least if least is not None else value <= (most or 0)
    others = [str(one) if isinstance(one, Errors) else shown(one) for one in peers]
    first, second = [*others, "", ""][:2]
    return (what, goal, shown(value), _said(reached), first, second)


def _lost(bench: Bench, names: Sequence[str]) -> Row:
    count = sum(lost(bench.turns(name), bench.heard(OURS, name)) for name in names)
    return ("turns lost in these without a mark", "0", str(count), _said(count == 0), "", "")


def _compared(what: str, wrong: Sequence[Errors]) -> Row:
    ours, _, *peers = _shown(wrong)
    reached = wrong[0].rate <= min(one.rate for one in wrong[1:])
    return (what, "≤ the better", ours, _said(reached), *peers)


def _shown(wrong: Sequence[Errors]) -> tuple[str, str, str, str]:
    ours, first, second = [*map(str, wrong), "", ""][:3]
    return (ours, "", first, second)


def _said(reached: bool) -> str:
    return "OK" if reached else "not"


def _circumstances(quick: bool) -> str:
    git = shutil.which("git") or "git"
    told = subprocess.run(
        [git, "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, check=False
    )
    revision = told.stdout.decode().strip()
    today = dt.datetime.now().astimezone().date().isoformat()
    load = os.getloadavg()[1]
    return (
        f"Revision {revision or '?'}, {today}, a load of {load:.1f}{', --quick' if quick else ''}."
    )


if __name__ == "__main__":
    main()
