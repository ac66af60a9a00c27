"""Files that tests reached wholly have to stay so, and what is missing is said by its line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.source import ROOT

RULE = "def sign(n):\n    if n < 0:\n        return '-'\n    return '+'\n"
SETTINGS = '[tool.coverage.run]\nbranch = true\nsource = ["."]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one rule of two branches."""
    (tmp_path / "rule.py").write_text(RULE, "utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def _lacking(project: Path, calls: str) -> list[str]:
    code = (
        f"import sys, json; sys.path.insert(0, {str(ROOT / 'packaging')!r}); import covered;"
        "from pathlib import Path; found = covered.measured(['try.py'], Path.cwd());"
        "print(json.dumps(covered.lacking(found, ['rule.py'])))"
    )
    (project / "try.py").write_text(calls, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: Any = json.loads(done.stdout)
    return list(told)


@pytest.mark.parametrize(
    ("calls", "missing"),
    [
        ("import rule; rule.sign(-1); rule.sign(1)", []),
        ("import rule; rule.sign(1)", ["line 3", "2 to 3"]),
        ("import rule", ["line 2", "line 3", "line 4", "2 to 3", "2 to 4"]),
    ],
)
def test_what_is_missing_is_said(project: Path, calls: str, missing: list[str]) -> None:
    said = _lacking(project, calls)
    assert said == ([f"rule.py: no test reaches {', '.join(missing)}"] if missing else [])


def test_the_files_of_the_list_are_there_and_listed_in_order() -> None:
    code = "import json, covered; print(json.dumps(covered.WHOLE))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "packaging", capture_output=True, check=True
    )
    places: list[str] = json.loads(done.stdout)
    assert places == sorted(set(places))
    assert [place for place in places if not (ROOT / place).is_file()] == []


def test_it_is_measured_only_by_name() -> None:
    code = "import checks; print([check.name for check in checks.CHECKS if check.by_name])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "packaging", capture_output=True, check=True
    )
    assert done.stdout.strip() == b"['coverage']"
