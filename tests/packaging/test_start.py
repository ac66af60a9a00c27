"""The set-up scripts: they meet an old Python kindly, and do nothing twice."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT, text_of

PACKAGING = ROOT / "packaging"


def _run(code: str, path: str = os.defpath) -> subprocess.CompletedProcess[str]:
    """Run code beside the scripts, as `start.py` is run: without the project on the path."""
    return subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[0:0] = [{str(PACKAGING)!r}]\n{code}"],
        env={"PATH": path, "PYTHONUTF8": "1", "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_old_python_can_read_the_sentence() -> None:
    # What stands in start.py must parse there, or a syntax error would come first.
    tree = ast.parse(text_of(PACKAGING / "start.py"), feature_version=(3, 7))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    [check, *_] = [node for node in tree.body if isinstance(node, ast.If)]
    early = {alias.name for node in imports if node.lineno < check.lineno for alias in node.names}
    assert early == {"sys"}


def test_missing_libraries_are_named_with_the_command(tmp_path: Path) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 1\n")
    apt.chmod(0o755)
    code = (
        "import os, system_libraries as s\n"
        "os.geteuid = lambda: 1000\n"
        "s._DISPLAY['libworkbench-none.so.9'] = 'libnone9'\n"
        "found = s.provide(testing=False)\n"
        "print('window', found.window_works, 'core', found.core_missing)"
    )
    done = _run(code, path=str(tmp_path))
    assert "sudo apt-get install -y --no-install-recommends libnone9" in done.stdout, done.stderr
    assert "window False core ()" in done.stdout


def test_a_failing_apt_is_told_and_not_fatal(tmp_path: Path) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho 'E: the mirror is away' >&2\nexit 100\n")
    apt.chmod(0o755)
    code = (
        "import os, system_libraries as s\n"
        "os.geteuid = lambda: 0\n"
        "s._DISPLAY['libworkbench-none.so.9'] = 'libnone9'\n"
        "s.provide(testing=False)"
    )
    done = _run(code, path=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "the mirror is away" in done.stdout
    assert "libnone9" in done.stdout


def test_an_environment_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    code = (
        "import environment as e, pathlib\n"
        f"root = pathlib.Path({str(tmp_path)!r})\n"
        "python = e.python_of(root / '.venv')\n"
        "python.parent.mkdir(parents=True); python.write_text('')\n"
        "e._write_stamp(root / '.venv', {**e._stamp(root), 'extras': ['dev', 'speech']})\n"
        "assert e.provide(root, extras={'speech'}) == python"
    )
    done = _run(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "✓ .venv is up to date\n"


def test_the_environment_of_somebody_else_is_not_emptied(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "kept.txt").write_text("theirs")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / ".venv").symlink_to(theirs, target_is_directory=True)
    code = "import environment, pathlib; environment.provide(pathlib.Path({!r}), extras=set())"
    done = _run(code.format(str(tmp_path)))
    assert "Remove the link" in done.stderr
    assert (theirs / "kept.txt").read_text() == "theirs"


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("Downloading pyside6_essentials-6.12-cp310.whl (84.3 MB)", "pyside6-essentials, 84.3 MB"),
        ("Downloading tiny-1.0-py3-none-any.whl (1.2 MB)", ""),
        ("  Downloading tiny-1.0-py3-none-any.whl (120 kB)", ""),
        ("Installing collected packages: a, b, c", "unpacking 3 packages"),
        ("Requirement already satisfied: numpy", ""),
    ],
)
def test_pip_is_told_in_short(line: str, short: str) -> None:
    done = _run(f"import environment as e; print(e._short_form({line!r}))")
    assert done.stdout.strip().removeprefix("downloading ") == short


def test_an_earlier_sample_study_is_kept(tmp_path: Path) -> None:
    study = tmp_path / "Moving.study"
    study.mkdir()
    (study / "mine.txt").write_text("my own notes")
    done = _run(f"import main_job, pathlib; main_job._put_aside(pathlib.Path({str(study)!r}))")
    assert done.returncode == 0, done.stderr
    [kept] = tmp_path.glob("Moving (kept *).study")
    assert (kept / "mine.txt").read_text() == "my own notes"
    assert not study.exists()


@pytest.mark.parametrize("plenty", [True, False])
def test_files_of_tests_lie_in_memory_where_there_is_plenty(tmp_path: Path, plenty: bool) -> None:
    code = (
        "import checks, pathlib\n"
        f"checks._MEMORY = pathlib.Path({str(tmp_path)!r})\n"
        f"checks._memory = lambda: {20 << 30 if plenty else 1 << 30}\n"
        "with checks._scratch() as told: print(told.get('PYTEST_DEBUG_TEMPROOT', 'nowhere'))"
    )
    done = _run(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path) if plenty else "nowhere")
    assert not list(tmp_path.iterdir())


def test_a_failing_check_is_shown_whole_and_the_others_still_run(tmp_path: Path) -> None:
    code = (
        "import checks, pathlib, sys\n"
        "checks.CHECKS = (checks.Check('bad', ('-c', 'print(\"the reason\"); exit(3)')),\n"
        "                 checks.Check('good', ('-c', '')))\n"
        f"sys.exit(checks.run_all(pathlib.Path({str(tmp_path)!r}), pathlib.Path(sys.executable)))"
    )
    done = _run(code)
    assert done.returncode == 1
    assert "the reason" in done.stdout
    assert "✓ good" in done.stdout
    assert "1 of 2 checks failed: bad" in done.stderr
