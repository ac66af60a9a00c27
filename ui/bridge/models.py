"""The speech models for the window: what each is good for, and the way they come and go.

Copying and fetching are done by this program's own command line in a child process: it can be
ended at once, and the window itself never opens a connection.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from workbench import children, underway
from workbench.errors import EnvironmentProblem
from workbench.speech import checkpoints, device, hub, speed
from workbench.speech.device import Why
from workbench.speech.models import ModelStore
from workbench.words import N_, Phrase, Sentence

_END_MS = 5_000


_DEVICES: dict[Why | None, Phrase] = {
    None: N_("Whether there is one is seen when a recording is transcribed."),
    Why.CARD: N_("The last recording was transcribed on the graphics card."),
    Why.NO_CARD: N_("The last recording was transcribed on the processor: no card can be used."),
    Why.UNWANTED: N_("The last recording was transcribed on the processor, as chosen here."),
    Why.FAILED: N_(
        "The last recording was transcribed on the processor: the graphics card failed. Its driver "
        "or the libraries cuBLAS and cuDNN may be missing, or it has too little memory."
    ),
}


class Origin(Enum):
    """How a model came to this computer; only what was added here can be removed here."""

    EMBEDDED = "embedded"
    ADDED = "added"
    OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class Model:
    """A model on this computer, or one that can be fetched.

    Attributes:
        name: as settings and jobs know it.
        title: as people know it.
        quality: what to expect, a sentence; "" when nobody knows.
        origin: how it came here.
        minutes_per_hour: what an hour of sound takes here; `None` before it has finished a job.
    """

    name: str
    title: str
    size_bytes: int
    quality: str
    origin: Origin = Origin.ADDED
    minutes_per_hour: float | None = None


def installed() -> list[Model]:
    """Return the models on this computer: the embedded one, added ones, those of openai-whisper."""
    minutes = {name: one.minutes_per_hour for name, one in speed.measured().items()}
    ours = [
        Model(
            info.name,
            info.name,
            info.size_bytes,
            _quality(info.name),
            Origin.EMBEDDED if info.embedded else Origin.ADDED,
            minutes.get(info.name),
        )
        for info in ModelStore().list()
    ]
    theirs = [
        Model(
            f"{checkpoints.PREFIX}{one.name}",
            f"{one.name} (openai-whisper)",
            one.size_bytes,
            _quality(one.name),
            Origin.OPENAI,
            minutes.get(f"{checkpoints.PREFIX}{one.name}"),
        )
        for one in checkpoints.present()
    ]
    return ours + theirs


def offered() -> list[Model]:
    """Return the models that can be fetched by name and are not here yet."""
    here = {info.name for info in ModelStore().list()}
    return [
        Model(name, name, one.size_bytes, one.quality)
        for name, one in hub.MODELS.items()
        if name not in here
    ]


def device_words() -> Phrase:
    """Return what the last model worked on, a sentence."""
    return _DEVICES[device.last()]


def remove(name: str) -> None:
    """Delete a model.

    Raises:
        WorkbenchError: it is in use, or belongs to the program.
    """
    ModelStore().remove(name)


class ModelMover(QObject):
    """Brings one model at a time: from a folder, or from the network.

    Signals:
        progressed: bytes done, bytes in all.
        finished: name of the model that is here now.
        failed: the exception.
        cancelled: it was stopped; what has been fetched is kept for the next attempt.
    """

    progressed = Signal(object, object)  # too large for C++ ints
    finished = Signal(str)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._said: list[str] = []
        self._rest = b""
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Tell whether a model is on its way."""
        return self._process is not None

    def get(self, name: str) -> None:
        """Fetch a model by name from the network."""
        self._start("get", name)

    def add(self, folder: Path) -> None:
        """Copy a model from a folder."""
        self._start("add", str(folder))

    def cancel(self) -> None:
        """Stop; `cancelled` follows."""
        if self._process is not None:
            self._stopping = True
            self._process.kill()

    def end(self) -> None:
        """Stop and wait, without a word; for a window that closes."""
        if self._process is not None:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(_END_MS)
            self._forget()

    def _start(self, what: str, which: str) -> None:
        if self.busy:
            return
        self._said, self._rest, self._stopping = [], b"", False
        process = QProcess(self)
        process.readyReadStandardError.connect(self._on_said)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        program, *arguments = children.command("models", what, which, "--json")
        process.start(program, arguments)

    def _on_said(self) -> None:
        if self._process is None:
            return
        self._rest += bytes(self._process.readAllStandardError().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            self._hear(line.decode("utf-8", "replace").strip())

    def _hear(self, line: str) -> None:
        try:
            told = json.loads(line)
            self.progressed.emit(int(told["done_bytes"]), int(told["total_bytes"]))
        except (ValueError, KeyError, TypeError):
            if line:
                self._said.append(line)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._on_said()
        answer = bytes(self._process.readAllStandardOutput().data())
        self._forget()
        if status == QProcess.ExitStatus.NormalExit and code == 0:
            self.finished.emit(str(json.loads(answer)["model"]))
        elif self._stopping:
            self.cancelled.emit()
        else:
            self.failed.emit(self._problem())

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._forget()
            self.failed.emit(self._problem())

    def _problem(self) -> EnvironmentProblem:
        if not self._said:
            return EnvironmentProblem(
                "model-not-here", "The speech model could not be brought here."
            )
        happened, todo = self._said[0], " ".join(self._said[1:])
        return EnvironmentProblem("model-not-here", Sentence(happened), Sentence(todo))

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        underway.sweep()


def _quality(name: str) -> str:
    name = hub.plain_name(name)
    return hub.MODELS[name].quality if name in hub.MODELS else ""
