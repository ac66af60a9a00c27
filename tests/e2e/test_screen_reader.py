"""The real program as a screen reader knows it: through AT-SPI, on a screen nobody sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sample import make_sample
from workbench.settings import SettingsStore, WindowState

_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_PYTHON = Path("/usr/bin/python3")
_LISTENER = Path(__file__).parents[1] / "support" / "at_spi_listener.py"
_SESSION = """
"$LAUNCHER" --launch-immediately >&2 & bus=$!
"$PROGRAM" -m workbench "$STUDY" >&2 & program=$!
env -u PYTHONPATH "$PYTHON" "$LISTENER" "Interview with Maya" 100 900
code=$?
kill $program $bus; wait $program $bus
exit $code
"""


def _is_missing() -> str:
    tools = [tool for tool in ("dbus-run-session", "Xvfb", "xdotool") if not shutil.which(tool)]
    tools += [str(one) for one in (_LAUNCHER, _PYTHON) if not one.exists()]
    if tools:
        return ", ".join(tools)
    binding = "import gi; gi.require_version('Atspi', '2.0')"
    known = subprocess.run([_PYTHON, "-c", binding], capture_output=True, check=False)
    return "the bindings of AT-SPI" if known.returncode else ""


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen that nobody sees, with a number nobody else has."""
    if missing := _is_missing():
        pytest.skip(f"needs {missing}")
    read, write = os.pipe()
    command = [str(shutil.which("Xvfb")), "-displayfd", str(write), "-screen", "0", "1440x900x24",
               "-nolisten", "tcp"]  # fmt: skip
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def test_a_screen_reader_is_told_words_speaker_codes_and_selection(
    screen: str, tmp_path: Path, socket_folder: Path
) -> None:
    home, study = tmp_path / "home", make_sample(tmp_path / "Sample.study")
    SettingsStore(home / "config" / "settings.json").change(window=WindowState(workspace="code"))
    environment = os.environ | {
        "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "XDG_RUNTIME_DIR": str(socket_folder), "WORKBENCH_HOME": str(home), "STUDY": str(study),
        "PROGRAM": sys.executable, "PYTHON": str(_PYTHON), "LISTENER": str(_LISTENER),
        "LAUNCHER": str(_LAUNCHER), "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    command = [str(shutil.which("dbus-run-session")), "--", "/bin/sh", "-c", _SESSION]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["words"] == "Thank you for making tim"
    maya = "Maya, quotes: given until 31 Dec 2037"
    assert told["places"] == [
        f"{maya}, 0:05. Not coded",
        f"{maya}, 0:51. Coded broken date, Waiting · Confirmation e-mail",
    ]
    # What is new is said; what stays the same is not said again.
    wanted = [f"{maya}, 0:05", told["places"][1]]
    assert [words for words in told["heard"] if words in wanted] == wanted
    assert told["selected"] == "th. No re"
    assert (told["before"], told["after"]) == (False, True)
    assert told["nameless"] == []
