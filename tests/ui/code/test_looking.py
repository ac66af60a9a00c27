"""Colour by stage, code, emotion or coder; show all, mine, one code or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.code.conftest import words
from ui import window_state
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.theme import Theme
from ui.views.code.workspace import CodeWorkspace
from workbench.domain import fields
from workbench.domain.ids import ObservationId
from workbench.study import Study


@pytest.fixture
def looked(code: CodeWorkspace, qtbot: QtBot) -> CodeWorkspace:
    """Two coders' observations: “promise” (Ann: broken date, stage 2, −2), “stupid” (Ben)."""
    study = code.study
    assert study is not None
    stages = study.journeys.stages()
    date, face = (study.codebook.find(name) for name in ("broken date", "losing face"))
    assert date
    assert face
    study.codebook.change(date.id, colour=5)
    study.coder = "Ann"
    study.observations.place(
        words(code, "promise"), code_ids=[date.id], stage_id=stages[1].id, emotion=-2
    )
    study.coder = "Ben"
    study.observations.place(words(code, "stupid"), code_ids=[face.id])
    qtbot.waitUntil(lambda: len(code.text.marks) == 2)
    code.text.selection.drop()
    return code


def colours(code: CodeWorkspace) -> dict[str, str | None]:
    assert code.study is not None
    return {
        code.study.observations.get(ObservationId(mark.id)).words: mark.colour
        for mark in code.text.marks.all()
    }


def test_colours_mean_what_one_chooses(looked: CodeWorkspace) -> None:
    run = looked.context.actions.trigger
    stage = looked.work.desk.stages[1].colour
    assert colours(looked) == {"promise": f"hue/{stage}", "stupid": None}
    run("code.colour_code")
    face = looked.study and looked.study.codebook.find("losing face")
    assert face
    assert colours(looked) == {"promise": "hue/5", "stupid": f"hue/{face.colour}"}
    assert looked.panes.lens_bar.meanings == []
    run("code.colour_emotion")
    assert colours(looked) == {"promise": "emotion/-2", "stupid": None}
    assert looked.panes.lens_bar.meanings == ["−2", "not rated"]
    run("code.colour_coder")
    assert colours(looked) == {"promise": "hue/0", "stupid": "hue/1"}
    assert looked.panes.lens_bar.meanings == ["Ann", "Ben"]
    assert looked.work.looking.is_coloured_by("coder")


def test_words_ticks_and_density_wear_the_colour(looked: CodeWorkspace, qtbot: QtBot) -> None:
    looked.context.actions.trigger("code.colour_emotion")
    theme = looked.context.theme
    line = theme.marks.line("emotion/-2")
    looked.text.clearFocus()
    assert has(looked.text.viewport(), line)
    assert has(looked.view.labels, line)
    qtbot.waitUntil(lambda: has(looked.view.density, line))  # after the text
    looked.context.actions.trigger("code.show_none")
    assert not has(looked.text.viewport(), line)
    assert not has(looked.view.labels, line)
    qtbot.waitUntil(lambda: not has(looked.view.density, line))


def test_a_new_rating_is_coloured_at_once(looked: CodeWorkspace) -> None:
    looked.context.actions.trigger("code.colour_emotion")
    stupid = looked.text.marks.all()[1]
    looked.work.selection.choose([stupid.id])
    looked.inspector.changed.emit(fields.EMOTION.to(2))
    assert colours(looked)["stupid"] == "emotion/2"
    assert looked.panes.lens_bar.meanings == ["−2", "+2"]


def test_the_colour_is_remembered_with_the_window(
    looked: CodeWorkspace,
    window: MainWindow,
    context: AppContext,
    make_window: Callable[[], MainWindow],
) -> None:
    context.actions.trigger("code.colour_emotion")
    window_state.keep(context, window, "code")
    assert context.settings.current.window.choices["code.colour"] == "emotion"
    context.choices.clear()
    again = CodeWorkspace(context)
    again.set_study(looked.study)
    assert again.work.looking.is_coloured_by("emotion")
    again.set_study(None)
    again.deleteLater()


def test_only_mine_says_what_is_hidden(looked: CodeWorkspace, qtbot: QtBot) -> None:
    looked.context.actions.trigger("code.show_mine")
    assert list(colours(looked)) == ["stupid"]
    assert looked.panes.lens_bar.sign.isVisible()
    assert looked.panes.lens_bar.sign.text().strip() == "Only mine · 1 of 2 shown"
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(looked.text, Qt.Key.Key_H, ctrl_shift)
    assert len(colours(looked)) == 2
    assert not looked.panes.lens_bar.isVisible()


