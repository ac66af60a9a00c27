"""What Collect has of recordings: the window to record in, and those not in the study yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.attempts import attempt
from ui.bridge.jobs import model_for
from ui.context import AppContext
from ui.i18n import t
from ui.views.record.dialog import RecordDialog
from ui.views.record.microphone import Microphones, SystemMicrophones
from ui.views.record.recorder import Recorder
from ui.views.widgets.looks import button, label
from workbench.domain.consent import Use
from workbench.domain.figures import clock
from workbench.domain.ids import SessionId
from workbench.services.files import recording
from workbench.services.files.recording import Recorded
from workbench.study import Study


class RecordDesk(QObject):
    """Records, and takes recordings into the study.

    Args:
        context: what all views share.
        page: the workspace.
        ask: asks about files and takes them in, as for a drop.

    Signals:
        waiting_changed: there are other recordings that are not in the study yet.
    """

    waiting_changed = Signal()

    def __init__(
        self, context: AppContext, page: QWidget, ask: Callable[[Sequence[Path]], None]
    ) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._ask = ask
        self._study: Study | None = None
        self._waiting: list[Recorded] = []
        self._others = context.running_jobs
        self.microphones: Microphones = SystemMicrophones()
        self.recorder = Recorder(self)
        self.dialog: RecordDialog | None = None
        self.bar = WaitingBar()
        self.bar.hide()
        self.bar.add_button.clicked.connect(self._on_add)
        self.bar.delete_button.clicked.connect(self._on_delete)
        self.recorder.changed.connect(self._on_changed)

    @property
    def waiting(self) -> bool:
        """Tell whether there is a recording that is not in the study yet."""
        return bool(self._waiting)

    def set_study(self, study: Study | None) -> None:
        """Work for another study; a recording that runs ends, and waits in the last one."""
        if self.dialog is not None:
            self.dialog.end()
        try:
            self.recorder.stop()
        finally:
            self._study = study
            self._waiting = []
            self.bar.hide()

    def open(self) -> None:
        """Show the window to record in."""
        if self._study is None:
            return
        if self.dialog is None:
            self.dialog = RecordDialog(
                self._context,
                self.recorder,
                self.microphones,
                recording.folder_of(self._study.folder),
                self._page.window(),
                unwilling=self._unwilling(self._study),
            )
            self.dialog.recorded.connect(self._on_recorded)
            self.dialog.finished.connect(self._on_closed)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def refresh(self) -> None:
        """Look for recordings that were never taken in, such as those of a sudden end."""
        study = self._study
        if study is None or study.read_only or self.recorder.recording:
            return
        before, self._waiting = self._waiting, recording.unfinished(study.folder)
        self._show_waiting()
        if before != self._waiting:
            self.waiting_changed.emit()

    def take_in(self, session_id: str) -> None:
        """Queue what has come in with a session, and delete the files it was copied from."""
        if self._study is None:
            return
        waiting = {one.path.name: one.path for one in self._waiting}
        for source in self._study.materials.sources(SessionId(session_id)):
            path = waiting.get(source.original_name)
            if path is None:
                continue
            recording.forget(path)
            if self._study.ledger.objections.of(source.session_id, (Use.RECORD,)):
                continue  # whoever takes it in has been asked, and knows that it is left so
            if (why := self._study.jobs.refusal(source.id)) is not None:
                self._context.tell(self._page, why)  # the recording is in, and stays as it is
                continue
            self._study.jobs.add(
                source.id,
                model=model_for(self._context),
                language=self._context.settings.current.language or "auto",
            )
            self._context.signals.toast_requested.emit(
                t("The recording is in the study and waits to be transcribed.")
            )
        self.refresh()

    @staticmethod
    def _unwilling(study: Study) -> list[str]:
        """Return who is not to be recorded, by what they said."""
        people = (person.id for person in study.people.participants())
        return [one.sentence for one in study.ledger.objections.among(people, (Use.RECORD,))]

    def _on_recorded(self, done: Recorded) -> None:
        self.refresh()
        if any(one.path == done.path for one in self._waiting):
            self._ask([done.path])

    def _on_closed(self) -> None:
        self.dialog = None
        self.refresh()

    def _on_changed(self) -> None:
        """Let nobody close the study unasked while it records."""
        if self.recorder.recording:
            if self._context.running_jobs != self._running:
                self._others = self._context.running_jobs
                self._context.running_jobs = self._running
            self.bar.hide()
        elif self._context.running_jobs == self._running:
            self._context.running_jobs = self._others

    def _running(self) -> Sequence[str]:
        return [t("Recording"), *self._others()]

    def _show_waiting(self) -> None:
        self.bar.setVisible(bool(self._waiting))
        if self._waiting:
            self.bar.show_recording(self._waiting[0])

    def _on_add(self) -> None:
        if self._waiting:
            self._ask([self._waiting[0].path])

    def _on_delete(self) -> None:
        if not self._waiting:
            return
        first = self._waiting[0]
        if self._context.dialogs.confirm(
            self._page,
            t("Delete “{name}”?", name=first.path.stem),
            detail=t("{length} were recorded. This cannot be undone.",
                     length=clock(first.duration_ms)),
            accept=t("Delete"),
            danger=True,
        ):  # fmt: skip
            attempt(self._context, self._page, lambda: recording.forget(first.path))
            self.refresh()


class WaitingBar(QWidget):
    """A recording that is not in the study yet, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "soft", wrap=True)
        self.add_button = button(t("Add to the study…"))
        self.delete_button = button(t("Delete"), "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.delete_button)
        row.addWidget(self.add_button)

    def show_recording(self, one: Recorded) -> None:
        """Show a recording."""
        self.words.setText(
            t("“{name}” ({length}) is not in the study yet.",
              name=one.path.stem, length=clock(one.duration_ms))
        )  # fmt: skip
