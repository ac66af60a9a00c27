"""A locked recording in the player: heard and gone through, and nowhere in clear."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from ui.views.player.engine import Engine
from workbench.services.files import intake
from workbench.vault import ring
from workbench.vault.keys import new_key


@pytest.fixture
def locked(tmp_path: Path, jfk: Path) -> Iterator[Path]:
    """A recording in a locked folder."""
    folder = tmp_path / "locked"
    folder.mkdir()
    ring.hold(folder, new_key())
    intake.write(jfk, folder / "sound.flac", lambda: False)
    yield folder / "sound.flac"
    ring.let_go(folder)


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    """A player."""
    made = Engine()
    yield made
    made.end()
    made.deleteLater()


def test_it_plays_to_the_end_of_a_passage(engine: Engine, locked: Path, qtbot: QtBot) -> None:
    assert not locked.read_bytes().startswith(b"fLaC")
    engine.load(locked)
    with qtbot.waitSignal(engine.ended):
        engine.play(5_000, 5_400)
    assert engine.position == pytest.approx(5_400, abs=60)


def test_going_through_recordings_fast_never_stands_still(
    engine: Engine, locked: Path, jfk: Path, qtbot: QtBot
) -> None:
    moved = QSignalSpy(engine.moved)
    for number in range(12):
        engine.load(locked if number % 3 else jfk)
        engine.play(number * 500)
        engine.seek(1_000 + number * 700)
        if number % 2:
            wanted = moved.count() + 2
            qtbot.waitUntil(lambda wanted=wanted: moved.count() >= wanted)
        engine.pause()
        engine.play()
    engine.stop()


def test_a_damaged_one_is_a_sentence(engine: Engine, locked: Path, qtbot: QtBot) -> None:
    spoilt = bytearray(locked.read_bytes())
    spoilt[10] ^= 1
    locked.write_bytes(spoilt)
    engine.load(locked)
    with qtbot.waitSignal(engine.failed):
        engine.play()
    assert not engine.playing


@pytest.mark.skipif(sys.platform != "linux", reason="tells what is open on Linux")
def test_nothing_of_it_is_open_afterwards(engine: Engine, locked: Path, qtbot: QtBot) -> None:
    engine.load(locked)
    with qtbot.waitSignal(engine.ended):
        engine.play(1_000, 1_200)
    engine.load(None)

    def names() -> list[str]:
        found = Path("/proc/self/fd").iterdir()
        return [str(one.readlink()) for one in found if one.is_symlink()]

    qtbot.waitUntil(lambda: str(locked) not in names())


@pytest.mark.parametrize("sealed", [False, True])
def test_what_is_shown_is_opened_before_it_is_played(
    sealed: bool, engine: Engine, locked: Path, jfk: Path, qtbot: QtBot
) -> None:
    moved = QSignalSpy(engine.moved)
    engine.load(locked if sealed else jfk)
    engine.get_ready()
    qtbot.waitUntil(engine._is_loaded)
    assert not engine.playing
    assert not moved.count()
    with qtbot.waitSignal(engine.ended):
        engine.play(4_000, 4_300)
    assert engine.position == pytest.approx(4_300, abs=60)


def test_what_hinders_is_told_when_it_is_played(engine: Engine, locked: Path, qtbot: QtBot) -> None:
    spoilt = bytearray(locked.read_bytes())
    spoilt[10] ^= 1
    locked.write_bytes(spoilt)
    failed = QSignalSpy(engine.failed)
    engine.load(locked)
    engine.get_ready()
    assert not failed.count()
    with qtbot.waitSignal(engine.failed):
        engine.play()
    assert not engine.playing
