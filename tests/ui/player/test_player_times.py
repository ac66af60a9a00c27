"""The player plays at a time what the text shows there, however the file tells its times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtMultimedia import QAudioBuffer, QAudioBufferOutput, QAudioFormat, QMediaPlayer
from pytestqt.qtbot import QtBot

from tests.workbench.speech import laid
from tests.workbench.speech.recordings import RATE, samples_of
from ui.context import AppContext
from ui.views.player.bar import PlayerBar
from ui.views.player.engine import Engine
from workbench.study import Study

KINDS = {
    "gap.mkv": ("flac", [(0, 4), (10, 16)], 0, {}),
    "gap.webm": ("libopus", [(0, 4), (10, 16)], 0, {}),
    "gap.mp4": ("aac", [(0, 4), (10, 16)], 0, {}),
    "late.mp4": ("aac", [(3, 15)], 16, {}),
    "late.mkv": ("aac", [(3, 15)], 16, {}),
    "late.ts": ("aac", [(3, 15)], 16, {}),
    "unstated.webm": ("libopus", [(0, 16)], 0, {"live": "1"}),
    "raw.aac": ("aac", [(0, 16)], 0, {}),
    "raw.mp3": ("libmp3lame", [(0, 16)], 0, {"write_xing": "0"}),
}


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    made = Engine()
    yield made
    made.end()


@pytest.mark.parametrize("name", KINDS)
def test_a_moment_is_the_same_in_the_player_and_in_the_text(
    name: str, engine: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    codec, stretches, pictures_s, options = KINDS[name]
    path = laid.write(tmp_path / name, codec, stretches, pictures_s=pictures_s, options=options)
    written = laid.seconds(samples_of(path, tmp_path), RATE)
    ear = _Ear(engine, path, qtbot)
    for second in (12, 3):
        assert ear.second_at(second * 1_000 + 300) == written[second] == second


class _Ear:
    """Hears what the player plays, without a loudspeaker."""

    def __init__(self, engine: Engine, path: Path, qtbot: QtBot) -> None:
        self._engine, self._qtbot = engine, qtbot
        self._heard = np.zeros(0, np.int16)
        engine.load(path)
        engine.get_ready()
        qtbot.waitUntil(engine._is_loaded)
        player = engine.findChild(QMediaPlayer)
        assert player is not None
        kind = QAudioFormat()
        kind.setSampleRate(RATE)
        kind.setChannelCount(1)
        kind.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._output = QAudioBufferOutput(kind, engine)
        self._output.audioBufferReceived.connect(self._hear)
        player.setAudioBufferOutput(self._output)

    def _hear(self, buffer: QAudioBuffer) -> None:
        piece = np.frombuffer(bytes(buffer.constData()), np.int16)
        self._heard = np.concatenate([self._heard, piece])

    def second_at(self, ms: int) -> int | None:
        """Play from a moment and return which second is heard."""
        self._engine.seek(ms)
        self._heard = self._heard[:0]
        self._engine.play(ms)
        self._qtbot.waitUntil(lambda: len(self._heard) > RATE // 2)
        self._engine.pause()
        # Past the first tenth, for the player begins with the packet the moment lies in.
        around = np.tile(self._heard[RATE // 10 : RATE // 2], 3)[:RATE]
        return laid.seconds(around, RATE)[0]


def test_the_length_found_by_decoding_is_shown(
    context: AppContext, study: Study, jfk: Path, qtbot: QtBot
) -> None:
    source = study.imports.take_in([jfk])[0]
    bar = PlayerBar(context)
    qtbot.addWidget(bar)
    context.opening.begin(study)
    context.signals.source_shown.emit(source.id)
    study.subscribe(context.signals.changed.emit)
    study.materials.measured(source.id, 12_345, (1, 2, 3))
    assert bar.wave.maximum() == 12_345
    assert bar.wave.view == (0, 12_345)
    assert study.materials.source(source.id).duration_ms == 12_345
    assert study.materials.loudness.overview(source) == (1, 2, 3)
    bar.set_study(None)
