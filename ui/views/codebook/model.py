"""The codes as a tree for the view; what a person drags or types is told, not done here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from ui.i18n import plural
from ui.plain import plain
from workbench.domain.codebook import Code, Counts
from workbench.domain.ids import CodeId

MIME = "application/x-workbench-codes"
Index = QModelIndex | QPersistentModelIndex


@dataclass(eq=False, slots=True)
class Node:
    """A code in the tree, with how widely it is used."""

    code: Code
    counts: Counts
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    row: int = 0


class CodeTreeModel(QAbstractItemModel):
    """The tree; `UserRole` holds the Node.

    Signals:
        moved: ids, id of the new parent or "", and the place among the children that stay.
        renamed: id and new name.
    """

    moved = Signal(list, str, int)
    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Node] = []
        self._nodes: dict[str, Node] = {}
        self.editable = True

    def show_codes(
        self, codes: Sequence[Code], counts: Mapping[CodeId, Counts], wanted: str = ""
    ) -> None:
        """Show codes in place of those before.

        Args:
            codes: in their order.
            counts: by how many people and passages each is used.
            wanted: words; codes that hold them are shown, with what lies above.
        """
        self.beginResetModel()
        known = {code.id: code for code in codes}
        shown = _with_above(known, wanted.casefold().split())
        self._nodes = {
            code.id: Node(code, counts.get(code.id, Counts())) for code in codes if code.id in shown
        }
        self._top = []
        for node in self._nodes.values():
            node.parent = self._nodes.get(node.code.parent_id) if node.code.parent_id else None
            siblings = node.parent.children if node.parent else self._top
            node.row = len(siblings)
            siblings.append(node)
        self.endResetModel()

    def find(self, code_id: str) -> QModelIndex:
        """Return the index of a code; an invalid one when it is not shown."""
        node = self._nodes.get(code_id)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def node(self, index: Index) -> Node | None:
        """Return what an index stands for."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        siblings = self._below(parent)
        if column == 0 and 0 <= row < len(siblings):
            return self.createIndex(row, 0, siblings[row])
        return QModelIndex()

    @override
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below(parent)) if parent.column() <= 0 else 0

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        if node is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.code.name
        if role == Qt.ItemDataRole.UserRole:
            return node
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain("\n".join(filter(None, (node.code.definition, counted(node.counts)))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.code.name}, {counted(node.counts)}"
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if node is None or role != Qt.ItemDataRole.EditRole or value == node.code.name:
            return False
        self.renamed.emit(node.code.id, str(value))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not self.editable:
            return flags
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        picked = {node.code.id for index in indexes if (node := self.node(index))}
        # In the order of the tree, in whatever order they were selected.
        ids = [code_id for code_id in self._order() if code_id in picked]
        data = QMimeData()
        data.setData(MIME, "\n".join(ids).encode())
        return data

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(MIME):
            return False
        ids = bytes(data.data(MIME).data()).decode().split("\n")
        siblings = self._below(parent)
        place = len(siblings) if row < 0 else row
        place -= sum(node.code.id in ids for node in siblings[:place])
        above = self.node(parent)
        self.moved.emit(ids, above.code.id if above else "", place)
        return False  # the rows come back by themselves, when the study has changed

    def _order(self) -> Iterator[str]:
        waiting = self._top[::-1]
        while waiting:
            node = waiting.pop()
            yield node.code.id
            waiting += node.children[::-1]

    def _below(self, parent: Index) -> list[Node]:
        node = self.node(parent)
        return node.children if node else self._top


def counted(counts: Counts) -> str:
    """Return "3 mentions · 2 people · 1 source"."""
    if not counts.mentions:
        return plural(0, "{n} mention", "{n} mentions")
    return " · ".join(
        (
            plural(counts.mentions, "{n} mention", "{n} mentions"),
            plural(counts.people, "{n} person", "{n} people"),
            plural(counts.sources, "{n} source", "{n} sources"),
        )
    )


def _with_above(known: Mapping[CodeId, Code], words: Sequence[str]) -> set[CodeId]:
    if not words:
        return set(known)
    shown: set[CodeId] = set()
    for code in known.values():
        text = f"{code.name}\n{code.definition}".casefold()
        above: Code | None = code if all(word in text for word in words) else None
        while above is not None:
            shown.add(above.id)
            above = known.get(above.parent_id) if above.parent_id else None
    return shown
