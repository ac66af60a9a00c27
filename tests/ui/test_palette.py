"""A few letters find every command and everything in the study, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.command_palette import CommandPalette
from workbench.domain.materials import Method
from workbench.study import Study


@pytest.fixture
def palette(open_window: MainWindow, qtbot: QtBot) -> CommandPalette:
    qtbot.keyClick(open_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(open_window.palette_box.isVisible)
    return open_window.palette_box


@pytest.fixture
def said(open_window: MainWindow, context: AppContext, tmp_path: Path) -> MainWindow:
    """The window with a study in which something was said."""
    assert context.study is not None
    _say(context.study, tmp_path, "your activation is now late")
    return open_window


def _titles(palette: CommandPalette) -> list[str]:
    items = list(palette.model.rows)
    return [item.title for item in items if item]


def test_palette_opens_with_the_commands(palette: CommandPalette) -> None:
    assert QApplication.focusWidget() is palette.field
    assert "Settings…" in _titles(palette)
    assert "Open the sample study" not in _titles(palette)


def test_typing_and_enter_run_a_command(
    palette: CommandPalette, open_window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.field, "jour")
    assert _titles(palette)[0] == "Journey"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert open_window.workspace is open_window.workspaces["journey"]
    assert not palette.isVisible()


def test_arrows_choose_and_wrap(palette: CommandPalette, qtbot: QtBot) -> None:
    last = palette.model.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == last
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 0


def test_escape_gives_the_keyboard_back(open_window: MainWindow, qtbot: QtBot) -> None:
    before = open_window.top_bar.search
    before.setFocus()
    open_window.palette_box.open_box()
    qtbot.keyClick(open_window.palette_box.field, Qt.Key.Key_Escape)
    assert not open_window.palette_box.isVisible()
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [("maya", "participant", "Maya"), ("losing", "code", "losing face"),
     ("waiting", "stage", "Waiting"), ("activation", "turn", "“your activation is now late”")],
)  # fmt: skip
def test_things_of_the_study_are_found(
    said: MainWindow, qtbot: QtBot, typed: str, kind: str, title: str
) -> None:
    said.palette_box.open_box()
    palette = said.palette_box
    qtbot.keyClicks(palette.field, typed)
    assert title in _titles(palette)
    # A command may have the same name ("Waiting" gives the stage); things come after commands.
    last = max(row for row, found in enumerate(_titles(palette)) if found == title)
    palette.view.setCurrentIndex(palette.model.index(last))
    with qtbot.waitSignal(said.workspaces["code"].context.signals.open_requested) as asked:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0] == kind


def test_other_words_find_the_command(palette: CommandPalette, context: AppContext) -> None:
    assert context.study is not None
    context.study.codebook.add("so that there is a step")
    for typed, title in (
        ("dark mode", "Theme: dark"), ("delete", "Bin: what was removed"), ("revert", "Undo"),
        ("docx", "Export all transcripts for Word…"), ("preferences", "Settings…"),
        ("help", "Guide"), ("insights", "Findings"), ("excel", "Export the codebook as a table…"),
        ("comment", "Memos"), ("hotkeys", "Keyboard shortcuts…"),
        ("speaker", "This turn is voice 1"), ("password", "Lock study…"),
        ("encrypt", "Lock study…"),
    ):  # fmt: skip
        palette.field.setText(typed)
        assert any(found.startswith(title) for found in _titles(palette)), _titles(palette)
        assert palette.nothing.isHidden()


def test_nonsense_finds_nothing(palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "zzqqxx")
    assert _titles(palette) == []
    assert "Nothing is called “zzqqxx”" in palette.nothing.text()
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_welcome_page_has_commands_only(window: MainWindow, qtbot: QtBot) -> None:
    window.palette_box.open_box()
    qtbot.keyClicks(window.palette_box.field, "new")
    assert _titles(window.palette_box)[0] == "New study…"
    assert "Undo" not in _titles(window.palette_box)


def test_rows_are_painted(palette: CommandPalette, context: AppContext) -> None:
    picture = palette.view.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(min(picture.height(), 60))
    }
    assert context.theme.colour("accent_soft").name() in colours
    assert len(colours) > 10


def _say(study: Study, folder: Path, words: str) -> None:
    """Put one written sentence into the study."""
    file = folder / "notes.txt"
    file.write_text(words + "\n", encoding="utf-8")
    study.imports.take_in([file], method=Method.INTERVIEW, title="Interview")
