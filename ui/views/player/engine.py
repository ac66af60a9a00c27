"""Playing a recording, or a passage of it, with Qt's own media player.

The player is made when a recording has been shown for a moment, or is played: loading the media
libraries takes longer than showing the whole window.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, QUrl, Signal

from ui.bridge.left_alone import left_alone
from ui.i18n import t
from ui.views.player import sealed
from workbench.vault import contents

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

_TICK_MS = 40  # a spoken word lasts about 250 ms
_LONGEST_READING_MS = 3_000  # then a drive that does not answer no longer keeps the window
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class Engine(QObject):
    """One recording at a time.

    Signals:
        moved: where it is now, in milliseconds.
        playing_changed: whether it plays.
        ended: a passage, or the whole, was played to its end.
        failed: why it cannot be played, in words for people.
        noted: what is worth knowing though it plays.
        pictured: a QVideoFrame, while a video plays or is looked at.
    """

    moved = Signal(int)
    playing_changed = Signal(bool)
    ended = Signal()
    failed = Signal(str)
    noted = Signal(str)
    pictured = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._sink: QVideoSink | None = None
        self._silent = False  # no loudspeaker, and nobody was told yet
        self._path: Path | None = None
        self._sound: sealed.SealedSound | None = None  # of a locked study
        self._open = False  # whether the file is wanted in the player
        self._ahead = False  # and nobody has asked for it yet
        self._start = 0
        self._end = 0
        self._first = 0
        self._rate = 1.0
        self._wanted = False
        self._loop = False
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._on_tick)
        self._soon = QTimer(self)  # the player does not like to be told within what it tells
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_on)

    @property
    def playing(self) -> bool:
        """Tell whether it plays, or will as soon as the file is read."""
        return self._wanted

    @property
    def looping(self) -> bool:
        """Tell whether a passage is repeated."""
        return self._loop

    @property
    def position(self) -> int:
        """Return where it is, in milliseconds."""
        if self._player is None or not self._is_loaded():
            return self._start
        return int(self._player.position())

    def load(self, path: Path | None) -> None:
        """Take another recording; nothing is opened before `get_ready`, or before it is played."""
        self.stop()
        self._path = path
        self._start = self._end = 0
        self._loop = self._open = self._ahead = False
        self._exchange()

    def get_ready(self) -> None:
        """Open the recording ahead, so that it is heard as soon as it is played.

        What hinders that is told by then.
        """
        if self._path is None or self._open or not contents.is_playable(self._path):
            return
        self._ready()
        self._ahead = True
        self._exchange()

    def end(self) -> None:
        """Let go of everything for good; to be called before the window goes.

        What is being read is read to its end: broken off, Qt warns of a film that cannot be opened.
        """
        self.load(None)
        if self._player is not None and self._is_reading():
            done = QEventLoop(self)
            self._player.mediaStatusChanged.connect(done.quit)
            QTimer.singleShot(_LONGEST_READING_MS, done.quit)
            done.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._exchange()

    def look(self) -> None:
        """Show the picture where it is, without playing."""
        if self._path is None or not contents.is_playable(self._path) or self.playing:
            return
        player = self._ready()
        if self._sink is None:
            from PySide6.QtMultimedia import QVideoSink

            self._sink = left_alone(QVideoSink(self))
            self._sink.videoFrameChanged.connect(self._on_frame)
        player.setVideoSink(self._sink)
        if self._exchange():
            player.pause()

    def blind(self) -> None:
        """Send no more pictures; decoding them would cost time for nothing."""
        if self._player is not None and self._sink is not None:
            self._player.setVideoSink(None)  # type: ignore[arg-type]

    def play(self, start_ms: int | None = None, end_ms: int = 0) -> None:
        """Play on, or from a moment to another.

        Args:
            start_ms: begin; `None` goes on where it is.
            end_ms: where to stop; 0 plays to the end.
        """
        if self._path is None or not self._path.is_file():
            self.failed.emit(
                t("The recording is missing from the study’s folder. Text and codes are safe.")
            )
            return
        if not contents.is_playable(self._path):
            self.failed.emit(t("This file is no recording: it cannot be played."))
            return
        if start_ms is not None:
            self._loop = False
        self._start = self.position if start_ms is None else start_ms
        if not self._loop:
            self._end = end_ms
        self._set_wanted(on=True)
        player = self._ready()
        if self._silent:
            self._silent = False
            self.noted.emit(t("No loudspeaker was found; the text is followed in silence."))
        if self._is_loaded():
            player.setPosition(self._start)
        if self._exchange():
            player.play()
        self._clock.start()

    def repeat(self, start_ms: int, end_ms: int) -> None:
        """Play a passage over and over, until `seek` or another passage."""
        self.play(start_ms, end_ms)
        self._loop = self._wanted
        self._first = start_ms

    def stop_repeating(self) -> None:
        """Play on past the end of the passage."""
        self._loop, self._end = False, 0

    def pause(self) -> None:
        """Stay where it is."""
        self._start = self.position
        self._clock.stop()
        if self._player is not None and self._holds_it():
            self._player.pause()
        self._set_wanted(on=False)

    def stop(self) -> None:
        """Let go of the file, so that it can be moved or deleted."""
        self._clock.stop()
        if self._player is not None:
            self._player.stop()
        self._set_wanted(on=False)

    def seek(self, ms: int) -> None:
        """Go to a moment; playing goes on from there, past the end of a passage."""
        self._start, self._end, self._loop = max(0, ms), 0, False
        if self._player is not None and self._is_loaded():
            self._player.setPosition(self._start)
        self.moved.emit(self._start)

    def rewind(self, ms: int) -> None:
        """Go back a little, not past the begin of a passage that is repeated."""
        floor = self._first if self._loop else 0
        self._start = max(floor, self.position - ms)
        if self._player is not None and self._is_loaded():
            self._player.setPosition(self._start)

    def set_rate(self, rate: float) -> None:
        """Play slower or faster, at the same pitch."""
        self._rate = rate
        if self._player is not None:
            self._player.setPlaybackRate(rate)

    def _set_wanted(self, *, on: bool) -> None:
        if on != self._wanted:
            self._wanted = on
            self.playing_changed.emit(on)

    def _ready(self) -> QMediaPlayer:
        """Return the player; the file is wanted in it from now on."""
        self._open, self._ahead = True, False
        if self._player is None:
            os.environ["QT_FFMPEG_PROTOCOL_WHITELIST"] = "file"  # read when a file is opened
            from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

            self._player = QMediaPlayer(self)
            if QMediaDevices.defaultAudioOutput().isNull():
                self._silent = True
            else:
                self._player.setAudioOutput(left_alone(QAudioOutput(self)))
            self._player.mediaStatusChanged.connect(self._on_status)
            self._player.errorOccurred.connect(self._on_error)
            keep_pitch = getattr(self._player, "setPitchCompensation", None)
            if keep_pitch is not None:  # Qt 6.10 and later; before, the platform decides
                keep_pitch(True)
            self._player.setPlaybackRate(self._rate)
        return self._player

    def _url(self) -> QUrl:
        """Return what is wanted in the player."""
        if self._path is None or not self._open:
            return QUrl()
        return sealed.url_of(self._path)

    def _holds_it(self) -> bool:
        return self._player is not None and self._player.source() == self._url()

    def _exchange(self) -> bool:
        """Put what is wanted into the player, and tell whether it is there.

        While the player reads another file it is left alone, and `_go_on` follows: Qt breaks the
        reading off with a warning, and whoever goes fast through a list waits for the last file
        only.
        """
        if self._player is None or self._holds_it():
            return self._player is not None
        if self._is_reading():
            return False
        self._put(self._url())
        return self._open

    def _put(self, url: QUrl) -> None:
        """Give the player what it shall read: a file by its name, a locked one by who opens it."""
        if self._player is None:
            return
        before, self._sound = self._sound, None
        if self._path is not None and url.scheme() == sealed.SCHEME:
            try:
                self._sound = left_alone(sealed.SealedSound(self._path, self))
            except OSError as problem:
                self._open, url = False, QUrl()
                self._fail(problem.strerror or str(problem))
        if self._sound is None:
            self._player.setSource(url)
        else:
            self._player.setSourceDevice(self._sound, url)
        if before is not None:  # the player has let go of it
            before.close()
            before.deleteLater()

    def _go_on(self) -> None:
        if self._player is None or not self._exchange() or not self._open:
            return
        if self._wanted:
            self._player.play()
        else:
            self._player.pause()

    def _is_reading(self) -> bool:
        if self._player is None:
            return False
        return self._player.mediaStatus() == self._player.MediaStatus.LoadingMedia

    def _is_loaded(self) -> bool:
        if self._player is None or not self._holds_it():
            return False
        states, now = self._player.MediaStatus, self._player.mediaStatus()
        return now in {
            states.LoadedMedia, states.BufferingMedia, states.BufferedMedia, states.StalledMedia,
        }  # fmt: skip

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if self._player is None:
            return
        if not self._holds_it():
            self._soon.start(0)
        elif status == self._player.MediaStatus.LoadedMedia and self._wanted:
            # Before the file is read Qt forgets where to begin.
            self._player.setPosition(self._start)
        elif status == self._player.MediaStatus.EndOfMedia:
            self._finish(0)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if self._holds_it():
            self.pictured.emit(frame)

    def _on_tick(self) -> None:
        if not self._is_loaded():
            return
        at = self.position
        if self._loop and self._player is not None and at >= self._end:
            self._player.setPosition(self._first)
        elif self._end and at >= self._end:
            self._finish(self._end)
        else:
            self.moved.emit(at)

    def _finish(self, at: int) -> None:
        self.pause()
        self._start, self._end = at, 0
        if self._player is not None and self._is_loaded():
            self._player.setPosition(at)
        self.moved.emit(at)
        self.ended.emit()

    def _on_error(self, _error: QMediaPlayer.Error, words: str) -> None:
        if self._holds_it():
            self._fail(words)

    def _fail(self, why: str) -> None:
        """Say why it cannot be played, unless nobody has asked for it: then it is let go of."""
        if self._ahead:
            self._open = self._ahead = False
            self._soon.start(0)
        else:
            self.stop()
            self.failed.emit(t("This recording cannot be played: {reason}", reason=why))
