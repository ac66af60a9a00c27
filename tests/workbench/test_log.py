"""No words in logs: whatever fails, and whatever it carries with it, only its place is written."""

from __future__ import annotations

import json
import logging
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui.errors import report
from workbench import log, paths
from workbench.errors import Bug, UserError

SENTENCE = "Maya cried in the kitchen"
WORDS = ("Maya", "cried", "kitchen")


def _not_utf8() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("SELECT CAST(x'" + SENTENCE.encode().hex() + "ff' AS TEXT)").fetchall()


def _no_letter() -> None:
    (SENTENCE.encode() + b"\xff").decode()


def _not_json() -> None:
    json.loads(f'["{SENTENCE}')


def _no_key() -> None:
    raise KeyError(SENTENCE)


def _no_number() -> None:
    int(SENTENCE)


def _no_file() -> None:
    Path(f"/{SENTENCE}").read_bytes()


def _no_column() -> None:
    sqlite3.connect(":memory:").execute('SELECT "Maya" FROM kitchen')


def _chained() -> None:
    try:
        _no_key()
    except KeyError as problem:
        raise Bug("rule", SENTENCE, SENTENCE) from problem


def _beside() -> None:
    try:
        _not_json()
    except ValueError:
        raise UserError("rule", SENTENCE) from None


def _noted() -> None:
    problem = ValueError(SENTENCE)
    problem.add_note(SENTENCE)
    raise problem


def _grouped() -> None:
    raise ExceptionGroup(SENTENCE, [ValueError(SENTENCE)])


FAILURES = [
    _not_utf8, _no_letter, _not_json, _no_key, _no_number, _no_file, _no_column, _chained,
    _beside, _noted, _grouped,
]  # fmt: skip


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's log, begun for this test."""
    root = logging.getLogger("workbench")
    monkeypatch.setattr(paths, "log_dir", lambda: tmp_path)
    monkeypatch.setattr(root, "handlers", [])
    log.start()
    yield tmp_path / "workbench.log"
    for handler in root.handlers:
        handler.close()


def _raised(fail: Callable[[], None]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011  of every kind
        fail()
    return caught.value


@pytest.mark.parametrize("fail", FAILURES)
def test_neither_log_nor_report_holds_words(fail: Callable[[], None], log_file: Path) -> None:
    error = _raised(fail)
    _log = logging.getLogger("workbench.somewhere")
    _log.error("unexpected", exc_info=error)
    _log.warning("not kept: %s", error)
    for text in (log_file.read_text(encoding="utf-8"), report(error)):
        assert not [word for word in WORDS if word in text]
        assert type(error).__name__ in text
        assert "tests/workbench/test_log.py:" in text
        assert fail.__name__ in text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (log.__file__, "workbench/log.py"),
        (json.__file__, f"{Path(json.__file__).parents[1].name}/json/__init__.py"),
        (
            "/home/anna/tools/lib/site-packages/av/error.py",
            "site-packages/av/error.py",
        ),
        ("/home/anna/app.py", "app.py"),
        ("ui/app.py", "ui/app.py"),  # of a program that was packed
    ],
)
def test_a_place_in_a_program_tells_nothing_of_who_works_there(path: str, told: str) -> None:
    assert log.near(path) == told


def test_position_and_number_are_told() -> None:
    told = [log.without_words(_raised(fail)) for fail in (_no_letter, _not_json, _no_file)]
    assert told == [
        f"UnicodeDecodeError: utf-8, {len(SENTENCE)} to {len(SENTENCE) + 1}",
        "JSONDecodeError: character 1",
        "FileNotFoundError: ENOENT",
    ]
    assert log.without_words(_raised(_no_column)) == "OperationalError: SQLITE_ERROR"


def test_errors_behind_an_error_are_told() -> None:
    told = log.trace(_raised(_chained))
    assert "Bug: rule" in told
    assert "KeyError" in told


def test_a_child_process_writes_no_words(tmp_path: Path) -> None:
    script = (
        "import logging; from workbench import log; log.start_child()\n"
        f"try:\n  raise KeyError({SENTENCE!r})\n"
        "except KeyError as error:\n"
        "  logging.getLogger('anybody').exception('bug')\n"
        "  logging.getLogger('anybody').info('not kept: %s', error)\n"
        "  logging.getLogger('anybody').info(error)\n"
        f"def fail(): raise LookupError({SENTENCE!r})\n"
        "import threading; one = threading.Thread(target=fail); one.start(); one.join()\n"
        f"raise ValueError({SENTENCE!r})\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.count("KeyError") == 3
    assert run.stderr.count("LookupError") == 1
    assert "ValueError" in run.stderr
    assert not [word for word in WORDS if word in run.stderr]


def test_debug_tells_what_is_done_and_where_errors_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger("workbench")
    monkeypatch.setattr(paths, "log_dir", lambda: tmp_path)
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    log.start(debug=True)
    for fail in FAILURES:
        error = _raised(fail)
        logging.getLogger("workbench.somewhere").debug("told: %s", error)
        logging.getLogger("workbench.somewhere").warning(error)
    written = (tmp_path / "workbench.log").read_text("utf-8")
    for handler in root.handlers:
        handler.close()
    assert written.splitlines()[0].endswith(platform.machine())
    assert not [word for word in WORDS if word in written]
    for fail in FAILURES:
        assert written.count(f" in {fail.__name__}\n") >= 2
