"""The picture of the sound: who speaks, where to listen again, near and far."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.studies import drafts
from ui.theme import Theme
from ui.views.player.bands import Band, Flag, bands_of, gaps
from ui.views.player.waveform import Waveform
from workbench.domain.voices import SPEAKS_OVER
from workbench.study import Study

LENGTH = 100_000


@pytest.fixture
def wave(theme: Theme, qtbot: QtBot) -> Waveform:
    """A hundred seconds, 800 pixels wide."""
    made = Waveform(theme)
    qtbot.addWidget(made)
    made.resize(800, 36)
    made.show_recording(LENGTH, [50] * 1_000)
    made.show()
    return made


def turn_wheel(wave: Waveform, notches: int, x: int, *, shift: bool = False) -> None:
    at = QPointF(x, 10)
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(wave, event)


def test_the_wheel_comes_near_and_the_moment_under_it_stays(wave: Waveform, qtbot: QtBot) -> None:
    assert wave.view == (0, LENGTH)
    turn_wheel(wave, 4, 400)
    first, last = wave.view
    assert last - first == pytest.approx(LENGTH / 1.25**4, abs=2)
    assert (first + last) / 2 == pytest.approx(LENGTH / 2, abs=2)
    with qtbot.waitSignal(wave.sought) as sought:
        qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(400, 10))
    assert sought.args == [LENGTH // 2]
    turn_wheel(wave, 1, 400, shift=True)
    assert wave.view[0] < first
    turn_wheel(wave, 99, 0)
    assert wave.view[1] - wave.view[0] == 5_000
    turn_wheel(wave, -99, 400)
    assert wave.view == (0, LENGTH)


def test_the_page_turns_when_the_sound_runs_out_of_it(wave: Waveform) -> None:
    wave.zoom(10, 0)
    assert wave.view == (0, 10_000)
    wave.setValue(9_000)
    assert wave.view == (0, 10_000)
    wave.setValue(10_500)
    first, last = wave.view
    assert last - first == 10_000
    assert first < 10_500 < last


def test_near_by_the_sound_is_shown_in_detail(wave: Waveform) -> None:
    asked: list[tuple[int, int, int]] = []

    def detail(first: int, until: int, count: int) -> list[int]:
        asked.append((first, until, count))
        return [100, 0] * (count // 2)

    wave.show_recording(LENGTH, [50] * 1_000, detail)
    far = wave.grab().toImage()
    assert asked == []  # the whole recording is wider than its thousand peaks
    wave.zoom(20, 0)
    near = wave.grab().toImage()
    assert asked == [(0, 5_000, 200)]
    assert near.pixel(17, 8) != far.pixel(17, 8)
    assert near.pixel(21, 8) == far.pixel(21, 8)
    wave.grab()
    assert len(asked) == 1  # painting again asks for nothing
    wave.show_recording(LENGTH, [50] * 1_000)
    wave.zoom(20, 0)
    assert wave.grab().toImage() != near  # without detail the thousand peaks do


def test_a_second_line_tells_that_somebody_speaks_over(wave: Waveform) -> None:
    wave.show_bands([Band(0, 40_000, 0)], [])
    alone = wave.grab().toImage()
    wave.show_bands([Band(0, 40_000, 0, over=True)], [])
    over = wave.grab().toImage()
    assert over.pixel(100, 31) != alone.pixel(100, 31)
    assert over.pixel(500, 31) == alone.pixel(500, 31)


def test_turns_and_doubts_are_painted(wave: Waveform) -> None:
    plain = wave.grab().toImage()
    wave.show_bands([Band(0, 40_000, 0), Band(50_000, 90_000, 1)], [])
    voices = wave.grab().toImage()
    assert voices != plain
    assert voices.pixel(100, 33) != voices.pixel(500, 33)
    wave.show_bands(wave.bands, [Flag(10_000, 12_000), Flag(41_000, 49_000, unheard=True)])
    flagged = wave.grab().toImage()
    assert flagged.pixel(88, 2) != voices.pixel(88, 2)
    assert flagged.pixel(88, 2) != flagged.pixel(360, 2)


def test_loud_stretches_without_words_are_gaps_quiet_ones_are_not() -> None:
    peaks = [60] * 500 + [1] * 500
    bands = [Band(0, 10_000, 0), Band(14_000, 40_000, 1), Band(41_000, 60_000, 0)]
    assert gaps(bands, peaks, LENGTH) == [Flag(10_000, 14_000, unheard=True)]
    assert gaps([], peaks, LENGTH) == []
    assert gaps(bands, [], LENGTH) == []


def test_bands_are_those_of_the_present_text(study: Study, jfk: Path) -> None:
    [source] = study.imports.take_in([jfk])
    assert bands_of(study, source) == ([], [])
    job = study.jobs.add(source.id, model="base")
    heard = drafts("Ask not what", "your country can", speakers=("S1", "S2"))
    words = (replace(heard[0].words[0], probability=100), *heard[0].words[1:])
    over = replace(heard[0], words=words, doubt=SPEAKS_OVER)
    heard = (over, replace(heard[1], doubt="check here"))
    study.arrivals.accept(job.transcript_id, heard)
    assert bands_of(study, source) == (
        [Band(0, 1_200, 0, over=True), Band(1_200, 2_400, 1)],
        [Flag(0, 400), Flag(1_200, 2_400)],
    )
