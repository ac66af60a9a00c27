"""What Qt's player reads of a locked recording: opened piece by piece, and nowhere in clear.

The player reads in a thread of its own, so what is read here waits for Python; whoever tells the
player something from Python lets go of it meanwhile, as PySide does in every call of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QIODevice, QObject, QUrl
from typing_extensions import override

from workbench.vault import files, ring

SCHEME = "locked"


def url_of(path: Path) -> QUrl:
    """Return what the player knows a recording by; nobody opens a locked one by its name."""
    url = QUrl.fromLocalFile(str(path))
    if ring.file_key(path) is not None:
        url.setScheme(SCHEME)
    return url


class SealedSound(QIODevice):
    """A recording of a locked study, for reading from any place of it.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file = files.opened(path)
        self._size = self._file.seek(0, os.SEEK_END)
        mode = QIODevice.OpenModeFlag
        self.open(mode.ReadOnly | mode.Unbuffered)

    @override
    def isSequential(self) -> bool:
        return False

    @override
    def size(self) -> int:
        return self._size

    @override
    def bytesAvailable(self) -> int:
        return max(0, self._size - self.pos())

    @override
    def atEnd(self) -> bool:
        return self.pos() >= self._size

    @override
    def readData(self, most: int) -> object:
        try:
            self._file.seek(self.pos())
            return self._file.read1(most)
        except (OSError, ValueError):  # damaged, or let go of meanwhile
            return b""

    @override
    def writeData(self, data: object, most: int) -> int:
        return -1

    @override
    def close(self) -> None:
        self._file.close()
        super().close()
