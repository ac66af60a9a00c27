"""Passages as a list: what every list of evidence in the program shows and lets one drag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from typing_extensions import override

from ui.i18n import day, plural, t
from ui.models.differences import told_apart
from ui.models.rows import Index, Key, KeyedList
from ui.plain import plain
from workbench.domain import typed
from workbench.domain.figures import clock
from workbench.domain.ids import ObservationId
from workbench.domain.materials import Method
from workbench.domain.observation import Basis
from workbench.domain.passage import Passage, Said, Tally, tally
from workbench.services.coding.passages import Shelf

MIME = "application/x-workbench-observations"
BATCH = 200  # rows laid out at once; the list asks for more when one scrolls down


class PassageModel(KeyedList):
    """Passages in the order given; `UserRole` holds the Passage, `None` when it has just gone.

    Args:
        said: returns passages as others may read them, for what leaves the program with a drag.
    """

    def __init__(self, said: Callable[[Sequence[Passage]], Sequence[Passage]]) -> None:
        super().__init__()
        self._said = said
        self._passages: Sequence[Passage] = []
        self._ids: Sequence[ObservationId] = []
        self._places: dict[Key, int] = {}  # of those that are laid out

    @property
    def passages(self) -> Sequence[Passage]:
        """Return all passages, those not yet laid out too."""
        return self._passages

    @property
    def ids(self) -> Sequence[ObservationId]:
        """Return the observations of all passages, which need not be read for that."""
        return self._ids

    def set_passages(
        self, passages: Iterable[Passage], keep: AbstractSet[str] = frozenset()
    ) -> bool:
        """Show other passages; those on a shelf are read as they come into view.

        Args:
            passages: in their order; those that were there keep their rows.
            keep: observations that are laid out in any case, where they are among them.

        Returns:
            whether they are others, or in another order.
        """
        passages = passages if isinstance(passages, Shelf) else list(passages)
        ids = passages.ids if isinstance(passages, Shelf) else [p.id for p in passages]
        others, room = ids != self._ids, self._room(ids, keep)
        self._passages, self._ids = passages, ids
        keys = list(told_apart(ids[:room]))
        self._places = {key: place for place, key in enumerate(keys)}
        self._become(keys)
        self._repaint(range(len(keys)))
        return others

    def _room(self, ids: Sequence[str], keep: AbstractSet[str]) -> int:
        """Return how many rows to lay out: as many as there were, unless all are others."""
        there = frozenset(self._ids[: self.rowCount()])
        known = self.rowCount() if not there.isdisjoint(ids) else 0
        kept = max((row + 1 for row, key in enumerate(ids) if key in keep), default=0)
        return min(len(ids), max(BATCH, known, kept))

    def id_at(self, index: Index) -> ObservationId:
        """Return the observation of a row, also of one that is about to go."""
        return ObservationId(str(self._keys[index.row()][0]))

    def row_of(self, observation_id: str) -> int:
        """Return the row of an observation, laid out if need be; −1 when it is not here."""
        row = next((at for at, key in enumerate(self._ids) if key == observation_id), -1)
        self.lay_out(row)
        return row

    def lay_out(self, row: int) -> None:
        """Lay out the rows up to this one."""
        while row >= self.rowCount():
            self.fetchMore(QModelIndex())

    @override
    def canFetchMore(self, parent: Index) -> bool:
        if parent.isValid() or self._changing:
            return False
        return len(self._keys) < len(self._passages)

    @override
    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            keys = list(told_apart(self._ids[: len(self._keys) + BATCH]))
            self._places = {key: place for place, key in enumerate(keys)}
            self._become(keys)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        passage = self._at(index)
        if passage is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return passage
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(passage)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (words_of(passage), where(passage), marks(passage))))
        if role == Qt.ItemDataRole.ToolTipRole:
            said = passage.silence.sentence if passage.silence else ""
            return plain("\n".join(filter(None, (said, passage.memo)))) or None
        return None

    def _at(self, index: Index) -> Passage | None:
        place = self._places.get(self._keys[index.row()]) if index.isValid() else None
        try:
            return None if place is None else self._passages[place]
        except KeyError:
            return None  # undone a moment ago: the list is filled anew at once

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME, "text/plain"]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        picked = [passage for passage in map(self._at, indexes) if passage]
        data = QMimeData()
        data.setData(MIME, "\n".join(p.observation.id for p in picked).encode())
        data.setText("\n".join(f"{quoted(p)} ({where(p)})" for p in self._said(picked)))
        return data


def dragged(data: QMimeData) -> list[ObservationId]:
    """Return the observations that are being dragged; none when it is something else."""
    if not data.hasFormat(MIME):
        return []
    return [ObservationId(key) for key in bytes(data.data(MIME).data()).decode().split("\n")]


def words_of(passage: Said) -> str:
    """Return the words of a passage on one line, without quotation marks."""
    return " ".join(passage.words.split()).strip('“”"')


def quoted(passage: Said) -> str:
    """Return the words of a passage in quotation marks; what stands instead of words has none."""
    why = passage.silence
    return passage.words if why and why.withholds else f"“{words_of(passage)}”"


def voice(passage: Said) -> str:
    """Return who speaks, as lists show it."""
    if passage.person:
        return passage.person.pseudonym
    return passage.speaker or t("Unknown voice")


def signature(passage: Said) -> str:
    """Return who speaks, with what they said to being quoted unless they agreed."""
    mark = passage.silence.mark if passage.silence else ""
    return f"{voice(passage)} ({mark})" if mark else voice(passage)


def where(passage: Said) -> str:
    """Return person, session and time: “Maya · Interview with Maya · 0:55”."""
    span = passage.span
    time = clock(span.start_ms) if span else ""
    return " · ".join(filter(None, (signature(passage), passage.session.title, time)))


def marks(passage: Said) -> str:
    """Return what else was said about a passage: “moment of truth · promise broken”."""
    found = []
    if passage.expectation:
        found.append(t("expected") if passage.expectation == "expected" else t("had"))
    if passage.moment_of_truth:
        found.append(t("moment of truth"))
    if passage.promise:
        found.append(t("promise {what}", what=t(passage.promise.label)))
    return " · ".join(found)


def counted(passages: Sequence[Said]) -> str:
    """Return how many passages, people, visits and methods there are, in words."""
    return in_words(tally(passages))


def in_words(found: Tally) -> str:
    """Return a tally in words: “6 passages · 3 people · 1 visit · 2 methods”."""
    parts = [plural(found.passages, "{n} passage", "{n} passages")]
    if found.people:
        parts.append(plural(found.people, "{n} person", "{n} people"))
    if found.visits:
        parts.append(plural(found.visits, "{n} visit", "{n} visits"))
    if found.methods:
        parts.append(plural(found.methods, "{n} method", "{n} methods"))
    return " · ".join(parts)


def quality(passages: Sequence[Said]) -> str:
    """Return what one must know to judge a cell: counts, methods by name, inferences, date."""
    if not passages:
        return ""
    names = [t(m.plural) for m in Method if any(p.session.method is m for p in passages)]
    inferred = sum(p.basis is Basis.INFERRED for p in passages)
    dates = {p.session.id: typed.stored_date(p.session.date) for p in passages}
    newest = max((date for date in dates.values() if isinstance(date, str)), default="")
    parts = [counted(passages), ", ".join(names)]
    if inferred:
        parts.append(t("{n} inferred, not said", n=inferred))
    if newest:
        parts.append(t("newest {day}", day=day(newest)))
    return "\n".join(parts)
