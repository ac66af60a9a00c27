"""The small window of a recording: microphone, level, time, and three buttons.

It does not hold up the program: notes can be written while somebody speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from typing_extensions import override

from ui.attempts import tell
from ui.context import AppContext
from ui.i18n import t
from ui.views.record.meter import Meter
from ui.views.record.microphone import Microphones
from ui.views.record.recorder import Recorder
from ui.views.widgets.foot import foot
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from workbench.domain.figures import clock
from workbench.errors import Way


class RecordDialog(QDialog):
    """Records one interview.

    Args:
        context: theme, dialogs.
        recorder: does the work.
        microphones: what there is to listen to.
        folder: where the recording goes.
        parent: the window.
        unwilling: who is not to be recorded, and why.

    Signals:
        recorded: a `Recorded`, when a recording has ended by its button.
    """

    recorded = Signal(object)

    def __init__(
        self,
        context: AppContext,
        recorder: Recorder,
        microphones: Microphones,
        folder: Path,
        parent: QWidget,
        *,
        unwilling: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._recorder = recorder
        self._microphones = microphones
        self._folder = folder
        self.setWindowTitle(t("Record"))
        self.setMinimumWidth(460)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.device = ComboBox[str]()
        self.meter = Meter(context.theme)
        self.time = label("0:00", "display")
        self.state = label("", "meta")
        self.trouble = label("", "bad", wrap=True)
        self.unwilling = label(
            t("Not to be recorded: {names}.", names="; ".join(unwilling)), "bad", wrap=True
        )
        self.unwilling.setVisible(bool(unwilling))
        self.start_button = button(t("Start recording"), "primary")
        self.pause_button = button(t("Pause"))
        self.stop_button = button(t("Stop"), "primary")
        self.look_button = button(t("Look again"), "primary")
        self.close_button = button(t("Close"))
        self._build()
        self._connect()
        self.look_for_microphones()

    def look_for_microphones(self) -> None:
        """Ask the system anew, and listen to the first."""
        found = self._microphones.all()
        self.device.fill((one.name, one.id) for one in found)
        self._say_trouble(
            ""
            if found
            else t(
                "No microphone was found. Plug one in and look again, or record with another "
                "device and add its file to the study."
            )
        )
        self._listen()
        self._follow()

    def end(self) -> None:
        """Go without a question; for a study that closes. What was recorded is kept."""
        self._recorder.listen(None)
        super().done(0)

    def _build(self) -> None:
        self.device.setAccessibleName(t("Microphone"))
        self.time.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.state.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(t("Record an interview"), "title"))
        column.addWidget(
            label(t("Ask for consent to record before you begin, and say what it is for."), "soft",
                  wrap=True)
        )  # fmt: skip
        column.addWidget(self.unwilling)
        column.addSpacing(4)
        column.addWidget(self.device)
        column.addWidget(self.meter)
        column.addWidget(self.trouble)
        column.addSpacing(8)
        column.addWidget(self.time)
        column.addWidget(self.state)
        column.addSpacing(8)
        box = foot(self, self.start_button, self.close_button, aside=[self.pause_button])
        for other in (self.stop_button, self.look_button):
            box.addButton(other, QDialogButtonBox.ButtonRole.AcceptRole)
        column.addWidget(box)

    def _connect(self) -> None:
        self.device.currentIndexChanged.connect(self._listen)
        self.start_button.clicked.connect(self._on_start)
        self.pause_button.clicked.connect(self._on_pause)
        self.stop_button.clicked.connect(self._on_stop)
        self.look_button.clicked.connect(self.look_for_microphones)
        self.close_button.clicked.connect(self.reject)
        recorder = self._recorder
        recorder.heard.connect(self.meter.show_level)
        recorder.advanced.connect(self._on_advanced)
        recorder.changed.connect(self._follow)
        recorder.troubled.connect(self._say_trouble)
        recorder.failed.connect(self._on_failed)

    def _listen(self) -> None:
        chosen = self.device.value
        self.meter.clear()
        if chosen:
            self._say_trouble("")
        self._recorder.listen(
            self._microphones.listener(chosen, self._recorder) if chosen else None
        )

    def _follow(self) -> None:
        recording, there = self._recorder.recording, self.device.count() > 0
        self.device.setVisible(there)
        self.meter.setVisible(there)
        self.start_button.setVisible(there and not recording)
        self.look_button.setVisible(not there and not recording)
        self.pause_button.setVisible(recording)
        self.stop_button.setVisible(recording)
        self.close_button.setVisible(not recording)
        (self.start_button if there else self.look_button).setDefault(True)
        self.pause_button.setText(t("Go on") if self._recorder.paused else t("Pause"))
        self.state.setText(self._words())

    def _words(self) -> str:
        if not self._recorder.recording:
            return t("Not recording")
        if self._recorder.paused:
            return t("Paused")
        return t("Recording. Every second is on the disk.")

    def _say_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _on_start(self) -> None:
        self.time.setText(clock(0))
        self._recorder.start(self._folder)
        self.pause_button.setFocus()

    def _on_pause(self) -> None:
        if self._recorder.paused:
            self._recorder.resume()
        else:
            self._recorder.pause()

    def _on_advanced(self, ms: int) -> None:
        self.time.setText(clock(ms))

    def _on_stop(self) -> None:
        done = self._recorder.stop()
        self.end()
        if done is not None:
            self.recorded.emit(done)

    def _on_failed(self, problem: BaseException) -> None:
        tell(self._context, self, problem, {Way.AGAIN: self._on_start})

    @override
    def done(self, result: int) -> None:
        if not self._recorder.recording:
            self.end()
        elif self._context.dialogs.confirm(
            self,
            t("Stop recording?"),
            detail=t("What was recorded so far is kept."),
            accept=t("Stop"),
        ):
            self._on_stop()
