"""Where one is in a list of passages, and what is selected, when others are shown in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QListView

from ui.models.passages import PassageModel
from workbench.domain.ids import ObservationId


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays when other passages come.

    Attributes:
        current: the observation that is current, or "".
        chosen: those that are selected.
        looked_at: the one that is looked at, or "".
        top: how far that is below the upper edge, in pixels.
    """

    current: str
    chosen: frozenset[ObservationId]
    looked_at: str
    top: int


def kept(view: QListView, model: PassageModel) -> Kept:
    """Return what stays in a list, before others are shown in it."""

    def key(index: QModelIndex) -> str:
        return model.ids[index.row()] if index.isValid() else ""

    chosen = frozenset(model.ids[index.row()] for index in view.selectedIndexes())
    seen, looked_at = view.viewport().rect(), view.currentIndex()
    if not view.visualRect(looked_at).intersects(seen):
        scrolled = view.verticalScrollBar().value() > 0
        looked_at = view.indexAt(seen.topLeft()) if scrolled else QModelIndex()
    return Kept(key(view.currentIndex()), chosen, key(looked_at), view.visualRect(looked_at).top())


def put_back(view: QListView, model: PassageModel, before: Kept) -> None:
    """Select and show again what was, as far as it is there."""
    selection = QItemSelection()
    rows = [row for row, key in enumerate(model.ids) if key in before.chosen]
    model.lay_out(max(rows, default=-1))
    for row in rows:
        selection.select(model.index(row), model.index(row))
    keep = QItemSelectionModel.SelectionFlag
    current = model.index(model.row_of(before.current))
    view.selectionModel().setCurrentIndex(current, keep.NoUpdate)
    view.selectionModel().select(selection, keep.ClearAndSelect)
    index = model.index(model.row_of(before.looked_at))
    if index.isValid():
        view.scrollTo(index, view.ScrollHint.PositionAtTop)
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + view.visualRect(index).top() - before.top)
    else:
        view.scrollToTop()
