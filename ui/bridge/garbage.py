"""Garbage is searched for in the window's thread alone, and not while another one makes much.

Python searches in whatever thread happens to make the next object, and frees there what it finds;
what is Qt's may be freed in the window's thread alone. So Python is told to search no more by
itself, and the window asks it to. A search stops all threads while it lasts, and lasts the longer
the more was made: it waits for those who make much.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000
_OFTEN = (20_000, 20, 20)  # Python's own 700, 10, 10 made keys wait
_AT_WORK: set[int] = set()


def search_from_here(owner: QObject) -> None:
    """Search from now on in this thread, as long as the owner lives; leave out what is there."""
    gc.disable()
    gc.freeze()
    gc.set_threshold(*_OFTEN)
    clock = QTimer(owner)
    clock.timeout.connect(search)
    clock.start(_LOOK_MS)


def search() -> None:
    """Search if it is time, as Python would by itself; called in the window's thread."""
    due = [made > often for made, often in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0] and not _AT_WORK:
        gc.collect(max(age for age, is_due in enumerate(due) if is_due))


def leave(worker: object) -> None:
    """Search no more until this one has finished; called in the window's thread."""
    _AT_WORK.add(id(worker))


def search_again(worker: object) -> None:
    """Search again when all have finished; called in the window's thread, perhaps twice."""
    _AT_WORK.discard(id(worker))