def test_only_one_code_is_picked_by_key(looked: CodeWorkspace, qtbot: QtBot) -> None:
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    looked.text.setFocus()
    qtbot.keyClick(looked.text, Qt.Key.Key_C, ctrl_shift)
    qtbot.keyClicks(looked.picker.field, "brok")
    qtbot.keyClick(looked.picker.field, Qt.Key.Key_Return)
    assert list(colours(looked)) == ["promise"]
    assert looked.panes.lens_bar.sign.text().strip() == "Only “broken date” · 1 of 2 shown"
    looked.panes.lens_bar.sign.click()
    assert len(colours(looked)) == 2


def test_what_is_coded_while_some_are_hidden_is_counted(
    looked: CodeWorkspace, qtbot: QtBot
) -> None:
    looked.context.actions.trigger("code.show_none")
    assert looked.panes.lens_bar.sign.text().strip() == "2 observations are hidden"
    words(looked, "No reason")
    qtbot.keyClicks(looked.text, "b")
    qtbot.keyClick(looked.picker.field, Qt.Key.Key_Return)
    assert looked.work.selection.passage is not None
    assert looked.work.selection.passage.words == "No reason"
    assert colours(looked) == {}
    assert looked.panes.lens_bar.sign.text().strip() == "3 observations are hidden"


def test_a_removed_code_hides_nothing_any_more(looked: CodeWorkspace, qtbot: QtBot) -> None:
    study = looked.study
    assert study is not None
    date = study.codebook.find("broken date")
    assert date is not None
    looked.work.selection.choose([looked.text.marks.all()[0].id])
    looked.context.actions.trigger("code.show_code")
    assert looked.picker.list.current_id == date.id
    qtbot.keyClick(looked.picker.field, Qt.Key.Key_Return)
    study.codebook.remove(date.id)
    qtbot.waitUntil(lambda: len(looked.text.marks) == 2)
    assert not looked.panes.lens_bar.isVisible()


def test_another_study_hides_nothing(
    looked: CodeWorkspace, window: MainWindow, coded_folder: Path
) -> None:
    looked.context.actions.trigger("code.show_none")
    assert window.open_path(coded_folder)
    window.show_workspace("code")
    assert len(looked.text.marks) == 2


def test_the_menu_beside_the_title_has_all_choices(looked: CodeWorkspace) -> None:
    menu = looked.panes.lens_bar.button.menu()
    menu.aboutToShow.emit()
    ids = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert len(ids) == 8
    on = [action.objectName() for action in menu.actions() if action.isChecked()]
    assert on == ["code.colour_stage", "code.show_all"]


def test_who_coded_is_kept_and_told(looked: CodeWorkspace, coded_folder: Path) -> None:
    looked.work.selection.choose([looked.text.marks.all()[0].id])
    assert looked.inspector.head.coder.text() == "Coded by Ann"
    with Study.open(coded_folder, read_only=True) as study:
        assert [coder.name for coder in study.coders.all()] == ["Ann", "Ben"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_two_ends_of_the_scale_are_apart(theme: Theme, name: str) -> None:
    theme.choose("dark" if name == "dark" else "light")
    lines = [theme.marks.line(f"emotion/{n}") for n in range(-2, 3)]
    assert len({line.name() for line in lines}) == 5
    # Blue parts the two sides for every common kind of colour blindness; red and green do not.
    assert lines[0].blue() + 80 < lines[4].blue()
    assert lines[1].blue() + 30 < lines[3].blue()


def has(widget: QWidget, colour: QColor) -> bool:
    """Tell whether a colour is somewhere in a widget, to the letter."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(picture.constBits()).cast("I")
    return colour.rgb() in set(pixels)


def test_one_does_not_change_what_one_does_not_see(looked: CodeWorkspace, qtbot: QtBot) -> None:
    promise, stupid = (mark.id for mark in looked.text.marks.all())
    looked.work.selection.choose([stupid, promise])
    looked.context.actions.trigger("code.show_mine")
    assert [passage.id for passage in looked.work.selection.chosen] == [stupid]
    looked.context.signals.open_requested.emit("observation", promise)
    assert looked.work.looking.is_shown("all")
    assert [passage.id for passage in looked.work.selection.chosen] == [promise]
