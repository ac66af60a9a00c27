"""What a window shows: every text of its widgets, of their models, and what is painted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QMetaObject,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
)
_SPOKEN = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help)
_NO_TEXTS = {
    "objectName", "styleSheet", "windowFilePath", "windowRole", "html", "markdown", "iconText",
    "inputMask",
}  # fmt: skip
_ROWS = 40  # of a list: the others say the like


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield each text of a widget, and of those inside it, and what shows it."""
    for widget in (root, *root.findChildren(QWidget)):
        name = type(widget).__name__
        for text in (*_own(widget), *_inside(widget), *_spoken(widget)):
            yield name, text
        for action in widget.actions():
            for text in _own(action):
                yield f"an action of {name}", text


@contextmanager
def painted() -> Iterator[set[str]]:
    """Note the texts that Python code paints."""
    found: set[str] = set()
    before = QPainter.drawText

    def draw(self: QPainter, *arguments: Any) -> Any:
        found.update(one for one in arguments if isinstance(one, str))
        return before(self, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", draw)
        yield found


def _own(thing: QObject) -> Iterator[str]:
    """Yield the texts among the properties of a widget or an action."""
    for name in _texts_among(thing.metaObject()):
        if value := thing.property(name):
            yield str(value)


@cache
def _by_class(name: str, properties: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(one for one, kind in properties if kind == "QString" and one not in _NO_TEXTS)


def _texts_among(meta: QMetaObject) -> tuple[str, ...]:
    declared = [meta.property(at) for at in range(meta.propertyCount())]
    return _by_class(meta.className(), tuple((one.name(), one.typeName()) for one in declared))


def _inside(widget: QWidget) -> Iterator[str]:
    """Yield what no property of a widget tells."""
    if isinstance(widget, QAbstractItemView):
        if (model := widget.model()) is not None:
            yield from _rows(model, QModelIndex())
            yield from _heads(model)
    elif isinstance(widget, QComboBox):
        for at in range(widget.count()):
            yield from (str(widget.itemData(at, role) or "") for role in _ROLES)
    elif isinstance(widget, QTabBar):
        yield from map(widget.tabText, range(widget.count()))
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()


def _spoken(widget: QWidget) -> Iterator[str]:
    """Yield what a screen reader says of a widget."""
    if (told := QAccessible.queryAccessibleInterface(widget)) is not None:
        yield from map(told.text, _SPOKEN)


def _rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    # What lists and tables have is asked of them without a parent: the rest is private to them.
    flat = isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), _ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from _said(model.data(index, role) for role in _ROLES)
        first = model.index(row, 0, parent)
        if not flat and model.hasChildren(first):
            yield from _rows(model, first)


def _heads(model: QAbstractItemModel) -> Iterator[str]:
    wide = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for way, count in ((Qt.Orientation.Horizontal, wide), (Qt.Orientation.Vertical, 1)):
        for at in range(count):
            yield from _said(model.headerData(at, way, role) for role in _ROLES)


def _said(values: Iterator[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and value)
