"""No search for garbage as long as something is done in another thread.

Python frees what it finds in whatever thread it happens to search in; what is Qt's may be freed in
the window's alone. A search also stops all threads while it lasts.
"""

from __future__ import annotations

import gc

_AT_WORK: set[int] = set()


def leave(worker: object) -> None:
    """Search no more until this one has finished; called in the window's thread."""
    _AT_WORK.add(id(worker))
    gc.disable()


def search_again(worker: object) -> None:
    """Search again when all have finished; called in the window's thread, perhaps twice."""
    if id(worker) in _AT_WORK:
        _AT_WORK.remove(id(worker))
        if not _AT_WORK:
            gc.enable()
