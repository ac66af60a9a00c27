"""The window is there soon: it loads what it paints, and the rest in short portions afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest

from tests.support.source import ROOT
from ui.later import PORTIONS

# What the welcome page may stand on, besides the window itself. Before this grows: every module
# here is one for which everybody waits at every start.
_BEFORE_THE_PAGE = {
    "workbench",
    *(f"workbench.{name}" for name in (
        "children", "crash_log", "errors", "held", "log", "paths", "rights", "settings",
        "underway",
    )),
    "workbench.cli",
    *(f"workbench.cli.{name}" for name in (
        "arguments", "catalogue", "output", "parsing", "secrets",
    )),
    "workbench.domain",
    *(f"workbench.domain.{name}" for name in (
        "change", "clock", "declaring", "figures", "ids", "materials", "moments", "naming",
        "typed", "typed.dates", "typed.numbers", "typed.refusing", "typed.times",
    )),
    "workbench.vault",
    *(f"workbench.vault.{name}" for name in (
        "blocks", "contents", "files", "growing", "keys", "parts", "refusals", "ring",
    )),
    "workbench.words", "workbench.words.catalogue", "workbench.words.local",
    "workbench.words.sentence",
}  # fmt: skip
_WINDOW = 73  # modules of `ui`
_MOST = 75  # modules in one portion: about 50 ms
_SHOW = """
import gc, json, linecache, sys
from workbench.cli.arguments import load_window
run = load_window()
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from ui import later

app = QApplication([])
noted = {"searching": gc.isenabled(), "portions": []}
load_some = later.load_some

def counted():
    before = len(sys.modules)
    more = load_some()
    noted["portions"].append(len(sys.modules) - before)
    return more

later.load_some = counted

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            noted.setdefault("painted", list(sys.modules))
            QTimer.singleShot(0, app.quit)
        return False

watch = Watch()
app.installEventFilter(watch)
run([])
while later.load_some():
    continue
noted["read"] = [
    path for path in linecache.cache
    if path.startswith(sys.argv[1]) and "site-packages" not in path
]
noted["all"] = list(sys.modules)
print(json.dumps(noted))
"""


@pytest.fixture(scope="module")
def noted() -> dict[str, Any]:
    """What a program of its own had loaded when its welcome page was painted, and afterwards."""
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours(names: list[str], package: str) -> set[str]:
    return {name for name in names if name.partition(".")[0] == package}


def test_the_welcome_page_waits_for_its_own_modules_alone(noted: dict[str, Any]) -> None:
    painted = noted["painted"]
    assert _ours(painted, "workbench") - _BEFORE_THE_PAGE == set()
    assert len(_ours(painted, "ui")) <= _WINDOW
    assert not {"sqlite3", "sqlite_utils", "rapidfuzz", "regex", "ssl", "http"}.intersection(
        painted
    )


def test_the_rest_is_loaded_in_short_portions(noted: dict[str, Any]) -> None:
    assert sum(noted["portions"]) > len(noted["painted"])
    assert max(noted["portions"]) <= _MOST
    assert {"workbench.study", "ui.views.report.workspace"} <= set(noted["all"])


def test_every_portion_is_a_module() -> None:
    assert [name for name in PORTIONS if find_spec(name) is None] == []
    assert len(set(PORTIONS)) == len(PORTIONS)


def test_nothing_searches_for_garbage_while_the_window_is_loaded(noted: dict[str, Any]) -> None:
    assert not noted["searching"]


def test_no_source_is_read_for_features_of_pyside(noted: dict[str, Any]) -> None:
    assert noted["read"] == []
