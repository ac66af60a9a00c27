"""Between choosing tables and taking them in: their columns are shown, and what is said remembered.

Tables whose columns are the same are asked about once. What somebody chose otherwise than it was
proposed is proposed again for a table with the same heads; only places and kinds of columns are
remembered, under a sum of the heads, no word of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.views.collect.columns_dialog import ColumnsDialog
from workbench.domain.survey import Column, Fate, SurveyColumns, as_fated, chosen

_KEY = "columns."
_MOST = 50  # tables that are remembered
_Group = tuple[list[Path], tuple[Column, ...]]


class ColumnsStep(QObject):
    """Asks about the columns of tables, one kind of table after the other.

    Signals:
        settled: path -> which columns say what; of all tables that were asked about.
        cancelled: somebody thought better of it.
    """

    settled = Signal(object)
    cancelled = Signal()

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._groups: list[_Group] = []
        self._found: dict[Path, SurveyColumns] = {}
        self.dialog: ColumnsDialog | None = None

    def ask(self, tables: Mapping[Path, tuple[Column, ...]]) -> None:
        """Ask about tables; without any, it is settled at once."""
        self._groups, self._found = list(_alike(tables)), {}
        self._go_on()

    def end(self) -> None:
        """Ask no more, and tell nobody."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.reject()

    def _go_on(self) -> None:
        if not self._groups:
            self.settled.emit(self._found)
            return
        paths, columns = self._groups.pop(0)
        before = as_fated(columns, self._remembered(columns))
        dialog = ColumnsDialog([path.name for path in paths], columns, before, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda result: self._on_finished(dialog, paths, columns, result))
        self.dialog = dialog
        dialog.open()

    def _on_finished(
        self,
        dialog: ColumnsDialog,
        paths: Sequence[Path],
        proposed: Sequence[Column],
        result: int,
    ) -> None:
        if self.dialog is not dialog:
            return
        self.dialog = None
        if result:
            self._remember(proposed, dialog.columns)
            self._found |= dict.fromkeys(paths, chosen(dialog.columns))
            self._go_on()
        else:
            self.cancelled.emit()

    def _remembered(self, columns: Sequence[Column]) -> dict[int, Fate]:
        said = self._context.choices.get(_key(columns), "")
        names = {fate.name: fate for fate in Fate}
        pairs = (one.partition(":") for one in said.split())
        return {
            int(at): names[name]
            for at, _, name in pairs
            if at.isdecimal() and int(at) < len(columns) and name in names
        }

    def _remember(self, proposed: Sequence[Column], said: Sequence[Column]) -> None:
        other = [
            f"{at}:{now.fate.name}"
            for at, (before, now) in enumerate(zip(proposed, said, strict=True))
            if before.fate is not now.fate
        ]
        kept = self._context.choices
        kept.pop(_key(proposed), None)
        if other:
            kept[_key(proposed)] = " ".join(other)
        for key in [key for key in kept if key.startswith(_KEY)][:-_MOST]:
            del kept[key]


def _key(columns: Sequence[Column]) -> str:
    heads = "\n".join(one.head for one in columns)
    return _KEY + hashlib.sha256(heads.encode("utf-8", "replace")).hexdigest()[:24]


def _alike(tables: Mapping[Path, tuple[Column, ...]]) -> Iterator[_Group]:
    """Yield tables with the same columns together, if the same is proposed for them."""
    groups: dict[tuple[object, ...], _Group] = {}
    for path, columns in tables.items():
        same = tuple((one.head, one.fate, one.reason) for one in columns)
        groups.setdefault(same, ([], columns))[0].append(path)
    yield from groups.values()
