"""The main job on the sample study: recordings in, Word report out, the window open on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from console import SetupError, fail, say, step
from environment import child_environment

DEFAULT_STUDY = Path.home() / "Workbench" / "Moving home with Northline.study"
_WINDOW_SETTLES = 4.0  # seconds after which a window that cannot start has given up


def run(python: Path, *, study: Path, fresh: bool, window_works: bool) -> int:
    """Make the sample study unless it is there with its report, then show it.

    Args:
        python: Interpreter of the virtual environment.
        study: Folder of the sample study.
        fresh: Put an existing sample study aside and make it again.
        window_works: Whether Qt finds all that it needs for a window.

    Returns:
        The exit code: 0 when the report lies there and the window, where possible, is open.
    """
    study = study.expanduser().resolve()
    report = study.with_suffix(".docx")
    if fresh or not report.is_file():
        _put_aside(study)
        report = _make(python, study)
    else:
        say("✓ The sample study was made earlier (make it again with --fresh)")
    say(f"  Study:  {study}\n  Report: {report}")
    if not _has_display():
        say("  There is no display here, so the window stays closed.")
        return 0
    if not window_works:
        say("  The window stays closed until the system libraries named above are installed.")
        return 0
    return _open_window(python, study)


def _put_aside(study: Path) -> None:
    """Keep an earlier study under another name: it may hold somebody's work."""
    if not study.exists():
        return
    kept = study.with_name(f"{study.stem} (kept {datetime.now():%Y-%m-%d %H-%M-%S}){study.suffix}")
    study.rename(kept)
    say(f"  The earlier study is kept as {kept}")


def _make(python: Path, study: Path) -> Path:
    """Run `workbench demo` and take the report's place from its answer."""
    study.parent.mkdir(parents=True, exist_ok=True)
    with step("Transcribing four recordings, coding them and writing the report"):
        done = subprocess.run(
            [str(python), "-m", "workbench", "demo", "--out", str(study), "--json"],
            env=child_environment(python),
            stdout=subprocess.PIPE,  # the answer; progress comes on the error stream
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise SetupError(
                f"The sample study could not be made (exit code {done.returncode}).\n"
                f"{done.stdout.strip()}\nThe lines above say why; put it right and run this again."
            )
    answer = json.loads(done.stdout)
    return Path(answer["report"])


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_window(python: Path, study: Path) -> int:
    """Open the window as a program of its own, so that this one can end."""
    log = Path(tempfile.gettempdir()) / f"workbench-window-{os.getpid()}.log"
    with log.open("wb") as written:
        window = subprocess.Popen(
            [str(python), "-m", "workbench", str(study)],
            env=child_environment(python),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        code = window.wait(_WINDOW_SETTLES)
    except subprocess.TimeoutExpired:
        say("✓ The window is open on the sample study")
        return 0
    if code == 0:
        say("✓ The window was opened and closed")
        return 0
    fail(
        f"The window could not be opened (exit code {code}):\n"
        f"{log.read_text('utf-8', errors='replace').strip()}\n"
        "The report is finished all the same."
    )
    return 1
