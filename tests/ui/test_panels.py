"""No panel can be lost: none is dragged shut, and one that was kept shut opens again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QSplitter

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.widgets.toast import Toast
from ui.workspaces import WORKSPACES

LEAST = 60  # pixels in which one still sees that there is something


def test_no_panel_is_dragged_shut(window: MainWindow, map_folder: Path) -> None:
    assert window.open_path(map_folder)
    for key in (kind.key for kind in WORKSPACES):
        window.show_workspace(key)
        workspace = window.workspaces[key]
        if isinstance(workspace, CodeWorkspace):
            workspace.left.show_codebook(True)
        found = [one for one in workspace.findChildren(QSplitter) if one.isVisible()]
        assert found or key == "transcribe"  # which has nothing to part without a recording
        for splitter in found:
            upright = splitter.orientation() is Qt.Orientation.Vertical
            for at in range(1, splitter.count()):
                for end in (0, 5_000):
                    splitter.handle(at).moveSplitter(end)
                    for place in range(splitter.count()):
                        pane = splitter.widget(place)
                        if pane.isVisible():
                            size = pane.height() if upright else pane.width()
                            assert size >= LEAST, (splitter.objectName(), place)


def test_a_message_covers_nothing_and_moves_nothing(
    window: MainWindow, map_folder: Path, context: AppContext
) -> None:
    assert window.open_path(map_folder)
    for key in (kind.key for kind in WORKSPACES):
        window.show_workspace(key)
        window.drawer.show_panel("memos")
        others = (
            window.workspaces[key], window.drawer, window.bottom_bar, window.rail, window.top_bar,
        )  # fmt: skip
        toast = window.findChild(Toast)
        toast.dismiss()
        QApplication.processEvents()
        before = [other.geometry() for other in others]
        context.signals.toast_requested.emit("Three files were added.\nOne of them has no words.")
        QApplication.processEvents()
        assert toast.isVisible()
        assert [other.geometry() for other in others] == before
        place = QRect(toast.mapTo(window, QPoint()), toast.size())
        for other in others:
            if other.isVisible():
                assert not place.intersects(QRect(other.mapTo(window, QPoint()), other.size())), (
                    other
                )


def test_a_panel_that_was_kept_shut_opens_again(
    context: AppContext, make_window: Callable[[], MainWindow], map_folder: Path
) -> None:
    kept = replace(context.settings.current.window, splitters={"code": (0, 1100, 300)})
    context.settings.change(window=kept)
    window = make_window()
    assert window.open_path(map_folder)
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    assert code.left.isVisible()
    assert code.left.width() >= LEAST
