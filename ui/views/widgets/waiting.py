"""Shows on a field that the study does not have its text yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.i18n import t

if TYPE_CHECKING:
    from workbench.services.unsaved import Spot


def show_waiting(field: QWidget, spot: Spot | None) -> None:
    """Frame a field whose text waits to be saved, and say so to those who listen."""
    waits = spot is not None and spot.waiting is not None
    if bool(field.property("unsaved")) is waits:
        return
    field.setProperty("unsaved", waits)
    field.setAccessibleDescription(t("Not saved yet") if waits else "")
    field.style().unpolish(field)
    field.style().polish(field)
    field.update()
