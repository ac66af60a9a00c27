"""From the study's change sets to one Qt signal.

A step of a study may be one of many in a row (an import, a burst of recognised turns). Views are
told once per turn of the event loop, so that ten steps cost one refresh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.change import ChangeSet

if TYPE_CHECKING:
    from workbench.study import Study


class StudyBridge(QObject):
    """Listens to one study on behalf of all views.

    Signals:
        changed: a ChangeSet that joins all since the last one.
    """

    changed = Signal(object)

    def __init__(self, study: Study, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[ChangeSet] = []
        self._unsubscribe = study.subscribe(self._on_changes)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.flush)

    def flush(self) -> None:
        """Tell what is waiting, now."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.changed.emit(join(waiting))

    def stop(self) -> None:
        """Listen no more; what is waiting is dropped with the views that would show it."""
        self._soon.stop()
        self._waiting.clear()
        self._unsubscribe()

    def _on_changes(self, changes: ChangeSet) -> None:
        self._waiting.append(changes)
        self._soon.start()


def join(sets: list[ChangeSet]) -> ChangeSet:
    """Join change sets into one; the origin stays only when all share it.

    Args:
        sets: at least one, oldest first.
    """
    if len(sets) == 1:
        return sets[0]
    origin = sets[0].origin
    if any(s.origin is not origin for s in sets):
        origin = None
    rows = dict.fromkeys(row for s in sets for row in s.rows)
    return ChangeSet(tuple(op for one in sets for op in one.ops), origin, tuple(rows))
