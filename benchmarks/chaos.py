"""Measure the promise on loss in a study: kill -9 at a random moment, whatever somebody does.

    python benchmarks/chaos.py [--rounds 300] [--seed 1] [--longest 1500] [--kind coding …]

In each round a process works on a study (codes, undoes, imports, turns films into sound and words,
exports, backs up, brings it up to a newer version, types in the window, does so while the disk is
full or the file is replaced) and says after each act what the study holds. At a random moment it is
killed, and with it, now and then, the child that decodes. Then the study is opened and looked at:

- whole: `check` finds nothing;
- lost: what was said last is neither what the study holds nor a few undone steps away;
- torn: a backup, an exported file or decoded sound under its own name that is not complete.

A round in which nothing was said in time counts as not begun. After `--longest` seconds no round
begins. Linux and macOS. The exit code is 1 if anything was lost, torn or not whole.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import selectors
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import ROOT, print_table

from tests.support.acts import ACTIONS
from tests.support.chaos_child import KINDS, fingerprint, tomorrow, turns_in
from tests.support.commands import worker_of
from workbench.errors import WorkbenchError
from workbench.speech.engine import SAMPLE_RATE
from workbench.study import Study

ROUNDS_PER_STUDY = 12
BESIDE = ("migration", "replaced file")  # on a copy of the study
A_TRIFLE_MS = 1000
BOTH = 0.5  # share of the rounds in which the child that decodes is killed as well
STEPS_AWAY = 12  # an act is at most so many steps
COUNTED = ["rounds", "begun", "said before", "in mid-act", "not whole", "lost", "torn"]


def main() -> None:
    """Kill, look, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=1500)
    parser.add_argument("--kind", nargs="*", choices=list(KINDS), default=list(KINDS))
    asked = parser.parse_args()
    draw = random.Random(asked.seed)
    kinds = draw.sample(asked.kind, len(asked.kind))
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in asked.kind}
    end = time.monotonic() + asked.longest
    # A reader whose program was killed may live a moment longer and make its empty folder anew.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["WORKBENCH_HOME"] = str(Path(name) / "home")
        for number in range(asked.rounds):
            if time.monotonic() > end:
                break
            if number % ROUNDS_PER_STUDY == 0:
                study = begin(Path(name) / str(number), draw)
            kind = kinds[number % len(kinds)]
            counts[kind].update(one_round(study, kind, draw))
    rows = [[kind, *(found[key] for key in COUNTED)] for kind, found in counts.items()]
    print_table(["killed while", *COUNTED], rows)
    if any(found[key] for found in counts.values() for key in ("not whole", "lost", "torn")):
        raise SystemExit("Something was lost, or is not whole.")


def begin(folder: Path, draw: random.Random) -> Path:
    """Make a study with a little in it."""
    folder.mkdir()
    with Study.create(folder / "chaos.study") as study:
        for _ in range(30):
            draw.choice(ACTIONS)(study, draw)
        return study.folder


@dataclass(slots=True)
class Said:
    """What a process said before it was killed.

    Attributes:
        count: how often it said what is kept.
        kept: fingerprint of the study, "" before the first.
        typed: letters of the memo that were kept.
        heard: turns of all texts.
        files: backups and exports that were said to be written.
    """

    count: int = 0
    kept: str = ""
    typed: int = 0
    heard: int = 0
    files: tuple[Path, ...] = ()

    def hear(self, line: str) -> None:
        """Take in a line."""
        word, _, rest = line.partition(" ")
        self.count += word in ("kept", "typed", "heard", "wrote", "copied")
        if word == "kept":
            self.kept = rest
        elif word == "typed":
            self.typed = int(rest)
        elif word == "heard":
            self.heard = int(rest)
        elif word in ("wrote", "copied"):
            self.files += (Path(rest),)


def one_round(folder: Path, kind: str, draw: random.Random) -> Counter[str]:
    """Let a process work, kill it, and count what is wrong."""
    for old in folder.parent.glob("out-*"):
        old.unlink()
    study, of_today = folder, ""
    if kind in BESIDE:  # what comes after it needs the version of today, and the newest file
        study = Path(shutil.copytree(folder, folder.with_name("beside.study")))
    if kind == "migration":
        with Study.open(folder, read_only=True) as opened:
            of_today = shown(opened)
    said = killed(study, kind, draw)
    found = Counter(rounds=1, begun=bool(said.count), **{"said before": said.count})
    try:
        with tomorrow() if of_today else contextlib.nullcontext(), Study.open(study) as opened:
            found.update(look(opened, said, kind, of_today))
    except (WorkbenchError, sqlite3.Error) as problem:
        print(f"{kind}: {problem!r}", file=sys.stderr)
        found["not whole"] += 1
    written = {*said.files, *folder.parent.glob("out-*"), *study.glob("backups/*.sqlite")}
    found["torn"] += sum(not is_complete(path) for path in written)
    if study != folder:
        shutil.rmtree(study)
    for copy in folder.parent.glob("copy-*"):
        shutil.rmtree(copy)
    return found


