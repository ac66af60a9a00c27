"""A recording survives whatever ends the program, but for a second at most."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
import threading
import wave
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support.source import ROOT
from workbench.errors import EnvironmentProblem, UserError
from workbench.paths import NO_LINKS
from workbench.services.files import recording
from workbench.services.files.recording import RATE, WaveWriter
from workbench.vault import files

BEGAN = datetime(2026, 9, 12, 10, 15, 30)
TENTH = struct.pack(f"<{RATE // 10}h", *range(RATE // 10))
CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from workbench.services.files.recording import RATE, WaveWriter
from workbench.vault import files
writer = WaveWriter(Path(sys.argv[1]), datetime(2026, 9, 12, 10, 15, 30))
while True:
    writer.write(b"ab" * (RATE // 10))
    print(writer.duration_ms, flush=True)
"""


def test_a_recording_is_a_wave_file(tmp_path: Path) -> None:
    writer = WaveWriter(tmp_path / "recordings", BEGAN)
    for _ in range(15):
        writer.write(TENTH)
    done = writer.close()
    assert writer.close() == done
    assert done.path.name == "Recording 2026-09-12 10.15.30.wav"
    assert done.duration_ms == 1_500
    with wave.open(str(done.path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == 15 * TENTH


def test_the_header_is_valid_while_it_records(tmp_path: Path) -> None:
    writer = WaveWriter(tmp_path / "recordings", BEGAN)
    for tenths in range(1, 31):
        writer.write(TENTH)
        with wave.open(str(writer.path)) as file:
            assert tenths - 10 < file.getnframes() // (RATE // 10) <= tenths
    writer.close()


def test_a_disk_that_takes_its_time_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WaveWriter(tmp_path / "recordings", BEGAN)
    free, kept = threading.Event(), threading.Event()
    real = os.fsync

    def late(file: int) -> None:
        assert free.wait(60)
        real(file)
        kept.set()

    monkeypatch.setattr(os, "fsync", late)
    for _ in range(35):
        writer.write(TENTH)
    assert not kept.is_set()
    with wave.open(str(writer.path)) as file:  # whoever ends the program now loses no second
        assert file.getnframes() >= 3 * RATE - RATE // 10
    free.set()
    assert writer.close().duration_ms == 3_500
    assert kept.is_set()


def test_a_disk_that_keeps_nothing_is_told_with_the_next_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WaveWriter(tmp_path / "recordings", BEGAN)

    def broken(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(EnvironmentProblem, match="Input/output"):
            _write_on(writer)
    assert writer.close().duration_ms >= 2_000


def _write_on(writer: WaveWriter) -> NoReturn:
    while True:
        writer.write(TENTH)


def test_killed_in_the_middle_it_loses_less_than_a_second(tmp_path: Path) -> None:
    folder = recording.folder_of(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    told = 0
    while told < 5_700:
        told = int(child.stdout.readline())
    child.kill()
    child.wait()
    rest = child.stdout.read().split()
    child.stdout.close()
    told = max([told, *map(int, rest)])
    [found] = recording.unfinished(tmp_path)
    assert told - 1_000 <= found.duration_ms
    with wave.open(str(found.path)) as file:
        assert file.getnframes() * 1000 // RATE == found.duration_ms
        assert set(file.readframes(file.getnframes())) == set(b"ab")
    assert recording.unfinished(tmp_path) == [found]
    recording.forget(found.path)
    assert recording.unfinished(tmp_path) == []


def test_an_odd_end_is_cut_and_nothing_is_kept_of_silence_of_no_length(tmp_path: Path) -> None:
    folder = recording.folder_of(tmp_path)
    writer = WaveWriter(folder, BEGAN)
    writer.write(TENTH)
    writer.close()
    with writer.path.open("ab") as file:
        file.write(b"\x01\x02\x03")
    WaveWriter(folder, BEGAN).close()
    assert len(list(folder.glob("*.wav"))) == 1
    [found] = recording.unfinished(tmp_path)
    assert found.path == writer.path
    assert found.path.stat().st_size == 44 + len(TENTH) + 2
    recording.forget(found.path)
    assert list(folder.iterdir()) == []


def _of_others(folder: Path, jfk: Path, outside: Path) -> None:
    """Put into a folder what people put there, and what those who mean harm would."""
    mine = WaveWriter(folder, BEGAN)
    mine.write(TENTH)
    mine.close()
    with (folder / "begun.txt").open("a") as names:
        names.write("Interview.wav\nlink.wav\nmoved.wav\ngone.wav\n../outside.wav\n")
    mine.path.rename(folder / "moved.wav")
    outside.write_bytes((folder / "moved.wav").read_bytes() + b"\0\0")
    (folder / "link.wav").symlink_to(outside)
    with wave.open(str(folder / "Interview.wav"), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(TENTH * 10)
    for name in ("Interview.wav", "moved.wav"):  # a copy that is not on the list
        (folder / f"Copy of {name}").write_bytes((folder / name).read_bytes() + b"LIST")
    (folder / mine.path.name).write_bytes(jfk.read_bytes())  # the name was given away
    (folder / "short.wav").write_bytes(b"RIFF")
    (folder / "empty.wav").touch()
    (folder / "begun too.wav").mkdir()


@pytest.mark.skipif(not NO_LINKS, reason="this system follows every link")
def test_the_list_is_no_link_to_somewhere_else(tmp_path: Path) -> None:
    folder = recording.folder_of(tmp_path)
    folder.mkdir()
    (folder / "begun.txt").symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(EnvironmentProblem):
        WaveWriter(folder, BEGAN)
    assert not (tmp_path / "elsewhere.txt").exists()


def test_only_what_this_program_began_is_touched(tmp_path: Path, jfk: Path) -> None:
    folder = recording.folder_of(tmp_path)
    outside = tmp_path / "outside.wav"
    _of_others(folder, jfk, outside)
    before = {
        path: path.read_bytes() for path in (*folder.glob("*.wav"), outside) if path.is_file()
    }
    [ours] = recording.unfinished(tmp_path)
    assert ours.path == folder / "moved.wav"
    after = {path: path.read_bytes() for path in (*folder.glob("*.wav"), outside) if path.is_file()}
    assert after == before
    recording.forget(ours.path)
    assert {path for path in before if not path.exists()} == {ours.path}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a file may fill the disk")
def test_a_file_that_is_larger_than_its_format_is_nobody_elses_trouble(tmp_path: Path) -> None:
    writer = WaveWriter(recording.folder_of(tmp_path), BEGAN)
    writer.write(TENTH)
    writer.close()
    with writer.path.open("r+b") as file:
        file.truncate(5_000_000_000)  # all but nothing of it is on the disk
    assert recording.unfinished(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match="kept"):
        WaveWriter(tmp_path / "file", BEGAN)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")
def test_a_full_disk_is_told_and_the_file_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WaveWriter(tmp_path, BEGAN)
    writer._file.close()
    writer._file = files.go_on(Path("/dev/full"))
    with pytest.raises(EnvironmentProblem, match="the disk is full"):
        writer.write(TENTH * 10)
    with pytest.raises(EnvironmentProblem, match="the disk is full"):
        writer.close()
    writer._file.close()  # harmless: it is closed


def test_a_file_does_not_outgrow_its_format(tmp_path: Path) -> None:
    writer = WaveWriter(tmp_path, BEGAN)
    writer._bytes = 0xFFFF_FF00
    with pytest.raises(UserError, match="twelve hours"):
        writer.write(TENTH)
    writer._bytes = 0
    writer.close()
