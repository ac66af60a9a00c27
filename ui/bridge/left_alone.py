"""Keep threads of Qt's from waiting for Python.

A thread of Qt's that frees something connected to an object made in Python asks that object's
`disconnectNotify`, and with a mutex held, so it waits for Python. Whoever then tells the player to
stop holds on to Python and waits for the mutex: the window stood for ever, once in some hundred
times on a busy machine. PySide asks Python only once for each object whether it has such a method
of its own, and remembers that it has none.
https://github.com/qt/qtbase/blob/dev/src/corelib/kernel/qobject.cpp (`QObject::~QObject`)
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

Thing = TypeVar("Thing", bound=QObject)


def left_alone(thing: Thing) -> Thing:
    """Return an object that Qt's threads will be connected to, when Python was asked already."""
    thing.objectNameChanged.connect(_nothing)
    thing.objectNameChanged.disconnect(_nothing)
    return thing


def _nothing() -> None:
    return
