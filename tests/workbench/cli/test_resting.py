"""Recognition rests when somebody at the keyboard wants it to, and no word is lost by that."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import workbench
from tests.support.source import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.fixture
def recording(tmp_path: Path, jfk: Path) -> Path:
    import numpy as np

    from tests.workbench.speech.recordings import samples_of, silence, write_wav

    speech = samples_of(jfk, tmp_path)
    return write_wav(tmp_path / "call.wav", np.concatenate([speech, silence(4)] * 8))


@pytest.fixture
def study(tmp_path: Path, recording: Path) -> Path:
    folder = tmp_path / "x.study"
    assert workbench("new", folder).code == 0
    assert workbench("import", folder, recording).code == 0
    return folder


def _command(study: Path, gate: Path) -> list[str]:
    model = f"fake:{gate}"
    asked = ["transcribe", str(study), "--model", model, "--speakers", "0"]
    return [sys.executable, "-m", "workbench", *asked]


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self.pid, self._screen = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execv(command[0], command)  # noqa: S606
        self.seen = ""

    def wait_for(self, words: str) -> None:
        """Read until the words are on the screen."""
        while not re.search(words, self.seen):
            try:
                data = os.read(self._screen, 4096)
            except OSError:
                data = b""
            assert data, f"“{words}” never came: {self.seen}"
            self.seen += data.decode("utf-8", "replace")

    def press(self, keys: str) -> None:
        """Type."""
        self.seen = ""
        os.write(self._screen, keys.encode())

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        try:
            while os.read(self._screen, 4096):
                pass
        except OSError:
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        os.close(self._screen)


@pytest.fixture
def terminal(study: Path, gate: Path) -> Iterator[Terminal]:
    made = Terminal(_command(study, gate))
    yield made
    made.close()


def test_enter_pauses_and_goes_on(terminal: Terminal, gate: Path) -> None:
    terminal.wait_for(r"Enter pauses and goes on")
    terminal.wait_for(r"transcribing")  # the first words are there; the others wait at the gate
    terminal.press("\n")
    terminal.wait_for(r"then it rests")
    gate.touch()
    terminal.wait_for(r"call: paused; Enter goes on")
    assert "is transcribed" not in terminal.seen
    terminal.press("\n")
    terminal.wait_for(r"“call” is transcribed")
    assert terminal.end() == 0


def test_it_stops_in_order_and_goes_on(study: Path, gate: Path) -> None:
    with subprocess.Popen(
        _command(study, gate),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=False,
    ) as command:
        assert command.stderr is not None
        while b"transcribing" not in command.stderr.readline():
            pass
        command.send_signal(signal.SIGTSTP)
        gate.touch()
        _, status = os.waitpid(command.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        command.send_signal(signal.SIGCONT)
        out, _ = command.communicate()
        assert command.returncode == 0
        assert "“call” is transcribed" in out.decode()
