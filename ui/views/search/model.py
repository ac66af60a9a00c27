"""What was found, as rows under the names of their kinds, with ticks while one chooses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from ui.i18n import t
from ui.models.rows import Index, KeyedRows
from ui.plain import plain
from workbench.domain.figures import clock
from workbench.domain.searching import CLOSE, OPEN, Hit

TITLES = {
    "turn": "Said and written",
    "memo": "Memos",
    "observation": "Observations",
    "code": "Codes",
    "stage": "Stages",
    "touchpoint": "Touchpoints",
    "participant": "People",
    "session": "Sessions",
    "source": "Materials",
    "insight": "Insights",
    "opportunity": "Opportunities",
    "charter": "The study",
}
_SUBJECTS = {"charter": "Memo on the study", "participant": "Memo on a person",
             "session": "Memo on a session", "source": "Memo on a material",
             "turn": "Memo on a turn", "code": "Memo on a code", "stage": "Memo on a stage",
             "observation": "Memo on an observation"}  # fmt: skip
WHERE = int(Qt.ItemDataRole.UserRole) + 1
"""Role of the line above the words of a hit: who says it, and where that is."""


class ResultsModel(KeyedRows[Hit | str]):
    """Hits and headings; `UserRole` holds the Hit, or the heading as a text.

    Attributes:
        tell: says who says what was found; asked for rows that are seen.

    Signals:
        ticked: the number of ticked hits is new.
    """

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__(_key)
        self._off: set[str] = set()
        self.ticking = False
        self.tell: Callable[[Hit], str] = lambda _hit: ""

    def show_hits(self, hits: Iterable[Hit], *, ticking: bool = False) -> bool:
        """Show hits in place of those before; tell whether they are others.

        Args:
            hits: by kind.
            ticking: whether each turn has a tick, on at first.
        """
        self.ticking, self._off = ticking, set()
        rows: list[Hit | str] = []
        kind = ""
        for hit in hits:
            if hit.kind != kind:
                kind = hit.kind
                rows.append(t(TITLES[kind]))
            rows.append(hit)
        others = self.show_rows(rows)
        self._repaint(range(len(rows)))  # ticks, and who is said to say it
        self.ticked.emit()
        return others

    def _where(self, hit: Hit) -> str:
        return " · ".join(filter(None, (self.tell(hit), where(hit))))

    def hit(self, index: Index) -> Hit | None:
        """Return the hit of a row; `None` for a heading."""
        row = self.row_at(index)
        return row if isinstance(row, Hit) else None

    def chosen(self) -> list[Hit]:
        """Return the ticked hits."""
        return [row for row in self.rows if isinstance(row, Hit) and row.id not in self._off]

    def tick_all(self, on: bool) -> None:
        """Set or take away all ticks."""
        self._off = set() if on else {row.id for row in self.rows if isinstance(row, Hit)}
        if count := self.rowCount():
            last = self.index(count - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.ticking else flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None or role == Qt.ItemDataRole.UserRole:
            return row
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        words = row.snippet.replace(OPEN, "").replace(CLOSE, "")
        found: object = None
        if role == Qt.ItemDataRole.DisplayRole:
            found = words
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            found = f"{self._where(row)}: {words}"
        elif role == WHERE:
            found = self._where(row)
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = plain(self.tell(row)) or None
        elif role == Qt.ItemDataRole.CheckStateRole and self.ticking:
            off = row.id in self._off
            found = Qt.CheckState.Unchecked if off else Qt.CheckState.Checked
        return found

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        hit = self.hit(index)
        if hit is None or role != Qt.ItemDataRole.CheckStateRole or not self.ticking:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        (self._off.discard if on else self._off.add)(hit.id)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True


def where(hit: Hit) -> str:
    """Return where a hit is: “Interview with Maya · 0:55”."""
    title = t(_SUBJECTS.get(hit.title, hit.title)) if hit.kind == "memo" else hit.title
    return f"{title} · {clock(hit.start_ms)}" if hit.start_ms is not None else title


def _key(row: Hit | str) -> Hashable:
    return row if isinstance(row, str) else (row.kind, row.id)
