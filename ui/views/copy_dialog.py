"""A copy of the study on its way: how far it is, and a way to stop it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.foot import foot
from ui.views.widgets.looks import button, label
from workbench.services.keeping.copying import Cancelled, StudyCopy

_PARTS = 1000


class _Hand(QObject):
    """Brings what the thread says into the window's.

    Signals:
        advanced: how far it is, in thousandths.
        ended: what kept it from its end; `None` when it is done.
    """

    advanced = Signal(int)
    ended = Signal(object)


class CopyDialog(QDialog):
    """Copies the files of a study; `exec` returns whether all is there.

    Args:
        copy: what is to be finished.
        parent: the window.

    Attributes:
        problem: what kept it from its end, whatever that was; `None` also where it was cancelled.
    """

    def __init__(self, copy: StudyCopy, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem: Exception | None = None
        self._stop = Event()
        self._hand = _Hand(self)
        self._pool = QThreadPool(self)
        self.setWindowTitle(t("Save a copy"))
        self.setMinimumWidth(460)
        self._bar = QProgressBar()
        self._bar.setRange(0, _PARTS)
        self._bar.setAccessibleName(t("Copied"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(
            label(t("Copying to “{name}”", name=copy.target.name), "strong", wrap=True)
        )
        column.addWidget(self._bar)
        self.cancel_button = button(t("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        column.addWidget(foot(self, self.cancel_button))
        self._hand.advanced.connect(self._bar.setValue)
        self._hand.ended.connect(self._on_ended)
        self._pool.start(_Task(copy, self._hand, self._stop))

    @override
    def reject(self) -> None:
        # It ends when the thread has cleaned up.
        self._stop.set()
        self.cancel_button.setEnabled(False)

    def _on_ended(self, problem: Exception | None) -> None:
        self._pool.waitForDone()
        self.problem = None if isinstance(problem, Cancelled) else problem
        self.done(QDialog.DialogCode.Rejected if problem else QDialog.DialogCode.Accepted)


class _Task(QRunnable):
    def __init__(self, copy: StudyCopy, hand: _Hand, stop: Event) -> None:
        super().__init__()
        self._copy, self._hand, self._stop = copy, hand, stop

    @override
    def run(self) -> None:
        def on_bytes(done: int, total: int) -> None:
            self._hand.advanced.emit(done * _PARTS // max(1, total))

        try:
            self._copy.finish(on_bytes, self._stop.is_set)
        except Exception as problem:  # noqa: BLE001  raised again by whoever began it
            self._hand.ended.emit(problem)
        else:
            self._hand.ended.emit(None)
