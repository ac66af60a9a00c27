"""Says, as it is typed, that a name of the study has a word in common with a real name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Signals
from ui.opening import Opening, Turn

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet, TableName
    from workbench.domain.protection import Clash
    from workbench.study import Study

_TABLES: tuple[TableName, ...] = ("participant", "key", "segment", "stage", "touchpoint", "code")


class ClashWatch(QObject):
    """Tells of each clash once; those that are there when a study is opened are known.

    Args:
        signals: brings changes, and carries the sentence.
        opening: brings studies.
    """

    def __init__(self, signals: Signals, opening: Opening) -> None:
        super().__init__(signals)
        self._signals = signals
        self._study: Study | None = None
        self._known: set[Clash] = set()
        opening.at(Turn.NAME, self, self._on_study, partial(self._on_study, None))
        signals.changed.connect(self._on_changed)

    def _on_study(self, study: Study | None) -> None:
        self._study = study
        self._known = set(study.people.clashes()) if study else set()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._study is None or not changes.touches(*_TABLES):
            return
        found = self._study.people.clashes()
        new = [clash for clash in found if clash not in self._known]
        self._known = set(found)
        if new:
            self._signals.toast_requested.emit(new[0].sentence)
