"""Takes out what a layout shows, at once."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Take out and delete every widget of a layout.

    They are hidden before, since what is to be deleted later stays on the screen for as long as a
    dialog is open: below the passphrase the title of the study would still be read.
    """
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
