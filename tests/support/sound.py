"""A loudspeaker and a microphone without hardware: what the one plays, the other hears.

A PulseAudio server of the test's own; where it is not installed, the test is skipped. The program
talks to it in a child process, since Qt looks for sound once in the life of a process.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 48_000
_ROOM = "module-null-sink sink_name=room rate=48000"
_MICROPHONE = "module-remap-source master=room.monitor source_name=microphone"
_CHILD = Path(__file__).with_name("sound_child.py")


@dataclass(frozen=True, slots=True)
class SoundCard:
    """The server: where programs find it, and what people do with it."""

    environment: dict[str, str]

    def say(self, recording: Path) -> None:
        """Play a recording from begin to end."""
        with self.saying(recording) as speaker:
            assert speaker.wait(120) == 0

    @contextmanager
    def saying(self, recording: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Play a recording as long as it is needed."""
        command = ["paplay", str(recording)]
        with subprocess.Popen(command, env=self.environment) as speaker:
            yield speaker
            speaker.kill()

    @contextmanager
    def hearing(self, target: Path) -> Iterator[None]:
        """Write what the loudspeaker says to a file of 16-bit samples."""
        command = ["parec", "--device=room.monitor", "--format=s16le", f"--rate={RATE}",
                   "--channels=1", "--latency-msec=20"]  # fmt: skip
        with target.open("wb") as file:
            ear = subprocess.Popen(command, env=self.environment, stdout=file)
            try:
                _until(lambda: target.stat().st_size > 0)
                yield
            finally:
                ear.send_signal(signal.SIGTERM)
                ear.wait(10)

    def program(self, *arguments: object) -> subprocess.Popen[str]:
        """Start a part of the program that records or plays; see `sound_child`."""
        command = [sys.executable, str(_CHILD), *map(str, arguments)]
        return subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@contextmanager
def sound_card(folder: Path) -> Iterator[SoundCard]:
    """Run a server as long as it is needed."""
    if not all(map(shutil.which, ("pulseaudio", "pactl", "paplay", "parec"))):
        pytest.skip("PulseAudio is not installed")
    socket = folder / "socket"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # there, two servers would want one name
        "PYTHONPATH": str(_CHILD.parents[2]),
    }
    parts = [
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        _ROOM,
        _MICROPHONE,
    ]
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
               *(f"--load={part}" for part in parts)]  # fmt: skip
    told = folder / "server.log"
    with told.open("wb") as log:
        server = subprocess.Popen(command, env=environment, stderr=log)
    try:
        while not _answers(environment):
            if server.poll() is not None:
                words = told.read_text("utf-8", "replace")
                pytest.fail(f"the sound server ended with {server.returncode}: {words}")
            Event().wait(0.05)
        yield SoundCard(environment)
    finally:
        server.terminate()
        server.wait(10)


def read_raw(path: Path) -> NDArray[np.float64]:
    """Return what `hearing` has written, -1…1."""
    return np.fromfile(path, "<i2") / 32_768


def read_wav(path: Path) -> NDArray[np.float64]:
    """Return the sound of a recording, -1…1."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


def write_wav(path: Path, samples: NDArray[np.int16]) -> Path:
    """Write samples as a recording."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def pitch(sound: NDArray[np.float64]) -> float:
    """Return the loudest frequency, in Hz."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * RATE / len(sound))


def loud(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sound without the silence before and after it."""
    heard = np.flatnonzero(np.abs(sound) > 0.02)
    return sound[heard[0] : heard[-1] + 1] if len(heard) else sound[:0]


def write_tones(path: Path, tones: list[float]) -> Path:
    """Write a recording that holds each tone, in Hz, for a second."""
    time = np.arange(RATE) / RATE
    sound = np.concatenate([0.3 * np.sin(2 * np.pi * hertz * time) for hertz in tones])
    return write_wav(path, (sound * 32_767).astype(np.int16))


def _answers(environment: dict[str, str]) -> bool:
    command = ["pactl", "info"]
    asked = subprocess.run(command, env=environment, capture_output=True, check=False)
    return asked.returncode == 0


def _until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if is_so():
            return
        Event().wait(0.05)
    pytest.fail("the sound server does not answer")