def killed(study: Path, kind: str, draw: random.Random) -> Said:
    """Let a process work until it is killed at a random moment; return what it said."""
    said = Said()
    command = [sys.executable, "-m", "tests.support.chaos_child", kind, str(study)]
    with subprocess.Popen(
        [*command, str(draw.randrange(10**9))],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
        text=True,
    ) as child:
        wanted = draw.choice((0, 1, 1, 2, 3, 5))
        for line in lines(child, longest=60):
            said.hear(line)
            if said.count >= wanted:
                break
        # Whatever it does at that moment; a study of tomorrow and an import take longer.
        time.sleep(draw.uniform(0, draw.choice((0.02, 0.2, 0.6))))
        ended = child.poll()
        with contextlib.suppress(LookupError, OSError):  # a worker has a session of its own
            if draw.random() < BOTH:
                os.kill(worker_of(child.pid), signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        rest, problems = child.communicate()
        for line in rest.splitlines():
            said.hear(line)
    if ended is not None:
        raise SystemExit(f"The process for “{kind}” ended by itself:\n{problems}")
    return said


def lines(child: subprocess.Popen[str], *, longest: float) -> Iterator[str]:
    """Return what a process says, line by line, until it is silent for long."""
    assert child.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while selector.select(longest):
            line = child.stdout.readline()
            if not line:
                return
            yield line.rstrip("\n")


def look(study: Study, said: Said, kind: str, of_today: str) -> Counter[str]:
    """Compare a study with what was said, and with what it was before its version was raised."""
    problems = [one for one in study.check() if one.serious]
    for problem in problems:
        print(f"{kind}: {problem.text}", file=sys.stderr)
    found = Counter({"not whole": len(problems)})
    if said.kept:
        found["in mid-act"] = fingerprint(study) != said.kept
        found["lost"] = not is_near(study, said.kept)
    memo = study.memos.of("charter", study.charter.id)
    found["lost"] += len(memo.text if memo else "") < said.typed
    found["lost"] += turns_in(study) < said.heard
    found["torn"] = sum(not is_whole_sound(study, path) for path in decoded_in(study))
    if of_today:
        while study.undo():  # as far as the steps since then
            pass
        found["lost"] += shown(study) != of_today
    return found


def decoded_in(study: Study) -> list[Path]:
    """Return the decoded sound that a study keeps."""
    return list((study.folder / "cache").glob("*.pcm"))


def is_whole_sound(study: Study, path: Path) -> bool:
    """Tell whether decoded sound is as long as its recording."""
    decoded = path.stat().st_size * 1000 // (2 * SAMPLE_RATE)
    stated = [row.duration_ms for row in study.materials.sources() if row.sha256 == path.stem]
    return all(abs(decoded - (length or 0)) < A_TRIFLE_MS for length in stated)


def shown(study: Study) -> str:
    """Return the whole study as text."""
    return json.dumps(study.show(), default=str, sort_keys=True)


def is_complete(path: Path) -> bool:
    """Tell whether a file that stands under its own name is all there."""
    try:
        match path.suffix:
            case ".docx":
                with zipfile.ZipFile(path) as parts:
                    return parts.testzip() is None
            case ".json":
                return bool(json.loads(path.read_text("utf-8")))
            case ".sqlite":
                with contextlib.closing(sqlite3.connect(path)) as copy:
                    return bool(copy.execute("PRAGMA integrity_check").fetchone() == ("ok",))
            case _:
                return path.exists()
    except (OSError, ValueError, zipfile.BadZipFile, sqlite3.Error):
        return False


def is_near(study: Study, kept: str) -> bool:
    """Tell whether a study is in a state, or can be taken there by a few steps of its history.

    The act that was killed may have happened wholly, in part (it has several steps), or not.
    """
    if fingerprint(study) == kept:
        return True
    for play, back in ((study.undo, study.redo), (study.redo, study.undo)):
        taken = 0
        while taken < STEPS_AWAY and play():
            taken += 1
            if fingerprint(study) == kept:
                return True
        for _ in range(taken):
            back()
    return False


if __name__ == "__main__":
    if sys.platform == "win32":
        raise SystemExit(__doc__)
    main()
