"""Dialogs that are asked once and then gone: what was typed or shown in them is not kept.

A parent keeps them otherwise, with their fields, for as long as the window is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QDialog

D = TypeVar("D", bound=QDialog)


@contextmanager
def lent(dialog: D) -> Iterator[D]:
    """Lend a dialog, whose answer is read within the block."""
    try:
        yield dialog
    finally:
        dialog.deleteLater()


def shown(dialog: QDialog) -> bool:
    """Show a dialog until it is closed; tell whether it was accepted."""
    with lent(dialog):
        return bool(dialog.exec())


__all__ = ["lent", "shown"]
