"""A video, made on the spot: colours that change each second, and Kennedy's voice."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import av
import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_MS
from tests.workbench.speech.recordings import RATE, samples_of
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.player.engine import Engine
from ui.views.video.pane import VideoPane
from workbench.domain.ids import SourceId
from workbench.domain.materials import SourceKind
from workbench.study import Study
from workbench.vault import contents

FPS = 10
RED, GREEN, BLUE = (200, 40, 40), (40, 160, 40), (40, 40, 200)
CONTAINERS = {"mp4": ("mpeg4", "aac"), "mov": ("mpeg4", "aac"), "mkv": ("mpeg4", "aac"),
              "webm": ("libvpx", "libopus")}  # fmt: skip


def make_video(path: Path, jfk: Path, seconds: int = 6, first: int = 0) -> Path:
    """Write a film of plain colours, red and green and blue in turn, a second each.

    Args:
        path: where; its ending says which container.
        jfk: what is heard.
        seconds: how long.
        first: number of the first colour.
    """
    pictures, sounds = CONTAINERS[path.suffix[1:]]
    pcm = samples_of(jfk, path.parent)[: seconds * RATE]
    with av.open(str(path), "w") as container:
        video = container.add_stream(pictures, rate=FPS)
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p"
        sound = container.add_stream(sounds, rate=48_000, layout="mono")
        for number in range(seconds * FPS):
            colour = (RED, GREEN, BLUE)[(first + number // FPS) % 3]
            picture = np.full((90, 160, 3), colour, np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(video.encode(None))
        context = sound.codec_context
        resampler = av.AudioResampler(
            format=context.format, layout="mono", rate=48_000, frame_size=context.frame_size or 0
        )
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(sound.encode(piece))
        container.mux(sound.encode(None))
    return path


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """A film of six seconds, which tests copy."""
    return make_video(tmp_path_factory.mktemp("film") / "Unboxing.mp4", jfk)


@pytest.fixture
def ids(study_folder: Path, film: Path, jfk: Path) -> tuple[SourceId, SourceId]:
    """A video and a recording without pictures in the study."""
    with Study.open(study_folder) as study:
        [video] = study.imports.take_in([film])
        [sound] = study.imports.take_in([jfk])
    assert (video.kind, sound.kind) == (SourceKind.VIDEO, SourceKind.AUDIO)
    return video.id, sound.id


@pytest.fixture
def window(
    make_window: Callable[[], MainWindow], study_folder: Path, ids: tuple[SourceId, SourceId]
) -> MainWindow:
    window = make_window()
    assert window.open_path(study_folder)
    return window


def pane_of(window: MainWindow, key: str) -> VideoPane:
    pane = window.workspaces[key].findChild(VideoPane)
    assert isinstance(pane, VideoPane)
    return pane


def colour_of(pane: VideoPane) -> str:
    """Return which colour prevails in the middle of the picture."""
    return prevailing(pane.image)


def prevailing(image: QImage) -> str:
    if image.isNull():
        return ""
    found = image.pixelColor(image.width() // 2, image.height() // 2)
    parts = {"red": found.red(), "green": found.green(), "blue": found.blue()}
    return max(parts, key=lambda name: parts[name])


@pytest.mark.parametrize("key", ["transcribe", "code"])
def test_the_first_picture_stands_beside_the_text(
    qtbot: QtBot, window: MainWindow, ids: tuple[SourceId, SourceId], key: str
) -> None:
    window.show_workspace(key)
    window.workspaces[key].focus_object("source", ids[0])
    pane = pane_of(window, key)
    qtbot.waitUntil(lambda: colour_of(pane) == "red")
    assert pane.isVisible()
    assert not window.player.engine.playing
    window.workspaces[key].focus_object("source", ids[1])
    qtbot.waitUntil(lambda: not pane.isVisible())


def test_the_picture_follows_the_player(
    qtbot: QtBot, window: MainWindow, context: AppContext, ids: tuple[SourceId, SourceId]
) -> None:
    window.show_workspace("code")
    window.workspaces["code"].focus_object("source", ids[0])
    pane = pane_of(window, "code")
    context.signals.play_requested.emit(ids[0], 2_200, 2_600)
    qtbot.waitUntil(lambda: colour_of(pane) == "blue")
    qtbot.waitUntil(lambda: not window.player.engine.playing)
    window.player.engine.seek(4_500)
    qtbot.waitUntil(lambda: colour_of(pane) == "green")


def test_hidden_it_stays_hidden_until_it_is_wanted(
    qtbot: QtBot, window: MainWindow, context: AppContext, ids: tuple[SourceId, SourceId]
) -> None:
    window.show_workspace("code")
    window.workspaces["code"].focus_object("source", ids[0])
    pane = pane_of(window, "code")
    qtbot.waitUntil(pane.isVisible)
    pane.hide_button.click()
    assert not pane.isVisible()
    assert not context.settings.current.picture
    window.show_workspace("transcribe")
    window.workspaces["transcribe"].focus_object("source", ids[0])
    assert not pane_of(window, "transcribe").isVisible()
    context.actions.trigger("play.picture")
    assert context.settings.current.picture
    assert pane_of(window, "transcribe").isVisible()
    qtbot.waitUntil(lambda: colour_of(pane_of(window, "transcribe")) == "red")


def test_its_height_is_remembered(
    qtbot: QtBot, window: MainWindow, context: AppContext, ids: tuple[SourceId, SourceId]
) -> None:
    window.show_workspace("code")
    window.workspaces["code"].focus_object("source", ids[0])
    pane = pane_of(window, "code")
    qtbot.waitUntil(pane.isVisible)
    splitter = pane.parentWidget()
    assert splitter is not None
    splitter.moveSplitter(splitter.height() - 240, 1)  # type: ignore[attr-defined]
    assert pane.height() == pytest.approx(240, abs=4)
    assert context.splitters["code-picture"][1] == pane.height()
    window.workspaces["code"].focus_object("source", ids[1])
    qtbot.waitUntil(lambda: not pane.isVisible())
    window.workspaces["code"].focus_object("source", ids[0])
    qtbot.waitUntil(lambda: pane.isVisible() and pane.height() == pytest.approx(240, abs=4))


@pytest.mark.parametrize("ending", ["mov", "mkv", "webm"])
def test_other_containers_play_too(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    jfk: Path,
    ending: str,
) -> None:
    study = window.workspaces["transcribe"].study
    assert study is not None
    film = make_video(tmp_path / f"Film.{ending}", jfk, seconds=2)
    [source] = study.imports.take_in([film])
    assert source.kind is SourceKind.VIDEO
    window.show_workspace("transcribe")
    window.workspaces["transcribe"].refresh(None)
    window.workspaces["transcribe"].focus_object("source", source.id)
    pane = pane_of(window, "transcribe")
    qtbot.waitUntil(lambda: colour_of(pane) == "red")


def test_who_goes_fast_through_films_sees_the_last(qtbot: QtBot, tmp_path: Path, jfk: Path) -> None:
    films = [
        make_video(tmp_path / f"{number}.mp4", jfk, seconds=1, first=number) for number in range(3)
    ]
    engine = Engine()
    seen: list[str] = []

    def look_at(film: Path) -> None:
        engine.load(film)
        seen.clear()
        engine.look()

    def on_pictured(frame: QVideoFrame) -> None:
        if frame.isValid():
            seen.append(prevailing(frame.toImage()))

    engine.pictured.connect(on_pictured)
    for number in range(30):  # Qt warns, and fails the test, where it is made to break off
        look_at(films[number % 3])
        qtbot.wait(number % 4)
    qtbot.waitUntil(lambda: bool(seen))
    assert set(seen) == {"blue"}
    for film in (films[0], films[1]):
        look_at(film)
    engine.play(200, 400)
    with qtbot.waitSignal(engine.ended):
        pass
    assert set(seen) == {"green"}
    engine.load(None)
    qtbot.waitUntil(lambda: engine.position == 0)
    engine.deleteLater()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that comes slowly is a Unix pipe")
def test_ending_waits_for_a_film_that_is_being_read(
    qtbot: QtBot, tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = make_video(tmp_path / "film.mkv", jfk, seconds=1).read_bytes()
    slow, ending = tmp_path / "slow.mkv", Event()
    os.mkfifo(slow)

    def feed() -> None:
        with suppress(BrokenPipeError), slow.open("wb", buffering=0) as pipe:
            pipe.write(film[:32])
            ending.wait(PATIENCE_MS)
            pipe.write(film[32:])

    feeding = Thread(target=feed, daemon=True)
    feeding.start()
    monkeypatch.setattr(contents, "is_playable", Path.exists)  # a pipe cannot be read twice
    engine = Engine()
    engine.load(slow)
    engine.look()
    player = engine.findChild(QMediaPlayer)
    assert isinstance(player, QMediaPlayer)
    assert player.mediaStatus() == QMediaPlayer.MediaStatus.LoadingMedia
    QTimer.singleShot(0, ending.set)
    engine.end()
    assert player.mediaStatus() == QMediaPlayer.MediaStatus.NoMedia
    feeding.join()


def test_the_window_ends_the_player(
    window: MainWindow, ids: tuple[SourceId, SourceId], qtbot: QtBot
) -> None:
    window.show_workspace("code")
    window.workspaces["code"].focus_object("source", ids[0])
    qtbot.waitUntil(lambda: window.player.engine.findChild(QMediaPlayer) is not None)
    player = window.player.engine.findChild(QMediaPlayer)
    assert isinstance(player, QMediaPlayer)
    window.close()
    assert player.mediaStatus() == QMediaPlayer.MediaStatus.NoMedia
