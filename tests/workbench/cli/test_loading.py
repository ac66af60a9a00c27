"""The window is loaded so that it is there soon."""

from __future__ import annotations

import subprocess
import sys

_LOAD = """
import gc, sys
from importlib.abc import MetaPathFinder

class Spy(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        print(name)

sys.meta_path.insert(0, Spy())
from workbench.cli.arguments import load_window
load_window()
print("searching" if gc.isenabled() else "quiet")
"""


def test_what_knows_nothing_of_qt_is_loaded_before_qt() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True, timeout=240
    ).stdout.split()
    assert loaded.pop() == "quiet"
    before, after = loaded[: loaded.index("PySide6")], loaded[loaded.index("PySide6") :]
    ours = [name for name in after if name.startswith("workbench.")]
    assert len(ours) < 0.1 * len([name for name in before if name.startswith("workbench.")])
