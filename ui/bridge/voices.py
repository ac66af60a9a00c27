"""Telling voices apart anew in a child process, while the window stays alive.

It needs libraries that the window never loads. A new question takes the place of one that is not
answered yet.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QProcess, Signal

from workbench.errors import WorkbenchError
from workbench.speech import client, protocol
from workbench.speech.protocol import Regroup, Speakers

_END_MS = 5000


class VoiceProcess(QObject):
    """Asks one question at a time.

    Signals:
        answered: the `Speakers` that were found.
        failed: the WorkbenchError that says why there is no answer.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a question waits for its answer."""
        return self._process is not None

    def ask(self, question: Regroup) -> None:
        """Begin; `answered` or `failed` follows."""
        self.stop()
        program, *arguments = client.voices_command()
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(program, arguments)
        process.write(protocol.encode(question))
        process.closeWriteChannel()

    def stop(self) -> None:
        """Ask no more; nothing follows."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(_END_MS)
        process.deleteLater()

    def _on_finished(self) -> None:
        if self._process is None:
            return
        output = bytes(self._process.readAllStandardOutput().data())
        self._process.deleteLater()
        self._process = None
        try:
            answer = client.voices_answer(output)
        except WorkbenchError as error:
            self.failed.emit(error)
        else:
            self.answered.emit(answer)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._on_finished()  # which does not come by itself


__all__ = ["Speakers", "VoiceProcess"]
