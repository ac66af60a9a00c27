"""How the window was left: its place and size, the workspace in front, borders and choices."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from ui.context import AppContext
from ui.views.widgets.fitting import resize_to_fit
from ui.workspaces import WORKSPACES
from workbench.settings import WindowState


def last_workspace(context: AppContext) -> str:
    """Return the key of the workspace that was in front last time."""
    key = context.settings.current.window.workspace
    return key if key in {kind.key for kind in WORKSPACES} else "collect"


def restore(context: AppContext, window: QMainWindow) -> None:
    """Let the window be as it was left."""
    before = context.settings.current.window
    context.splitters.update(before.splitters)
    context.choices = {**before.choices, **context.choices}
    if not window.restoreGeometry(QByteArray.fromHex(before.geometry.encode())):
        resize_to_fit(window, 1360, 860)


def keep(context: AppContext, window: QMainWindow, workspace: str) -> None:
    """Remember how the window is left.

    Args:
        context: has the settings.
        window: the window.
        workspace: key of the workspace in front, or "".
    """
    context.remember(
        window=WindowState(
            geometry=bytes(window.saveGeometry().toHex().data()).decode(),
            workspace=workspace or last_workspace(context),
            splitters=dict(context.splitters),
            choices=dict(context.choices),
        )
    )
