"""One recognition job in a child process, driven by QProcess as `jobstate` says.

The window's twin of the driver in `workbench.speech.client`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from workbench import paths, rights
from workbench.speech import client
from workbench.speech.jobstate import (
    FINAL,
    JobMachine,
    Kill,
    RunState,
    Send,
    Start,
    Terminate,
)

if TYPE_CHECKING:
    from workbench.speech import protocol
    from workbench.speech.jobstate import Event

_TICK_MS = 1000
_END_MS = 5000
_log = logging.getLogger(__name__)


class Spare:
    """The child of a job that is done, if there is one: it waits, with the model in memory."""

    def __init__(self) -> None:
        self._process: QProcess | None = None
        self._machine: JobMachine | None = None

    def keep(self, process: QProcess, machine: JobMachine) -> None:
        """Keep a child instead of the one before."""
        self.end()
        self._process, self._machine = process, machine

    def take(self, job: protocol.Order) -> QProcess | None:
        """Return the child if it can do that job; else it is ended."""
        process, machine = self._process, self._machine
        if process is None or machine is None or not machine.worker_takes(job):
            self.end()
            return None
        self._process = None
        return process

    def end(self) -> None:
        """End the child; it has nothing that is not kept."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(_END_MS)
            process.deleteLater()


class Worker(QObject):
    """A job that runs.

    Args:
        job: what the child is told.
        parent: owner.
        child: of an earlier job, which waits for this one; `None` = start one.

    Signals:
        told: an Event of `jobstate`: turns, progress, states and the end, in order.
    """

    told = Signal(object)

    def __init__(self, job: protocol.Order, parent: QObject, child: QProcess | None = None) -> None:
        super().__init__(parent)
        self._machine = JobMachine(replace(job, stays=True))
        self._process: QProcess | None = None
        self._waiting = child
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._on_tick)

    @property
    def state(self) -> RunState:
        """Return where the job stands."""
        return self._machine.state

    @property
    def pid(self) -> int:
        """Return the process id of the child, 0 when there is none."""
        return self._process.processId() if self._process else 0

    def leave_child(self, spare: Spare) -> None:
        """Leave the child for another job, if it waits for one."""
        process = self._process
        if process is None or self._machine.state is not RunState.DONE:
            return
        self._process = None
        process.readyReadStandardOutput.disconnect(self._on_output)
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.setParent(None)
        spare.keep(process, self._machine)

    def start(self) -> None:
        """Start the child."""
        self._clock.start()
        self._act(self._machine.start())

    def pause(self) -> None:
        """Stop after the chunk in work; the model stays loaded."""
        self._act(self._machine.pause())

    def resume(self) -> None:
        """Go on after a pause."""
        self._act(self._machine.resume())

    def cancel(self) -> None:
        """End the job; what was recognised stays."""
        self._act(self._machine.cancel(monotonic()))

    def stop(self) -> None:
        """End the child at once and say nothing more; its words are in the spool."""
        self._clock.stop()
        if self._process is not None:
            process, self._process = self._process, None
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_END_MS)
            process.deleteLater()

    def _act(self, events: Iterable[Event]) -> None:
        for event in events:
            match event:
                case Start():
                    self._launch()
                case Send():
                    self._write(event.data)
                case Terminate() if self._process is not None:
                    self._process.terminate()
                case Kill() if self._process is not None:
                    self._process.kill()
                case _:
                    self.told.emit(event)
        if self._machine.state in FINAL:
            self._clock.stop()

    def _launch(self) -> None:
        child, self._waiting = self._waiting, None
        if child is not None and child.state() == QProcess.ProcessState.Running:
            child.setParent(self)
            self._listen_to(child)
            self._on_started()
            return
        log = paths.job_log(self._machine.job.job)
        rights.own_folder(log.parent)
        rights.claim(log)
        program, *arguments = client.worker_command()
        process = QProcess(self)
        process.setStandardErrorFile(str(log), QProcess.OpenModeFlag.Append)
        process.started.connect(self._on_started)
        self._listen_to(process)
        process.start(program, arguments)

    def _listen_to(self, process: QProcess) -> None:
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process

    def _write(self, data: bytes) -> None:
        # Before the child runs, `started` says all of it again.
        if self._process and self._process.state() == QProcess.ProcessState.Running:
            self._process.write(data)

    def _on_started(self) -> None:
        self._act(self._machine.started(monotonic()))

    def _on_output(self) -> None:
        if self._process is not None:
            data = bytes(self._process.readAllStandardOutput().data())
            self._act(self._machine.feed(data, monotonic()))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._forget()
        crashed = status == QProcess.ExitStatus.CrashExit
        self._act(self._machine.exited(-code if crashed else code))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._forget()
            self._act(self._machine.exited(-1))
        elif error != QProcess.ProcessError.Crashed:  # `finished` tells of those
            _log.warning("worker: %s", error.name)

    def _forget(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

    def _on_tick(self) -> None:
        self._act(self._machine.tick(monotonic()))
