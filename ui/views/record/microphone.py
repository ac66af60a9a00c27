"""Where sound comes from: the microphones of this computer, behind a small port.

A test gives microphones of its own that speak without a sound card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QIODevice, QMicrophonePermission, QObject, Qt, Signal
from typing_extensions import override

from ui.i18n import t
from workbench.services.files.recording import RATE

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSource


@dataclass(frozen=True, slots=True)
class Microphone:
    """A microphone: the system's id, and its name for people."""

    id: str
    name: str


class Listener(QObject):
    """Sound from one microphone: 16-bit samples, one channel, `RATE` of them in a second.

    Signals:
        heard: bytes of sound, as they come.
        failed: why there is none, in words for people.
    """

    heard = Signal(bytes)
    failed = Signal(str)

    def start(self) -> None:
        """Begin to listen."""

    def stop(self) -> None:
        """Let go of the microphone."""


class Microphones(Protocol):
    """The microphones there are."""

    def all(self) -> Sequence[Microphone]:
        """Return them, the system's default first."""

    def listener(self, microphone_id: str, parent: QObject) -> Listener:
        """Return what listens to one of them."""


class SystemMicrophones:
    """The microphones as Qt knows them; the media libraries are loaded when they are asked for."""

    def all(self) -> Sequence[Microphone]:
        """Return them, the system's default first."""
        from PySide6.QtMultimedia import QMediaDevices

        devices = sorted(QMediaDevices.audioInputs(), key=lambda one: not one.isDefault())
        return [Microphone(bytes(one.id().data()).hex(), one.description()) for one in devices]

    def listener(self, microphone_id: str, parent: QObject) -> Listener:
        """Return what listens to one of them."""
        return SystemListener(microphone_id, parent)


class SystemListener(Listener):
    """Listens through Qt."""

    def __init__(self, microphone_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._id = microphone_id
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None

    @override
    def start(self) -> None:
        app = QCoreApplication.instance()
        permission = QMicrophonePermission()
        allowed = app.checkPermission(permission) if app else Qt.PermissionStatus.Granted
        if allowed == Qt.PermissionStatus.Undetermined and app is not None:
            app.requestPermission(permission, self, lambda _answer: self.start())
        elif allowed == Qt.PermissionStatus.Denied:
            self.failed.emit(
                t("Workbench may not use the microphone. Allow it in the system’s settings.")
            )
        else:
            self._open()

    @override
    def stop(self) -> None:
        source, self._source, self._stream = self._source, None, None
        if source is not None:
            source.stop()
            source.deleteLater()

    def _open(self) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices

        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        found = [d for d in QMediaDevices.audioInputs() if bytes(d.id().data()).hex() == self._id]
        if not found:
            self.failed.emit(t("This microphone is not there any more. Choose another one."))
            return
        if not found[0].isFormatSupported(wanted):
            self.failed.emit(t("This microphone cannot record speech at 48 kHz. Choose another."))
            return
        self._source = QAudioSource(found[0], wanted, self)
        self._source.stateChanged.connect(self._on_state)
        self._stream = self._source.start()
        if self._stream is not None:
            self._stream.readyRead.connect(self._on_ready)

    def _on_ready(self) -> None:
        if self._stream is not None:
            self.heard.emit(bytes(self._stream.readAll().data()))

    def _on_state(self) -> None:
        if self._source is not None and self._source.error().value:
            self.failed.emit(t("The microphone fell silent. Plug it in again, or choose another."))
