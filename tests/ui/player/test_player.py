"""The player on a real recording, without a sound card."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtMultimedia import QMediaPlayer
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.views.player.bar import PlayerBar
from workbench.domain.change import ChangeSet, Op, RowChange
from workbench.domain.materials import Source
from workbench.study import Study


@pytest.fixture
def source(study: Study, jfk: Path) -> Source:
    """Eleven seconds of speech in the study."""
    return study.imports.take_in([jfk])[0]


@pytest.fixture
def bar(context: AppContext, study: Study, source: Source, qtbot: QtBot) -> Iterator[PlayerBar]:
    """The player with the recording offered."""
    made = PlayerBar(context)
    qtbot.addWidget(made)
    made.resize(800, 50)
    context.opening.begin(study)
    context.signals.source_shown.emit(source.id)
    yield made
    made.set_study(None)


def test_a_recording_is_offered_a_text_is_not(
    bar: PlayerBar, context: AppContext, study: Study, tmp_path: Path
) -> None:
    assert not bar.isHidden()
    assert bar.wave.maximum() == pytest.approx(11_000, abs=50)
    note = tmp_path / "note.txt"
    note.write_text("We met at noon.", encoding="utf-8")
    context.signals.source_shown.emit(study.imports.take_in([note])[0].id)
    assert bar.isHidden()
    assert not bar.has_sound()


def test_a_recording_that_is_looked_at_is_opened_before_it_is_played(
    bar: PlayerBar, qtbot: QtBot
) -> None:
    assert bar.engine.findChild(QMediaPlayer) is None
    bar._ready_soon.start(0)
    qtbot.waitUntil(bar.engine._is_loaded)
    assert not bar.engine.playing


def test_a_passage_is_played_to_its_end(
    bar: PlayerBar, context: AppContext, source: Source, qtbot: QtBot
) -> None:
    told: list[int] = []
    context.signals.played.connect(lambda _source, ms: told.append(ms))
    with qtbot.waitSignal(bar.engine.ended):
        context.signals.play_requested.emit(source.id, 5_000, 5_500)
    assert not bar.engine.playing
    assert told[-1] == -1
    assert bar.engine.position == pytest.approx(5_500, abs=60)
    assert all(4_900 <= ms <= 5_700 for ms in told[:-1])
    assert len(told) > 4


def test_pressing_the_waveform_goes_there(bar: PlayerBar, qtbot: QtBot) -> None:
    bar.show()
    half = QPoint(bar.wave.width() // 2, 10)
    qtbot.mouseClick(bar.wave, Qt.MouseButton.LeftButton, pos=half)
    assert bar.engine.position == pytest.approx(5_500, abs=100)
    assert bar.time.text() == "0:05"
    qtbot.keyClick(bar.wave, Qt.Key.Key_Right)
    assert bar.engine.position == pytest.approx(8_500, abs=100)


def test_speeds_go_up_and_down_and_stop_at_the_ends(bar: PlayerBar) -> None:
    bar.commands.faster()
    assert bar.speed.text() == "1.25×"
    for _ in range(9):
        bar.commands.faster()
    assert bar.speed.text() == "2.0×"
    for _ in range(9):
        bar.commands.slower()
    assert bar.speed.text() == "0.5×"


def test_a_missing_recording_is_told_calmly(bar: PlayerBar, study: Study, source: Source) -> None:
    study.materials.media_path(source).unlink()
    bar.commands.toggle()
    assert "missing" in bar.trouble.text()
    assert not bar.trouble.isHidden()
    assert not bar.engine.playing


def test_a_missing_recording_is_chosen_again(
    bar: PlayerBar,
    context: AppContext,
    study: Study,
    source: Source,
    answers: Answers,
    tmp_path: Path,
) -> None:
    context.opening.study = study
    other, moved = tmp_path / "other.wav", tmp_path / "moved.wav"
    other.write_bytes(b"RIFF")
    shutil.move(study.materials.media_path(source), moved)
    bar.commands.toggle()
    answers.files = [other]
    bar.choose.click()
    assert "“other.wav” is not a file that is missing" in str(answers.errors.pop())
    assert not bar.choose.isHidden()
    answers.files = [moved]
    bar.choose.click()
    assert not answers.errors
    assert study.check() == []
    assert bar.trouble.isHidden()
    assert bar.choose.isHidden()


def test_peaks_are_kept_and_shown(
    bar: PlayerBar, context: AppContext, study: Study, source: Source
) -> None:
    assert study.materials.loudness.overview(source) == ()
    plain = bar.wave.grab().toImage()
    study.materials.loudness.keep(source, [0, 50, 100, 50])
    assert study.materials.loudness.overview(source) == (0, 50, 100, 50)
    job = study.jobs.add(source.id, model="base")
    context.signals.changed.emit(
        ChangeSet((Op.EDIT_JOB,), None, (RowChange("job", (job.id,), "inserted"),))
    )
    assert bar.wave.grab().toImage() != plain


def test_a_playlist_in_the_place_of_a_recording_is_not_played(
    bar: PlayerBar, context: AppContext, study: Study, source: Source, jfk: Path
) -> None:
    told: list[str] = []
    bar.engine.failed.connect(told.append)
    study.materials.media_path(source).write_text(f"#EXTM3U\n#EXTINF:11,\n{jfk}\n", "utf-8")
    context.signals.play_requested.emit(source.id, 5_000, 5_500)
    assert told == ["This file is no recording: it cannot be played."]
    assert not bar.engine.playing
