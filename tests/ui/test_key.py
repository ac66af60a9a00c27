"""Where the real names lie, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from tests.support.named_study import NAME, holders, named_study
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.collect.people_commands import PeopleCommands
from ui.views.collect.people_pane import PeoplePane
from ui.views.desk import Desk
from ui.views.key_dialog import KeyDialog
from workbench.study import Study


@pytest.fixture
def study(tmp_path: Path, context: AppContext) -> Iterator[Study]:
    named_study(tmp_path / "named.study")
    with Study.open(tmp_path / "named.study") as opened:
        context.opening.study = opened
        yield opened
        context.opening.study = None


@pytest.fixture
def dialog(context: AppContext, study: Study, qtbot: QtBot) -> Iterator[KeyDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = KeyDialog(context, study, parent)
    made.show()
    yield made
    if isValid(made):
        made.close()


def test_the_key_is_moved_and_brought_back(
    dialog: KeyDialog, study: Study, answers: Answers, tmp_path: Path
) -> None:
    assert str(study.folder / "people.key") in dialog.place.text()
    assert not dialog.bring_back.isVisible()
    assert not dialog.choose.isVisible()
    answers.folder = tmp_path / "stick"
    answers.folder.mkdir()
    dialog.move_away.click()
    assert str(tmp_path / "stick" / "named.key") in dialog.place.text()
    assert holders(study.folder, NAME) == [
        f"backups/{path.name}" for path in sorted((study.folder / "backups").iterdir())
    ]
    dialog.bring_back.click()
    assert not dialog.bring_back.isVisible()
    assert study.keys.found.path == study.folder / "people.key"


def test_it_is_pointed_at_again_or_begun_anew(
    dialog: KeyDialog, study: Study, answers: Answers, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere.key"
    (study.folder / "people.key").rename(place)
    dialog.refresh()
    assert "not at" in dialog.place.text()
    assert not dialog.move_away.isVisible()
    answers.files = [tmp_path / "named.study" / "study.sqlite"]
    dialog.choose.click()
    assert len(answers.errors) == 1
    answers.files = [place]
    dialog.choose.click()
    assert study.keys.found.path == place
    assert not dialog.anew.isVisible()
    place.unlink()
    dialog.refresh()
    answers.yes = False
    dialog.anew.click()
    assert not study.keys.found.state.protects
    answers.yes = True
    dialog.anew.click()
    assert study.keys.found.state.protects


def test_nothing_of_it_is_left_when_it_is_closed(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(KeyDialog, "exec", lambda one: seen.append(one.place.text()) or 0)
    open_window.run_action("study.key")
    assert seen
    qtbot.waitUntil(lambda: not open_window.findChildren(KeyDialog))


def test_backups_are_emptied_also_where_it_is_closed_meanwhile(
    dialog: KeyDialog, study: Study, context: AppContext
) -> None:
    said: list[str] = []
    context.signals.toast_requested.connect(said.append)
    done = study.keys.clear_copies()
    delete(dialog)
    dialog._on_cleared(done)
    assert said == ["Wrote 3 backups anew without names."]


def test_the_keys_begin_at_close(dialog: KeyDialog, qtbot: QtBot) -> None:
    assert dialog.clear.isVisible()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    first = dialog.focusWidget()
    assert isinstance(first, QPushButton)
    assert (first.text(), first.isDefault()) == ("Close", True)


def test_backups_lose_their_names(dialog: KeyDialog, study: Study, answers: Answers) -> None:
    assert "3 backups" in dialog.older.text()
    dialog.clear.click()
    assert answers.questions == ["Take names out of backups?"]
    assert holders(study.folder, NAME) == ["people.key"]
    assert not dialog.older.isVisible()
    assert not dialog.clear.isVisible()


def test_contact_is_behind_the_lock(
    context: AppContext, study: Study, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = PeoplePane(context)
    qtbot.addWidget(pane)
    commands = PeopleCommands(Desk(context, study, pane), pane)
    commands.refresh()
    [maya] = study.people.participants()
    commands.select(maya.id)
    card = pane.card
    assert (card.contact.isReadOnly(), card.contact.text()) == (True, "")
    assert card.contact.placeholderText() == "Locked, none kept"
    card.unlock.click()
    assert card.real_name.text() == NAME
    card.contact.setText("maya@example.org")
    card.contact.editingFinished.emit()
    assert study.keys.of(maya.id).contact == "maya@example.org"
    assert "undo" in card.contact.toolTip()
    card.unlock.click()
    assert (card.contact.text(), card.contact.placeholderText()) == ("", "Locked")
    (study.folder / "people.key").rename(tmp_path / "gone.key")
    card.unlock.click()
    assert card.real_name.isReadOnly()
    assert card.real_name.placeholderText() == "The key cannot be read"
