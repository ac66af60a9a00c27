"""The one list model: other rows take the place of those before without anybody losing theirs.

A row is known by its key. Only what is new is put in, what is gone is taken out and what is another
is painted anew, so that views keep what is current, selected and in sight (`widgets/steady.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from typing_extensions import override

from ui.models.differences import differences, runs, told_apart

Index = QModelIndex | QPersistentModelIndex
Key = tuple[Hashable, int]
R = TypeVar("R")


class KeyedList(QAbstractListModel):
    """A list of keys; who inherits knows what stands behind a key."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: list[Key] = []
        self._changing = False  # views may ask for more rows in the middle of a change

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._keys)

    def _become(self, keys: Sequence[Key]) -> bool:
        """Show other keys; tell whether they are others, or stand in another order."""
        found, nothing, self._changing = differences(self._keys, keys), QModelIndex(), True
        for run in found.removed:
            self.beginRemoveRows(nothing, run.start, run.stop - 1)
            del self._keys[run.start : run.stop]
            self.endRemoveRows()
        if found.order:
            self._put_in_order(found.order)
        for run in found.inserted:
            self.beginInsertRows(nothing, run.start, run.stop - 1)
            self._keys[run.start : run.start] = keys[run.start : run.stop]
            self.endInsertRows()
        self._changing = False
        return bool(found)

    def _put_in_order(self, order: Sequence[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        known = self.persistentIndexList()
        place = {old: new for new, old in enumerate(order)}
        self._keys = [self._keys[old] for old in order]
        self.changePersistentIndexList(known, [self.index(place[at.row()]) for at in known])
        self.layoutChanged.emit()

    def _repaint(self, places: Iterable[int]) -> None:
        """Tell that what stands at rising places is another."""
        for run in runs(places):
            self.dataChanged.emit(self.index(run.start), self.index(run.stop - 1))


class KeyedRows(KeyedList, Generic[R]):
    """Rows that are all at hand.

    Args:
        key: tells what a row is known by; equal ones are told apart by their order.
        parent: owns the model.
    """

    def __init__(self, key: Callable[[R], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._rows: dict[Key, R] = {}

    @property
    def rows(self) -> Sequence[R]:
        """Return all rows."""
        return [self._rows[key] for key in self._keys]

    def show_rows(self, rows: Iterable[R]) -> bool:
        """Show rows in place of those before; tell whether other ones, or in another order."""
        listed = list(rows)
        new = dict(zip(told_apart(map(self._key, listed)), listed, strict=True))
        old, self._rows = self._rows, {**self._rows, **new}
        changed = self._become(list(new))
        self._rows = new
        self._repaint(at for at, key in enumerate(new) if key in old and old[key] != new[key])
        return changed

    def row_at(self, index: Index) -> R | None:
        """Return the row of an index; `None` for none."""
        return self._rows[self._keys[index.row()]] if index.isValid() else None

    def row_of(self, key: Hashable) -> int:
        """Return the place of the row with this key; −1 when it is not here."""
        return next((at for at, (found, _nth) in enumerate(self._keys) if found == key), -1)

    def find(self, key: Hashable) -> QModelIndex:
        """Return the index of the row with this key; an invalid one when it is not here."""
        return self.index(self.row_of(key))
